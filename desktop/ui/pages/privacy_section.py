"""Show the offline switch, and every connection the program made."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.item_models.captions import NBSP, size
from desktop.services.network_ledger import NetworkLedger
from desktop.services.settings_service import SettingsService
from desktop.settings import Group
from desktop.ui.pages.rows import Row
from desktop.ui.pages.settings_sections import TypedSection
from desktop.ui.sizes import dp
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import ElidedLabel, Label
from engine.network import NetworkUse

_FIRST = 8
_STEP = 50


class PrivacySection(TypedSection):
    """A promise, the offline switch, the ledger."""

    def __init__(
        self,
        title: str,
        service: SettingsService,
        ledger: NetworkLedger,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, Group.PRIVACY, service, parent)
        self._ledger = ledger
        self._limit = _FIRST
        promise = Row(
            self.tr("Nothing leaves this computer"),
            self.tr(
                "Recordings and transcripts stay here, and nothing is counted or reported. "
                "The network is used only to fetch a speech model when you ask for it."
            ),
            None,
            self,
        )
        self.add_row(promise, 0)
        self._clear = Button(self.tr("Clear the list"), "normal", "trash-2", self)
        self._clear.clicked.connect(ledger.clear)
        self._row = Row(self.tr("Connections"), "", self._clear, self)
        self._table = QWidget(self)
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(dp(20))
        self._grid.setVerticalSpacing(dp(6))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self._row.add_below(self._table)
        self._more = Button(self.tr("Show more"), "quiet", None, self)
        self._more.clicked.connect(self._on_more)
        self._row.add_below(self._more)
        self.add_row(self._row)
        ledger.changed.connect(self._on_ledger_changed)
        self._on_ledger_changed()

    @Slot()
    def _on_more(self) -> None:
        self._limit += _STEP
        self._on_ledger_changed()

    @Slot()
    def _on_ledger_changed(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        entries = self._ledger.entries
        self._row.set_sentence(self._summary(len(entries)))
        self._clear.setVisible(bool(entries))
        self._table.setVisible(bool(entries))
        self._more.setVisible(len(entries) > self._limit)
        if entries:
            self._fill(entries[: self._limit])

    def _fill(self, entries: tuple[NetworkUse, ...]) -> None:
        headings = (self.tr("When"), self.tr("With"), self.tr("Received"), self.tr("What for"))
        for column, heading in enumerate(headings):
            self._grid.addWidget(Label(heading, "caption", "text3", self._table), 0, column)
        for line, use in enumerate(entries, 1):
            when = QDateTime.fromSecsSinceEpoch(int(use.when))
            shown = QLocale().toString(when, QLocale.FormatType.ShortFormat)
            host = f"{use.host}:{use.port}" if use.port not in (0, 80, 443) else use.host
            cells = (
                Label(shown, "body", "text2", self._table),
                ElidedLabel(host, "body", "text", self._table),
                Label(self._amount(use), "body", "text2", self._table),
                ElidedLabel(self._why(use), "body", "text", self._table),
            )
            for column, cell in enumerate(cells):
                self._grid.addWidget(cell, line, column)

    def _summary(self, count: int) -> str:
        if not count:
            return self.tr("The program has made no connection.")
        return self.tr("The program has made %n connection(s). All are listed.", "", count)

    def _amount(self, use: NetworkUse) -> str:
        if use.is_refused:
            return self.tr("refused")
        if use.received_bytes < 1_000_000:
            return f"{-(-use.received_bytes // 1000)}{NBSP}kB"
        return size(use.received_bytes)

    def _why(self, use: NetworkUse) -> str:
        if use.why == "model.download":
            return self.tr("Speech model {name}").format(name=use.subject)
        return use.why or self.tr("A part of the program that said no reason")
