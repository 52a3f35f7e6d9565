"""Name what can be done with rows, for menus, tool tips and screen readers."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.ui.library.row_actions import RowAction

ICONS = {
    RowAction.RENAME: "pencil",
    RowAction.PAUSE: "pause",
    RowAction.RESUME: "play",
    RowAction.CANCEL: "x",
    RowAction.RETRY: "rotate-ccw",
    RowAction.EXPORT: "upload",
    RowAction.TRASH: "trash-2",
    RowAction.DELETE: "trash-2",
    RowAction.RESTORE: "undo-2",
    RowAction.NEW_FOLDER: "folder",
    RowAction.NEW_TAG: "tag",
    RowAction.SHOW_FILE: "folder-open",
    RowAction.WATCH: "folder-sync",
    RowAction.OPEN_WATCHED: "folder-open",
    RowAction.FILTER: "search",
}
"""Icons of the menu's lines; the others have none."""

BUTTON_ICONS = {
    RowAction.PAUSE: "pause",
    RowAction.RESUME: "play",
    RowAction.CANCEL: "x",
    RowAction.RETRY: "rotate-ccw",
    RowAction.RESTORE: "undo-2",
    RowAction.PAUSE_ALL: "circle-pause",
    RowAction.RESUME_ALL: "play",
    RowAction.OPEN_WATCHED: "folder-open",
}
"""Icons of the buttons that are drawn in rows."""

KEYS = {
    RowAction.OPEN: "Return",
    RowAction.RENAME: "F2",
    RowAction.TRASH: "Del",
    RowAction.DELETE: "Del",
    RowAction.MOVE_UP: "Alt+Up",
    RowAction.MOVE_DOWN: "Alt+Down",
}
"""Keys that work in the list."""


class RowNames(QObject):
    """Translate the names of actions."""

    def name(self, action: RowAction) -> str:
        """Return the words for one action."""
        return self._of_jobs().get(action) or self._of_shelves()[action]

    def _of_jobs(self) -> dict[RowAction, str]:
        return {
            RowAction.OPEN: self.tr("Open"),
            RowAction.RENAME: self.tr("Rename"),
            RowAction.PAUSE: self.tr("Pause"),
            RowAction.RESUME: self.tr("Resume"),
            RowAction.CANCEL: self.tr("Stop"),
            RowAction.RETRY: self.tr("Try again"),
            RowAction.PAUSE_ALL: self.tr("Pause all"),
            RowAction.RESUME_ALL: self.tr("Resume all"),
            RowAction.MOVE_UP: self.tr("Move up"),
            RowAction.MOVE_DOWN: self.tr("Move down"),
            RowAction.EXPORT: self.tr("Export…"),
            RowAction.START_AGAIN: self.tr("Transcribe again"),
            RowAction.SHOW_FILE: self.tr("Show recording in folder"),
            RowAction.FIND_FILE: self.tr("Find recording…"),
            RowAction.TRASH: self.tr("Delete"),
            RowAction.RESTORE: self.tr("Restore"),
            RowAction.DELETE: self.tr("Delete for good…"),
        }

    def _of_shelves(self) -> dict[RowAction, str]:
        return {
            RowAction.EMPTY_TRASH: self.tr("Delete all for good…"),
            RowAction.NEW_FOLDER: self.tr("New folder"),
            RowAction.REMOVE_FOLDER: self.tr("Remove folder, keep transcripts"),
            RowAction.NEW_TAG: self.tr("New tag"),
            RowAction.FILTER_BY_TAG: self.tr("Show only these"),
            RowAction.REMOVE_TAG: self.tr("Remove tag"),
            RowAction.FILTER: self.tr("Filter titles"),
            RowAction.WATCH: self.tr("Watch a folder…"),
            RowAction.UNWATCH: self.tr("Watch no longer"),
            RowAction.OPEN_WATCHED: self.tr("Open folder"),
        }
