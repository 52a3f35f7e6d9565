"""The library: every transcript of this computer in one SQLite file, written by one thread."""
