"""Transcripts as values, and pure functions on them; standard library only, `formats` aside."""
