"""Judge decoded text: loops, invented text, text where nobody speaks.

Thresholds without another source are those of openai/whisper (transcribe.py): compression ratio
2.4, average log-probability -1.0, no-speech probability 0.6.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from engine.recognition.decoding import Hypothesis
from engine.recognition.stock_phrases import STOCK_PHRASES
from engine.recognition.text_units import split_units, text_width
from engine.recognition.vad import Span, merge_spans, overlap, subtract_spans

MAX_COMPRESSION_RATIO = 2.4
MIN_AVG_LOGPROB = -1.0
MAX_NO_SPEECH = 0.6

_MAX_DENSITY = 22.0
"""Characters a second of speech; read prose has 12 to 18, hurried talk about 20."""
_SPEAKABLE_DENSITY = 35.0
"""Characters a second that nobody can say; the fastest debaters reach about 30."""
_DOUBTFUL_LOGPROB = -0.7
_LOOP_SHARE = 0.5
_MIN_REPEATS = 4
_LONGEST_PHRASE = 12
_MARGIN = 0.5
"""Seconds around a word that count as covered by it."""
_BREATH = 0.9

NO_SPEECH = "no_speech"
REPETITION = "repetition"
IMPROBABLE = "improbable"
STOCK_PHRASE = "stock_phrase"


def find_fault(hypothesis: Hypothesis, speech: float, length: float) -> str | None:
    """Return why a window's text is to be distrusted, or None.

    `length` is that of the window and `speech` how much of it is speech, both in seconds. More text
    than anyone can say in the window is a fault however sure the model is.

    Right but repetitive text (announcements, lists) also compresses well, so that a high ratio
    counts only with a second sign: a phrase repeated without pause, too much text for the speech,
    or low probability.
    """
    if hypothesis.avg_logprob < MIN_AVG_LOGPROB:
        return NO_SPEECH if hypothesis.no_speech_prob > MAX_NO_SPEECH else IMPROBABLE
    width = text_width(hypothesis.text)
    if width > _SPEAKABLE_DENSITY * max(length, 1.0):
        return REPETITION
    if hypothesis.compression_ratio <= MAX_COMPRESSION_RATIO:
        return None
    is_dense = width > _MAX_DENSITY * max(speech, 1.0)
    is_doubtful = hypothesis.avg_logprob < _DOUBTFUL_LOGPROB
    is_loop = loop_share(hypothesis.text) > _LOOP_SHARE
    return REPETITION if is_dense or is_doubtful or is_loop else None


def loop_share(text: str) -> float:
    """Return the share of a text taken by a phrase said four times or more without a break."""
    units = split_units(text)
    longest = 0
    for size in range(1, min(_LONGEST_PHRASE, len(units) // _MIN_REPEATS) + 1):
        run = 0
        for index in range(size, len(units)):
            run = run + 1 if units[index] == units[index - size] else 0
            if run >= size * (_MIN_REPEATS - 1):
                longest = max(longest, run + size)
    return longest / len(units) if units else 0.0


def repeated(texts: Sequence[str]) -> list[bool]:
    """Tell for each text whether it only repeats the one before it, or is itself a loop."""
    keys = [" ".join(split_units(text)) for text in texts]
    again = [False, *(before == key != "" for before, key in pairwise(keys))]
    return [
        is_again or loop_share(text) > _LOOP_SHARE
        for is_again, text in zip(again[: len(texts)], texts, strict=True)
    ]


def is_invented(
    text: str, span: Span, speech: tuple[Span, ...], hypothesis: Hypothesis
) -> str | None:
    """Return why a segment counts as invented, or None.

    A stock invention of silence is believed only where someone speaks for most of it, and text
    where nobody speaks at all only if the model is sure of it.
    """
    length = max(span[1] - span[0], 0.01)
    share = overlap(span, speech) / length
    if share < 0.3 and " ".join(split_units(text)) in STOCK_PHRASES:
        return STOCK_PHRASE
    is_unsure = hypothesis.avg_logprob < -0.5 or hypothesis.no_speech_prob > 0.3
    return NO_SPEECH if share < 0.05 and is_unsure else None


def uncovered_speech(
    speech: tuple[Span, ...], words: Sequence[Span], shortest: float
) -> tuple[Span, ...]:
    """Return the stretches, with at least `shortest` seconds of speech, in which no word lies.

    A breath does not divide a stretch; a word does, for its margins are wider than a breath.
    """
    covered = tuple(sorted((max(start - _MARGIN, 0.0), end + _MARGIN) for start, end in words))
    left = subtract_spans(speech, covered)
    joined = merge_spans([(start, end + _BREATH) for start, end in left])
    stretches = [(start, end - _BREATH) for start, end in joined]
    return tuple(span for span in stretches if overlap(span, left) >= shortest)
