"""What is too long for a test: the program under load and under fire, measured and judged."""
