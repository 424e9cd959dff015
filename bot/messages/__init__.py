"""From values to text with entities, keyboards and pages; no input, no output."""
