"""Put together what is seen of an open transcript: header, progress, options, failure, text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.item_models.captions import Progress, fraction
from desktop.store.records import JobStatus, TranscriptSummary
from desktop.ui.document.waiting_words import WaitingWords
from desktop.ui.icons import icon
from desktop.ui.job.model_strip import ModelStrip, StripState
from desktop.ui.job.progress_line import ProgressLine
from desktop.ui.job.stopped_card import StoppedCard
from desktop.ui.job.transcript_header import TranscriptHeader
from desktop.ui.key_areas import mark_area
from desktop.ui.message_values import Message
from desktop.ui.sizes import dp
from desktop.ui.transcript.view import TranscriptView
from desktop.ui.widgets.cards import CardKind
from desktop.ui.widgets.fit_scroll import FitScroll
from desktop.ui.widgets.labels import ElidedLabel, Label, Separator
from desktop.ui.widgets.panels import Panel

_BAR = 48
"""Height of the line above the text, dp."""
_CHANGEABLE = (JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.PAUSED, JobStatus.INTERRUPTED)


class DocumentPage(Panel):
    """Show one transcript in whatever state it is; it changes nothing itself."""

    history_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.setAccessibleName(self.tr("Transcript"))
        self._summary: TranscriptSummary | None = None
        self._progress: Progress | None = None
        self._hidden_strips: set[int] = set()
        self.header = TranscriptHeader(self)
        self.progress = ProgressLine(self)
        self.strip = ModelStrip(self)
        self.card = StoppedCard(self)
        self.view = TranscriptView(self)
        self._hint = ElidedLabel("", "caption", "text2", self)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        self._waiting = WaitingWords(self)
        self._reason = ""
        self._empty = Label("", "body", "text3", self)
        self._empty.set_wrapping()
        self._history = self.header.menu.addAction(icon("history"), self.tr("History…"))
        self._history.triggered.connect(self.history_requested)
        self.view.editor.rendered.connect(self._show_waiting)
        self.strip.hidden.connect(self._on_strip_hidden)
        mark_area(self.header, self.strip, self.card, self.view)
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        cards = QVBoxLayout()
        self._cards = cards
        cards.addWidget(self.card)
        hints = QHBoxLayout()
        hints.setContentsMargins(dp(24), 0, dp(24), 0)
        hints.addWidget(self._hint, 1)
        empty = QHBoxLayout()
        empty.setContentsMargins(dp(24), dp(24), dp(24), 0)
        empty.addWidget(self._empty, 1)
        inner = [QWidget(self) for _ in range(3)]
        for box, layout in zip(inner, (cards, hints, empty)):
            box.setLayout(layout)
        inner[1].setFixedHeight(dp(_BAR))
        # Details of a failure take more room than a small window has.
        self._card_area = FitScroll(inner[0], self)
        self._boxes = [self._card_area, *inner[1:]]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.header, self.progress, self.strip, *self._boxes[:2]):
            layout.addWidget(widget)
        layout.addWidget(Separator(self))
        layout.addWidget(self._boxes[2])
        layout.addWidget(self.view, 1)

    def clear(self) -> None:
        """Show nothing; what was typed is handed to its session."""
        self.view.clear()
        self._summary = self._progress = None
        self._reason = ""
        for widget in (self.progress, self.strip, *self._boxes):
            widget.hide()

    @contextmanager
    def keeping_place(self) -> Iterator[None]:
        """Leave the text where it is on the screen while what stands above it comes or goes."""
        before = self.view.y()
        yield
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            scroll = self.view.page.verticalScrollBar()
            scroll.setValue(scroll.value() + self.view.y() - before)

    def show_summary(
        self, summary: TranscriptSummary, progress: Progress | None, strip: StripState
    ) -> None:
        """Show title, state and options of the transcript."""
        self._summary = summary
        is_running = summary.status is JobStatus.RUNNING
        self.header.show_transcript(summary, progress)
        self.progress.setVisible(is_running)
        self.progress.set_fraction(fraction(progress))
        is_changeable = summary.status in _CHANGEABLE and summary.deleted is None
        self.strip.setVisible(is_changeable and summary.id not in self._hidden_strips)
        self._place_card()
        if is_changeable:
            self.strip.show_state(strip)
        self._progress = progress
        self._show_waiting()

    def show_progress(self, progress: Progress) -> None:
        """Show how far the job is."""
        self.header.set_progress(progress)
        self._progress = progress
        self._show_waiting()
        self.progress.set_fraction(fraction(progress))

    def show_problem(
        self, message: Message | None, kind: CardKind = "danger", detail: str = ""
    ) -> None:
        """Show why the job stopped or waits; None: it does not."""
        if message is None:
            self._boxes[0].hide()
            return
        about = "" if self._summary is None else self._summary.source.path.name
        is_other = (message, about) != (self.card.message, self.card.about)
        if is_other or self._boxes[0].isHidden():
            self.card.show_message(message, kind, detail, about)
        self._boxes[0].show()
        self._card_area.fit()

    def show_hint(self, paragraphs: int) -> None:
        """Say while a job runs how much of it can be used; 0 says nothing."""
        self._hint.setText(
            self.tr(
                "%n paragraph(s) so far. You can read, search and edit them now.", "", paragraphs
            )
        )
        self._boxes[1].setVisible(paragraphs > 0)

    def show_empty(self, sentence: str) -> None:
        """Say in place of text why there is none; empty: there is text."""
        self._reason = sentence
        self._show_waiting()

    @Slot()
    def _show_waiting(self) -> None:
        """Say what is waited for as long as there is no text."""
        sentence = self._reason
        if not sentence and self._summary is not None and not self.view.editor.rows:
            sentence = self._waiting.sentence(self._summary, self._progress)
        self._empty.setText(sentence)
        self._boxes[2].setVisible(bool(sentence))

    def _place_card(self) -> None:
        # The header has room of its own below it, the strip has none.
        top = dp(4) if self.strip.isHidden() else dp(12)
        self._cards.setContentsMargins(dp(24), top, dp(24), dp(12))
        self._card_area.fit()

    @Slot()
    def _on_strip_hidden(self) -> None:
        if self._summary is not None:
            self._hidden_strips.add(self._summary.id)
            self._place_card()
