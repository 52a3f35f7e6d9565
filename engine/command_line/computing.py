"""Say in English what does the computing, what it can do, and why not."""

from __future__ import annotations

from engine.device_report import DeviceReport
from engine.errors import error_from_code
from engine.options import ComputeOptions


def chip(report: DeviceReport) -> str:
    """Return the name of a device; what it is if nobody knows its name."""
    return report.name or _kind(report.device)


def note(report: DeviceReport) -> str:
    """Return why a device is not usable, else how it is used and whether it was tried."""
    if not report.is_usable:
        return str(error_from_code(report.code, report.detail))
    tried = f"tried with {report.tried_with}" if report.tried_with else _NOT_TRIED
    if report.replicas == 1:
        return tried
    return f"{report.replicas} blocks side by side; {tried}"


def described(compute: ComputeOptions) -> str:
    """Return device, number type and replicas in one phrase, without what is chosen by itself."""
    parts = [f"the {_kind(compute.device)}"]
    if compute.compute_type != "auto":
        parts.append(compute.compute_type)
    if compute.replicas is not None:
        parts.append("1 replica" if compute.replicas == 1 else f"{compute.replicas} replicas")
    return ", ".join(parts)


_NOT_TRIED = "not tried: no speech model is installed"


def _kind(device: str) -> str:
    if device == "auto":
        return "chosen device"
    kind, _, index = device.partition(":")
    return "processor" if kind == "cpu" else f"graphics card {index}".strip()
