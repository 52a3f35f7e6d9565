"""A drag or a paste says which files are meant, and what of it is no file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QUrl

from desktop.services.dropped import local_paths


def mime_of(*urls: QUrl) -> QMimeData:
    mime = QMimeData()
    mime.setUrls(list(urls))
    return mime


def test_files_of_a_drag_come_in_their_order_each_once(tmp_path: Path) -> None:
    names = ["b 🎙️ ü.wav", "a#1?.wav", "b 🎙️ ü.wav"]
    mime = mime_of(*(QUrl.fromLocalFile(str(tmp_path / name)) for name in names))
    dropped = local_paths(mime)
    assert dropped.paths == (tmp_path / names[0], tmp_path / names[1])
    assert not dropped.without_path


def test_an_address_in_the_net_has_no_path(tmp_path: Path) -> None:
    mime = mime_of(QUrl("https://example.org/talk.mp3"), QUrl.fromLocalFile(str(tmp_path)))
    dropped = local_paths(mime)
    assert dropped.paths == (tmp_path,)
    assert dropped.without_path == ("https://example.org/talk.mp3",)


@pytest.mark.parametrize(
    "name",
    [
        'application/x-qt-windows-mime;value="FileGroupDescriptorW"',
        "application/x-qt-mac-mime;value=com.apple.pasteboard.promised-file-url",
    ],
)
def test_what_a_mail_program_only_promises_has_no_path(name: str) -> None:
    mime = QMimeData()
    mime.setData(name, QByteArray(b"x"))
    assert local_paths(mime).without_path == (name,)


def test_lines_of_pasted_paths_are_files(tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setText(f'"{tmp_path}/a.wav"\n{QUrl.fromLocalFile(str(tmp_path / "b.wav")).toString()}\n')
    assert local_paths(mime).paths == (tmp_path / "a.wav", tmp_path / "b.wav")


@pytest.mark.parametrize("text", ["", "some words", "see\n/home/me/talk.wav", "talk.wav"])
def test_other_text_means_no_files(text: str) -> None:
    mime = QMimeData()
    mime.setText(text)
    dropped = local_paths(mime)
    assert not dropped.paths and not dropped.without_path


def test_an_empty_drag_means_nothing() -> None:
    dropped = local_paths(QMimeData())
    assert not dropped.paths and not dropped.without_path
