"""Who has no name yet is called by a number wherever people read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from desktop.services.export_presets import Destination, usual_preset
from desktop.services.export_preview import excerpt_of, make_preview
from desktop.services.export_writing import ExportRequest, ExportWriter
from desktop.services.speaker_names import shown_name, with_names
from desktop.store.library import Library
from engine.transcript.transcript import Speaker
from tests.desktop.store.material import begun, segment

_OPEN = (Speaker("channel-2", "Anna"), Speaker("channel-1", ""))


class _German(QTranslator):
    def translate(
        self, context: str, text: str, comment: str | None = None, _count: int = -1
    ) -> str:
        """Know one string."""
        return "Sprecher {0}" if (context, text) == ("SpeakerNames", "Speaker {0}") else ""


@pytest.fixture(name="transcript")
def _transcript(tmp_path: Path) -> Iterator[tuple[Library, int]]:
    library = Library(tmp_path / "library.sqlite3")
    one, two = segment("one", speaker="channel-1"), segment("two", 1, speaker="channel-2")
    number = begun(library, one, two)
    library.set_speakers(number, _OPEN).result()
    yield library, number
    library.close()


def test_the_place_in_the_list_is_the_number() -> None:
    assert with_names(_OPEN) == (_OPEN[0], Speaker("channel-1", "Speaker 2"))
    assert shown_name("Jan", 7) == "Jan"


def test_the_number_is_said_in_the_language_of_the_window(qapp: QCoreApplication) -> None:
    german = _German(qapp)
    qapp.installTranslator(german)
    assert shown_name("", 3) == "Sprecher 3"
    qapp.removeTranslator(german)
    assert shown_name("", 3) == "Speaker 3"


def test_files_and_their_preview_name_everybody(
    transcript: tuple[Library, int], tmp_path: Path
) -> None:
    library, number = transcript
    preset, target = usual_preset("txt"), Destination(str(tmp_path))
    writer = ExportWriter(library, tmp_path / "written.json")
    written = writer.write(ExportRequest(number, preset, target)).path.read_text("utf-8")
    assert "Speaker 2" in written and "Anna" in written
    excerpt = excerpt_of(library.load(number).transcript)
    assert "Speaker 2" in make_preview(number, excerpt, preset, "Talk").text
