"""Make segments of what a block's windows gave: words in order, ids, and what is distrusted."""

from __future__ import annotations

from itertools import count

from faster_whisper.tokenizer import Tokenizer

from engine.events import Block, SegmentDecoded
from engine.recognition.decoding import Hypothesis, TimedSegment, TimedWord
from engine.recognition.quality import IMPROBABLE, NO_SPEECH, REPETITION, is_invented, repeated
from engine.recognition.spelling import Spelling
from engine.recognition.vad import Span
from engine.transcript.transcript import Segment, Word, seconds


class SegmentMaker:
    """Make the segments of one block, one after the other: ids count their words."""

    def __init__(self, block: Block, length: float, run: str, spelling: Spelling) -> None:
        """Make them for a block whose sound lasts `length` seconds."""
        self._block = block
        self._length = length
        self._run = run
        self._spelling = spelling
        self._numbers = count()

    def mend_words(self, segment: TimedSegment, tokenizer: Tokenizer) -> None:
        """Keep words in the block and in order; text without alignment becomes one word."""
        text = tokenizer.decode(list(segment.tokens))
        if not segment.words and text.strip():
            segment.words = [TimedWord(text, segment.start, segment.end, 0.0)]
        if not "".join(word.text for word in segment.words).strip():
            segment.words = []
        earliest = 0.0
        for word in segment.words:
            word.start = min(max(word.start, earliest), self._length)
            word.end = min(max(word.end, word.start), self._length)
            earliest = word.start

    def finish(
        self,
        segments: list[TimedSegment],
        fault: str | None,
        hypothesis: Hypothesis,
        speech: tuple[Span, ...],
    ) -> list[SegmentDecoded]:
        """Give segments their ids and say which of them are to be distrusted, and why.

        All have words; `speech` is where someone speaks, up to the end of their window.
        """
        texts = ["".join(word.text for word in segment.words) for segment in segments]
        again = repeated(texts) if fault == REPETITION else [False] * len(segments)
        finished = []
        for segment, text, is_again in zip(segments, texts, again, strict=True):
            span = (segment.words[0].start, segment.words[-1].end)
            reason = is_invented(text, span, speech, hypothesis)
            if fault in (NO_SPEECH, IMPROBABLE):
                reason = fault
            elif is_again:
                reason = REPETITION
            finished.append(SegmentDecoded(self._segment(segment, hypothesis), reason))
        return finished

    def _segment(self, timed: TimedSegment, hypothesis: Hypothesis) -> Segment:
        block = self._block
        words = tuple(
            Word(
                id=f"{self._run}.{block.index}.{next(self._numbers)}",
                start=seconds(block.start + word.start),
                end=seconds(block.start + word.end),
                text=self._spelling.correct(word.text),
                probability=round(word.probability, 2),
            )
            for word in timed.words
        )
        return Segment(
            id=words[0].id,
            block=block.index,
            words=words,
            speaker=None if block.channel is None else f"channel-{block.channel + 1}",
            avg_logprob=round(hypothesis.avg_logprob, 2),
            no_speech_prob=round(hypothesis.no_speech_prob, 2),
            compression_ratio=round(hypothesis.compression_ratio, 2),
            temperature=hypothesis.temperature,
        )
