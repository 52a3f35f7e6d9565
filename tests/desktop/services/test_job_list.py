"""The order of the queue and what was decided last hold against older news."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop.services.job_list import JobList
from desktop.store.records import JobOptions, JobStatus, Source, TranscriptSummary


def job(
    number: int, status: JobStatus = JobStatus.QUEUED, model: str = "base"
) -> TranscriptSummary:
    source = Source(Path(f"{number}.wav"))
    return TranscriptSummary(
        number, f"{number:032x}", str(number), status, source, JobOptions(model), 0.0
    )


def list_of(*jobs: TranscriptSummary) -> JobList:
    made = JobList()
    for one in jobs:
        made.put(one)
    return made


def order(jobs: JobList) -> list[int]:
    return [one.id for one in jobs]


def test_jobs_keep_the_order_in_which_they_came() -> None:
    jobs = list_of(job(3), job(1), job(2))
    jobs.put_first([job(9), job(8)])
    jobs.put(job(1))
    assert order(jobs) == [9, 8, 3, 1, 2]


def test_a_job_moves_before_another_one_or_to_the_end() -> None:
    jobs = list_of(job(1), job(2), job(3))
    jobs.move(3, 1)
    assert order(jobs) == [3, 1, 2]
    jobs.move(3, None)
    assert order(jobs) == [1, 2, 3]
    jobs.move(2, 2)
    jobs.move(77, 1)
    jobs.move(1, 77)
    assert order(jobs) == [2, 3, 1]


def test_news_change_everything_but_what_was_decided() -> None:
    jobs = list_of(job(1))
    jobs.set_status(1, JobStatus.PAUSED, "model.not_installed", "base")
    jobs.refresh(replace(job(1, JobStatus.RUNNING), title="New", done=12.0))
    assert jobs[1] == replace(
        job(1, JobStatus.PAUSED),
        title="New",
        done=12.0,
        code="model.not_installed",
        detail="base",
    )
    jobs.refresh(job(5))
    assert 5 not in jobs


def test_the_next_job_is_the_first_that_can_run() -> None:
    jobs = list_of(
        job(1, JobStatus.DONE),
        job(2, JobStatus.PAUSED),
        job(3, model="large-v3"),
        job(4, JobStatus.INTERRUPTED),
        job(5),
    )
    following = jobs.next({"large-v3"})
    assert following is not None and following.id == 4
    assert jobs.next({"large-v3", "base"}) is None
    assert [one.id for one in jobs.unfinished()] == [2, 3, 4, 5]


def test_a_forgotten_job_is_gone() -> None:
    jobs = list_of(job(1), job(2))
    jobs.remove(1)
    jobs.remove(1)
    assert order(jobs) == [2] and jobs.get(1) is None
