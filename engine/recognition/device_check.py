"""Report which devices really work, by decoding a second of sound on each."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.device_report import DeviceReport
from engine.errors import ModelError, TranscriberError
from engine.options import ComputeOptions, Task
from engine.recognition.decoding import Search, load_decoder
from engine.recognition.devices import (
    cuda_devices,
    preference,
    supported_compute_types,
)
from engine.recognition.mel import window_mel
from engine.recognition.windows import build_prompt
from engine.speech_models import installed


def list_devices(replicas: int) -> tuple[DeviceReport, ...]:
    """Return every device; one that fails on the default speech model is not usable.

    `replicas` is how many blocks the processor will decode side by side.
    """
    folder = _default_model()
    names = {"cpu": f"processor, {replicas} blocks side by side"}
    names |= {f"cuda:{index}": f"graphics card {index}" for index in range(cuda_devices())}
    return tuple(_report(device, name, folder) for device, name in names.items())


def _default_model() -> Path | None:
    try:
        return installed.find_model(installed.default_model())
    except ModelError:
        return None


def _report(device: str, name: str, folder: Path | None) -> DeviceReport:
    try:
        kinds = _best_first(device)
        if folder is None:
            return DeviceReport(device, name, kinds, True, "not tried: no speech model installed")
        return DeviceReport(device, name, kinds, True, f"tried with {_try(device, folder)}")
    except TranscriberError as error:
        return DeviceReport(device, name, (), False, str(error))


def _best_first(device: str) -> tuple[str, ...]:
    supported = supported_compute_types(device)
    best = [kind for kind in preference(device) if kind in supported]
    return (*best, *sorted(supported.difference(best)))


def _try(device: str, folder: Path) -> str:
    decoder = load_decoder(folder, ComputeOptions(device=device, replicas=1))
    tokenizer = decoder.tokenizer("en", Task.TRANSCRIBE)
    mel = window_mel(np.zeros(16_000, np.float32), 0, 100, decoder.mels)
    prompt = build_prompt(tokenizer, (), ())
    decoder.generate(decoder.encode(mel), prompt, tokenizer, Search(1))
    used = f"{decoder.model}, {decoder.compute_type}"
    decoder.close()
    return used
