"""Replicas are chosen so that they fit into the memory."""

from __future__ import annotations

import struct
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from engine.process import memory
from engine.process.backend_seam import MemoryNeed
from engine.process.memory import THIS_COMPUTER, Computer, choose_replicas, model_need

MIB = 1024 * 1024
NEED = MemoryNeed(shared_bytes=400 * MIB, replica_bytes=100 * MIB)


def computer(cores: int, free_mib: int) -> Computer:
    return Computer(lambda: cores, lambda: free_mib * MIB)


@pytest.mark.parametrize(
    ("asked", "cores", "free_mib", "replicas"),
    [
        (None, 2, 9000, 2),
        (None, 16, 9000, 4),
        (None, 16, 700, 3),
        (None, 16, 650, 2),
        (None, 16, 10, 1),
        (8, 2, 9000, 8),
        (8, 2, 900, 5),
        (1, 16, 9000, 1),
        (3, 16, 10, 1),
    ],
)
def test_replicas_are_limited_by_wish_cores_and_memory(
    asked: int | None, cores: int, free_mib: int, replicas: int
) -> None:
    assert choose_replicas(asked, NEED, computer(cores, free_mib)) == replicas


def test_without_a_known_need_only_cores_and_wish_count() -> None:
    assert choose_replicas(None, None, computer(3, 0)) == 3
    assert choose_replicas(6, None, computer(3, 0)) == 6


def model_file(folder: Path, width: int, layers: int) -> Path:
    """Write a model.bin in the layout of CTranslate2 with the decoder of a size; int8 zeros."""
    names = {"decoder/embeddings/weight": (100, width)}
    names |= {f"decoder/layer_{index}/ffn/weight": (width, 4) for index in range(layers)}
    data = struct.pack("<I", 6) + _text("WhisperSpec") + struct.pack("<II", 3, len(names))
    for name, shape in names.items():
        size_bytes = shape[0] * shape[1]
        data += _text(name) + struct.pack("<B2IBI", 2, *shape, 1, size_bytes) + bytes(size_bytes)
    (folder / "model.bin").write_bytes(data + struct.pack("<I", 0))
    return folder


def _text(text: str) -> bytes:
    return struct.pack("<H", len(text) + 1) + text.encode() + b"\0"


def test_the_need_grows_with_the_decoder_and_the_number_type(tmp_path: Path) -> None:
    folder = model_file(tmp_path, 512, 6)
    need, wider = model_need(folder, "int8"), model_need(folder, "float32")
    assert need is not None and wider is not None
    assert 140 * MIB < need.replica_bytes < 155 * MIB, "base takes 110 to 142 MB a replica"
    weights = 100 * 512 + 6 * 512 * 4
    assert wider.shared_bytes - need.shared_bytes == 3 * weights
    assert wider.replica_bytes == need.replica_bytes


def test_a_model_without_a_known_decoder_still_has_a_need(tmp_path: Path) -> None:
    folder = model_file(tmp_path, 8, 0)
    need = model_need(folder, "int8")
    assert need is not None and need.replica_bytes == 60 * MIB


def test_a_damaged_or_missing_model_is_left_to_the_loader(tmp_path: Path) -> None:
    assert model_need(tmp_path, "int8") is None
    (tmp_path / "model.bin").write_bytes(b"nonsense")
    assert model_need(tmp_path, "int8") is None


def test_a_container_with_less_memory_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit, usage, empty = tmp_path / "max", tmp_path / "current", tmp_path / "none"
    limit.write_text("5000000\n")
    usage.write_text("2000000\n")
    empty.write_text("max\n")
    virtual_memory = SimpleNamespace(available=10**9)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: virtual_memory)
    for files, free in (
        ([(str(limit), str(usage))], 3_000_000),
        ([(str(empty), str(usage)), (str(limit), str(tmp_path / "missing"))], 10**9),
        ([(str(usage), str(limit))], 0),
    ):
        monkeypatch.setattr(memory, "_CGROUP_FILES", files)
        assert memory.free_bytes() == free


def test_this_computer_has_a_core_and_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    assert THIS_COMPUTER.cores() >= 1 and THIS_COMPUTER.free_bytes() > 0
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setattr(psutil, "cpu_count", lambda logical=True: 12 if logical else None)
    assert THIS_COMPUTER.cores() == 12
