"""Transcribe the recordings that are named on the command line."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from engine.command_line.checkpoint_header import JobSettings
from engine.command_line.display import choose_reporter
from engine.command_line.inputs import find_recordings
from engine.command_line.job import Job
from engine.command_line.progress import Reporter, shown
from engine.command_line.results import endings
from engine.command_line.session import Session, probe_all, run_session
from engine.command_line.targets import Target, choose_targets
from engine.command_line.transcription_arguments import compute_options, transcription_options
from engine.speech_models.installed import default_model, find_model, models_folders


def run(arguments: argparse.Namespace) -> int:
    """Transcribe every recording and return the exit code."""
    folders = models_folders(arguments.data_dir)
    settings = job_settings(arguments, folders)
    inputs = find_recordings(arguments.files)
    problems = inputs.problems
    if len(inputs.files) > 1:
        problems += probe_all(inputs.files)
    unusable = {problem.path for problem in problems}
    recordings = [path for path in inputs.files if path not in unusable]
    targets = choose_targets(recordings, arguments.output, endings(settings.formats))
    jobs = [Job(path, target, settings) for path, target in zip(recordings, targets, strict=True)]
    reporter = choose_reporter(arguments.json)
    if arguments.skip_existing:
        jobs = _without_existing(jobs, reporter)
    return run_session(Session(tuple(jobs), problems, folders), reporter)


def job_settings(arguments: argparse.Namespace, folders: Sequence[Path]) -> JobSettings:
    """Return the settings that the arguments ask for; `OptionsError`, `ModelError`."""
    return JobSettings(
        model=_model_name(arguments.model, folders),
        options=transcription_options(arguments),
        compute=compute_options(arguments),
        formats=arguments.formats,
        words=arguments.words,
        cues=arguments.cues,
    )


def _model_name(name: str | None, folders: Sequence[Path]) -> str:
    """Return the name of a model that is there; said once, before anything is begun."""
    if name is None:
        name = default_model(folders)
    found = find_model(name, folders)
    # A folder is kept as a whole path, so that “resume” finds it from elsewhere.
    return name if found.parent in folders else os.path.abspath(found)


def _without_existing(jobs: Sequence[Job], reporter: Reporter) -> list[Job]:
    missing = []
    for job in jobs:
        if _is_complete(job.target, endings(job.settings.formats)):
            reporter.remark(f"{shown(job.recording)}: the results are there already.")
        else:
            missing.append(job)
    return missing


def _is_complete(target: Target, wanted: Sequence[str]) -> bool:
    return not os.path.exists(target.checkpoint) and all(
        os.path.isfile(target.file(ending)) for ending in wanted
    )
