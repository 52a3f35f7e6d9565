"""Remember what was done in a transcript, and where the caret stood, to undo and redo it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.services.naming import Naming
from engine.transcript.editing import Edit, compose

_ONE_STEP_SECONDS = 5.0
"""Typing in one place that goes on within this time is undone together."""

Act = Edit | Naming


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the text: a segment, and the visible characters of it before the place."""

    segment: str
    offset: int


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected; both ends are the same if nothing is."""

    anchor: Spot
    caret: Spot

    @classmethod
    def at(cls, spot: Spot) -> Selection:
        """Return a caret at a place."""
        return cls(spot, spot)


@dataclass(frozen=True, slots=True)
class Step:
    """What is undone together."""

    acts: tuple[Act, ...]
    made: float = 0.0
    """Seconds of the session's clock, when the last of it was done."""
    is_typing: bool = False
    before: Selection | None = None
    """What was selected before it; None if that is not known."""
    after: Selection | None = None

    def inverse(self) -> Step:
        """Return the step that takes this one back."""
        acts = tuple(act.inverse() for act in reversed(self.acts))
        return Step(acts, before=self.after, after=self.before)

    @property
    def is_about_names(self) -> bool:
        """Tell whether it leaves the text alone."""
        return all(isinstance(act, Naming) for act in self.acts)


class History:
    """Two stacks of steps: those done, and those taken back."""

    def __init__(self) -> None:
        self.done: list[Step] = []
        self.undone: list[Step] = []

    def add(self, step: Step) -> None:
        """Note a new step; typing goes on with the one before it."""
        joined = _joined(self.done[-1], step) if self.done else None
        if joined is None:
            self.done.append(step)
        else:
            self.done[-1] = joined
        self.undone.clear()

    def clear(self) -> None:
        """Forget everything."""
        self.done.clear()
        self.undone.clear()


def _joined(first: Step, second: Step) -> Step | None:
    if not (first.is_typing and second.is_typing):
        return None
    if second.made - first.made > _ONE_STEP_SECONDS:
        return None
    match first.acts, second.acts:
        case (Edit() as before,), (Edit() as after,):
            edit = compose(before, after) if _is_there(first.after, after) else None
            return None if edit is None else replace(second, acts=(edit,), before=first.before)
    return None


def _is_there(selection: Selection | None, edit: Edit) -> bool:
    """Tell whether an edit is where the caret was left; the paragraph behind may share a mark."""
    return selection is None or any(one.id == selection.caret.segment for one in edit.before)
