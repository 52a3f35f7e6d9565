"""Folders of other computers are told from those of this one."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.store import network_folder
from desktop.store.network_folder import is_network_folder

_MOUNTS = [
    ("/", "ext4", "rw"),
    ("/mnt/share", "nfs4", "rw"),
    ("/mnt/share/local", "xfs", "rw"),
    ("/home/u/cloud", "fuse.sshfs", "rw"),
    ("/mnt/twice", "ext4", "rw"),
    ("/mnt/twice", "cifs", "rw"),
    ("/media/z", "NTFS", "rw,remote"),
]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("/home/u/data", False),
        ("/mnt/share", True),
        ("/mnt/share/data", True),
        ("/mnt/sharecropper", False),
        ("/mnt/share/local/data", False),
        ("/home/u/cloud/data", True),
        ("/mnt/twice/data", True),
        ("/media/z/data", True),
    ],
)
def test_the_nearest_mount_decides(place: str, expected: bool) -> None:
    assert network_folder._lies_on_a_share(place, _MOUNTS) is expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [("\\\\server\\share", True), ("//server/share", True), ("\\\\?\\C:\\data", False)],
)
def test_a_name_of_a_server_decides(
    monkeypatch: pytest.MonkeyPatch, place: str, expected: bool
) -> None:
    monkeypatch.setattr("os.path.realpath", lambda _: place)
    assert is_network_folder(Path("x")) is expected


def test_a_folder_of_this_computer_is_none(tmp_path: Path) -> None:
    assert not is_network_folder(tmp_path)
