"""Recordings are known again by their bytes, and no media library is needed for that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engine.errors import MediaError
from engine.recording_file import SAMPLE_BYTES, WHOLE_BYTES, fingerprint


def test_the_name_does_not_matter_and_every_byte_of_a_small_file_does(tmp_path: Path) -> None:
    first, second, third = (tmp_path / name for name in "abc")
    first.write_bytes(b"sound" * 1000)
    second.write_bytes(b"sound" * 1000)
    third.write_bytes(b"sound" * 999 + b"sounD")
    assert fingerprint(first) == fingerprint(second) != fingerprint(third)


def test_of_a_large_file_only_samples_are_read(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(40 * SAMPLE_BYTES)
    before = fingerprint(path)
    with path.open("r+b") as file:
        file.seek(2 * SAMPLE_BYTES)
        file.write(b"between the samples")
    assert fingerprint(path) == before
    with path.open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"x")
    assert fingerprint(path) != before
    assert path.stat().st_size > WHOLE_BYTES


@pytest.mark.parametrize(("name", "code"), [("gone", "media.not_found"), (".", "media.unreadable")])
def test_what_is_no_file_is_named(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(MediaError) as caught:
        fingerprint(tmp_path / name)
    assert caught.value.code == code


def test_nothing_slow_is_loaded() -> None:
    code = "import engine.recording_file, sys; sys.exit('av' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
