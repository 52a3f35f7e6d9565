"""The desktop program: drop a recording in, read and correct its transcript, export it."""
