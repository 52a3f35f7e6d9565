"""Build the context menu of rows of the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.item_models.library_contents import LibraryContents
from desktop.item_models.library_rows import Row, RowKind
from desktop.store.records import TranscriptSummary
from desktop.ui.icons import icon
from desktop.ui.library.row_actions import RowAction, actions_of
from desktop.ui.library.row_names import ICONS, KEYS, RowNames


@dataclass(frozen=True, slots=True)
class MenuHandlers:
    """What is called when a line of the menu is chosen."""

    act: Callable[[RowAction, Row | None], None]
    put_into_folder: Callable[[int | None], None]
    set_tag: Callable[[int, bool], None]


class RowMenu(QMenu):
    """Offer everything that can be done with a row or with the selected transcripts."""

    def __init__(
        self,
        row: Row | None,
        chosen: Sequence[TranscriptSummary],
        handlers: MenuHandlers,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._row = row
        self._chosen = chosen
        self._handlers = handlers
        self._names = RowNames(self)

    def fill(self, contents: LibraryContents, *, is_all_paused: bool) -> None:
        """Add the lines."""
        hidden = RowAction.PAUSE_ALL if is_all_paused else RowAction.RESUME_ALL
        groups = [
            [action for action in group if action is not hidden]
            for group in actions_of(self._row, self._chosen)
        ]
        for number, group in enumerate(group for group in groups if group):
            if number:
                self.addSeparator()
            for action in group:
                self._add(action)
            if number == 0 and self._is_about_transcripts():
                self._add_folders(contents)
                self._add_tags(contents)

    def _is_about_transcripts(self) -> bool:
        is_transcript = self._row is not None and self._row.kind is RowKind.TRANSCRIPT
        return is_transcript and all(one.deleted is None for one in self._chosen)

    def _add(self, action: RowAction) -> QAction:
        line = self.addAction(self._names.name(action))
        if action in ICONS:
            line.setIcon(icon(ICONS[action]))
        if action in KEYS:
            line.setShortcut(QKeySequence(KEYS[action]))
            line.setShortcutVisibleInContextMenu(True)
        line.triggered.connect(lambda: self._handlers.act(action, self._row))
        return line

    def _add_folders(self, contents: LibraryContents) -> None:
        menu = self.addMenu(icon("folder"), self.tr("Move to folder"))
        here = {summary.folder for summary in self._chosen}
        choices: list[tuple[int | None, str]] = [(None, self.tr("No folder"))]
        choices += [(folder.id, folder.name) for folder in contents.folders]
        for folder, name in choices:
            line = menu.addAction(_plain(name))
            line.setCheckable(True)
            line.setChecked(here == {folder})
            line.triggered.connect(
                lambda _checked=False, folder=folder: self._handlers.put_into_folder(folder)
            )
        menu.addSeparator()
        new = menu.addAction(self._names.name(RowAction.NEW_FOLDER))
        new.triggered.connect(lambda: self._handlers.act(RowAction.NEW_FOLDER, self._row))

    def _add_tags(self, contents: LibraryContents) -> None:
        menu = self.addMenu(icon("tag"), self.tr("Tags"))
        for tag in contents.tags:
            line = menu.addAction(_plain(tag.name))
            line.setCheckable(True)
            line.setChecked(all(tag.id in summary.tags for summary in self._chosen))
            line.triggered.connect(
                lambda checked, tag=tag.id: self._handlers.set_tag(tag, bool(checked))
            )
        if contents.tags:
            menu.addSeparator()
        new = menu.addAction(self._names.name(RowAction.NEW_TAG))
        new.triggered.connect(lambda: self._handlers.act(RowAction.NEW_TAG, self._row))


def _plain(name: str) -> str:
    """Return a name whose ampersands are shown, not taken for keys."""
    return name.replace("&", "&&")
