"""A process that is killed while it writes loses nothing that it was told is stored."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.store.library import Library
from engine.events import SegmentDecoded
from tests.desktop.store.material import found, record, segment, started

_WRITER = """
import sys
from pathlib import Path
from dataclasses import replace
from desktop.store.library import Library
from engine.events import SegmentDecoded
from engine.transcript.editing import Edit
from tests.desktop.store.material import begun, segment

library = Library(Path(sys.argv[1]))
print("open", flush=True)
transcript = begun(library)
for number in range(100_000):
    item = segment(f"word{number}", number)
    library.record(transcript, SegmentDecoded(item)).result()
    print(f"word{number}", flush=True)
    if number % 10 == 0:
        word = replace(item.words[0], text=f" edited{number}")
        library.apply(transcript, Edit((item,), (replace(item, words=(word,)),))).result()
        print(f"edited{number}", flush=True)
"""


def _killed_after(path: Path, lines: int) -> list[str]:
    """Let a process write until it said so many lines, kill it and return all it said."""
    command = [sys.executable, "-c", _WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline().strip() for _ in range(lines)]
        process.kill()
        said += process.stdout.read().split("\n")
    return [line for line in said if line]


@pytest.mark.parametrize("seed", range(4))
def test_no_committed_segment_and_no_edit_is_lost(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "library.sqlite3"
    said = _killed_after(path, random.Random(seed).randint(2, 60))
    # The last line may be cut off in the middle of a word.
    numbers = [int(line[4:]) for line in said[:-1] if line.startswith("word")]
    edited = {int(line[6:]) for line in said[:-1] if line.startswith("edited")}
    library = Library(path)
    assert library.was_interrupted
    (summary,) = library.summaries()
    stored = library.load(summary.id).transcript.segments
    assert [int(item.id.rpartition(".")[2]) for item in stored] == list(range(len(stored)))
    assert len(stored) >= len(numbers)
    assert all(stored[number].text == f" edited{number}" for number in edited)
    if stored:
        assert found(library, stored[-1].text) == [stored[-1].text.strip()]
    again = [segment(f"word{number}", number) for number in range(len(stored) + 1)]
    record(library, summary.id, started(), *map(SegmentDecoded, again))
    resumed = library.load(summary.id).transcript.segments
    assert resumed == (*stored, again[-1])
    library.close()
