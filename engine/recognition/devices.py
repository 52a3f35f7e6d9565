"""Choose where a speech model runs: what this computer really can do, and what to try next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import ctranslate2

from engine.errors import DeviceError, ModelError
from engine.options import ComputeOptions

_CPU_PREFERENCE = ("int8", "int8_float32", "float32")
_CUDA_PREFERENCE = ("float16", "int8_float16", "int8", "float32")
_MEMORY_SIGNS = ("out of memory", "bad_alloc", "alloc_failed", "allocate", "new thread")
_LIBRARY_SIGNS = ("cuda", "cublas", "cudnn", "library", "driver")


def resolve(compute: ComputeOptions) -> ComputeOptions:
    """Replace every `auto` by what is best here; raises `DeviceError` for what cannot run."""
    device = compute.device
    if device == "auto":
        device = _best_device()
    if device.startswith("cuda") and not cuda_devices():
        raise DeviceError("device.library_missing", "no CUDA device answers")
    supported = supported_compute_types(device)
    compute_type = compute.compute_type
    if compute_type == "auto":
        compute_type = next(kind for kind in preference(device) if kind in supported)
    if compute_type not in supported:
        raise DeviceError("device.unsupported_compute_type", f"{compute_type} on {device}")
    return replace(
        compute,
        device=device,
        compute_type=compute_type,
        replicas=compute.replicas or 1,
    )


def fallback_ladder(compute: ComputeOptions) -> tuple[ComputeOptions, ...]:
    """Return what to try one after another: as asked, fewer replicas, int8, the processor.

    `auto` is replaced by the device it means here, so that a step tells what it leaves behind.
    """
    if compute.device == "auto":
        compute = replace(compute, device=_best_device())
    ladder = [compute]
    if compute.replicas is None or compute.replicas > 1:
        ladder.append(replace(compute, replicas=1))
    if compute.compute_type not in ("int8", "int8_float16", "int8_float32"):
        ladder.append(replace(compute, compute_type="int8", replicas=1))
    last = ComputeOptions(device="cpu", compute_type="int8", replicas=1)
    if last not in ladder:
        ladder.append(last)
    return tuple(ladder)


def _best_device() -> str:
    return "cuda" if cuda_devices() else "cpu"


def cuda_devices() -> int:
    """Return how many CUDA devices answer; 0 without driver."""
    try:
        return int(ctranslate2.get_cuda_device_count())
    except RuntimeError:
        return 0


def supported_compute_types(device: str) -> frozenset[str]:
    """Return the number types CTranslate2 can calculate with on a device."""
    kind, _, index = device.partition(":")
    with device_error():
        return frozenset(ctranslate2.get_supported_compute_types(kind, int(index or 0)))


def preference(device: str) -> tuple[str, ...]:
    """Return the number types that `auto` looks for on a device, the best first."""
    return _CPU_PREFERENCE if device == "cpu" else _CUDA_PREFERENCE


@contextmanager
def device_error(during: str = "run") -> Iterator[None]:
    """Turn what CTranslate2 raises into our errors.

    It raises `RuntimeError` for everything, so the text is the only thing that tells memory,
    libraries and damaged files apart.
    """
    try:
        yield
    except MemoryError as error:
        raise DeviceError("device.out_of_memory", str(error)) from error
    except (RuntimeError, ValueError) as error:
        text = str(error).lower()
        if any(sign in text for sign in _MEMORY_SIGNS):
            raise DeviceError("device.out_of_memory", str(error)) from error
        if any(sign in text for sign in _LIBRARY_SIGNS):
            raise DeviceError("device.library_missing", str(error)) from error
        if during == "load":
            raise ModelError("model.corrupt", str(error)) from error
        raise
