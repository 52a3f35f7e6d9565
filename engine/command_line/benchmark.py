"""Measure the installed models on this computer, beside faster-whisper itself."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from engine.benchmark import (
    REFERENCE_THREADS,
    Measurement,
    Placement,
    ReferenceRequest,
    Result,
    Spread,
    describe_machine,
    measure_engine,
    measure_reference,
    summarise,
)
from engine.benchmark_words import spoken_words
from engine.command_line.exit_codes import DONE, FAILED
from engine.command_line.inputs import find_recordings
from engine.command_line.session import new_client
from engine.command_line.table import format_table, megabytes
from engine.command_line.transcription_arguments import compute_options
from engine.errors import OptionsError, TranscriberError
from engine.options import ComputeOptions, TranscriptionOptions
from engine.process.protocol import TranscribeRequest
from engine.resources import SAMPLE_RECORDING
from engine.speech_models.installed import default_model, find_model, list_installed, models_folders

OURS = "Whisper Transcriber"
REFERENCE = "faster-whisper"


@dataclass(frozen=True, slots=True)
class _Plan:
    recordings: tuple[Path, ...]
    spoken: tuple[str | None, ...]
    options: TranscriptionOptions
    compute: ComputeOptions
    rounds: int
    reference_threads: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Sum up one model by one program."""

    model: str
    program: str
    threads: int | None
    """Of the reference; None for ours, which chooses itself."""
    result: Result


def run(arguments: argparse.Namespace) -> int:
    """Measure, print a table or JSON, and return the exit code."""
    folders = models_folders(arguments.data_dir)
    names = arguments.models or [model.name for model in list_installed(folders)]
    plan = _plan(arguments)
    rows: list[Row] = []
    code = DONE
    for name in names or [default_model(folders)]:
        try:
            folder = find_model(name, folders)
            rows += _measure(folder.name, folder, plan)
        except TranscriberError as error:
            _say(f"{name}: {error}")
            code = FAILED
    print(_as_json(rows) if arguments.json else _as_text(rows, plan))
    return code


def _plan(arguments: argparse.Namespace) -> _Plan:
    if arguments.rounds < 1:
        raise OptionsError("options.invalid", "there must be at least one round")
    inputs = find_recordings(arguments.files or [str(SAMPLE_RECORDING)])
    if inputs.problems:
        raise inputs.problems[0].error
    return _Plan(
        recordings=inputs.files,
        spoken=tuple(spoken_words(path) for path in inputs.files),
        options=TranscriptionOptions(beam_size=arguments.beam_size),
        compute=compute_options(arguments),
        rounds=arguments.rounds,
        reference_threads=REFERENCE_THREADS if arguments.reference else (),
    )


def _measure(name: str, folder: Path, plan: _Plan) -> list[Row]:
    """Measure one model: a round of ours, then one of the reference, and again."""
    ours: list[list[Measurement]] = []
    others: dict[int, list[list[Measurement]]] = {count: [] for count in plan.reference_threads}
    for number in range(1, plan.rounds + 1):
        _say(f"{name}: round {number} of {plan.rounds}, {OURS}")
        measured = [_measure_ours(path, folder, plan) for path in plan.recordings]
        ours.append([one for one, _ in measured])
        for threads, rounds in others.items():
            _say(f"{name}: round {number} of {plan.rounds}, {REFERENCE}, {_count(threads)}")
            request = _reference_request(folder, threads, measured[0][1])
            rounds.append(
                [
                    measure_reference(replace(request, recording=str(path)))
                    for path in plan.recordings
                ]
            )
    rows = [Row(name, OURS, None, summarise(ours, plan.spoken))]
    for threads, rounds in others.items():
        rows.append(Row(name, REFERENCE, threads, summarise(rounds, plan.spoken)))
    return rows


def _measure_ours(path: Path, folder: Path, plan: _Plan) -> tuple[Measurement, Placement]:
    request = TranscribeRequest(str(path), str(folder), plan.options, plan.compute)
    return measure_engine(new_client, request)


def _reference_request(folder: Path, threads: int, placement: Placement) -> ReferenceRequest:
    return ReferenceRequest(
        recording="",
        model=str(folder),
        device=placement.device.partition(":")[0],
        compute_type=placement.compute_type,
        threads=threads,
    )


def gain(rows: Sequence[Row], model: str) -> float | None:
    """Return our speed over that of the reference's better setting; None if not measured."""
    ours = [row.result.speed.median for row in rows if row.model == model and row.threads is None]
    others = [row.result.speed.median for row in rows if row.model == model and row.threads]
    return ours[0] / max(others) if ours and others else None


def _as_json(rows: Sequence[Row]) -> str:
    return json.dumps(
        {
            "machine": describe_machine(),
            "results": [asdict(row) | {"word_error_rate": _rate(row)} for row in rows],
        }
    )


def _rate(row: Row) -> float | None:
    return None if row.result.errors is None else round(row.result.errors.rate, 4)


def _as_text(rows: Sequence[Row], plan: _Plan) -> str:
    titles = ("model", "program", "speed", "first text", "peak memory", "word errors", "deletions")
    lines = [f"{name}: {value}" for name, value in describe_machine().items()]
    lines.append(
        f"recordings: {len(plan.recordings)}, beam size {plan.options.beam_size}, rounds: "
        f"{plan.rounds} (median, least–greatest)"
    )
    lines += ["", format_table(titles, [_cells(row) for row in rows])]
    for model in dict.fromkeys(row.model for row in rows):
        factor = gain(rows, model)
        if factor is not None:
            lines.append(f"{model}: {factor:.2f} × the better setting of {REFERENCE}")
    return "\n".join(lines)


def _cells(row: Row) -> tuple[str, ...]:
    result = row.result
    threads = "" if row.threads is None else f", {_count(row.threads)}"
    errors = result.errors
    return (
        row.model,
        row.program + threads,
        _spread(result.speed, "×", 2),
        _spread(result.first_text, "s", 1),
        "–" if result.peak_bytes is None else megabytes(result.peak_bytes),
        "–" if errors is None else f"{errors.rate * 100:.1f} %",
        "–" if errors is None else f"{errors.deletion_rate * 100:.1f} %",
    )


def _count(threads: int) -> str:
    return "1 thread" if threads == 1 else f"{threads} threads"


def _spread(spread: Spread | None, unit: str, decimals: int) -> str:
    if spread is None:
        return "–"
    middle, low, high = (f"{value:.{decimals}f}" for value in asdict(spread).values())
    return f"{middle} {unit}" if low == high else f"{middle} {unit} ({low}–{high})"


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
