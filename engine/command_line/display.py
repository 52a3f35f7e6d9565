"""Choose between a live display, plain lines and JSON events."""

from __future__ import annotations

import sys

from engine.command_line.json_progress import JsonReporter
from engine.command_line.plain_progress import PlainReporter
from engine.command_line.progress import Reporter


def choose_reporter(as_json: bool) -> Reporter:
    """Return JSON events if asked for, a live display on a terminal, plain lines otherwise."""
    if as_json:
        return JsonReporter(sys.stdout)
    if sys.stdout.isatty() and sys.stderr.isatty():
        # rich takes 0.1 s and is needed on terminals only
        from engine.command_line.rich_progress import (  # pylint: disable=import-outside-toplevel
            RichReporter,
        )

        return RichReporter()
    return PlainReporter(sys.stdout, sys.stderr)
