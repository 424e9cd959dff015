"""What is read out of the text of an article: pure functions over the text and its date."""
