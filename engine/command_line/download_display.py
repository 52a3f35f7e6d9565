"""Show how far a download is: a bar on a terminal, a line at every tenth in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from engine.command_line.table import megabytes

Show = Callable[[int, int], None]
"""Takes the bytes that are there and those of the whole."""


@contextmanager
def download_display(name: str) -> Iterator[Show]:
    """Give a function that shows the progress on stderr, until the context ends."""
    if sys.stderr.isatty():
        with _bar(name) as show:
            yield show
    else:
        yield _lines(name)


def _lines(name: str) -> Show:
    said = 0

    def show(done: int, total: int) -> None:
        nonlocal said
        tenth = done * 10 // max(total, 1)
        if tenth > said:
            said = tenth
            print(f"{name}: {tenth * 10} % of {megabytes(total)}", file=sys.stderr, flush=True)

    return show


@contextmanager
def _bar(name: str) -> Iterator[Show]:
    # pylint: disable=import-outside-toplevel  # rich takes 0.1 s and is needed on terminals only
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as display:
        task = display.add_task(name, total=None)
        yield lambda done, total: display.update(task, completed=done, total=total)
