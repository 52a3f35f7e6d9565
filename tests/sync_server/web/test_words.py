"""Sizes, dates and counts as people read them; and the files that pages need."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync_server.web import words
from sync_server.web.assets import Assets

MOMENT = 1_764_000_000_000


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1.0 kB"),
        (9_940, "9.9 kB"),
        (9_960, "10 kB"),
        (999_600, "1.0 MB"),
        (214_533_120, "215 MB"),
        (5 * 10**15, "5000 TB"),
    ],
)
def test_sizes(number: int, written: str) -> None:
    assert words.size(number).replace(words.NO_BREAK, " ") == written


def test_dates() -> None:
    assert words.date(MOMENT).split(words.NO_BREAK) == ["24", "November", "2025"]
    assert words.date_of("2026-11-24T23:59:59Z") == words.date_of("2026-11-24T00:00:00Z")
    assert words.date_of("2026-11-24T23:59:59Z").startswith("24")
    assert words.date_of("some day") == "some day"
    assert words.machine_date(MOMENT) == "2025-11-24T16:00:00Z"


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (1, "1 second"),
        (119, "119 seconds"),
        (120, "2 minutes"),
        (121, "3 minutes"),
        (3600, "60 minutes"),
    ],
)
def test_waits(seconds: int, written: str) -> None:
    assert words.wait(seconds).replace(words.NO_BREAK, " ") == written


def test_counts() -> None:
    assert words.count(1, "day", "days").split(words.NO_BREAK) == ["1", "day"]
    assert words.count(12_000, "day", "days").split(words.NO_BREAK) == ["12,000", "days"]


def test_a_file_that_is_not_there_has_no_address() -> None:
    with pytest.raises(KeyError):
        Assets().url("nothing.css")


def test_no_icon_is_shipped_that_no_page_shows() -> None:
    web = Path(words.__file__).parent
    sources = "".join(path.read_text(encoding="utf-8") for path in web.glob("templates/*.html"))
    icons = [path.stem for path in web.glob("icons/*.svg")]
    assert icons
    assert not [icon for icon in icons if f"'{icon}'" not in sources]
