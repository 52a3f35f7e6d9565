"""List the devices that can be used on this computer."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from engine.command_line.computing import chip, note
from engine.command_line.exit_codes import DONE
from engine.command_line.session import new_client
from engine.command_line.table import format_table
from engine.device_report import DeviceReport
from engine.process.messages import to_plain


def run(arguments: argparse.Namespace) -> int:
    """Print what the worker process found by trying, and return the exit code."""
    with new_client() as client:
        devices = client.devices()
    if arguments.json:
        print(json.dumps([_members(device) for device in devices]))
    else:
        print(format_table(("device", "name", "number types", "note"), _rows(devices)))
    return DONE


def _members(device: DeviceReport) -> dict[str, object]:
    return {name: value for name, value in to_plain(device).items() if name != "type"}


def _rows(devices: Sequence[DeviceReport]) -> list[tuple[str, ...]]:
    return [
        (
            device.device,
            chip(device),
            ", ".join(device.compute_types) if device.is_usable else "not usable",
            note(device),
        )
        for device in devices
    ]
