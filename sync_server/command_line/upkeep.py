"""`fsck`, `gc` and `stats`: look after what is stored."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated

import typer

from sync_server.command_line.printing import print_table, show_size
from sync_server.command_line.session import DataDir, opened, run
from sync_server.housekeeping import collect_garbage
from sync_server.services.collection import Report
from sync_server.services.fsck import Fsck
from sync_server.services.fsck_problems import Problem
from sync_server.services.statistics import Statistics, Stats


def gc(data_dir: DataDir = None) -> None:
    """Clear away what nobody needs any more; the server may be running."""

    async def work() -> Report:
        async with opened(data_dir) as services:
            return await collect_garbage(services)

    _print_numbers("removed", run(work()))


def stats(data_dir: DataDir = None) -> None:
    """Say how much there is."""

    async def work() -> Stats:
        async with opened(data_dir) as services:
            return await Statistics(services.database, services.clock).gather()

    _print_numbers("there are", run(work()))


def fsck(
    repair: Annotated[bool, typer.Option("--repair", help="Mend what can be mended.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Check numbers, digests, hashes and files; ends with 1 if something is wrong and stays so."""

    async def work() -> list[Problem]:
        async with opened(data_dir) as services:
            checker = Fsck(services.database, services.chunk_store)
            return await (checker.repair() if repair else checker.check())

    problems = run(work())
    for problem in problems:
        print(_sentence(problem))
    if not problems:
        print("Nothing is wrong.")
    elif repair:
        print(f"{len(problems)} problems were treated; run fsck again to see what is left.")
    else:
        print(f"{len(problems)} problems; “fsck --repair” treats them.")
        raise typer.Exit(1)


def _sentence(problem: Problem) -> str:
    place = [f"account {problem.account_id}"]
    if problem.library_id is not None:
        place.append(f"library {problem.library_id}")
    if problem.subject:
        place.append(problem.subject)
    return f"{problem.damage}: {problem.meaning} ({', '.join(place)})"


def _print_numbers(title: str, numbers: Report | Stats) -> None:
    rows = []
    for field in fields(numbers):
        value: int = getattr(numbers, field.name)
        is_size = field.name.endswith("_bytes")
        name = field.name.replace("_", " ")
        rows.append((name, show_size(value) if is_size else str(value)))
    print_table((title, ""), rows)
