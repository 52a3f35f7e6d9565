"""Change who speaks in a transcript, one speaker at a time, so that it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass

from engine.transcript.transcript import Speaker


@dataclass(frozen=True, slots=True)
class Naming:
    """Let a speaker be called otherwise, come in or go; either side may be None, not both."""

    before: Speaker | None
    after: Speaker | None

    def inverse(self) -> Naming:
        """Return what takes this one back."""
        return Naming(self.after, self.before)

    @property
    def changes_nothing(self) -> bool:
        """Tell whether both sides are the same, so that there is nothing to store."""
        return self.before == self.after


def named(speakers: tuple[Speaker, ...], naming: Naming) -> tuple[Speaker, ...]:
    """Return the speakers after a naming; `ValueError` if `before` is not there as it was."""
    before, after = naming.before, naming.after
    if before is not None and before not in speakers:
        raise ValueError("the speaker is not what it was")
    if after is None:
        return tuple(speaker for speaker in speakers if speaker != before)
    if before is None:
        return (*speakers, after)
    return tuple(after if speaker == before else speaker for speaker in speakers)
