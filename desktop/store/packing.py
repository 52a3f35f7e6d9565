"""Pack the words of a segment into one compact value and back, fast enough for ten hours at once.

One byte of form, counts, the start of the first word (milliseconds, signed), the ids, then columns:
starts after the first, lengths, probabilities in hundredths, lengths of the texts, the text in
UTF-8. The narrow form spends six bytes a word beside its text; the wide one takes any value. Ids
that count on, as those of decoded words do, are stored as their first one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from struct import Struct

from engine.transcript.transcript import Word, milliseconds

_NARROW, _WIDE = 1, 2
_HEADS = {_NARROW: Struct("<BBBi"), _WIDE: Struct("<BIIq")}
_MANY_IDS = 0x80
"""Flag beside the form: the ids are a JSON list of runs instead of one first id."""
_LARGEST = {_NARROW: (0xFF, 0xFFFF), _WIDE: (0xFFFFFFFF, 0x7FFFFFFF)}


def pack(words: Sequence[Word]) -> bytes:
    """Return words as bytes; times keep their milliseconds, probabilities their hundredths."""
    texts = [word.text for word in words]
    starts = [milliseconds(word.start) for word in words]
    ends = [milliseconds(word.end) for word in words]
    first = starts[0]
    deltas = [start - first for start in starts]
    lengths = [end - start for start, end in zip(starts, ends, strict=True)]
    chances = [min(255, max(0, round(word.probability * 100))) for word in words]
    sizes = [len(text) for text in texts]
    flag, ids = _pack_ids([word.id for word in words])
    form = _form(max(len(words), len(ids), *sizes), (*deltas, *lengths), first)
    return b"".join(
        (
            _HEADS[form].pack(form | flag, len(words), len(ids), first),
            ids,
            _columns(form, len(words)).pack(*deltas, *lengths, *chances, *sizes),
            "".join(texts).encode("utf-8", "surrogatepass"),
        )
    )


def unpack(packed: bytes) -> tuple[Word, ...]:
    """Return the words that were packed."""
    form, count, id_bytes, first = _head(packed)
    at = _HEADS[form].size
    ids = _unpack_ids(packed[at : at + id_bytes], count, packed[0] & _MANY_IDS)
    columns = _columns(form, count)
    numbers = columns.unpack_from(packed, at + id_bytes)
    text = packed[at + id_bytes + columns.size :].decode("utf-8", "surrogatepass")
    starts = [first + delta for delta in numbers[:count]]
    cuts = [0, *accumulate(numbers[3 * count :])]
    return tuple(
        map(
            Word,
            ids,
            [start / 1000 for start in starts],
            [
                (start + length) / 1000
                for start, length in zip(starts, numbers[count : 2 * count], strict=True)
            ],
            [text[cuts[index] : cuts[index + 1]] for index in range(count)],
            [chance / 100 for chance in numbers[2 * count : 3 * count]],
        )
    )


def unpack_text(packed: bytes) -> str:
    """Return the text alone, much faster than through the words."""
    form, count, id_bytes, _ = _head(packed)
    at = _HEADS[form].size + id_bytes + _columns(form, count).size
    return packed[at:].decode("utf-8", "surrogatepass")


def _head(packed: bytes) -> tuple[int, int, int, int]:
    form = packed[0] & ~_MANY_IDS
    _, count, id_bytes, first = _HEADS[form].unpack_from(packed)
    return form, count, id_bytes, first


def _form(count: int, times: Sequence[int], first: int) -> int:
    most, longest = _LARGEST[_NARROW]
    fits = count <= most and min(times) >= 0 and max(times) <= longest and abs(first) < 1 << 31
    return _NARROW if fits else _WIDE


@lru_cache(maxsize=512)
def _columns(form: int, count: int) -> Struct:
    time, size = ("H", "B") if form == _NARROW else ("q", "I")
    return Struct(f"<{2 * count}{time}{count}B{count}{size}")


def _pack_ids(ids: Sequence[str]) -> tuple[int, bytes]:
    runs: list[tuple[str, int]] = []
    for word_id in ids:
        if runs and word_id == _counted(runs[-1][0], runs[-1][1]):
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((word_id, 1))
    if len(runs) == 1:
        return 0, runs[0][0].encode("utf-8", "surrogatepass")
    return _MANY_IDS, json.dumps(runs, separators=(",", ":")).encode("ascii")


def _unpack_ids(packed: bytes, count: int, has_many: int) -> list[str]:
    if not has_many:
        return _count_on(packed.decode("utf-8", "surrogatepass"), count)
    return [word_id for first, length in json.loads(packed) for word_id in _count_on(first, length)]


def _count_on(first: str, count: int) -> list[str]:
    if count == 1:
        return [first]
    prefix, _, number = first.rpartition(".")
    return [f"{prefix}.{n}" for n in range(int(number), int(number) + count)]


def _counted(first: str, steps: int) -> str | None:
    """Return the id that is so many steps after another; None if that one does not count."""
    prefix, dot, number = first.rpartition(".")
    if not dot or not number.isascii() or not number.isdecimal() or len(number) > 18:
        return None
    if str(int(number)) != number:
        return None
    return f"{prefix}.{int(number) + steps}"
