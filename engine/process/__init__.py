"""Run the engine in a process of its own that may be killed at any moment."""
