"""Name what people can want of the library."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.ui.widgets.panels import Panel


class SidebarSignals(Panel):
    """A panel that says what people want of transcripts, jobs, folders and tags."""

    opened = Signal(int)
    search_requested = Signal()
    add_requested = Signal()
    settings_requested = Signal()
    pause_requested = Signal(int)
    resume_requested = Signal(int)
    cancel_requested = Signal(int)
    retry_requested = Signal(int)
    start_again_requested = Signal(int)
    pause_all_requested = Signal()
    resume_all_requested = Signal()
    moved = Signal(int, object)
    """A job, and the job before which it is to run; None: last."""
    renamed = Signal(int, str)
    export_requested = Signal(list)
    file_shown = Signal(int)
    """The recording is to be shown in the file manager."""
    file_searched = Signal(int)
    """People want to say where the recording is now."""
    trash_requested = Signal(list)
    restore_requested = Signal(list)
    delete_requested = Signal(list)
    """Ask before: it cannot be undone."""
    empty_trash_requested = Signal()
    """Ask before: it cannot be undone."""
    folder_add_requested = Signal(str, list)
    """Name, and the transcripts that are to be put into it."""
    folder_chosen = Signal(list, object)
    """Transcripts, folder or None."""
    folder_renamed = Signal(int, str)
    folder_removed = Signal(int)
    tag_add_requested = Signal(str, list)
    tag_set = Signal(list, int, bool)
    """Transcripts, tag, whether they have it."""
    tag_renamed = Signal(int, str)
    tag_removed = Signal(int)
    watch_requested = Signal()
    watch_ended = Signal(object)
    """Path."""
    watched_opened = Signal(object)
    """Path."""
