"""Estimate what a speech model needs in main memory, and how many replicas of it fit."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from engine.errors import ModelError
from engine.process.backend_seam import MemoryNeed
from engine.speech_models.ct2_file import read_layout

MAX_REPLICAS = 4
"""More would let the text grow on too many fronts (docs/engine.md, "Side by side")."""

_MIB = 1024 * 1024
# Measured with tiny.en and base, int8 and float32, one to four replicas, beam 5 (docs/performance.md).
_LIBRARIES_BYTES = 250 * _MIB
_REPLICA_BYTES = 60 * _MIB
# Keys and values as float32: of 1,500 encoder frames, and of 448 tokens in five beams.
_CACHE_BYTES_PER_UNIT = 2 * 4 * (1500 + 5 * 448)
_NUMBER_BYTES = {"float32": 4, "float16": 2, "bfloat16": 2}

_CGROUP_FILES = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    (
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory/memory.usage_in_bytes",
    ),
)


def model_need(folder: Path, compute_type: str) -> MemoryNeed | None:
    """Return what a CTranslate2 Whisper model will take on the CPU; None if the file is unreadable."""
    path = folder / "model.bin"
    try:
        layout = read_layout(path)
        size_bytes = path.stat().st_size
    except (ModelError, OSError):
        return None  # loading tells what is wrong with it
    names = [re.match(r"decoder/layer_(\d+)/", item.name) for item in layout.variables]
    layers = len({found[1] for found in names if found})
    embeddings = layout.find("decoder/embeddings/weight")
    width = embeddings.shape[1] if embeddings is not None and len(embeddings.shape) == 2 else 0
    weights = sum(_count(item.shape) for item in layout.variables)
    return MemoryNeed(
        # While loading, the file's content and the converted weights are there together.
        shared_bytes=_LIBRARIES_BYTES + size_bytes + weights * _NUMBER_BYTES.get(compute_type, 1),
        replica_bytes=_REPLICA_BYTES + layers * width * _CACHE_BYTES_PER_UNIT,
    )


@dataclass(frozen=True, slots=True)
class Computer:
    """Say what there is to share with others; replaced by tests."""

    cores: Callable[[], int]
    free_bytes: Callable[[], int]


def physical_cores() -> int:
    """Return how many cores this process may use, hyper-threads not counted."""
    cores = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
    if sys.platform == "linux":
        cores = min(cores, len(psutil.Process().cpu_affinity() or [0]))
    return cores


def free_bytes() -> int:
    """Return the free main memory: of the computer, or of the container if that has less."""
    free = int(psutil.virtual_memory().available)
    for limit_file, usage_file in _CGROUP_FILES:
        limit, usage = _read_number(Path(limit_file)), _read_number(Path(usage_file))
        if limit is not None and usage is not None:
            free = min(free, max(0, limit - usage))
    return free


THIS_COMPUTER = Computer(physical_cores, free_bytes)


def choose_replicas(asked: int | None, need: MemoryNeed | None, computer: Computer) -> int:
    """Return how many replicas to load, at least one.

    What was asked for as far as the memory goes; else the least of physical cores, `MAX_REPLICAS`
    and what the memory holds.
    """
    wanted = min(computer.cores(), MAX_REPLICAS) if asked is None else asked
    if need is not None:
        room = computer.free_bytes() - need.shared_bytes
        wanted = min(wanted, room // need.replica_bytes)
    return max(1, wanted)


def _count(shape: tuple[int, ...]) -> int:
    total = 1
    for size in shape:
        total *= size
    return total


def _read_number(path: Path) -> int | None:
    try:
        text = path.read_text(encoding="ascii").strip()
    except OSError:
        return None
    return int(text) if text.isdecimal() else None
