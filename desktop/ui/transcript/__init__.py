"""The transcript as a document: read, searched and edited while it is still being decoded."""
