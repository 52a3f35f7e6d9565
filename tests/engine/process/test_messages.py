"""Messages cross as one line each, whatever text they carry, and nonsense never gets through."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineCrashed
from engine.events import Completed, Progress, SegmentDecoded
from engine.languages import LANGUAGES
from engine.options import COMPUTE_TYPES, ComputeOptions, TranscriptionOptions, VadOptions
from engine.process import messages
from engine.process.protocol import (
    EVENTS,
    REPORTS,
    REQUESTS,
    Heartbeat,
    TranscribeRequest,
    Warm,
    decode_event,
    decode_report,
    decode_request,
    encode_report,
    encode_request,
)
from engine.transcript.transcript import Segment, Word

TEXT = st.text(st.characters(exclude_categories=[])) | st.sampled_from(
    [
        "",
        "\n",
        "a\r\nb",
        "\0",
        "\u2028\u2029\x85",
        "\ud83d\ude00",
        "\udcff",
        "🎙️",
        '"}\\',
        "\x1b[0m",
    ]
)
TIMES = st.integers(0, 10**9).map(lambda ms: ms / 1000)
EXACT = st.floats(allow_nan=False, allow_infinity=False)


def strategy(annotation: object, numbers: st.SearchStrategy[float]) -> st.SearchStrategy[object]:
    """Return values of any type that may cross."""
    simple: dict[object, st.SearchStrategy[object]] = {
        str: TEXT,
        float: numbers,
        int: st.integers(),
        bool: st.booleans(),
        NoneType: st.none(),
        VadOptions: st.builds(VadOptions, threshold=st.floats(0.001, 0.999)),
        ComputeOptions: st.builds(
            ComputeOptions,
            device=st.sampled_from(["auto", "cpu", "cuda", "cuda:3"]),
            compute_type=st.sampled_from(COMPUTE_TYPES),
            replicas=st.none() | st.integers(1, 32),
        ),
    }
    if annotation in simple:
        return simple[annotation]
    if annotation is TranscriptionOptions:
        return st.builds(
            TranscriptionOptions,
            language=st.none() | st.sampled_from(list(LANGUAGES)),
            beam_size=st.integers(1, 20),
            start=st.floats(0, 1e6),
            initial_prompt=TEXT,
            hotwords=st.lists(TEXT, max_size=3).map(tuple),
            vad=st.booleans(),
            vad_options=simple[VadOptions],
            temperatures=st.lists(st.floats(0.01, 1), max_size=3).map(tuple),
        )
    if get_origin(annotation) in (Union, UnionType):
        return st.one_of([strategy(option, numbers) for option in get_args(annotation)])
    if get_origin(annotation) is tuple:
        item = strategy(get_args(annotation)[0], numbers)
        return st.lists(item, min_size=1, max_size=3).map(tuple)
    assert isinstance(annotation, type)
    if issubclass(annotation, Enum):
        return st.sampled_from(annotation)
    assert is_dataclass(annotation)
    hints = get_type_hints(annotation)
    parts = {field.name: strategy(hints[field.name], numbers) for field in fields(annotation)}
    return st.builds(annotation, **parts)


def requests() -> st.SearchStrategy[object]:
    return st.one_of([strategy(request, EXACT) for request in REQUESTS])


def reports() -> st.SearchStrategy[object]:
    return st.one_of([strategy(report, TIMES) for report in REPORTS])


@given(requests())
def test_every_request_survives_in_one_line(request: TranscribeRequest) -> None:
    line = encode_request(request)
    assert line.index(b"\n") == len(line) - 1
    assert decode_request(line) == request


@given(reports())
def test_every_report_survives_in_one_line(report: Progress) -> None:
    line = encode_report(report)
    assert line.index(b"\n") == len(line) - 1
    assert decode_report(line) == report


@given(st.binary() | TEXT.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_nonsense_raises_nothing_but_our_error(line: bytes) -> None:
    for decode in (decode_request, decode_report, decode_event):
        with pytest.raises(EngineCrashed) as caught:
            decode(line)
        assert caught.value.code == "engine.protocol"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | EXACT | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
)


@given(st.data())
def test_a_message_with_a_wrong_member_is_refused_or_read_as_another_valid_one(
    data: st.DataObject,
) -> None:
    plain = messages.to_plain(data.draw(requests()))
    name = data.draw(st.sampled_from(sorted(plain)))
    plain[name] = data.draw(JSON)
    try:
        read = messages.from_plain(plain, REQUESTS)
    except EngineCrashed as error:
        assert error.code == "engine.protocol"
    else:
        assert isinstance(read, REQUESTS)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"{}",
        b'{"type": 5}',
        b'{"type": ["heartbeat"]}',
        b'{"type": "surprise"}',
        b'{"type": "progress"}',
        b'{"type": "progress", "done": "1", "total": null}',
        b'{"type": "progress", "done": true, "total": null}',
        b'{"type": "progress", "done": NaN, "total": null}',
        b'{"type": "progress", "done": Infinity, "total": null}',
        b'{"type": "progress", "done": 1e999, "total": null}',
        b'{"type": "progress", "done": 1' + b"0" * 400 + b', "total": null}',
        b'{"type": "progress", "done": 1' + b"0" * 5000 + b', "total": null}',
        b'{"type": "progress", "done": 1, "total": []}',
        b'{"type": "warmed", "device": "cpu", "compute_type": "int8", "replicas": 1.5}',
        b'{"type": "warmed", "device": "cpu", "compute_type": "int8", "replicas": true}',
        b'{"type": "devices", "devices": {}}',
        b'{"type": "devices", "devices": [7]}',
        b'{"type": "ready", "protocol": 1, "version": "", "role": "boss", "pid": 1}',
        b'{"type": "segment_decoded", "segment": {"id": "a", "block": 0, "words": []}}',
        b"[" * 200_000,
        b'{"type": "heartbeat"',
        b"\xff\xfe",
    ],
)
def test_a_wrong_line_is_refused(line: bytes) -> None:
    with pytest.raises(EngineCrashed) as caught:
        decode_report(line)
    assert caught.value.code == "engine.protocol"


def test_an_error_names_the_member_but_not_its_text() -> None:
    with pytest.raises(EngineCrashed) as caught:
        decode_request(b'{"type": "warm", "model": "m", "compute": {"device": ["secret"]}}')
    assert caught.value.detail == "warm.compute: compute_options.device: no str"


def test_an_option_out_of_range_is_refused() -> None:
    line = encode_request(Warm("m", ComputeOptions())).replace(b'"auto"', b'"toaster"')
    with pytest.raises(EngineCrashed):
        decode_request(line)


def test_unknown_members_are_passed_over_and_missing_ones_take_their_default() -> None:
    assert decode_report(b'{"new": {"x": [1]}, "type": "heartbeat"}\r\n') == Heartbeat()
    warm = decode_request(b'{"type": "warm", "model": "m", "compute": {}}')
    assert warm == Warm("m", ComputeOptions())


def test_numbers_of_reports_have_three_decimals_and_those_of_requests_all() -> None:
    word = Word("w", 0.1 + 0.2, 1, "a", 2 / 3)
    line = encode_report(SegmentDecoded(Segment("w", 0, (word,), avg_logprob=-1 / 3)))
    assert b"0.3," in line and b"0.667" in line and b"-0.333" in line and b"0.3000" not in line
    options = TranscriptionOptions(start=1.23456, end=1.23459)
    assert b"1.23456" in encode_request(TranscribeRequest("p", "m", options, ComputeOptions()))


def test_a_whole_number_is_read_as_float() -> None:
    progress = decode_report(b'{"type": "progress", "done": 3, "total": 4}')
    assert isinstance(progress, Progress) and isinstance(progress.done, float)


def test_numbers_that_are_not_finite_are_not_sent() -> None:
    with pytest.raises(ValueError):
        encode_report(Progress(float("nan"), None))


def test_only_events_are_events() -> None:
    assert decode_event(b'{"type": "progress", "done": 3, "total": 4}') == Progress(3.0, 4.0)
    with pytest.raises(EngineCrashed):
        decode_event(b'{"type": "heartbeat"}')
    assert Completed in EVENTS and Heartbeat not in EVENTS


@dataclass(frozen=True)
class Cat:
    """Be one choice."""

    name: str


@dataclass(frozen=True)
class BlackDog:
    """Be another choice."""

    name: str


@dataclass(frozen=True)
class Kennel:
    """Hold either."""

    animal: Cat | BlackDog | int


@pytest.mark.parametrize("animal", [Cat("Tom"), BlackDog("Rex"), 7])
def test_a_choice_of_classes_is_told_apart_by_type(animal: Cat | BlackDog | int) -> None:
    kennel = Kennel(animal)
    assert messages.decode(messages.encode(kennel), [Kennel]) == kennel
    assert messages.type_name(BlackDog) == "black_dog"


@dataclass(frozen=True)
class Unsendable:
    """Hold what cannot cross."""

    anything: dict[str, str]


def test_what_cannot_cross_is_noticed_when_it_is_written() -> None:
    with pytest.raises(TypeError):
        messages.encode(Unsendable({}))
    with pytest.raises(TypeError):
        messages.field_names(int)
