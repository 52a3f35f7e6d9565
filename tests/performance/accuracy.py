"""Count the errors of the engine and of faster-whisper's own sequential loop over many recordings.

    accuracy="python -m tests.performance.accuracy"
    $accuracy decode --engine ours --speech DIR --model FOLDER --out ours.jsonl
    $accuracy decode --engine reference --speech DIR --model FOLDER --out reference.jsonl
    $accuracy report ours.jsonl reference.jsonl

Word error rate is chaotic: a mere shift of the sound moves it by a point, hence three shifts.
A decoding that was interrupted goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypedDict

from faster_whisper import WhisperModel

from engine.benchmark_words import WordErrors, count_word_errors
from engine.events import SegmentDecoded
from engine.options import ComputeOptions, TranscriptionOptions
from engine.recognition.decoding import load_decoder
from engine.recognition.pipeline import transcribe
from tests.engine.recognition.sounds import save
from tests.performance.recordings import Recording, find_recordings, load

Transcriber = Callable[[Path], str]


class Row(TypedDict):
    """One decoded recording."""

    file: str
    shift: float
    seconds: float
    known: str
    said: str


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    if arguments.command == "decode":
        _decode(arguments)
    else:
        for path in arguments.results:
            print(report(path))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    commands = parser.add_subparsers(dest="command", required=True)
    decode = commands.add_parser("decode")
    decode.add_argument("--engine", choices=("ours", "reference"), required=True)
    decode.add_argument("--speech", type=Path, required=True)
    decode.add_argument("--model", type=Path, required=True)
    decode.add_argument("--out", type=Path, required=True)
    decode.add_argument("--language", default="en")
    decode.add_argument("--beam-size", type=int, default=5)
    decode.add_argument("--shifts", default="0,5,11")
    decode.add_argument("--longer-than", type=float, default=0.0)
    commands.add_parser("report").add_argument("results", type=Path, nargs="+")
    return parser


def _decode(arguments: argparse.Namespace) -> None:
    engine = _ours if arguments.engine == "ours" else _reference
    transcriber = engine(arguments.model, arguments.language, arguments.beam_size)
    done = {(row["file"], row["shift"]) for row in _rows(arguments.out)}
    with arguments.out.open("a", encoding="utf-8") as out:
        for shift in [float(shift) for shift in arguments.shifts.split(",")]:
            for recording in find_recordings(arguments.speech, arguments.language):
                if recording.seconds < arguments.longer_than:
                    continue
                if (recording.path.name, shift) not in done:
                    row = _measure(recording, shift, transcriber)
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")
                    out.flush()


def _measure(recording: Recording, shift: float, transcriber: Transcriber) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        shifted = Path(folder, "shifted.wav")
        save(shifted, load(recording.path, shift))
        said = transcriber(shifted)
    return {
        "file": recording.path.name,
        "shift": shift,
        "seconds": recording.seconds,
        "known": recording.text,
        "said": said,
    }


def _ours(model: Path, language: str, beam_size: int) -> Transcriber:
    decoder = load_decoder(model, ComputeOptions(device="cpu", compute_type="int8"))
    options = TranscriptionOptions(language=language, beam_size=beam_size)

    def run(path: Path) -> str:
        events = transcribe(path, options, decoder)
        decoded = [event for event in events if isinstance(event, SegmentDecoded)]
        kept = [event.segment for event in decoded if event.removed is None]
        return "".join(segment.text for segment in sorted(kept, key=lambda item: item.start))

    return run


def _reference(model: Path, language: str, beam_size: int) -> Transcriber:
    whisper = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=1)

    def run(path: Path) -> str:
        segments, _ = whisper.transcribe(str(path), language=language, beam_size=beam_size)
        return "".join(segment.text for segment in segments)

    return run


def _rows(path: Path) -> list[Row]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def report(path: Path) -> str:
    """Return word error rate, deletions and insertions over all and each shift, in per cent."""
    rows = _rows(path)
    lines = [f"{path.name}: {len(rows)} recordings"]
    shifts = sorted({row["shift"] for row in rows}, key=str)
    groups = [("all", rows)] + [
        (f"shift {shift}", [row for row in rows if row["shift"] == shift]) for shift in shifts
    ]
    for name, group in groups:
        counts = sum((count_word_errors(row["known"], row["said"]) for row in group), WordErrors())
        share = partial(_percent, total=counts.words)
        wrong = counts.substitutions + counts.deletions + counts.insertions
        lines.append(
            f"  {name:>10}: {counts.words} words, WER {share(wrong)}"
            f", deletions {share(counts.deletions)}, insertions {share(counts.insertions)}"
        )
    return "\n".join(lines)


def _percent(count: int, total: int) -> str:
    return f"{100 * count / total:.2f} %"


if __name__ == "__main__":
    raise SystemExit(main())
