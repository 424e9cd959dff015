"""Making the knowledge of a story: from what summaries state to the rows that readers ask."""
