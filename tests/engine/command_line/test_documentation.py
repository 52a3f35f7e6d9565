"""docs/command-line.md tells what the program does."""

from __future__ import annotations

import re

from engine.command_line import json_progress
from engine.command_line.inputs import MEDIA_SUFFIXES
from engine.process.messages import type_name
from engine.process.protocol import EVENTS
from tests.engine.command_line.options_text import BEGIN, DOCUMENT, END, options_text

TEXT = DOCUMENT.read_text(encoding="utf-8")


def test_the_options_are_those_of_the_program() -> None:
    options = TEXT.partition(BEGIN)[2].partition(END)[0]
    assert options.strip() == options_text().strip()


def test_every_json_object_is_described() -> None:
    section = TEXT.partition("## JSON")[2].partition("\n## ")[0]
    own = re.findall(r'self\._write\("(\w+)"', _source())
    for name in [*own, *(type_name(event) for event in EVENTS)]:
        assert f"`{name}`" in section


def _source() -> str:
    assert json_progress.__file__ is not None
    with open(json_progress.__file__, encoding="utf-8") as file:
        return file.read()


def test_every_file_ending_is_listed() -> None:
    section = TEXT.partition("## What is transcribed")[2].partition("\n## ")[0]
    assert set(re.findall(r"\.\w+", section.partition("`.3g2")[2])) | {".3g2"} >= MEDIA_SUFFIXES
