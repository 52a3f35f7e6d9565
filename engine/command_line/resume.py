"""Continue the interrupted transcriptions found in folders."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.command_line.checkpoint import load_header
from engine.command_line.checkpoint_header import CHECKPOINT_SUFFIX, CheckpointHeader
from engine.command_line.display import choose_reporter
from engine.command_line.exit_codes import DONE
from engine.command_line.inputs import Problem, walk
from engine.command_line.job import Job
from engine.command_line.session import Session, run_session
from engine.command_line.targets import Target
from engine.errors import ExportError
from engine.speech_models.installed import models_folders


def run(arguments: argparse.Namespace) -> int:
    """Go on with every checkpoint and return the exit code."""
    jobs, problems = find_jobs(arguments.folders)
    if not jobs and not problems:
        print("There is no interrupted transcription here.", file=sys.stderr)
        return DONE
    session = Session(tuple(jobs), tuple(problems), models_folders(arguments.data_dir))
    return run_session(session, choose_reporter(arguments.json))


def find_jobs(folders: Sequence[Path]) -> tuple[list[Job], list[Problem]]:
    """Return what can be continued, and the files and folders that can't."""
    jobs, problems = [], []
    for folder in folders:
        if not os.path.lexists(folder):
            problems.append(Problem(folder, ExportError("export.not_found")))
    for path in dict.fromkeys(
        path for folder in folders if os.path.lexists(folder) for path in _checkpoints(folder)
    ):
        header = load_header(path)
        if header is None:
            error = ExportError("export.unreadable", "it is no checkpoint of this version")
            problems.append(Problem(path, error))
        else:
            target = Target(path.parent, header.name)
            jobs.append(Job(_recording(header, path.parent), target, header.settings))
    return jobs, problems


def _checkpoints(folder: Path) -> Iterator[Path]:
    if os.path.isdir(folder):
        yield from (path for path in walk(folder) if path.name.endswith(CHECKPOINT_SUFFIX))
    else:
        yield folder


def _recording(header: CheckpointHeader, folder: Path) -> Path:
    # A folder that was moved as a whole still has both.
    recorded = Path(header.recording)
    beside = folder / recorded.name
    return beside if os.path.exists(beside) and not os.path.exists(recorded) else recorded
