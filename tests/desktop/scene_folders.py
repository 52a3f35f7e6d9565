"""Prepare the folders of the program before it starts, for what is pictured."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from desktop import settings as settings_files
from desktop.paths import Paths
from desktop.settings import DEFAULTS, Profile, WatchedFolder

_WHEN = 1_778_580_000.0
_MB = 1_000_000


def with_profiles(paths: Paths) -> None:
    """Put two profiles and two watched folders into the settings, and speeds beside them."""
    chosen = replace(
        DEFAULTS,
        profiles=(
            Profile("Interviews", "base", "en", outputs=("docx",), glossary=("Motława", "Eternit")),
            Profile("Lectures", "base", task="translate"),
        ),
        default_profile="Interviews",
        watched_folders=(
            WatchedFolder("/home/anna/Recorder"),
            WatchedFolder("/mnt/archive/Radio/2026", "Lectures"),
        ),
    )
    settings_files.save(chosen, paths.settings)
    with_speeds(paths)


def with_speeds(paths: Paths) -> None:
    """Let a model have been measured."""
    measured = {"speed": 12.0, "device": "cpu", "compute_type": "int8"}
    file = paths.cache / "speeds.json"
    file.write_text(json.dumps({"version": 1, "models": {"base": measured}}), encoding="utf-8")


def with_ledger(paths: Paths) -> None:
    """Let models have been downloaded, and a connection refused."""
    uses = (
        ("huggingface.co", "model.download", "base", 145 * _MB, False),
        ("huggingface.co", "model.download", "turbo", 716 * _MB, False),
        ("huggingface.co", "model.download", "large-v3", 0, True),
    )
    lines = [
        json.dumps(
            {
                "number": number,
                "when": _WHEN + 3600 * number,
                "host": host,
                "port": 443,
                "why": why,
                "subject": subject,
                "received_bytes": count,
                "is_refused": is_refused,
            }
        )
        for number, (host, why, subject, count, is_refused) in enumerate(uses, 1)
    ]
    (paths.logs / "network.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def with_damaged_library(paths: Paths) -> None:
    """Let the library be no library."""
    Path(paths.library).write_bytes(b"SQLite format 3\0" + b"\xff" * 8192)
