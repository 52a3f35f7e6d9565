"""Search all transcripts in the background: titles first, then places as they are found."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from desktop.item_models.library_model import LibraryModel
from desktop.item_models.search_model import Hit, TitleHits
from desktop.item_models.search_titles import find_titles
from desktop.services.services import Services
from desktop.store.records import SearchHit, TranscriptSummary
from desktop.ui.main_window import MainWindow
from desktop.ui.search.search_sheet import SearchSheet

_TELL_SECONDS = 0.1
_LIMIT = 200


class SearchController(QObject):
    """Own the search sheet; the newest question is the only one that is answered."""

    hit_chosen = Signal(int, str)
    """Transcript, segment; empty if the title was what matched."""
    _titled = Signal(int, object)
    _found = Signal(int, object, bool)

    def __init__(self, window: MainWindow, model: LibraryModel, services: Services) -> None:
        super().__init__(window)
        self._model = model
        self._services = services
        self._sheet = SearchSheet(window)
        self._question = 0
        self._sheet.query_changed.connect(self._on_query_changed)
        self._sheet.hit_chosen.connect(self._on_hit_chosen)
        self._titled.connect(self._on_titled)
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
            self._sheet.set_titles(TitleHits())
            self._sheet.set_hits((), True)
            return
        summaries = self._model.contents.summaries()
        self._services.background.run(
            lambda: self._search(question, query, summaries),
            lambda hits: self._on_found(question, hits, True),
            owner=self,
        )

    def _search(
        self, question: int, query: str, summaries: Sequence[TranscriptSummary]
    ) -> Sequence[SearchHit]:
        # In a thread of the pool.
        self._titled.emit(question, find_titles(summaries, query))
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

    @Slot(int, object)
    def _on_titled(self, question: int, titles: TitleHits) -> None:
        if question == self._question:
            self._sheet.set_titles(titles)

    @Slot(int, object, bool)
    def _on_found(self, question: int, hits: Sequence[SearchHit], is_complete: bool) -> None:
        if question == self._question:
            self._sheet.set_hits(hits, is_complete)

    @Slot(object)
    def _on_hit_chosen(self, hit: Hit) -> None:
        self.hit_chosen.emit(hit.transcript, hit.segment if isinstance(hit, SearchHit) else "")
