"""`settings`: all of them, as docs/server.md lists them too."""

from __future__ import annotations

from enum import Enum

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from sync_server.settings import Settings


def settings() -> None:
    """List all settings, with their defaults."""
    print(settings_table())


def settings_table() -> str:
    """Return a table in Markdown of all settings."""
    lines = ["| setting | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        lines.append(f"| `{name}` | {_default(field)} | {field.description} |")
    return "\n".join(lines)


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is PydanticUndefined:
        return "the user's data folder"
    if value is None or value == ():
        return "–"
    return f"`{value.value if isinstance(value, Enum) else value}`"
