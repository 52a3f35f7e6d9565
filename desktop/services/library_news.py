"""Turn what the library reports from its own thread into signals in the GUI thread."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import assert_never

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop.store.records import (
    BlockFinished,
    BlocksPlanned,
    Change,
    SegmentsAdded,
    ShelvesChanged,
    SpeakersChanged,
    TranscriptAdded,
    TranscriptChanged,
    TranscriptEdited,
    TranscriptRemoved,
    TranscriptReplaced,
)

_SLICE_SECONDS = 0.008
"""The GUI thread does nothing for longer; what is left comes after its other events."""


class LibraryNews(QObject):
    """Tell what happened in the library, in the order in which it was committed."""

    transcript_added = Signal(object)
    """TranscriptSummary"""
    transcript_changed = Signal(object)
    """TranscriptSummary"""
    transcript_removed = Signal(int)
    """Its id."""
    blocks_planned = Signal(object)
    """BlocksPlanned"""
    segments_added = Signal(object)
    """SegmentsAdded"""
    block_finished = Signal(object)
    """BlockFinished"""
    transcript_edited = Signal(object)
    """TranscriptEdited"""
    speakers_changed = Signal(object)
    """SpeakersChanged"""
    transcript_replaced = Signal(int)
    """Its id."""
    shelves_changed = Signal(object)
    """ShelvesChanged"""

    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._changes: deque[Change] = deque()
        self._is_awake = False
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)

    def report(self, change: Change) -> None:
        """Take a change in, from any thread."""
        with self._lock:
            self._changes.append(change)
            must_wake = not self._is_awake
            self._is_awake = True
        if must_wake:
            self._woken.emit()

    @Slot()
    def _on_woken(self) -> None:
        end = time.monotonic() + _SLICE_SECONDS
        while True:
            with self._lock:
                if not self._changes:
                    self._is_awake = False
                    return
                change = self._changes.popleft()
            self._tell(change)
            if time.monotonic() > end:
                break
        self._woken.emit()

    def _tell(self, change: Change) -> None:
        match change:
            case TranscriptAdded(summary):
                self.transcript_added.emit(summary)
            case TranscriptChanged(summary):
                self.transcript_changed.emit(summary)
            case TranscriptRemoved(transcript):
                self.transcript_removed.emit(transcript)
            case BlocksPlanned():
                self.blocks_planned.emit(change)
            case SegmentsAdded():
                self.segments_added.emit(change)
            case BlockFinished():
                self.block_finished.emit(change)
            case TranscriptEdited():
                self.transcript_edited.emit(change)
            case SpeakersChanged():
                self.speakers_changed.emit(change)
            case TranscriptReplaced(transcript):
                self.transcript_replaced.emit(transcript)
            case ShelvesChanged():
                self.shelves_changed.emit(change)
            case _:
                assert_never(change)
