"""Hold what a search has found: titles first, then places in the text, grouped by transcript."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.services.speaker_names import shown_name
from desktop.store.records import SearchHit
from engine.clock import clock

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class TitleHit:
    """A transcript whose title has what is searched for."""

    transcript: int
    title: str
    duration: float | None
    """Seconds."""


@dataclass(frozen=True, slots=True)
class TitleHits:
    """The transcripts whose titles have what is searched for."""

    shown: tuple[TitleHit, ...] = ()
    count: int = 0
    """How many there are; not all need be shown."""


@dataclass(frozen=True, slots=True)
class TitleGroup:
    """The heading above the titles."""

    shown: int
    count: int


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The heading above the hits of one transcript."""

    transcript: int
    title: str
    count: int


Hit = TitleHit | SearchHit
HitRow = TitleGroup | TitleHit | HitGroup | SearchHit
HIT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""One of `HitRow`."""


class SearchModel(QAbstractListModel):
    """Give a list its headings and hits; the hits of a transcript stand together."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[HitRow] = []
        self._titles = TitleHits()
        self._hits: Sequence[SearchHit] = ()

    def set_titles(self, titles: TitleHits) -> None:
        """Show these titles above the hits."""
        self._titles = titles
        self._show()

    def set_hits(self, hits: Sequence[SearchHit]) -> None:
        """Show these hits; while they only grow, what is shown already stays where it is."""
        self._hits = hits
        self._show()

    def _show(self) -> None:
        rows = [*_titled(self._titles), *_grouped(self._hits)]
        kept = _same_start(self._rows, rows)
        if kept < len(self._rows):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        if kept < len(rows):
            self.beginInsertRows(_ROOT, kept, len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
        self._rows = rows
        if kept:
            self.dataChanged.emit(self.index(0), self.index(kept - 1), [HIT_ROLE])

    def hit(self, index: Index) -> Hit | None:
        """Return the hit in a row; None for a heading."""
        value = index.data(HIT_ROLE) if index.isValid() else None
        return value if isinstance(value, Hit) else None

    def hit_rows(self) -> list[int]:
        """Return the rows that are titles or hits, not headings."""
        return [row for row, value in enumerate(self._rows) if isinstance(value, Hit)]

    def count_places(self) -> tuple[int, int]:
        """Return how many places in the text were found, and in how many transcripts."""
        return len(self._hits), len({hit.transcript for hit in self._hits})

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of headings and hits."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that hits can be chosen and headings cannot."""
        if self.hit(index) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text, what is spoken, or the value behind a row."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        value = self._rows[index.row()]
        if role == HIT_ROLE:
            return value
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(value)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(value)
        return None

    def _text(self, value: HitRow) -> str:
        if isinstance(value, TitleGroup):
            return self.tr("Titles")
        return value.text if isinstance(value, SearchHit) else value.title

    def _spoken(self, value: HitRow) -> str:
        if isinstance(value, TitleGroup):
            return self.tr("Titles, %n transcript(s)", "", value.count)
        if isinstance(value, HitGroup):
            return self.tr("{title}, %n place(s)", "", value.count).format(title=value.title)
        if isinstance(value, TitleHit):
            return value.title
        parts = (value.text, speaker_of(value), clock(value.start))
        return ", ".join(part for part in parts if part)


def speaker_of(hit: SearchHit) -> str:
    """Return who speaks, as it is shown; empty if unknown."""
    if hit.speaker_number is None:
        return hit.speaker
    return shown_name(hit.speaker, hit.speaker_number)


def _titled(titles: TitleHits) -> list[HitRow]:
    heading = TitleGroup(len(titles.shown), titles.count)
    return [heading, *titles.shown] if titles.shown else []


def _grouped(hits: Sequence[SearchHit]) -> list[HitRow]:
    groups: dict[int, list[SearchHit]] = {}
    for hit in hits:
        groups.setdefault(hit.transcript, []).append(hit)
    rows: list[HitRow] = []
    for transcript, found in groups.items():
        rows.append(HitGroup(transcript, found[0].title, len(found)))
        rows.extend(found)
    return rows


def _same_start(first: Sequence[HitRow], second: Sequence[HitRow]) -> int:
    for number, (one, other) in enumerate(zip(first, second, strict=False)):
        is_same_group = (
            isinstance(one, HitGroup)
            and isinstance(other, HitGroup)
            and one.transcript == other.transcript
        ) or (isinstance(one, TitleGroup) and isinstance(other, TitleGroup))
        if one != other and not is_same_group:
            return number
    return min(len(first), len(second))
