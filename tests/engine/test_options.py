"""Options are checked when they are made."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.errors import OptionsError
from engine.languages import LANGUAGES, find_language
from engine.options import ComputeOptions, TranscriptionOptions, VadOptions


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: TranscriptionOptions(language="xx"),
        lambda: TranscriptionOptions(language="de", language_per_block=True),
        lambda: TranscriptionOptions(beam_size=0),
        lambda: TranscriptionOptions(beam_size=21),
        lambda: TranscriptionOptions(track=-1),
        lambda: TranscriptionOptions(start=-1),
        lambda: TranscriptionOptions(start=5, end=5),
        lambda: TranscriptionOptions(temperatures=(0.2, 1.5)),
        lambda: VadOptions(threshold=1),
        lambda: VadOptions(padding=-0.1),
        lambda: ComputeOptions(device="tpu"),
        lambda: ComputeOptions(device="5"),
        lambda: ComputeOptions(device="cuda:x"),
        lambda: ComputeOptions(compute_type="int3"),
        lambda: ComputeOptions(replicas=0),
    ],
)
def test_values_out_of_range_are_refused(wrong: Callable[[], object]) -> None:
    with pytest.raises(OptionsError) as caught:
        wrong()
    assert caught.value.code == "options.invalid"
    assert caught.value.detail


def test_allowed_values_pass() -> None:
    assert TranscriptionOptions(language="yue", temperatures=(0.2, 1.0)).language == "yue"
    assert ComputeOptions(device="cuda:1", compute_type="int8_float16", replicas=4).replicas == 4


def test_languages_are_found_by_code_and_by_name() -> None:
    assert len(LANGUAGES) == 100
    assert find_language(" German ") == "de"
    assert find_language("PT") == find_language("pt-BR") == "pt"
    assert find_language("klingon") is None
