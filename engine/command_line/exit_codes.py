"""Name the exit codes."""

DONE = 0
FAILED = 1
"""Some files failed; each was named."""
USAGE = 2
"""The command line is wrong; as argparse has it."""
INTERRUPTED = 130
"""Stopped by the user, to be continued: 128 + SIGINT, as shells have it."""
