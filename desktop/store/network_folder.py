"""Tell whether a folder lies on another computer, where SQLite's locks cannot be trusted."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import psutil

_REMOTE = frozenset(
    {
        "9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "davfs", "drvfs", "glusterfs", "lustre",
        "ncpfs", "nfs", "nfs4", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs", "webdav",
        "fuse.ceph", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone",
        "fuse.s3fs", "fuse.sshfs", "fuse.vmhgfs-fuse",
    }
)  # fmt: skip
"""File systems that are shared between computers, as Linux and macOS name them."""


def is_network_folder(folder: Path) -> bool:
    """Return whether a folder is shared from another computer (https://www.sqlite.org/wal.html)."""
    place = os.path.realpath(folder)
    if place.startswith(("\\\\", "//")):
        return not place.startswith(("\\\\?\\", "\\\\.\\"))
    mounts = [(p.mountpoint, p.fstype, p.opts) for p in psutil.disk_partitions(all=True)]
    return _lies_on_a_share(place, mounts)


def _lies_on_a_share(place: str, mounts: Iterable[tuple[str, str, str]]) -> bool:
    # The last of several mounts on one place hides the others, so ties go to the later one.
    longest, is_remote = -1, False
    for point, kind, options in mounts:
        if len(point) >= longest and _contains(point, place):
            longest = len(point)
            is_remote = kind.lower() in _REMOTE or "remote" in options.split(",")
    return is_remote


def _contains(point: str, place: str) -> bool:
    point, place = os.path.normcase(point), os.path.normcase(place)
    return place == point or place.startswith(point.rstrip(os.sep) + os.sep)
