"""Titles are found whatever their case and accents, the newest first."""

from __future__ import annotations

import pytest

from desktop.item_models.search_model import TitleHit
from desktop.item_models.search_titles import find_titles
from tests.desktop.item_models.values import summary


@pytest.mark.parametrize("query", ["lodz", "ŁÓDŹ", "interview lod", '"Interview'])
def test_titles_with_all_words_are_found(query: str) -> None:
    summaries = [summary(1, "Interview Łódź", duration=60.0), summary(2, "Field notes")]

    found = find_titles(summaries, query)

    assert found.shown == (TitleHit(1, "Interview Łódź", 60.0),) and found.count == 1


@pytest.mark.parametrize("query", ["", "  ", '"', "notes interview"])
def test_nothing_asked_for_or_not_all_words_is_nothing_found(query: str) -> None:
    assert not find_titles([summary(1, "Interview"), summary(2, "Notes")], query).shown


def test_of_many_the_newest_are_shown_and_all_are_counted() -> None:
    found = find_titles([summary(number, f"Talk {number}") for number in range(1, 9)], "talk")

    assert [title.transcript for title in found.shown] == [8, 7, 6, 5, 4]
    assert found.count == 8
