"""Know what the library holds, and sort it into sections; knows nothing of Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from desktop.item_models.captions import Progress
from desktop.item_models.library_filter import LibraryFilter
from desktop.item_models.library_rows import (
    RUNNING,
    SECTION_ORDER,
    TAGS,
    UNFILED,
    WATCHED,
    Section,
    SectionKind,
    section_of,
    sort_key,
)
from desktop.store.records import Folder, Tag, TranscriptSummary


class LibraryContents:
    """Hold transcripts, the progress of jobs, folders, tags and watched folders."""

    def __init__(self) -> None:
        self.watched: tuple[Path, ...] = ()
        self.filter = LibraryFilter()
        self._summaries: dict[int, TranscriptSummary] = {}
        self._progress: dict[int, Progress] = {}
        self._folders: dict[int, Folder] = {}
        self._tags: dict[int, Tag] = {}
        self._tag_counts: Counter[int] = Counter()

    def replace(self, summaries: Iterable[TranscriptSummary]) -> None:
        """Hold these transcripts, those in the trash among them, in place of all others."""
        self._summaries = {summary.id: summary for summary in summaries}
        self._tag_counts = Counter(tag for kept in self.summaries() for tag in kept.tags)

    def put(self, summary: TranscriptSummary) -> TranscriptSummary | None:
        """Hold a transcript as it now is; return what it was."""
        old = self._summaries.get(summary.id)
        self._summaries[summary.id] = summary
        self._count_tags(old, summary)
        if section_of(summary) != RUNNING:
            self._progress.pop(summary.id, None)
        return old

    def take(self, transcript: int) -> TranscriptSummary | None:
        """Forget a transcript; return what it was."""
        old = self._summaries.pop(transcript, None)
        self._progress.pop(transcript, None)
        self._count_tags(old, None)
        return old

    def set_progress(self, progress: Progress) -> TranscriptSummary | None:
        """Hold how far a job is; return the job, or None if it is not known."""
        summary = self._summaries.get(progress.transcript)
        if summary is not None:
            self._progress[progress.transcript] = progress
        return summary

    def set_shelves(self, folders: Sequence[Folder], tags: Sequence[Tag]) -> None:
        """Hold these folders and tags; a filter by a tag that is gone falls away."""
        self._folders = {folder.id: folder for folder in folders}
        self._tags = {tag.id: tag for tag in tags}
        self.filter = LibraryFilter(self.filter.text, self.filter.tags & self._tags.keys())

    @property
    def folders(self) -> tuple[Folder, ...]:
        """Return the folders by name."""
        return tuple(sorted(self._folders.values(), key=lambda folder: folder.name.casefold()))

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Return the tags by name."""
        return tuple(sorted(self._tags.values(), key=lambda tag: tag.name.casefold()))

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show, whatever the filter."""
        return not (self._summaries or self._folders or self.watched)

    @property
    def jobs(self) -> tuple[TranscriptSummary, ...]:
        """Return the jobs in the order in which they run."""
        jobs = [kept for kept in self._summaries.values() if section_of(kept) == RUNNING]
        return tuple(sorted(jobs, key=sort_key))

    def summaries(self) -> list[TranscriptSummary]:
        """Return all transcripts but the trash, in no order."""
        return [kept for kept in self._summaries.values() if kept.deleted is None]

    def summary(self, transcript: int) -> TranscriptSummary | None:
        """Return a transcript of the library or of the trash."""
        return self._summaries.get(transcript)

    def progress(self, transcript: int) -> Progress | None:
        """Return how far a job is, if it has said so."""
        return self._progress.get(transcript)

    def folder(self, number: int | None) -> Folder | None:
        """Return a folder; None if there is none with this id."""
        return None if number is None else self._folders.get(number)

    def tag_count(self, tag: int) -> int:
        """Return how many transcripts have a tag."""
        return self._tag_counts[tag]

    def section(self, summary: TranscriptSummary) -> Section:
        """Return the section in which a transcript stands; an unknown folder counts as none."""
        section = section_of(summary)
        is_lost = section.kind is SectionKind.FOLDER and section.folder not in self._folders
        return UNFILED if is_lost else section

    def in_order(self, transcripts: Collection[int]) -> list[TranscriptSummary]:
        """Return these transcripts from top to bottom."""
        found = [self._summaries[number] for number in transcripts if number in self._summaries]
        return sorted(found, key=lambda one: (self.section_order(self.section(one)), sort_key(one)))

    def sections(self) -> list[tuple[Section, list[TranscriptSummary]]]:
        """Return the sections to be shown, in order, each with its transcripts in order."""
        groups: dict[Section, list[TranscriptSummary]] = {}
        for summary in self.filter.shown(self._summaries.values()):
            groups.setdefault(self.section(summary), []).append(summary)
        for section in self._kept_sections():
            groups.setdefault(section, [])
        ordered = sorted(groups, key=self.section_order)
        return [(section, sorted(groups[section], key=sort_key)) for section in ordered]

    def section_order(self, section: Section) -> tuple[int, str, int]:
        """Return what sections are sorted by: folders by name, all others as they are listed."""
        folder = self.folder(section.folder)
        name = "" if folder is None else folder.name.casefold()
        return (SECTION_ORDER.index(section.kind), name, section.folder or 0)

    def is_kept(self, section: Section) -> bool:
        """Tell whether a section is shown although it has no transcripts."""
        return section in self._kept_sections()

    def _kept_sections(self) -> list[Section]:
        kept = [TAGS] if self._tags else []
        if self.filter.is_on:
            return kept
        kept += [WATCHED] if self.watched else []
        return kept + [Section(SectionKind.FOLDER, folder) for folder in self._folders]

    def _count_tags(self, old: TranscriptSummary | None, new: TranscriptSummary | None) -> None:
        for summary, change in ((old, -1), (new, 1)):
            if summary is not None and summary.deleted is None:
                for tag in summary.tags:
                    self._tag_counts[tag] += change
