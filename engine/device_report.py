"""Describe a device that could do the computing, and what it really can do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeviceReport:  # pylint: disable=too-many-instance-attributes
    """Say what one device of this computer can run; every member is data, sentences are made late."""

    device: str
    """As `ComputeOptions.device` takes it: `cpu`, `cuda:0`, …"""
    name: str
    """Name its maker gave the chip; empty if it is not known."""
    compute_types: tuple[str, ...]
    """Number types that really run, the best one first."""
    is_usable: bool
    code: str = ""
    """Why it is not usable, as in `engine.errors`; empty if it is."""
    detail: str = ""
    """Technical detail of that."""
    tried_with: str = ""
    """Name of the speech model that ran on it; empty if none was there to try it with."""
    replicas: int = 1
    """Blocks of a recording that are decoded on it side by side."""
