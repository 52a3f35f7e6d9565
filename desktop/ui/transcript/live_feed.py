"""Bring decoded text onto the page without moving what is read or touching what is typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop.services.editing_session import EditingSession
from desktop.ui.transcript.live_text import LiveText
from desktop.ui.transcript.row_document import Decoration
from desktop.ui.transcript.typing_page import TypingPage
from engine.events import Block
from engine.transcript.editing import Edit
from engine.transcript.transcript import Segment

if TYPE_CHECKING:
    from desktop.ui.transcript.editor import Editor


class LiveFeed(QObject):
    """Take segments in, in any order, and keep the dots where text is still to come."""

    newest_arrived = Signal(float)
    """Start (seconds) of decoded text that came in where it cannot be seen."""

    def __init__(self, editor: Editor, page: TypingPage) -> None:
        super().__init__(page)
        self._editor = editor
        self._page = page
        self._live = LiveText()
        self._session: EditingSession | None = None

    def open(self, session: EditingSession) -> None:
        """Listen to a session."""
        self._session = session
        session.added.connect(self._on_added)

    def close(self, session: EditingSession) -> None:
        """Listen to it no longer."""
        session.added.disconnect(self._on_added)
        self._session = None

    def clear(self) -> None:
        """Forget what is being decoded."""
        self._live.plan((), ())

    def plan(
        self, blocks: Sequence[Block], completed: Sequence[int], reached: Sequence[float] = ()
    ) -> None:
        """Mark what is being decoded; arguments as in `StoredTranscript`."""
        self._live.plan(blocks, completed)
        for block, end in zip(blocks, reached, strict=False):
            if end:
                self._live.reach(block.index, end)
        self._editor.waiting.when_free(self._editor.decorate)

    def set_running(self, is_running: bool) -> None:
        """Say whether the job runs; if not, what is missing is named in place of dots."""
        if self._live.is_running is not is_running:
            self._live.is_running = is_running
            self._editor.waiting.when_free(self._editor.decorate)

    def finish(self, block: Block) -> None:
        """Take the dots of a block away."""
        self._live.finish(block)
        self._editor.waiting.when_free(self._editor.decorate)

    def hear(self, segments: Iterable[Segment]) -> None:
        """Know that this was decoded, also what the quality checks keep out of the text."""
        for segment in segments:
            self._live.reach(segment.block, segment.end)

    def add(self, segments: Sequence[Segment]) -> None:
        """Take decoded segments in, now or when the input method is done."""
        session = self._session
        if session is not None:
            self._editor.waiting.when_free(lambda: session.add_segments(segments))

    def frontier(self) -> float | None:
        """Return the first moment (seconds) whose text is still to come; None if there is none."""
        return None if self._session is None else self._live.frontier()

    def decoration(self) -> Decoration:
        """Return what stands around the rows now."""
        session = self._session
        if session is None:
            return Decoration({})
        return self._live.decoration(self._editor.rows, session.segments, session.speakers)

    @Slot(object)
    def _on_added(self, segments: tuple[Segment, ...]) -> None:
        page, editor = self._page, self._editor
        follows = page.is_at_end() and not page.textCursor().hasSelection()
        with page.keeping_place():
            for segment in segments:
                editor.filling.apply(editor.rows.edit(Edit((), (segment,))))
            editor.decorate()
        scroll = page.verticalScrollBar()
        if follows and editor.filling.is_filled:
            page.lay_out_all()
            scroll.setValue(scroll.maximum())
        elif not self._can_be_seen(segments[-1]):
            self.newest_arrived.emit(segments[-1].start)
        editor.rendered.emit()

    def _can_be_seen(self, segment: Segment) -> bool:
        row = self._editor.rows.index(segment.id)
        first = self._editor.filling.first
        return any(first + index == row for index, _ in self._page.visible_rows())
