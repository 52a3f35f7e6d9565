"""Know the subcommands that the program gives itself; imported before anything else.

A frozen program has no `python -m`, so its executables start their own other halves by these.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

HIDDEN_MODULES = {
    "engine-worker": "engine.process.worker",
    "engine-benchmark-reference": "engine.benchmark_reference",
}
"""Subcommand → module whose `main(arguments)` does the work. By name, not by import: nothing that
starts a worker shall depend on the ML half."""


def is_hidden(words: Sequence[str]) -> bool:
    """Tell whether the program was started by itself, for one of its other halves."""
    return bool(words) and words[0] in HIDDEN_MODULES


def run_hidden(words: Sequence[str]) -> int:
    """Run the other half that the words ask for and return its exit code."""
    return int(import_module(HIDDEN_MODULES[words[0]]).main(list(words[1:])) or 0)
