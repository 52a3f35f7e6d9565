"""The library's tree: every transcript stands once, in its place, and moves when it changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.item_models import library_model
from desktop.item_models.library_drops import (
    MoveInQueue,
    PutIntoFolder,
    PutIntoTrash,
    PutTagOn,
)
from desktop.item_models.library_filter import LibraryFilter
from desktop.item_models.library_items import COUNT_ROLE
from desktop.item_models.library_model import LibraryModel
from desktop.item_models.library_rows import (
    ATTENTION,
    RUNNING,
    TAGS,
    TRASH,
    UNFILED,
    Section,
    SectionKind,
)
from desktop.store.records import Folder, JobStatus, Tag, TranscriptSummary
from tests.desktop.item_models.values import StubProgress, job, show, summary

THESIS = Section(SectionKind.FOLDER, 1)
ACTION = Qt.DropAction.MoveAction


@pytest.fixture(name="model")
def model_fixture(qtbot: QtBot) -> Iterator[LibraryModel]:
    assert qtbot
    made = LibraryModel()
    tester = QAbstractItemModelTester(
        made, QAbstractItemModelTester.FailureReportingMode.Warning, made
    )
    yield made
    assert tester
    made.deleteLater()


def tree(model: LibraryModel) -> dict[str, list[str]]:
    """Return what is shown: titles by section."""
    shown: dict[str, list[str]] = {}
    for number in range(model.rowCount()):
        header = model.index(number, 0)
        rows = [model.index(row, 0, header) for row in range(model.rowCount(header))]
        shown[str(header.data())] = [str(row.data()) for row in rows]
        assert header.data(COUNT_ROLE) == len(rows)
    return shown


def test_transcripts_stand_by_state_and_folder_in_the_order_of_the_design(
    model: LibraryModel,
) -> None:
    model.set_shelves([Folder(2, "Thesis"), Folder(1, "podcast")], [Tag(5, "archive")])
    model.set_watched([Path("/in/Inbox")])
    show(
        model,
        summary(1, "Old", folder=2),
        summary(2, "New", folder=2),
        summary(3, "Loose"),
        job(4, JobStatus.FAILED, "Broken", folder=2),
        job(9, JobStatus.RUNNING, "Now"),
        job(7, JobStatus.QUEUED, "Third"),
        job(6, JobStatus.QUEUED, "Second"),
        summary(8, "Gone", deleted=1.0),
    )

    assert list(tree(model).items()) == [
        ("Needs attention", ["Broken"]),
        ("Running", ["Now", "Second", "Third"]),
        ("podcast", []),
        ("Thesis", ["New", "Old"]),
        ("Without a folder", ["Loose"]),
        ("Tags", ["archive"]),
        ("Watched folders", ["Inbox"]),
        ("Deleted", ["Gone"]),
    ]


def test_a_finished_job_moves_to_its_folder_and_its_section_goes(model: LibraryModel) -> None:
    model.set_shelves([Folder(1, "Thesis")], [])
    running = job(1, JobStatus.RUNNING, "Talk", folder=1)
    show(model, running)

    model.upsert(replace(running, status=JobStatus.DONE))

    assert tree(model) == {"Thesis": ["Talk"]}
    assert model.index_of(1).parent() == model.section_index(THESIS)


def test_a_transcript_in_a_folder_that_is_gone_stands_without_one(model: LibraryModel) -> None:
    show(model, summary(1, "Lost", folder=77))

    assert tree(model) == {"Transcripts": ["Lost"]}


def test_the_queue_follows_a_new_order(model: LibraryModel) -> None:
    show(model, *(job(n, JobStatus.QUEUED, f"{n}") for n in (1, 2, 3)))

    model.upsert(job(3, JobStatus.QUEUED, "3", position=0))

    assert tree(model) == {"Running": ["3", "1", "2"]}


def test_putting_into_the_trash_and_back_moves_the_row(model: LibraryModel) -> None:
    show(model, summary(1, "Talk", tags=(5,)))
    model.set_shelves([], [Tag(5, "archive")])

    model.upsert(summary(1, "Talk", tags=(5,), deleted=5.0))
    assert tree(model) == {"Tags": ["archive"], "Deleted": ["Talk"]}
    assert model.contents.tag_count(5) == 0

    model.upsert(summary(1, "Talk", tags=(5,)))
    assert tree(model) == {"Transcripts": ["Talk"], "Tags": ["archive"]}
    assert model.index(0, 0, model.section_index(TAGS)).data(COUNT_ROLE) == 1


def test_removing_what_is_not_there_does_nothing(model: LibraryModel) -> None:
    show(model, summary(1, "Talk"))

    model.remove(99)
    model.remove(1)
    model.remove(1)

    assert not tree(model)
    assert model.contents.is_empty


def test_progress_is_spoken_and_repaints_one_row(model: LibraryModel, qtbot: QtBot) -> None:
    show(model, job(1, JobStatus.RUNNING, "Talk"), job(2, JobStatus.QUEUED, "Next"))
    index = model.index_of(1)

    with qtbot.waitSignal(model.dataChanged):
        model.set_progress(StubProgress(1, 47.0, 100.0, 170.0))

    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Talk, 47\u00a0% · about 3\u00a0min left"
    model.set_progress(StubProgress(99, 1.0, 2.0))
    assert model.contents.progress(99) is None


def test_progress_is_forgotten_with_the_job(model: LibraryModel) -> None:
    show(model, job(1, JobStatus.RUNNING, "Talk"))
    model.set_progress(StubProgress(1, 47.0, 100.0))

    model.upsert(summary(1, "Talk"))

    assert model.contents.progress(1) is None


def test_a_running_row_is_higher(model: LibraryModel) -> None:
    show(model, job(1, JobStatus.QUEUED, "Talk"))
    assert model.index_of(1).data(Qt.ItemDataRole.SizeHintRole).height() == 32

    model.upsert(job(1, JobStatus.RUNNING, "Talk"))

    assert model.index_of(1).data(Qt.ItemDataRole.SizeHintRole).height() == 56


def test_renaming_asks_and_shows_nothing_before_the_answer(
    model: LibraryModel, qtbot: QtBot
) -> None:
    show(model, summary(1, "Talk"))
    index = model.index_of(1)

    with qtbot.waitSignal(model.rename_asked) as asked:
        assert model.setData(index, "  Speech 🎙  ")

    assert asked.args is not None
    assert asked.args[0].id == 1 and asked.args[1] == "Speech 🎙"
    assert index.data() == "Talk"
    with qtbot.assertNotEmitted(model.rename_asked):
        assert not model.setData(index, "   ")
        assert not model.setData(index, "Talk")


@pytest.mark.parametrize("text", ["lodz", "ŁÓDŹ", "zu lodz", "mp3"])
def test_the_filter_ignores_case_and_accents(model: LibraryModel, text: str) -> None:
    show(model, summary(1, "Bahnhof zu Łódź"), summary(2, "Warszawa"))
    model.set_filter(LibraryFilter("no such title"))
    assert not tree(model)

    model.set_filter(LibraryFilter(text))

    assert tree(model)["Transcripts"][-1:] == ["Bahnhof zu Łódź"]


def test_tags_filter_and_news_respects_the_filter(model: LibraryModel) -> None:
    model.set_shelves([Folder(1, "Thesis")], [Tag(5, "archive"), Tag(6, "draft")])
    show(model, summary(1, "A", tags=(5, 6)), summary(2, "B", tags=(5,)), summary(3, "C"))

    model.set_filter(LibraryFilter(tags=frozenset({5, 6})))
    model.upsert(summary(4, "D"))
    model.upsert(summary(3, "C", tags=(5, 6)))

    assert tree(model) == {"Without a folder": ["C", "A"], "Tags": ["archive", "draft"]}
    assert not model.index_of(4).isValid()


def test_a_filter_by_a_tag_that_is_removed_falls_away(model: LibraryModel, qtbot: QtBot) -> None:
    model.set_shelves([], [Tag(5, "archive")])
    show(model, summary(1, "A"))
    model.set_filter(LibraryFilter(tags=frozenset({5})))

    with qtbot.waitSignal(model.filter_changed):
        model.set_shelves([], [])

    assert tree(model) == {"Transcripts": ["A"]}


def _drop(model: LibraryModel, ids: list[int], row: int, parent: QModelIndex) -> object:
    data = model.mimeData([model.index_of(number) for number in ids])
    asked: list[object] = []
    model.dropped.connect(asked.append)
    could = model.canDropMimeData(data, ACTION, row, 0, parent)
    assert model.dropMimeData(data, ACTION, row, 0, parent) is could
    assert len(asked) == could
    return asked[0] if asked else None


def _shelved(model: LibraryModel) -> None:
    model.set_shelves([Folder(1, "Thesis")], [Tag(5, "archive")])
    show(
        model,
        *(job(n, JobStatus.QUEUED, f"{n}") for n in (1, 2, 3)),
        summary(4, "Loose"),
        summary(5, "Filed", folder=1),
        summary(6, "Gone", deleted=1.0),
    )


@pytest.mark.parametrize(
    ("ids", "row", "section", "wanted"),
    [
        ([3], 0, RUNNING, MoveInQueue((3,), 1)),
        ([1], 3, RUNNING, MoveInQueue((1,), None)),
        ([2], -1, RUNNING, MoveInQueue((2,), None)),
        ([4], 0, RUNNING, None),
        ([4, 1], -1, THESIS, PutIntoFolder((1, 4), 1)),
        ([5], 0, UNFILED, PutIntoFolder((5,), None)),
        ([5], -1, TRASH, PutIntoTrash((5,))),
        ([6], -1, TRASH, None),
        ([6], -1, RUNNING, None),
        ([4], -1, TAGS, None),
    ],
)
def test_a_drop_means_what_stands_there(
    model: LibraryModel, ids: list[int], row: int, section: Section, wanted: object
) -> None:
    _shelved(model)

    assert _drop(model, ids, row, model.section_index(section)) == wanted


def test_a_drop_on_a_job_goes_before_it_and_on_a_tag_puts_it_on(model: LibraryModel) -> None:
    _shelved(model)

    assert _drop(model, [3], -1, model.index_of(2)) == MoveInQueue((3,), 2)
    tag = model.index(0, 0, model.section_index(TAGS))
    assert _drop(model, [4], -1, tag) == PutTagOn((4,), 5)
    assert _drop(model, [2], -1, model.index_of(2)) is None


def test_files_from_outside_are_left_to_the_window(model: LibraryModel) -> None:
    _shelved(model)
    data = model.mimeData([])
    data.removeFormat(model.mimeTypes()[0])
    data.setText("file:///recording.mp3")

    assert not model.canDropMimeData(data, ACTION, -1, 0, model.section_index(THESIS))


STATES = st.builds(
    lambda number, status, folder, deleted, title: summary(
        number, title, status=status, folder=folder, deleted=deleted, position=number % 3
    ),
    st.integers(1, 6),
    st.sampled_from(JobStatus),
    st.sampled_from([None, 1, 2, 77]),
    st.sampled_from([None, None, 3.0, 4.0]),
    st.text(max_size=5),
)


@given(st.lists(STATES, max_size=25), st.sampled_from(["", "a"]))
@settings(max_examples=60)
def test_any_news_leaves_the_tree_that_a_fresh_start_would_show(
    qapp: object, news: list[TranscriptSummary], text: str
) -> None:
    assert qapp
    living, fresh = LibraryModel(), LibraryModel()
    for model in (living, fresh):
        model.set_shelves([Folder(1, "One"), Folder(2, "Two")], [])
        model.set_filter(LibraryFilter(text))
    for one in news:
        living.upsert(one)

    latest = {one.id: one for one in news}.values()
    show(fresh, *latest)

    assert list(tree(living).items()) == list(tree(fresh).items())
    for number in latest:
        assert living.index_of(number.id).isValid() == fresh.index_of(number.id).isValid()


def test_attention_comes_first_even_when_it_comes_late(model: LibraryModel) -> None:
    show(model, summary(1, "Talk"), job(2, JobStatus.RUNNING, "Now"))

    model.upsert(job(2, JobStatus.FAILED, "Now", code="library.disk_full"))

    assert model.section_index(ATTENTION).row() == 0
    assert tree(model) == {"Needs attention": ["Now"], "Transcripts": ["Talk"]}


def test_a_big_section_gets_its_rows_in_slices_newest_first(
    model: LibraryModel, qtbot: QtBot
) -> None:
    made = [summary(number, f"Talk {number}", created=float(number)) for number in range(1, 1001)]

    show(model, *made)

    section = model.section_index(UNFILED)
    assert 0 < model.rowCount(section) < 1000
    assert section.data(COUNT_ROLE) == 1000
    assert model.index(0, 0, section).data() == "Talk 1000"
    qtbot.waitUntil(lambda: model.rowCount(section) == 1000)
    assert model.index(999, 0, section).data() == "Talk 1"


def test_it_says_when_the_last_row_came(model: LibraryModel, qtbot: QtBot) -> None:
    show(model, *(summary(number, f"Talk {number}") for number in range(1, 1001)))

    with qtbot.waitSignal(model.contents_changed):
        assert not model.index_of(1).isValid()

    assert model.index_of(1).isValid()


FEW_SECTIONS = st.builds(
    lambda number, is_done, created: replace(
        summary(number, f"Talk {number}", status=JobStatus.DONE if is_done else JobStatus.QUEUED),
        created=created,
        position=created,
    ),
    st.integers(1, 8),
    st.booleans(),
    st.sampled_from([1.0, 2.0, 3.0]),
)


@given(
    st.lists(FEW_SECTIONS, min_size=4, max_size=8, unique_by=lambda one: one.id),
    st.lists(FEW_SECTIONS, min_size=1, max_size=4),
    st.booleans(),
)
@settings(max_examples=60)
def test_news_may_come_before_the_last_row(
    qapp: QCoreApplication,
    before: list[TranscriptSummary],
    news: list[TranscriptSummary],
    is_removed: bool,
) -> None:
    living, fresh = LibraryModel(), LibraryModel()
    latest = {one.id: one for one in [*before, *news]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library_model, "_AT_ONCE", 1)
        show(living, *before)
        if is_removed:
            living.remove(before[-1].id)
            latest.pop(before[-1].id)
        for one in news:
            if one.id in latest:
                living.upsert(one)
        qapp.processEvents()
    show(fresh, *latest.values())

    assert list(tree(living).items()) == list(tree(fresh).items())
