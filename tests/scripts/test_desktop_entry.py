"""The menu entry of Linux desktops knows every kind of recording, and is put in and taken out."""

from __future__ import annotations

import configparser
import os
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeDatabase

from engine.command_line.inputs import MEDIA_SUFFIXES
from tests.architecture.source_files import ROOT

SCRIPT = ROOT / "scripts" / "desktop_entry.sh"


def _read(path: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, encoding="utf-8")
    return parser["Desktop Entry"]


ENTRY = _read(ROOT / "installers" / "whisper-transcriber.desktop")
KINDS = set(ENTRY["MimeType"].rstrip(";").split(";"))


def _run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", str(SCRIPT), *arguments],
        env={"PATH": os.environ["PATH"], "XDG_DATA_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_kind_of_recording_can_be_opened_with_the_program() -> None:
    database = QMimeDatabase()
    for suffix in MEDIA_SUFFIXES - {".ram"}:  # a list of addresses
        kinds = database.mimeTypesForFileName(f"a{suffix}")
        names = {name for kind in kinds for name in (kind.name(), *kind.aliases())}
        assert not names or names & KINDS, f"{suffix}: {names}"


def test_nothing_but_recordings_is_opened_with_it() -> None:
    # A program that says it opens folders becomes the file manager of some desktops.
    others = {kind for kind in KINDS if not kind.startswith(("audio/", "video/"))}
    assert others == {"application/mxf", "application/vnd.ms-asf", "application/vnd.rn-realmedia"}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("program", "program"),
        ("a program (1)", "a program (1)"),
        ('100% "a$b`', '100%% \\\\"a\\\\$b\\\\`'),
        ("back\\slash", "back\\\\\\\\slash"),
    ],
)
def test_the_entry_starts_the_program_that_was_named(
    tmp_path: Path, name: str, written: str
) -> None:
    program = tmp_path / name
    program.touch(mode=0o755)
    result = _run(tmp_path / "share", str(program))
    assert result.returncode == 0, result.stderr
    entry = tmp_path / "share" / "applications" / "whisper-transcriber.desktop"
    assert result.stdout == f"{entry}\n"
    assert _read(entry)["Exec"] == f'"{tmp_path}/{written}" %F'
    assert _read(entry)["MimeType"] == ENTRY["MimeType"]


def test_without_a_program_the_entry_starts_this_checkout_and_can_be_removed(
    tmp_path: Path,
) -> None:
    assert _run(tmp_path).returncode == 0
    entry = tmp_path / "applications" / "whisper-transcriber.desktop"
    assert _read(entry)["Exec"] == f'"{ROOT}/scripts/run.sh" %F'
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2
    assert _run(tmp_path, "--remove").returncode == 0
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_is_no_program_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch(mode=0o644)
    for wrong in (str(tmp_path / "notes.txt"), str(tmp_path / "nothing"), "--wrong"):
        result = _run(tmp_path / "share", wrong)
        assert result.returncode == 1 and result.stderr
        assert not (tmp_path / "share").exists()
