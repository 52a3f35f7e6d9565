"""Report which devices really work, by decoding a second of sound on each."""

from __future__ import annotations

import re
from dataclasses import replace
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
    processor = replace(_report("cpu", folder), name=processor_name(), replicas=replicas)
    cards = (_report(f"cuda:{index}", folder) for index in range(cuda_devices()))
    return processor, *cards


def processor_name(described: Path = Path("/proc/cpuinfo")) -> str:
    """Return what the processor's maker calls it; empty where the system has no such file."""
    try:
        text = described.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return re.sub(r"\((?:R|TM)\)", "", found[1]).strip() if found else ""


def _default_model() -> Path | None:
    try:
        return installed.find_model(installed.default_model())
    except ModelError:
        return None


def _report(device: str, folder: Path | None) -> DeviceReport:
    try:
        kinds = _best_first(device)
        tried_with = "" if folder is None else _try(device, folder)
    except TranscriberError as error:
        return DeviceReport(device, "", (), False, error.code, error.detail)
    return DeviceReport(device, "", kinds, True, tried_with=tried_with)


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
    decoder.close()
    return decoder.model
