"""docs/protocol.md says what the code says."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from enum import Enum
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints

from engine.process.messages import field_names, type_name
from engine.process.protocol import EVENTS, PROTOCOL_VERSION, REPORTS, REQUESTS
from tests.engine.process.conftest import ROOT

TEXT = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")


def sections(text: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return chapter → heading in code → members of its table."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for chapter in re.split(r"^## ", text, flags=re.M)[1:]:
        title = chapter.partition("\n")[0]
        found[title] = {
            part.partition("`")[0]: tuple(re.findall(r"^\| `(\w+)` \|", part, flags=re.M))
            for part in re.split(r"^### `", chapter, flags=re.M)[1:]
        }
    return found


def described(classes: tuple[type, ...]) -> dict[str, tuple[str, ...]]:
    """Return what the document must have for classes."""
    return {type_name(item): field_names(item) for item in classes}


def parts(annotation: object) -> set[type]:
    """Return the dataclasses and enumerations that a member may hold, at any depth."""
    if get_origin(annotation) in (Union, UnionType, tuple):
        return {part for option in get_args(annotation) for part in parts(option)}
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return {annotation}
    if isinstance(annotation, type) and is_dataclass(annotation):
        hints = get_type_hints(annotation)
        inner = {part for field in fields(annotation) for part in parts(hints[field.name])}
        return {annotation} | inner
    return set()


def test_the_document_names_the_version_of_the_protocol() -> None:
    assert re.findall(r"^Version: \*\*(\d+)\*\*$", TEXT, flags=re.M) == [str(PROTOCOL_VERSION)]


def test_every_message_and_member_is_described_and_no_other() -> None:
    chapters = sections(TEXT)
    assert chapters["Requests"] == described(REQUESTS)
    assert chapters["Reports"] == described(tuple(set(REPORTS) - set(EVENTS)))
    assert chapters["Events"] == described(EVENTS)


def test_every_value_inside_a_message_is_described_and_no_other() -> None:
    inside = {part for message in (*REQUESTS, *REPORTS) for part in parts(message)} - {
        *REQUESTS,
        *REPORTS,
    }
    values = {type_name(part): field_names(part) for part in inside if is_dataclass(part)}
    assert sections(TEXT)["Values"] == values
    for part in inside:
        if issubclass(part, Enum):
            for member in part:
                assert f'`"{member.value}"`' in TEXT
