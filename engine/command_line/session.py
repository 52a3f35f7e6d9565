"""Run a list of jobs from start to exit code, whatever happens on the way."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.command_line.arguments import PROGRAM
from engine.command_line.exit_codes import DONE, FAILED, INTERRUPTED
from engine.command_line.inputs import Problem
from engine.command_line.job import Job, JobRunner
from engine.command_line.progress import Reporter
from engine.errors import EngineCrashed, TranscriberError
from engine.process.client import EngineClient
from engine.process.protocol import Role


def new_client(role: Role = Role.ENGINE) -> EngineClient:
    """Return a client whose process starts with its first request."""
    return EngineClient(role)


@dataclass(frozen=True, slots=True)
class Session:
    """Say what one call is to do."""

    jobs: tuple[Job, ...]
    problems: tuple[Problem, ...]
    """What cannot be done and was found out beforehand."""
    models_folders: tuple[Path, ...]


def run_session(session: Session, reporter: Reporter) -> int:
    """Name the problems, run the jobs with one warm client, and return the exit code."""
    jobs, problems = session.jobs, session.problems
    for problem in problems:
        reporter.failed(problem.path, problem.error)
    failed = [problem.path for problem in problems]
    if not jobs:
        reporter.close()
        return FAILED if failed else DONE
    client = new_client()
    try:
        failed += JobRunner(client, reporter, session.models_folders).run_all(jobs)
    except (KeyboardInterrupt, BrokenPipeError) as interruption:
        client.kill()
        reporter.close()
        if isinstance(interruption, BrokenPipeError):
            raise
        _say(_how_to_continue(jobs))
        return INTERRUPTED
    finally:
        reporter.close()
        client.close()
    _summarise(failed, len(jobs) + len(problems))
    return FAILED if failed else DONE


def probe_all(recordings: Sequence[Path]) -> tuple[Problem, ...]:
    """Return which recordings cannot be used, so that it is known before the first is done."""
    problems = []
    with new_client(Role.MEDIA) as client:
        for recording in recordings:
            try:
                client.probe(recording)
            except EngineCrashed:
                # The engine itself will tell; a probe only tells early.
                break
            except TranscriberError as error:
                problems.append(Problem(recording, error))
    return tuple(problems)


def _how_to_continue(jobs: Sequence[Job]) -> str:
    begun = [job.target for job in jobs if os.path.exists(job.target.checkpoint)]
    if not begun:
        return "Interrupted."
    if len(jobs) > 1:
        return (
            "Interrupted. What is finished is kept; to continue, run the same command again "
            "with --skip-existing."
        )
    folders = " ".join(dict.fromkeys(f'"{target.folder}"' for target in begun))
    return (
        "Interrupted. What is finished is kept; to continue, run the same command again or: "
        f"{PROGRAM} resume {folders}"
    )


def _summarise(failed: Sequence[Path], count: int) -> None:
    if failed and count > 1:
        names = "".join(f"\n  {path}" for path in failed)
        _say(f"{len(failed)} of {count} failed:{names}")


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
