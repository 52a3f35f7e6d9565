"""The pictures are of the whole window, over a filled library, one for each variant."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from desktop.paths import Paths
from desktop.store.library import Library
from desktop.store.records import JobStatus
from tests.desktop.sample_library import LONG_TITLE, RECORDINGS, fill
from tests.desktop.screenshots import (
    NARROW,
    WIDE,
    Scene,
    Stage,
    Studio,
    Variant,
    make_pictures,
    variants,
)


class ListWindow:
    """A window that lists what lies in the library."""

    closed = 0

    def __init__(self, _: QApplication, paths: Paths, variant: Variant) -> None:
        self._list = QListWidget()
        self._list.setAccessibleName("List")
        library = Library(paths.library)
        self._list.addItems([summary.title for summary in library.summaries()])
        library.close()
        self._list.setWindowTitle(variant.theme)
        self._list.show()

    @property
    def widget(self) -> QWidget:
        """Return the list."""
        return self._list

    def close(self) -> None:
        """Close the list and count it."""
        ListWindow.closed += 1
        self._list.close()
        self._list.deleteLater()


def _arranged(stage: Stage) -> None:
    assert isinstance(stage.widget, QListWidget)
    assert stage.widget.count() == len(RECORDINGS)
    assert stage.find("List") is stage.widget


def test_every_scene_has_its_variants() -> None:
    names = [item.file_name for item in variants((Scene("a"), Scene("b", is_also_narrow=True)))]
    assert names == [
        *("a-light.png", "a-dark.png"),
        *("b-light.png", "b-dark.png", "b-narrow-light.png", "b-narrow-dark.png"),
    ]


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_picture_shows_the_window_in_the_size_asked_for(size: object, qapp: QApplication) -> None:
    variant = next(
        item for item in variants((Scene("a", has_library=False, is_also_narrow=True),))
        if item.size == size
    )  # fmt: skip
    with Studio(qapp, ListWindow) as studio:
        image = studio.picture(variant)
    assert image.deviceIndependentSize().toSize() == size


def test_pictures_are_saved_and_every_window_is_closed(tmp_path: Path, qapp: QApplication) -> None:
    ListWindow.closed = 0
    chosen = list(variants((Scene("filled", _arranged),)))
    made = make_pictures(qapp, chosen, ListWindow, tmp_path / "images")
    assert [path.name for path in made] == ["filled-light.png", "filled-dark.png"]
    assert all(path.stat().st_size > 1000 for path in made)
    assert ListWindow.closed == 2


def test_a_scene_that_never_comes_about_is_an_error(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.desktop.screenshots._PATIENCE_SECONDS", 0.0)
    scene = Scene("never", lambda stage: stage.wait_until(lambda: False), has_library=False)
    with Studio(qapp, ListWindow) as studio, pytest.raises(TimeoutError):
        studio.picture(next(variants((scene,))))


def test_the_sample_library_has_every_state(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite3")
    sample = fill(library, tmp_path)
    summaries = library.summaries()
    assert len(sample.transcripts) == len(summaries) == len(RECORDINGS)
    wanted = {JobStatus.DONE, JobStatus.RUNNING, JobStatus.QUEUED, JobStatus.PAUSED}
    assert wanted | {JobStatus.FAILED} == {summary.status for summary in summaries}
    assert library.load(sample.transcripts[LONG_TITLE]).transcript.speakers
    assert set(sample.folders) == {"Thesis", "Podcast"}
    library.close()
