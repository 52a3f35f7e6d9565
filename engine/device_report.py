"""Describe a device that could do the computing, and what it really can do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeviceReport:
    """Say what one device of this computer can run."""

    device: str
    """As `ComputeOptions.device` takes it: `cpu`, `cuda:0`, …"""
    name: str
    """Name of the chip, for people."""
    compute_types: tuple[str, ...]
    """Number types that really run, the best one first."""
    is_usable: bool
    note: str
    """One sentence: why it is not usable, or what is worth knowing; may be empty."""
