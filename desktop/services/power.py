"""Be a quiet guest: on battery, or when asked to leave cores to others, decode with less."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import psutil

from engine.options import ComputeOptions

if TYPE_CHECKING:
    from desktop.settings import Settings


def is_on_battery() -> bool:
    """Tell whether the computer runs on its battery; False where nobody knows."""
    find = getattr(psutil, "sensors_battery", None)  # some systems do not have it
    try:
        battery = None if find is None else find()
    except (OSError, NotImplementedError, psutil.Error):
        return False
    return battery is not None and battery.power_plugged is False


def choose_compute(
    asked: ComputeOptions, settings: Settings, cores: int, *, on_battery: bool
) -> ComputeOptions:
    """Return how a job runs now: what it asks for itself comes first, then the settings.

    `cores` are physical ones.
    """
    if asked.device == "auto":
        asked = replace(asked, device=settings.device)
    if asked.compute_type == "auto":
        asked = replace(asked, compute_type=settings.compute_type)
    if asked.replicas is not None:
        return asked
    if on_battery and settings.quiet_on_battery:
        return replace(asked, replicas=1)
    if settings.processors == "half":
        # As many as the engine would take at most; the memory may still allow fewer.
        return replace(asked, replicas=max(1, min(cores // 2, 4)))
    return asked
