"""The release manifest: read, read again when it changes, and never trusted blindly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sync_server.services.releases import NoRelease, Release, Releases
from tests.sync_server.web.samples import manifest, release_file


async def read(path: Path) -> Release | NoRelease:
    return await Releases(path).current()


async def test_a_manifest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "releases.json"
    path.write_bytes(manifest(future_field=[1]))
    found = await read(path)
    assert isinstance(found, Release)
    assert found.version == "1.2.3" and len(found.files) == 5
    assert [file.signed for file in found.files].count(False) == 1


async def test_no_manifest_and_none_named_are_alike(tmp_path: Path) -> None:
    assert await read(tmp_path / "releases.json") is NoRelease.MISSING
    assert await Releases(None).current() is NoRelease.MISSING


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        manifest(schema=2),
        manifest(version=""),
        manifest(published="yesterday"),
        manifest(files=[release_file("linux", "x86_64", "deb", sha256="00")]),
        manifest(files=[release_file("linux", "x86_64", "deb", url="javascript:alert(1)")]),
        manifest(files=[release_file("linux", "x86_64", "deb", url='https://a"onclick=b')]),
        manifest(files=[release_file("linux", "x86_64", "deb", size=0)]),
        manifest(files=[release_file("linux", "x86_64", "deb", signed="yes")]),
        manifest(files=[release_file("beos", "x86_64", "deb")]),
        manifest(notes="x" * 2_000_000),
    ],
)
async def test_what_is_no_manifest_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "releases.json"
    path.write_bytes(content)
    assert await read(path) is NoRelease.DAMAGED


async def test_a_folder_in_its_place_is_damaged(tmp_path: Path) -> None:
    assert await read(tmp_path) is NoRelease.DAMAGED


async def test_a_new_manifest_is_seen_at_once(tmp_path: Path) -> None:
    path = tmp_path / "releases.json"
    path.write_bytes(manifest())
    releases = Releases(path)
    assert isinstance(await releases.current(), Release)
    newer = tmp_path / "newer.json"
    newer.write_bytes(manifest(version="1.2.4"))
    os.replace(newer, path)
    found = await releases.current()
    assert isinstance(found, Release) and found.version == "1.2.4"
    path.write_bytes(b"{")
    assert await releases.current() is NoRelease.DAMAGED
    path.unlink()
    assert await releases.current() is NoRelease.MISSING


async def test_a_manifest_that_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    path = tmp_path / "releases.json"
    path.write_bytes(manifest())
    releases = Releases(path)
    assert await releases.current() is await releases.current()
