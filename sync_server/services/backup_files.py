"""Files of a backup: linked where the disk allows it, else copied, and flushed to the disk."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

from sync_server.services.backup_databases import BackupError
from sync_server.services.chunk_files import make_folder, sync_folder

# Another disk, a file system without hard links, or one that has as many of this file as it can.
_NO_LINK = (errno.EXDEV, errno.EPERM, errno.ENOTSUP, errno.EMLINK)


@asynccontextmanager
async def begin_folder(target: Path) -> AsyncIterator[Path]:
    """Give a folder that takes the target's name when all went well, and else is removed.

    Raises `BackupError` if the target is there already or the disk refuses.
    """
    folder = target.parent / f".{target.name}.{uuid4().hex}"
    try:
        if target.exists():
            raise BackupError("the target is there already; name one that isn't")
        await asyncio.to_thread(make_folder, folder)
        yield folder
        await asyncio.to_thread(os.rename, folder, target)
        await asyncio.to_thread(sync_folder, target.parent)
    except OSError as exc:
        raise BackupError(f"the backup can't be written: {exc.strerror}") from exc
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


def finish_folder(folder: Path, name: str, content: bytes) -> None:
    """Flush all folders, and write a last file that says that everything is there."""
    for path, _, _ in os.walk(folder):
        sync_folder(Path(path))
    with (folder / name).open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder)


def add_chunks(source: Path, target: Path) -> tuple[int, int]:
    """Link or copy chunks that are not there yet; return how many there are now, and bytes."""
    count = size = 0
    for path in _chunks(source):
        copy = target / path.relative_to(source)
        try:
            if not copy.exists():
                put_file(path, copy)
        except FileNotFoundError:
            continue  # Collected since: nothing named it.
        size += copy.stat().st_size
        count += 1
    return count, size


def put_chunks_back(source: Path, target: Path) -> int:
    """Link or copy chunks into the store, and return how many; raises `BackupError`."""
    count = 0
    try:
        for path in _chunks(source):
            put_file(path, target / path.relative_to(source))
            count += 1
        if target.is_dir():
            for folder, _, _ in os.walk(target):
                sync_folder(Path(folder))
    except OSError as exc:
        raise BackupError(f"the chunks can't be restored: {exc.strerror}") from exc
    return count


def put_file(source: Path, target: Path) -> None:
    """Link or copy a file over whatever may be there; it may be damaged."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = target.parent / f".{target.name}.{uuid4().hex}"
    try:
        try:
            os.link(source, partial)
        except OSError as exc:
            if exc.errno not in _NO_LINK:
                raise
            _copy(source, partial)
        os.replace(partial, target)
    finally:
        # Renaming a link onto the same file leaves it where it is.
        partial.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as reader, target.open("xb") as writer:
        shutil.copyfileobj(reader, writer)
        writer.flush()
        os.fsync(writer.fileno())


def _chunks(folder: Path) -> Iterator[Path]:
    """Give the files <account>/<ab>/<sha256>; what is still arriving is not among them."""
    for path in folder.glob(f"{'?' * 36}/??/{'?' * 64}"):
        if path.is_file():
            yield path
