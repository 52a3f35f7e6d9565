"""Make a big library for measurements: many short transcripts, and one of ten hours on top.

python -m tests.performance.big_library LIBRARY [--transcripts 10000] [--words 600]

The words follow Zipf's law over an invented vocabulary, so that some are in every passage and many
in a few only; the same numbers always give the same library.
"""

from __future__ import annotations

import argparse
import itertools
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, update

from desktop.store import changing
from desktop.store.database import Database
from desktop.store.indexing import index_all
from desktop.store.library import Library
from desktop.store.records import JobOptions, JobStatus, NewTranscript, Source
from desktop.store.rows import info_values
from desktop.store.segments import add_segments
from desktop.store.tables import BLOCK, TRANSCRIPT
from engine.transcript.transcript import Segment, TranscriptionInfo, Word

TEN_HOURS = 90_000
"""Words of the long transcript."""
_WORDS_PER_SECOND = 2.5
_WORDS_IN_SEGMENT = 10
_WORDS_IN_BLOCK = 750
"""Five minutes."""
_AT_ONCE = 50
"""Transcripts in a transaction."""
_SYLLABLES = [c + v for c in "bcdfghjklmnprstvwz" for v in ("a", "e", "i", "o", "u", "ei", "au")]


@dataclass(frozen=True, slots=True)
class BigLibrary:
    """What was made."""

    transcripts: int
    words: int
    long_transcript: int
    """Id of the one of ten hours."""
    rare_word: str
    """Stands in few transcripts."""
    common_word: str
    """Stands in almost every passage."""
    phrase: str
    """Stands in the long transcript, over the border of two segments."""


def make_big_library(path: Path, transcripts: int = 10_000, words: int = 600) -> BigLibrary:
    """Make the library; about two minutes with the default numbers."""
    Library(path).close()
    generator = random.Random(4)
    vocabulary = _vocabulary(generator)
    weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(vocabulary))))
    sizes = [words] * transcripts + [TEN_HOURS]
    database = Database(path)
    with database.connect_writer() as connection:
        for first in range(0, len(sizes), _AT_ONCE):
            with connection.begin():
                for number, size in enumerate(sizes[first : first + _AT_ONCE], first):
                    texts = generator.choices(vocabulary, cum_weights=weights, k=size)
                    last = _add(connection, number, texts)
    database.close()
    middle = _WORDS_IN_SEGMENT * 5
    return BigLibrary(
        transcripts=len(sizes),
        words=sum(sizes),
        long_transcript=last,
        rare_word=vocabulary[-7],
        common_word=vocabulary[0],
        phrase=" ".join(texts[middle - 2 : middle + 2]),
    )


def _vocabulary(generator: random.Random) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < 40_000:
        syllables = min(4, 1 + len(words) // 120)
        words["".join(generator.choices(_SYLLABLES, k=generator.randint(1, syllables)))] = None
    return list(words)


def _add(connection: Connection, number: int, texts: Sequence[str]) -> int:
    run, seconds = f"run{number}", len(texts) / _WORDS_PER_SECOND
    source = Source(Path(f"/recordings/interview {number}.mp3"), 1_000_000, f"{number:032x}")
    new = NewTranscript(f"Interview {number}", source, JobOptions("base"), status=JobStatus.DONE)
    transcript = changing.add(connection, new, [])
    info = TranscriptionInfo("en", 0.98, seconds, seconds, "base", "int8", "cpu", 0)
    values = {**info_values(info), "run": run, "done_ms": round(seconds * 1000), "speed": 12.0}
    connection.execute(update(TRANSCRIPT).where(TRANSCRIPT.c.id == transcript).values(values))
    length = round(_WORDS_IN_BLOCK / _WORDS_PER_SECOND * 1000)
    blocks: list[dict[str, object]] = [
        {
            "transcript": transcript,
            "number": block,
            "start_ms": block * length,
            "end_ms": (block + 1) * length,
            "is_completed": True,
            "speech_ms": length,
            "next_n": _WORDS_IN_BLOCK,
        }
        for block in range(-(-len(texts) // _WORDS_IN_BLOCK))
    ]
    connection.execute(insert(BLOCK), blocks)
    add_segments(connection, transcript, list(_segments(run, texts)))
    index_all(connection, transcript)
    return transcript


def _segments(run: str, texts: Sequence[str]) -> Iterator[Segment]:
    for first in range(0, len(texts), _WORDS_IN_SEGMENT):
        block = first // _WORDS_IN_BLOCK
        words = tuple(
            Word(
                id=f"{run}.{block}.{number % _WORDS_IN_BLOCK}",
                start=round(number / _WORDS_PER_SECOND, 3),
                end=round((number + 0.9) / _WORDS_PER_SECOND, 3),
                text=f" {text}",
                probability=0.5 + number % 50 / 100,
            )
            for number, text in enumerate(texts[first : first + _WORDS_IN_SEGMENT], first)
        )
        yield Segment(words[0].id, block, words, None, -0.25, 0.02, 1.6, 0.0)


def main() -> None:
    """Make a library where the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("--transcripts", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=600)
    arguments = parser.parse_args()
    begin = time.perf_counter()
    made = make_big_library(arguments.library, arguments.transcripts, arguments.words)
    size = arguments.library.stat().st_size
    print(f"{made}\n{size / 1e6:.0f} MB in {time.perf_counter() - begin:.0f} s")


if __name__ == "__main__":
    main()
