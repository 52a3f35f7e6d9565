"""Search all transcripts in the background and show places as they are found."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from desktop.services.services import Services
from desktop.store.records import SearchHit
from desktop.ui.main_window import MainWindow
from desktop.ui.search.search_sheet import SearchSheet

_TELL_SECONDS = 0.1
_LIMIT = 200


class SearchController(QObject):
    """Own the search sheet; the newest question is the only one that is answered."""

    hit_chosen = Signal(int, str)
    """Transcript, segment."""
    _found = Signal(int, object, bool)

    def __init__(self, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._services = services
        self._sheet = SearchSheet(window)
        self._question = 0
        self._sheet.query_changed.connect(self._on_query_changed)
        self._sheet.hit_chosen.connect(self._on_hit_chosen)
        self._found.connect(self._on_found)

    @Slot()
    def open(self) -> None:
        """Show the sheet; what was searched last is still there."""
        self._sheet.open_search()
        self._on_query_changed(self._sheet.query())

    @Slot(str)
    def _on_query_changed(self, query: str) -> None:
        self._question += 1
        question = self._question
        if not query:
            self._sheet.set_hits((), True)
            return
        self._services.background.run(
            lambda: self._search(question, query),
            lambda hits: self._on_found(question, hits, True),
            owner=self,
        )

    def _search(self, question: int, query: str) -> Sequence[SearchHit]:
        # In a thread of the pool.
        hits: list[SearchHit] = []
        told = time.monotonic()
        for hit in self._services.library.search(query, limit=_LIMIT):
            if question != self._question:
                break
            hits.append(hit)
            if time.monotonic() - told > _TELL_SECONDS:
                told = time.monotonic()
                self._found.emit(question, tuple(hits), False)
        return tuple(hits)

    @Slot(int, object, bool)
    def _on_found(self, question: int, hits: Sequence[SearchHit], is_complete: bool) -> None:
        if question == self._question:
            self._sheet.set_hits(hits, is_complete)

    @Slot(object)
    def _on_hit_chosen(self, hit: SearchHit) -> None:
        self.hit_chosen.emit(hit.transcript, hit.segment)
