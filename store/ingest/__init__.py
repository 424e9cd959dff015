"""From files to summaries."""
