"""Say how much work a speech model makes, and how accurate it can be expected to be."""

from __future__ import annotations

from engine.speech_models.catalogue import canonical_name

_ENCODER = {"tiny": 8, "base": 20, "small": 88, "medium": 307, "large": 637}
"""Millions of parameters of the encoder, read off the models' shapes (openai/whisper, model.py)."""
_TOTAL = {
    "tiny": 39,
    "base": 74,
    "small": 244,
    "medium": 769,
    "large": 1550,
    "turbo": 809,
    "distil-small": 166,
    "distil-medium": 394,
    "distil-large": 756,
}
"""Millions of parameters of the whole (openai/whisper, README; distil-whisper's model cards)."""
_POSITIONS = 1500
"""Positions the encoder computes for each window of 30 s."""
_DECODER_POSITIONS = 1350
"""The same for the decoder: about 90 words and 5 beams, weighed three times, for it goes token by
token and waits for memory. An estimate, by which base costs about twice what tiny costs."""

WRONG_WORDS: dict[str, float] = {
    "tiny": 18.9,
    "tiny.en": 18.9,
    "base": 14.3,
    "base.en": 14.3,
    "small": 10.8,
    "small.en": 10.8,
    "medium": 9.5,
    "medium.en": 9.5,
    "large-v1": 9.4,
    "large-v2": 9.1,
    "large-v3": 8.4,
    "large-v3-turbo": 9.4,
    "distil-small.en": 12.1,
    "distil-medium.en": 11.1,
    "distil-large-v3": 9.7,
    "distil-large-v3.5": 9.1,
}
"""Wrong words in 100, English, mean of the out-of-distribution test sets of Distil-Whisper.

Sources: Gandhi et al. 2023 (arXiv 2311.00430) for the .en models, whose siblings for all languages
are taken for alike; the model card of distil-whisper/distil-small.en for large-v2, large-v3 and the
distilled ones. Turbo and v3.5 were measured on other sets (card of distil-large-v3.5) and are put
in relation to distil-large-v3; large-v1 is put between medium and large-v2.
"""


def cost(model: str) -> float | None:
    """Return how much work a model makes for a processor; only the ratio of two means something."""
    name = canonical_name(model)
    if name == "large-v3-turbo":
        size, total = "large", "turbo"
    else:
        is_distilled = name.startswith("distil-")
        size = name.removeprefix("distil-").partition("-")[0].partition(".")[0]
        total = f"distil-{size}" if is_distilled else size
    if size not in _ENCODER or total not in _TOTAL:
        return None
    encoder = _ENCODER[size]
    return encoder * _POSITIONS + (_TOTAL[total] - encoder) * _DECODER_POSITIONS


def wrong_words(model: str) -> float | None:
    """Return the published number of wrong words in 100; None for a model nobody measured."""
    return WRONG_WORDS.get(canonical_name(model))


def dots(value: float, limits: tuple[float, float, float, float]) -> int:
    """Return 1 to 5: one more for each limit that is reached; the limits rise."""
    return 1 + sum(value >= limit for limit in limits)
