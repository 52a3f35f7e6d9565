"""What is wrong with a file is said by a code; what can be decoded of it is kept."""

from __future__ import annotations

import http.server
import os
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
import pytest

from engine.errors import MediaError
from engine.media_info import MediaInfo
from engine.recognition.media import (
    Chunk,
    choose_track,
    files,
    fingerprint,
    measure_duration,
    probe,
    stream,
)
from engine.recognition.media.files import LocalFile
from tests.engine.recognition.media.media_files import (
    Sound,
    Wave,
    clicks,
    cut,
    end_of,
    flip_bytes,
    found_clicks,
    noise,
    write,
)

TIMES = (1.0, 4.5, 11.2, 13.0)
WAVE = clicks(TIMES, 14.0)
BUSY: Wave = (WAVE + noise(14.0) / 100).astype(np.float32)


def _code(path: Path) -> str:
    """Return the code that all ways into a file agree on."""
    codes = set()
    for attempt in (
        probe,
        choose_track,
        lambda p: measure_duration(p, 0),
        lambda p: list(stream(p, 0)),
    ):
        with pytest.raises(MediaError) as caught:
            attempt(path)
        codes.add(caught.value.code)
    assert len(codes) == 1
    return codes.pop()


def _heard(path: Path) -> tuple[list[Chunk], str]:
    """Return the chunks and the code of the error after them, if there is one."""
    chunks: list[Chunk] = []
    try:
        for chunk in stream(path, 0):
            chunks.append(chunk)
    except MediaError as exc:
        return chunks, exc.code
    return chunks, ""


def test_a_missing_file(tmp_path: Path) -> None:
    assert _code(tmp_path / "a.mp3") == "media.not_found"


def test_a_name_that_cannot_exist(tmp_path: Path) -> None:
    assert _code(tmp_path / ("a" * 300)) == "media.not_found"
    assert _code(tmp_path / "a\0b.mp3") == "media.not_found"


def test_a_folder(tmp_path: Path) -> None:
    assert _code(tmp_path) == "media.unreadable"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_named_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp3")

    assert _code(tmp_path / "pipe.mp3") == "media.unreadable"


@pytest.mark.parametrize("name", ["a.mp3", "a.wav", "a.mp4", "a"])
def test_an_empty_file(name: str, tmp_path: Path) -> None:
    (tmp_path / name).touch()

    assert _code(tmp_path / name) == "media.unreadable"


def _not_media(kind: str, path: Path) -> None:
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.txt", "text " * 20_000)
    elif kind == "noise":
        path.write_bytes(np.random.default_rng(3).bytes(300_000))
    elif kind == "zeros":
        path.write_bytes(bytes(100_000))
    elif kind == "subtitles":
        path.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n\n" * 50, encoding="utf-8")
    else:
        path.write_text("This is a letter and no recording.\n" * 200, encoding="utf-8")


@pytest.mark.parametrize("name", ["a.txt", "a.mp3", "a.wav", "a.m4a", "a"])
@pytest.mark.parametrize("kind", ["text", "zip", "noise", "zeros", "subtitles"])
def test_what_is_no_media_file(kind: str, name: str, tmp_path: Path) -> None:
    _not_media(kind, tmp_path / name)

    with pytest.raises(MediaError) as caught:
        probe(tmp_path / name)

    assert caught.value.code == "media.unreadable"


def test_a_video_without_sound(tmp_path: Path) -> None:
    assert _code(write(tmp_path / "a.mp4", video=2.0)) == "media.no_audio"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_permission_denied(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", Sound(WAVE))
    path.chmod(0)

    assert _code(path) == "media.no_permission"
    with pytest.raises(MediaError):
        fingerprint(path)


def test_a_refusal_of_the_system_is_permission_denied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.wav", Sound(WAVE))

    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    assert _code(path) == "media.no_permission"


def test_an_mp4_that_lacks_its_index(tmp_path: Path) -> None:
    path = cut(write(tmp_path / "a.mp4", Sound(WAVE, "aac")), 0.5)

    assert _code(path) == "media.unreadable"


def _encrypted(folder: Path) -> Path:
    options = {
        "encryption_scheme": "cenc-aes-ctr",
        "encryption_key": "00112233445566778899aabbccddeeff",
        "encryption_kid": "112233445566778899aabbccddeeff00",
    }
    return write(folder / "a.mp4", Sound(noise(3), "aac"), container="mp4", options=options)


def test_an_encrypted_mp4(tmp_path: Path) -> None:
    path = _encrypted(tmp_path)

    with pytest.raises(MediaError) as caught:
        probe(path)

    assert caught.value.code == "media.protected"


@pytest.mark.parametrize("tag", [b"drms", b"aavd", b"enca"])
def test_the_marks_of_shops(tag: bytes, tmp_path: Path) -> None:
    path = write(tmp_path / "a.m4a", Sound(WAVE, "aac"), container="ipod")
    path.write_bytes(path.read_bytes().replace(b"mp4a", tag, 1))

    assert _code(path) == "media.protected"


def test_a_protected_windows_media_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wma", Sound(WAVE, "wmav2", bit_rate=128_000), container="asf")
    assert probe(path).container == "asf"
    mark = bytes.fromhex("fbb3112223bdd211b4b700a0c955fc6e")
    # The mark of an object that every file has becomes that of the encryption object.
    data = path.read_bytes()
    other = bytes.fromhex("40a4d0d207e3d21197f000a0c95ea850")
    assert other in data
    path.write_bytes(data.replace(other, mark))

    assert _code(path) == "media.protected"


@pytest.mark.parametrize(
    "name, sound, options",
    [
        ("a.mp3", Sound(BUSY, "libmp3lame"), {}),
        ("a.wav", Sound(BUSY), {}),
        ("a.flac", Sound(BUSY, "flac"), {}),
        ("a.aiff", Sound(BUSY, "pcm_s16be"), {}),
        ("a.mkv", Sound(BUSY, "aac"), {}),
        ("a.m4a", Sound(BUSY, "aac"), {"movflags": "faststart"}),
    ],
)
def test_a_truncated_file_is_kept_as_far_as_it_goes(
    name: str, sound: Sound, options: dict[str, str], tmp_path: Path
) -> None:
    path = write(tmp_path / name, sound, options=options)
    assert _heard(path)[1] == ""
    cut(path, 0.5)

    chunks, code = _heard(path)

    assert code == "media.truncated"
    assert 2 < end_of(chunks) < 13.5
    expected = [time for time in TIMES if time < end_of(chunks) - 0.1]
    assert found_clicks(chunks)[: len(expected)] == pytest.approx(expected, abs=0.06)
    assert measure_duration(path, 0) == pytest.approx(end_of(chunks), abs=0.15)


def test_truncation_is_told_only_by_who_reads_to_the_end(tmp_path: Path) -> None:
    path = cut(write(tmp_path / "a.wav", Sound(WAVE)), 0.5)

    assert end_of(stream(path, 0, end=5.0)) == pytest.approx(5.0)
    with pytest.raises(MediaError):
        list(stream(path, 0, start=5.0))


@pytest.mark.parametrize(
    "name, options",
    [("a.mp3", {"write_xing": "0"}), ("a.aac", {}), ("a.opus", {})],
)
def test_an_end_that_nothing_announces_is_no_fault(
    name: str, options: dict[str, str], tmp_path: Path
) -> None:
    codec = {"a.mp3": "libmp3lame", "a.aac": "aac", "a.opus": "libopus"}[name]
    sound = Sound(clicks(TIMES, 14.0, 48_000), codec, 48_000)
    container = "adts" if codec == "aac" else None
    path = write(tmp_path / name, sound, container=container, options=options)

    chunks, code = _heard(cut(path, 0.5))

    assert code == ""
    assert end_of(chunks) > 0.5


def test_an_mp3_with_tags_and_pictures_announces_its_end(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp3", Sound(WAVE, "libmp3lame"), options={"id3v2_version": "0"})
    size = 200_000
    head = b"ID3\4\0\0" + bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    path.write_bytes(head + bytes(size) + path.read_bytes())
    assert _heard(path)[1] == ""
    data = path.read_bytes()
    path.write_bytes(data[: size + (len(data) - size) // 2])

    assert _heard(path)[1] == "media.truncated"


@pytest.mark.parametrize(
    "name, codec, width",
    [("a.mp3", "libmp3lame", 1), ("a.ogg", "vorbis", 1), ("a.mkv", "aac", 4), ("a.m4a", "aac", 4)],
)
def test_damage_in_the_middle_costs_only_itself(
    name: str, codec: str, width: int, tmp_path: Path
) -> None:
    sound = Sound(BUSY, codec, codec_options={"strict": "-2"})
    path = write(tmp_path / name, sound, container="ipod" if name == "a.m4a" else None)
    flip_bytes(path, 0.5, 0.6, every=997, width=width)

    chunks, _code_after = _heard(path)
    found = found_clicks(chunks)

    assert end_of(chunks) == pytest.approx(14.0, abs=0.2)
    for time in TIMES:
        assert min(abs(time - click) for click in found) < 0.06


def test_nothing_decodable_is_unreadable(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mkv", Sound(noise(3), "aac"))
    data = bytearray(path.read_bytes())
    begin = data.index(b"\x1f\x43\xb6\x75")
    for place in range(begin + 40, len(data)):
        if place % 3:
            data[place] = 0xFF
    path.write_bytes(data)

    assert _heard(path) == ([], "media.unreadable")


def test_sound_of_an_unknown_kind(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", Sound(WAVE))
    data = bytearray(path.read_bytes())
    data[20:22] = b"\x77\x77"
    path.write_bytes(data)

    with pytest.raises(MediaError) as caught:
        probe(path)

    assert caught.value.code == "media.unreadable"
    assert _heard(path) == ([], "media.unreadable")


def test_a_disk_that_fails_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.mp3", Sound(noise(30), "libmp3lame"), options={"write_xing": "0"})
    chunks = stream(path, 0)
    gone = path.stat().st_size // 2

    class Disk:
        """Fail in the second half."""

        def __init__(self, file: BinaryIO) -> None:
            self.file = file

        def read(self, count: int) -> bytes:
            if self.file.tell() > gone:
                raise OSError(5, "Input/output error")
            return self.file.read(count)

    class Fragile(LocalFile):
        """Read from that disk."""

        def __init__(self, file: BinaryIO, suffix: str) -> None:
            super().__init__(file, suffix)
            self.raw = cast(BinaryIO, Disk(file))

    monkeypatch.setattr(files, "LocalFile", Fragile)
    heard: list[Chunk] = []
    with pytest.raises(MediaError) as caught:
        heard.extend(chunks)

    assert caught.value.code == "media.truncated"
    assert 10 < end_of(heard) < 25


NAMES = [
    "with space.wav",
    "\"double\" 'single'.wav",
    "emoji 😀🎙.wav",
    "Grüße Ελλάδα 日本語 عربى.wav",
    "n" * 246 + ".wav",
    "line\nbreak.wav",
    "concat:a.wav|b.wav",
    "-",
    "a%03d.wav",
    "file:a.wav",
    "http:a.wav",
    "pipe:0",
    "a.wav?x=1#y",
    "[1].wav",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_has_no_meaning(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write(tmp_path / "source.wav", Sound(WAVE))
    path = source.rename(tmp_path / name)
    monkeypatch.chdir(tmp_path)

    for way in (path, Path(name)):
        assert isinstance(probe(way), MediaInfo)
        assert found_clicks(stream(way, 0)) == pytest.approx(TIMES, abs=0.01)


@contextmanager
def _server() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        """Note what is asked for."""

        def do_GET(self) -> None:  # pylint: disable=invalid-name
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_arguments: object) -> None:
            """Stay quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("name", ["a.m3u8", "a.mp3", "a.ffconcat", "a.sdp"])
@pytest.mark.parametrize("target", ["local", "remote"])
def test_a_playlist_reaches_neither_files_nor_the_network(
    name: str, target: str, tmp_path: Path
) -> None:
    secret = write(tmp_path / "secret.ts", Sound(WAVE, "aac"), container="mpegts")
    with _server() as (address, asked):
        entry = str(secret) if target == "local" else f"{address}/a.ts"
        text = (
            f"ffconcat version 1.0\nfile '{entry}'\n"
            if name == "a.ffconcat"
            else f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{entry}\n#EXT-X-ENDLIST\n"
        )
        (tmp_path / name).write_text(text, encoding="utf-8")

        assert _code(tmp_path / name) == "media.unreadable"
        assert not asked


def test_nothing_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.mp3", Sound(noise(5), "libmp3lame"))
    capfd.readouterr()
    flip_bytes(path, 0.3, 0.9, every=50)

    _heard(path)

    assert capfd.readouterr() == ("", "")
