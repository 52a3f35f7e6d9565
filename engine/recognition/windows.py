"""Pure steps of Whisper's sequential loop: what stands before a window, and where it is cut.

After openai/whisper (transcribe.py) and faster-whisper (`_split_segments_by_timestamps`,
`get_prompt`).
"""

from __future__ import annotations

from collections.abc import Sequence

from faster_whisper.tokenizer import Tokenizer

from engine.recognition.decoding import TimedSegment
from engine.recognition.mel import FRAMES_PER_SECOND

PROMPT_TOKENS = 223
"""At most half of the text context of 448 tokens, less the token that opens it."""

_TOKEN_SECONDS = 0.02
_FRAMES_PER_TOKEN = 2


def build_prompt(
    tokenizer: Tokenizer, previous: Sequence[int], hotwords: Sequence[int]
) -> list[int]:
    """Return the tokens before the text: hotwords, the text before this window, language and task.

    Hotwords take at most half of the room, so that what was just said keeps its place.
    """
    offered = list(hotwords[: PROMPT_TOKENS // 2])
    room = PROMPT_TOKENS - len(offered)
    context = offered + list(previous[-room:])
    start = [tokenizer.sot_prev, *context] if context else []
    return [*start, *tokenizer.sot_sequence]


def split_at_timestamps(
    tokens: Sequence[int], timestamp_begin: int, seek: int, frames: int
) -> tuple[list[TimedSegment], int, bool]:
    """Cut tokens at pairs of timestamps.

    Returns the segments (times in seconds from the start of the block), the frame to go on from,
    and whether the speech ends with them: a single timestamp at the end says that nothing follows
    in this window. `seek` is the first frame of the window, `frames` its length.
    """
    offset = seek / FRAMES_PER_SECOND
    ends_alone = len(tokens) >= 2 and tokens[-2] < timestamp_begin <= tokens[-1]
    cuts = [
        index
        for index in range(1, len(tokens))
        if tokens[index] >= timestamp_begin and tokens[index - 1] >= timestamp_begin
    ]
    if not cuts:
        return [_whole(tokens, timestamp_begin, offset, frames)], seek + frames, ends_alone
    if ends_alone:
        cuts.append(len(tokens))
    segments = []
    for first, last in zip([0, *cuts[:-1]], cuts, strict=True):
        piece = tuple(tokens[first:last])
        start = offset + (piece[0] - timestamp_begin) * _TOKEN_SECONDS
        end = offset + (piece[-1] - timestamp_begin) * _TOKEN_SECONDS
        segments.append(TimedSegment(start, end, piece, []))
    if ends_alone:
        return segments, seek + frames, True
    last_timestamp = tokens[cuts[-1] - 1] - timestamp_begin
    return segments, seek + last_timestamp * _FRAMES_PER_TOKEN, False


def _whole(tokens: Sequence[int], timestamp_begin: int, offset: float, frames: int) -> TimedSegment:
    stamps = [token for token in tokens if token >= timestamp_begin]
    duration = frames / FRAMES_PER_SECOND
    if stamps and stamps[-1] != timestamp_begin:
        duration = (stamps[-1] - timestamp_begin) * _TOKEN_SECONDS
    return TimedSegment(offset, offset + duration, tuple(tokens), [])
