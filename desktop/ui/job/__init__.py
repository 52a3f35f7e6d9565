"""What stands above the text of a transcript: header, progress, options, and why it stopped."""
