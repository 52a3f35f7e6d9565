"""Offer the export of one transcript or many: what for, which format, how, where, and a preview.

Use::

    sheet = ExportSheet(window, exporter, [summary, …], {folder.id: folder.name, …})
    sheet.exported.connect(…)       # ExportReport; `ExportWords.done(report)` is the toast's text
    sheet.open_sheet()

It deletes itself when it is closed and nothing more is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.services.export_presets import Destination, ExportChoices, Preset
from desktop.services.export_preview import Preview
from desktop.services.export_writing import ExportRequest, ExportResult, IfTaken, Outcome
from desktop.services.exporting import Exporter, ExportReport
from desktop.store.records import TranscriptSummary
from desktop.ui.export.outcome_card import OutcomeCard
from desktop.ui.export.preset_column import PresetColumn
from desktop.ui.export.preview_pages import PreviewPages
from desktop.ui.export.save_place import SavePlace
from desktop.ui.export.unfinished_note import UnfinishedNote
from desktop.ui.export.words import ExportWords
from desktop.ui.message_values import Way
from desktop.ui.messages import Messages
from desktop.ui.sizes import dp
from desktop.ui.style import set_surface
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import Separator
from desktop.ui.widgets.sheet import Sheet, SheetSize

PREVIEW_DELAY_MS = 150
_NARROW = 600
"""Width of the sheet, dp, below which the preview goes under the options."""


class ExportSheet(Sheet):  # pylint: disable=too-many-instance-attributes
    """The sheet of picture 08."""

    exported = Signal(object)
    """ExportReport of an export that a person asked for and that is done; the sheet has closed."""

    def __init__(
        self,
        window: QWidget,
        exporter: Exporter,
        summaries: Sequence[TranscriptSummary],
        folders: Mapping[int, str],
    ) -> None:
        self._words = ExportWords()
        super().__init__(window, self._words.title(len(summaries)), SheetSize(920, 672))
        self._words.setParent(self)
        self._exporter = exporter
        self._messages = Messages(self)
        self._summaries, self._folders = tuple(summaries), folders
        self._written: list[ExportResult] = []
        self._is_busy = False
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(PREVIEW_DELAY_MS)
        self._delay.timeout.connect(self._on_preview_due)
        self.set_subtitle(summaries[0].title if len(summaries) == 1 else "")
        self._build()
        self._connect()

    def open_sheet(self, first: QWidget | None = None) -> None:
        """Show it as it was used last, and begin the preview."""
        self._show_choices(self._exporter.choices)
        self._exporter.load_choices()
        self._exporter.forget_preview()
        self._on_preview_due()
        super().open_sheet(first or self.presets.chosen_button())

    @property
    def preset(self) -> Preset:
        """Return what is chosen."""
        return self.column.preset

    def close_sheet(self) -> None:
        """Close it; an export that runs stops after the file it is at."""
        if self._is_busy:
            self._exporter.cancel()
        self._delay.stop()
        self._exporter.forget_preview()
        super().close_sheet()
        if not self._is_busy:
            self.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:  # pylint: disable=invalid-name
        """Put the preview below the options where there is little width."""
        super().resizeEvent(event)
        is_narrow = self.panel.width() < dp(_NARROW)
        directions = QBoxLayout.Direction
        self._body.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        self._line.setVisible(not is_narrow)

    # ---- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.column = PresetColumn(self._exporter, self._words, self.panel)
        self.presets, self.options = self.column.presets, self.column.options
        self.naming = self.column.naming
        self.pages = PreviewPages(self.panel)
        self.unfinished = UnfinishedNote(self._summaries, self.panel)
        self.outcome = OutcomeCard(self._words, self.panel)
        self.place_row = SavePlace(self._words, self.panel)
        content = QWidget(self.panel)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(0)
        # Before it is filled: PySide lets go of widgets in a layout that is in no window yet.
        layout.addLayout(self._body, 1)
        self._line = Separator(content, Qt.Orientation.Vertical)
        self._body.addWidget(self.column)
        self._body.addWidget(self._line)
        set_surface(self.pages, "window")
        self._body.addWidget(self.pages, 1)
        layout.addWidget(self.unfinished)
        layout.addWidget(self.outcome)
        layout.addWidget(self.place_row.pattern_row)
        self.set_content(content)
        self._build_footer()

    def _build_footer(self) -> None:
        self.add_footer_widget(self.place_row.label)
        self.add_footer_widget(self.place_row.button)
        self.add_footer_widget(self.place_row.name, 1)
        self.cancel = Button(self.tr("Cancel"), parent=self.panel)
        self.export = Button(self.tr("Export"), "primary", parent=self.panel)
        self.add_footer_button(self.cancel)
        self.add_footer_button(self.export)

    def _connect(self) -> None:
        self.column.preset_shown.connect(self._on_preset_shown)
        self.place_row.changed.connect(self._on_place_changed)
        self.outcome.answered.connect(self._on_answered)
        self.outcome.way_chosen.connect(self._on_way_chosen)
        self.cancel.clicked.connect(self.close_sheet)
        self.export.clicked.connect(self._on_export_clicked)
        self._exporter.previewed.connect(self._on_previewed)
        self._exporter.preview_failed.connect(self._on_preview_failed)
        self._exporter.progressed.connect(self._on_progressed)
        self._exporter.finished.connect(self._on_finished)
        self._exporter.choices_loaded.connect(self._on_choices_loaded)

    # ---- choosing --------------------------------------------------------------------------

    def _show_choices(self, choices: ExportChoices) -> None:
        self.place_row.show_destination(choices.destination)
        self.column.show_choices(choices)

    def _show_name(self) -> None:
        self.place_row.show_name(self._summaries, self.preset, self._folders)

    @Slot()
    def _on_preset_shown(self) -> None:
        self._on_place_changed()
        self._delay.start()

    @Slot()
    def _on_place_changed(self) -> None:
        self.outcome.hide()
        self._show_name()

    @Slot(object)
    def _on_choices_loaded(self, choices: ExportChoices) -> None:
        if not self.isVisible() or self._is_busy:
            return
        if self.column.is_touched:  # whoever was quicker than the disk keeps what they chose
            self.column.take_presets(choices)
            if self.place_row.destination == Destination():
                self.place_row.show_destination(choices.destination)
                self._show_name()
        else:
            self._show_choices(choices)

    # ---- preview ---------------------------------------------------------------------------

    @Slot()
    def _on_preview_due(self) -> None:
        self._delay.stop()
        self._exporter.preview(self._summaries[0].id, self.preset)

    @Slot(object)
    def _on_previewed(self, preview: Preview) -> None:
        self.pages.show_preview(preview)

    @Slot(str, str)
    def _on_preview_failed(self, code: str, _detail: str) -> None:
        message = self._messages.stopped(code)
        self.pages.say(f"{message.title}\n{message.text}")

    # ---- writing ---------------------------------------------------------------------------

    @Slot()
    def _on_export_clicked(self) -> None:
        destination = self.place_row.destination
        choices = replace(self._exporter.choices, last=self.preset, destination=destination)
        self._exporter.save_choices(choices)
        self._written = []
        self._export([ExportRequest(item.id, self.preset, destination) for item in self._summaries])

    def _export(self, requests: Sequence[ExportRequest]) -> None:
        self.outcome.hide()
        self._set_busy(True)
        self._exporter.export(requests)

    @Slot(IfTaken)
    def _on_answered(self, answer: IfTaken) -> None:
        requests = self.outcome.requests()
        self._export([replace(request, if_taken=answer) for request in requests])

    @Slot(object)
    def _on_way_chosen(self, way: Way) -> None:
        if way is Way.CHOOSE_FOLDER:
            self.place_row.choose_folder()
        else:
            self._export(self.outcome.requests())

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        if self._is_busy and total > 1:
            self.place_row.name.setText(self._words.progress(done, total))

    @Slot(object)
    def _on_finished(self, report: ExportReport) -> None:
        if report.is_automatic or not self._is_busy:
            return
        self._set_busy(False)
        there = (Outcome.WRITTEN, Outcome.UP_TO_DATE)
        self._written += [item for item in report.results if item.outcome in there]
        self._show_name()
        if self.isVisible() and self.outcome.show_report(report):
            return
        if self._written:
            self.exported.emit(ExportReport(tuple(self._written)))
        self.close_sheet()
        self.deleteLater()

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.export.setEnabled(not is_busy)
