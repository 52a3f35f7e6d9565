"""Stand in for real things, written by hand; those of processes run as real processes."""
