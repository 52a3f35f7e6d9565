"""A small transcript in which everything occurs that a format could stumble over."""

from __future__ import annotations

from dataclasses import replace

from engine.transcript.transcript import (
    Gap,
    Removed,
    Segment,
    Speaker,
    Transcript,
    TranscriptionInfo,
    Word,
)

INFO = TranscriptionInfo(
    language="en",
    language_probability=0.98,
    duration=3725.5,
    speech_duration=14.25,
    model="base",
    compute_type="int8",
    device="cpu",
    track=0,
)


def segment(
    text: str,
    start: float,
    end: float,
    *,
    block: int = 0,
    number: int = 0,
    speaker: str | None = None,
) -> Segment:
    """Make a segment whose words share its time evenly; words are parted before spaces."""
    texts = [f" {part}" for part in text.split(" ")]
    step = (end - start) / len(texts)
    words = tuple(
        Word(
            id=f"run.{block}.{number + index}",
            start=round(start + index * step, 3),
            end=round(start + (index + 1) * step, 3),
            text=word,
            probability=0.9,
        )
        for index, word in enumerate(texts)
    )
    return Segment(
        id=words[0].id,
        block=block,
        words=words,
        speaker=speaker,
        avg_logprob=-0.25,
        no_speech_prob=0.02,
        compression_ratio=1.4,
        temperature=0.0,
    )


def transcript() -> Transcript:
    """Make the transcript."""
    return Transcript(
        info=INFO,
        segments=(
            segment(
                "And so, my fellow Americans, ask not what your country can do for you.",
                0.32,
                5.5,
                speaker="s1",
            ),
            segment("Is 1 < 2 & 3 --> 4? <b>Not</b> *bold*,", 6.0, 9.1, number=20, speaker="s2"),
            segment("=SUM(A1) {\\i1} C:\\new | done.", 9.2, 11.0, number=40, speaker="s2"),
            segment("今日は良い天気ですね。 Ça va ? שלום 👋🏽", 12.0, 14.75, block=1, speaker="s1"),
            segment("- The end, an hour later.", 3720.004, 3722.5, block=2),
        ),
        speakers=(Speaker("s1", "Anna & Co"), Speaker("s2", "Speaker 2")),
        removed=(
            Removed(
                segment("Thanks for watching!", 100.0, 101.5, block=1, number=50), "stock_phrase"
            ),
        ),
        gaps=(Gap(15.0, 17.125),),
    )


def with_doubt(value: Transcript) -> Transcript:
    """Make every third and fourth word of a transcript doubtful."""
    return replace(
        value,
        segments=tuple(
            replace(
                part,
                words=tuple(
                    replace(word, probability=0.49 if index % 6 in (2, 3) else 0.5)
                    for index, word in enumerate(part.words)
                ),
            )
            for part in value.segments
        ),
    )
