"""A slow worker is told from a dead one, and time slept does not count."""

from __future__ import annotations

import threading

from engine.process.heartbeat import Heart, SilenceWatch, Verdict


class Clock:
    """Be a clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def looks(watch: SilenceWatch, clock: Clock, count: int, heard_at: float) -> list[Verdict]:
    """Look once a second."""
    verdicts = []
    for _ in range(count):
        clock.now += 1
        verdicts.append(watch.judge(heard_at))
    return verdicts


def test_silence_means_death_only_after_the_allowance() -> None:
    clock = Clock()
    watch = SilenceWatch(30, clock)
    assert set(looks(watch, clock, 30, 1000)) == {Verdict.ALIVE}
    assert looks(watch, clock, 1, 1000) == [Verdict.DEAD]


def test_a_worker_that_is_heard_lives() -> None:
    clock = Clock()
    watch = SilenceWatch(30, clock)
    for _ in range(100):
        clock.now += 1
        assert watch.judge(clock.now - 5) is Verdict.ALIVE


def test_after_a_sleep_the_worker_is_asked_and_has_the_whole_allowance_again() -> None:
    clock = Clock()
    watch = SilenceWatch(30, clock)
    looks(watch, clock, 29, 1000)
    clock.now += 8 * 3600
    assert watch.judge(1000) is Verdict.ASK
    assert set(looks(watch, clock, 30, 1000)) == {Verdict.ALIVE}
    assert looks(watch, clock, 1, 1000) == [Verdict.DEAD]


def test_the_heart_beats_only_while_there_is_work() -> None:
    beats = threading.Semaphore(0)
    heart = Heart(beats.release, 0.001)
    heart.start()
    assert not beats.acquire(timeout=0.05)
    heart.work_begins()
    for _ in range(3):
        assert beats.acquire(timeout=10)
    heart.work_begins()
    heart.work_ends()
    for _ in range(3):
        assert beats.acquire(timeout=10)
    heart.work_ends()
    while beats.acquire(timeout=0.05):
        pass
