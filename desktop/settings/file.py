"""Read and write settings.toml: whole or not at all, forgiving what is wrong, keeping the rest."""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TypeVar

from desktop.settings.profile import Profile, WatchedFolder
from desktop.settings.setting import setting_of
from desktop.settings.toml_text import toml_text
from desktop.settings.values import DEFAULTS, Settings

logger = logging.getLogger(__name__)

Row = TypeVar("Row", bound=Profile | WatchedFolder)
Table = dict[str, object]

_ROWS: dict[str, type[Profile] | type[WatchedFolder]] = {
    "profiles": Profile,
    "watched_folders": WatchedFolder,
}
"""Settings that are arrays of tables, and what each table is."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings of a file, and what was wrong with it."""

    settings: Settings
    kept_aside: Path | None = None
    """Where the file now lies if it could not be read; then all settings are defaults."""
    refused: tuple[str, ...] = ()
    """Names of single settings whose value was not allowed, so that the default holds."""


def load(path: Path) -> Settings:
    """Return the settings of a file; defaults for what is missing or not allowed."""
    return read(path).settings


def read(path: Path) -> Loaded:
    """Return the settings of a file, and move it aside if it cannot be read. Reads the disk."""
    try:
        content = _parse(path)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, RecursionError) as exc:
        logger.warning("settings cannot be read: %s", type(exc).__name__)
        return Loaded(DEFAULTS, _keep_aside(path))
    return _settings_of(content)


def save(settings: Settings, path: Path) -> None:
    """Write the settings that differ from their defaults; keys of others stay. OSError.

    The file is replaced as a whole, so that a crash leaves the old one.
    """
    try:
        content = _parse(path)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, RecursionError):
        content = {}
    for field in fields(Settings):
        value = getattr(settings, field.name)
        group = setting_of(field).group.value
        table = content.get(group)
        entries: Table = dict(table) if isinstance(table, dict) else {}
        if value == getattr(DEFAULTS, field.name):
            entries.pop(field.name, None)
        else:
            entries[field.name] = _plain(value)
        content[group] = entries
    _replace_file(path, toml_text({key: value for key, value in content.items() if value != {}}))


def _parse(path: Path) -> Table:
    try:
        return dict(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError:
        return {}


def _keep_aside(path: Path) -> Path | None:
    for number in range(1, 100):
        aside = path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")
        if not aside.exists():
            with contextlib.suppress(OSError):
                os.replace(path, aside)
                return aside
            break
    return None


def _settings_of(content: Table) -> Loaded:
    settings = DEFAULTS
    refused = []
    for field in fields(Settings):
        table = content.get(setting_of(field).group.value)
        if not isinstance(table, dict) or field.name not in table:
            continue
        try:
            value = _typed(field.name, table[field.name])
            settings = replace(settings, **{field.name: value})  # type: ignore[arg-type]  # checked
        except (ValueError, TypeError) as exc:
            refused.append(field.name)
            logger.warning("setting %s is not allowed: %s", field.name, type(exc).__name__)
    return Loaded(settings, refused=tuple(refused))


def _typed(name: str, value: object) -> object:
    """Return the value in the type of the setting; ValueError or TypeError if it has another."""
    if name in _ROWS:
        if not isinstance(value, list):
            raise TypeError(name)
        return tuple(_row(_ROWS[name], item) for item in value)
    return _scalar(getattr(DEFAULTS, name), value)


def _row(kind: type[Row], table: object) -> Row:
    if not isinstance(table, Mapping):
        raise TypeError(kind.__name__)
    example = kind("example")
    known = {field.name for field in fields(kind)}
    values = {
        key: _scalar(getattr(example, key), value) for key, value in table.items() if key in known
    }
    return kind(**values)  # type: ignore[arg-type]  # each has the type of the example's


def _scalar(example: object, value: object) -> object:
    if isinstance(example, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise TypeError
    if isinstance(example, float) and type(value) is int:
        return float(value)
    # The exact type, because a bool is an int for isinstance.
    if type(value) is not type(example):
        raise TypeError
    return value


def _plain(value: object) -> object:
    if isinstance(value, (Profile, WatchedFolder)):
        named = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        defaults = type(value)("example")
        return {
            key: item
            for key, item in named.items()
            if key in ("name", "path") or item != _plain(getattr(defaults, key))
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _replace_file(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    finally:
        with contextlib.suppress(OSError):  # it is gone if all went well
            os.unlink(name)
