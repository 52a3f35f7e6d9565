"""Hits stand grouped by transcript, and what is shown stays while more come."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.item_models.search_model import SearchModel
from tests.desktop.item_models.values import hit

FIRST = hit(1, 12.0, "I walked around the shipyard.", "shipyard", speaker="Jan")
SECOND = hit(1, 90.0, "At the shipyard again.", "shipyard")
OTHER = hit(2, 3_767.0, "Nobody has seen the shipyard.", "shipyard")


def _shown(model: SearchModel) -> list[str]:
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def test_hits_are_grouped_even_if_they_come_mixed(qtbot: QtBot) -> None:
    assert qtbot
    model = SearchModel()

    model.set_hits([FIRST, OTHER, SECOND])

    texts = ["Interview 1", FIRST.text, SECOND.text, "Interview 2", OTHER.text]
    assert _shown(model) == texts
    assert model.hit_rows() == [1, 2, 4]
    assert model.hit(model.index(0)) is None


def test_more_hits_are_added_without_a_reset(qtbot: QtBot) -> None:
    model = SearchModel()
    model.set_hits([FIRST])

    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsInserted):
        model.set_hits([FIRST, SECOND, OTHER])

    assert _shown(model)[-1] == OTHER.text
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Interview 1, 2 place")


def test_other_hits_replace_the_old_ones(qtbot: QtBot) -> None:
    model = SearchModel()
    model.set_hits([FIRST, OTHER])

    with qtbot.waitSignal(model.modelReset):
        model.set_hits([OTHER])

    assert _shown(model) == ["Interview 2", OTHER.text]


def test_a_hit_is_spoken_with_name_and_time(qtbot: QtBot) -> None:
    assert qtbot
    model = SearchModel()
    model.set_hits([FIRST])

    spoken = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)

    assert spoken == "I walked around the shipyard., Jan, 0:12"
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
