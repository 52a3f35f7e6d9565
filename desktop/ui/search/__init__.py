"""The sheet that searches all transcripts."""
