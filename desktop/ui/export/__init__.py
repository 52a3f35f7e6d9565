"""The export sheet: what is written, how it looks on paper, and where it goes."""
