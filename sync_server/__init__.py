"""The optional sync server: it knows users, devices and opaque items, but no transcripts."""
