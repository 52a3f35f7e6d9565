"""Convert transcripts from one format into others."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from engine.command_line.checkpoint import export_error, load_checkpoint
from engine.command_line.checkpoint_header import CHECKPOINT_SUFFIX, JobSettings
from engine.command_line.exit_codes import DONE, FAILED
from engine.command_line.inputs import find_files
from engine.command_line.results import endings, write_results
from engine.command_line.targets import Target, choose_targets
from engine.errors import ExportError, TranscriberError
from engine.transcript.formats import read_file
from engine.transcript.transcript import Transcript


def run(arguments: argparse.Namespace) -> int:
    """Convert every file, whatever happens to the others, and return the exit code."""
    settings = JobSettings(
        model="", formats=arguments.formats, words=arguments.words, cues=arguments.cues
    )
    inputs = find_files(arguments.files)
    for problem in inputs.problems:
        is_missing = problem.error.code == "media.not_found"
        code = "export.not_found" if is_missing else "export.unreadable"
        _complain(problem.path, ExportError(code, problem.error.detail))
    exit_code = FAILED if inputs.problems else DONE
    # A transcript is never overwritten by what is made of it: choose_targets sees to that.
    targets = choose_targets(inputs.files, arguments.output, endings(settings.formats))
    for path, target in zip(inputs.files, targets, strict=True):
        try:
            _convert(path, target, settings)
        except TranscriberError as error:
            _complain(path, error)
            exit_code = FAILED
    return exit_code


def _convert(path: Path, target: Target, settings: JobSettings) -> None:
    transcript = _read(path)
    try:
        target.folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise export_error(exc) from exc
    for written in write_results(transcript, target, settings):
        print(written)


def _read(path: Path) -> Transcript:
    if path.name.endswith(CHECKPOINT_SUFFIX):
        return load_checkpoint(path).transcript()
    return read_file(path)


def _complain(path: Path, error: TranscriberError) -> None:
    print(f"{path}: {error}", file=sys.stderr, flush=True)
