"""What is known of the story."""
