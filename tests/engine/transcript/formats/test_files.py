"""Files are whole or untouched, and failures say what is wrong."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import ExportError, OptionsError
from engine.transcript.formats import (
    FORMATS,
    WriteOptions,
    read_file,
    write_atomically,
    write_file,
)
from tests.engine.transcript.sample import transcript


def test_a_file_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "tränscript 'x' 👋.srt"
    write_file(transcript(), path, "srt")
    assert path.read_bytes() == FORMATS["srt"].write(transcript(), WriteOptions())
    assert list(tmp_path.iterdir()) == [path]


def test_the_longest_possible_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 251 + ".txt")
    write_file(transcript(), path, "txt", WriteOptions(times=True))
    assert path.exists()


def test_permissions_and_links_of_an_older_file_are_kept(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text("old")
    real.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(real)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_atomically(tmp_path / "a", b"")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "export.disk_full"),
        (errno.EDQUOT, "export.disk_full"),
        (errno.EROFS, "export.not_writable"),
        (errno.EACCES, "export.not_writable"),
        (errno.EIO, "export.not_writable"),
    ],
)
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_file_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str, call: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(ExportError) as caught:
        write_atomically(path, b"new")
    assert caught.value.code == code
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.fixture(name="small_disk")
def _small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a file system of 64 KiB, where that is allowed."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode != 0:
        pytest.skip("file systems cannot be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_keeps_the_old_file(small_disk: Path) -> None:
    path = small_disk / "a.txt"
    path.write_text("old")
    with pytest.raises(ExportError) as caught:
        write_atomically(path, bytes(200_000))
    assert caught.value.code == "export.disk_full"
    assert [(item.name, item.read_text()) for item in small_disk.iterdir()] == [("a.txt", "old")]


def test_a_read_only_disk_is_not_writable(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(ExportError) as caught:
        write_atomically(small_disk / "a.txt", b"x")
    assert caught.value.code == "export.not_writable"


def test_an_interrupted_write_leaves_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a.txt", b"new")
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_or_a_file_in_its_place_is_not_writable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "missing" / "a.txt", tmp_path / "file" / "a.txt", tmp_path):
        with pytest.raises(ExportError) as caught:
            write_atomically(path, b"x")
        assert caught.value.code == "export.not_writable"


def test_an_unknown_format_is_named(tmp_path: Path) -> None:
    with pytest.raises(OptionsError, match="no format 'xyz'; there are srt"):
        write_file(transcript(), tmp_path / "a.xyz", "xyz")
    with pytest.raises(OptionsError):
        read_file(tmp_path / "a.xyz", "xyz")


@pytest.mark.parametrize("name", [name for name, entry in FORMATS.items() if entry.read])
def test_what_was_written_is_found_by_its_ending_its_name_or_its_content(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"a.{name.upper()}"
    write_file(transcript(), path, name)
    by_ending = read_file(path)
    assert "fellow Americans" in by_ending.segments[0].text
    other = path.rename(tmp_path / "b.unknown")
    assert read_file(other, name) == by_ending
    if name not in ("json", "vtt"):
        assert "fellow Americans" in read_file(other).segments[0].text


def test_a_format_that_is_only_written_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    write_file(transcript(), path, "html")
    for name in ("html", None):
        with pytest.raises(ExportError) as caught:
            read_file(path, name)
        assert caught.value.code == "export.unreadable"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        read_file(tmp_path / "missing.srt")
    assert (caught.value.code, "missing.srt" in caught.value.detail) == ("export.not_found", True)
