"""A worker that dies is started again, then with less, then no more."""

from __future__ import annotations

import pytest

from engine.errors import EngineCrashed
from engine.options import ComputeOptions
from engine.process.restarts import Restart, Restarts

CRASH = EngineCrashed("engine.crashed", "killed")
LESS = ComputeOptions("cpu", "int8", 1)


def test_the_first_death_changes_nothing() -> None:
    restarts = Restarts(ComputeOptions("cuda"))
    assert restarts.after(CRASH) is Restart.AS_BEFORE
    assert restarts.compute == ComputeOptions("cuda")


def test_the_second_death_in_the_same_place_leads_to_the_processor() -> None:
    restarts = Restarts(ComputeOptions("cuda"))
    restarts.after(CRASH)
    assert restarts.after(EngineCrashed("engine.unresponsive")) is Restart.WITH_LESS
    assert restarts.compute == LESS


def test_the_third_death_in_the_same_place_is_the_end() -> None:
    restarts = Restarts(ComputeOptions())
    restarts.after(CRASH)
    restarts.after(CRASH)
    with pytest.raises(EngineCrashed) as caught:
        restarts.after(CRASH)
    assert caught.value is CRASH


def test_a_finished_part_starts_the_count_anew_but_keeps_what_was_learnt() -> None:
    restarts = Restarts(ComputeOptions("cuda"))
    restarts.after(CRASH)
    restarts.after(CRASH)
    restarts.forget()
    assert restarts.after(CRASH) is Restart.AS_BEFORE
    assert restarts.compute == LESS


def test_a_worker_that_speaks_another_protocol_is_not_tried_again() -> None:
    with pytest.raises(EngineCrashed):
        Restarts(ComputeOptions()).after(EngineCrashed("engine.protocol"))
