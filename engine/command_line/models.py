"""List, download, import, verify and remove speech models."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from engine.command_line.download_display import download_display
from engine.command_line.exit_codes import DONE, FAILED
from engine.command_line.table import format_table, megabytes
from engine.errors import TranscriberError
from engine.speech_models.catalogue import CATALOGUE
from engine.speech_models.installed import (
    import_model,
    list_installed,
    models_folders,
    remove_model,
    verify_model,
)


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked and return the exit code."""
    folders = models_folders(arguments.data_dir)
    return _ACTIONS[arguments.action](arguments, folders)


def _list(arguments: argparse.Namespace, folders: Sequence[Path]) -> int:
    if arguments.json:
        print(json.dumps(_entries(folders)))
        return DONE
    rows = [
        (
            str(entry["name"]),
            megabytes(int(str(entry["size_bytes"]))),
            "English" if entry["is_english_only"] else "multilingual",
            _state(entry),
        )
        for entry in _entries(folders)
    ]
    print(format_table(("model", "size", "languages", ""), rows))
    return DONE


def _entries(folders: Sequence[Path]) -> list[dict[str, object]]:
    installed = list_installed(folders)
    entries: list[dict[str, object]] = [
        {
            "name": model.name,
            "size_bytes": model.size_bytes,
            "is_english_only": model.entry is not None and model.entry.is_english_only,
            "folder": str(model.folder),
            "damage": model.damage,
        }
        for model in installed
    ]
    present = {model.name for model in installed}
    entries += [
        {
            "name": name,
            "size_bytes": entry.size_bytes,
            "is_english_only": entry.is_english_only,
            "folder": None,
            "damage": "",
        }
        for name, entry in CATALOGUE.items()
        if name not in present
    ]
    return entries


def _state(entry: dict[str, object]) -> str:
    if entry["damage"]:
        return f"damaged: {entry['damage']}"
    return f"installed in {entry['folder']}" if entry["folder"] else "can be downloaded"


def _download(arguments: argparse.Namespace, folders: Sequence[Path]) -> int:
    # requests and the certificates take their time, and only this needs them.
    from engine.speech_models.download import (  # pylint: disable=import-outside-toplevel
        DownloadOptions,
        download_model,
    )

    options = DownloadOptions(folders, "int8" if arguments.int8 else "published")

    def download(name: str) -> str:
        with download_display(name) as show:
            model = download_model(
                name,
                on_progress=lambda progress: show(progress.done_bytes, progress.total_bytes),
                options=options,
            )
        return f"{model.name} is installed in {model.folder}."

    return _each(arguments.names, download)


def _import(arguments: argparse.Namespace, folders: Sequence[Path]) -> int:
    model = import_model(arguments.folder, arguments.name, folders)
    print(f"{model.name} is installed in {model.folder}.")
    return DONE


def _verify(arguments: argparse.Namespace, folders: Sequence[Path]) -> int:
    names = arguments.names or [model.name for model in list_installed(folders)]

    def verify(name: str) -> str:
        verify_model(name, folders)
        return f"{name} is in order."

    return _each(names, verify)


def _remove(arguments: argparse.Namespace, folders: Sequence[Path]) -> int:
    def remove(name: str) -> str:
        remove_model(name, folders)
        return f"{name} is removed."

    return _each(arguments.names, remove)


def _each(names: Sequence[str], act: Callable[[str], str]) -> int:
    """Act on each model, whatever happens to the others, and return the exit code."""
    code = DONE
    for name in names:
        try:
            print(act(name), flush=True)
        except TranscriberError as error:
            print(f"{name}: {error}", file=sys.stderr, flush=True)
            code = FAILED
    return code


_ACTIONS: dict[str, Callable[[argparse.Namespace, Sequence[Path]], int]] = {
    "list": _list,
    "download": _download,
    "import": _import,
    "verify": _verify,
    "remove": _remove,
}
