"""The library has the text in the order in which the page shows it, whatever people did to it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from desktop.store.library import Library
from engine.transcript.editing import (
    Edit,
    WordIds,
    apply,
    break_paragraph,
    delete,
    retype,
    split,
)
from engine.transcript.transcript import Segment
from tests.desktop.store.material import begun, found, segment

_Step = tuple[str, int, int, int]
_KINDS = ("split", "split", "split", "type", "type", "type", "merge", "delete", "undo")
_TYPED = (" One. Two. Three.", "x. ", " y y ", "", "z")


def _edit(current: tuple[Segment, ...], step: _Step, ids: WordIds, done: list[Edit]) -> Edit:
    kind, which, offset, what = step
    item = current[which % len(current)]
    text = item.text
    offset %= len(text)
    offset = offset if what else 0
    typed = text[:offset] + _TYPED[what] + text[offset + what % 3 :]
    if kind == "undo" and done:
        return done[-1].inverse()
    if kind == "merge" and len(current) > 1:
        first = which % (len(current) - 1)
        one, two = current[first : first + 2]
        return Edit((one, two), (replace(one, words=one.words + two.words),))
    if kind == "delete" and len(current) > 1:
        return delete([item])
    if kind == "split":
        words = item.words[: 1 + offset % len(item.words)]
        return split(item, sum(len(word.text) for word in words) - what // 4, ids)
    edit = retype([item], typed, ids)
    return edit if len(current) > 1 or edit.after else Edit((item,), (item,))


@pytest.mark.parametrize("seed", range(40))
def test_the_order_is_that_of_the_page(library: Library, seed: int) -> None:
    # Uniform draws: those of Hypothesis hardly ever part one place twice.
    draw = Random(seed)
    transcript = begun(library, segment("three four"), segment("k", 0, 1))
    current: tuple[Segment, ...] = library.load(transcript).transcript.segments
    ids, done = WordIds("launch"), list[Edit]()
    for _ in range(10):
        step = draw.choice(_KINDS), draw.randrange(9), draw.randrange(12), draw.randrange(5)
        try:
            edit = _edit(current, step, ids, done)
        except ValueError:  # nothing to part
            continue
        current = apply(current, edit)
        library.apply(transcript, edit).result()
        done = done[:-1] if done and edit == done[-1].inverse() else [*done, edit]
    stored = library.load(transcript).transcript.segments
    assert [item.id for item in stored] == [item.id for item in current]


def test_sentences_typed_at_the_start_and_parted_from_behind_keep_their_order(
    library: Library,
) -> None:
    transcript, ids = begun(library, segment("three four", 3)), WordIds("launch")
    current: tuple[Segment, ...] = library.load(transcript).transcript.segments
    texts = ("One. Two. three four", "One. Two.", "One.")
    edit = retype(current, texts[0], ids)
    for text in texts[1:]:
        current = apply(current, edit)
        library.apply(transcript, edit).result()
        edit = break_paragraph(current[:1], len(text), ids)
    current = apply(current, edit)
    library.apply(transcript, edit).result()
    assert library.load(transcript).transcript.segments == current
    assert found(library, "one two three") == ["One. Two. three"]


def test_one_place_can_be_parted_again_and_again(library: Library) -> None:
    whole, ids = segment("w " * 80), WordIds("launch")
    typed = [replace(word, id=ids.mint(), start=0.0, end=0.0) for word in whole.words[1:]]
    transcript = begun(library, replace(whole, words=(whole.words[0], *typed)))
    current: tuple[Segment, ...] = library.load(transcript).transcript.segments
    for _ in range(79):
        edit = split(current[0], len(current[0].text) - 2, ids)
        current = apply(current, edit)
        library.apply(transcript, edit).result()
    assert len(current) == 80
    assert library.load(transcript).transcript.segments == current
