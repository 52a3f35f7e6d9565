"""Test that weights rewritten as int8 are what CTranslate2 computes itself."""

from __future__ import annotations

import math
from pathlib import Path

import ctranslate2
import numpy as np
import pytest
from faster_whisper import WhisperModel

from engine.errors import ModelError
from engine.speech_models.ct2_file import (
    FLOAT16,
    FLOAT32,
    INT8,
    Layout,
    Tensor,
    read_layout,
    read_tensor,
    write_model,
)
from engine.speech_models.manifest import hash_file
from engine.speech_models.model_entry import CatalogueEntry
from engine.speech_models.quantize import (
    number_type,
    quantize_rows,
    replace_weights,
    rewrite_as_int8,
)
from tests.engine.speech_models.small_models import entry_of, tensors, write_weights


def read_all(path: Path) -> dict[str, Tensor]:
    with path.open("rb") as file:
        return {
            each.name: Tensor(each.name, each.shape, each.type_id, read_tensor(file, each))
            for each in read_layout(path).variables
        }


def test_only_matrices_are_rewritten_and_the_order_is_by_name(tmp_path: Path) -> None:
    source, target = tmp_path / "source.bin", tmp_path / "target.bin"
    write_weights(source, list(reversed(tensors())))
    rewrite_as_int8(source, target)
    before, after = read_all(source), read_all(target)
    matrices = {"decoder/embeddings/weight", "decoder/layer_0/linear_0/weight"}
    assert list(after) == sorted(set(before) | {name + "_scale" for name in matrices})
    assert {name for name in before if after[name] != before[name]} == matrices
    assert all(after[name].type_id == INT8 for name in matrices)
    assert read_layout(target).aliases == read_layout(source).aliases


def test_rewriting_twice_changes_nothing(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.bin" for number in range(3)]
    write_weights(paths[0], tensors())
    rewrite_as_int8(paths[0], paths[1])
    rewrite_as_int8(paths[1], paths[2])
    assert paths[1].read_bytes() == paths[2].read_bytes()


def test_a_row_of_zeros_stays_one() -> None:
    rows, scales = quantize_rows(np.array([[0, 0], [0.5, -1]], np.float16))
    assert rows.tolist() == [[0, 0], [64, -127]]
    assert scales.tolist() == [1, 127]


def test_rows_and_scales_are_those_of_ctranslate2s_own_converter(tmp_path: Path) -> None:
    linear = ctranslate2.specs.common_spec.LinearSpec()
    values = np.random.default_rng(1).standard_normal((40, 24)).astype(np.float16)
    linear.weight = values.copy()
    linear.validate()
    linear._quantize("int8")  # pylint: disable=protected-access
    source, target = tmp_path / "source.bin", tmp_path / "target.bin"
    write_weights(source, [Tensor("x/weight", values.shape, FLOAT16, values.tobytes())])
    rewrite_as_int8(source, target)
    after = read_all(target)
    assert after["x/weight"].data == linear.weight.numpy().tobytes()
    assert after["x/weight_scale"].data == linear.weight_scale.numpy().tobytes()


def test_the_number_type_is_that_of_most_weights(tmp_path: Path) -> None:
    source, target = tmp_path / "source.bin", tmp_path / "target.bin"
    write_weights(source, tensors())
    rewrite_as_int8(source, target)
    assert number_type(read_layout(source)) == "float16"
    assert number_type(read_layout(target)) == "int8"
    assert number_type(Layout(6, "", 1, (), ())) == "other"


def test_weights_are_replaced_in_their_folder(small: Path) -> None:
    entry = entry_of(small, "small")
    files = replace_weights(entry, small, entry.files)
    assert [file.name for file in files] == [file.name for file in entry.files]
    assert next(file for file in files if file.name == "model.bin") == hash_file(
        small / "model.bin"
    )
    assert number_type(read_layout(small / "model.bin")) == "int8"


def test_another_result_than_the_catalogues_is_damage(small: Path) -> None:
    entry = entry_of(small, "small")
    wrong = CatalogueEntry("small", "english", entry.files, (), int8_weights=entry.files[1])
    with pytest.raises(ModelError, match="model.bin"):
        replace_weights(wrong, small, entry.files)


def test_the_text_of_a_real_model_stays_the_same(
    tmp_path: Path, tiny_model: Path, sample_recording: Path
) -> None:
    """Compare float weights that CTranslate2 quantizes itself with those rewritten by us."""
    floats, rewritten = tmp_path / "floats", tmp_path / "rewritten"
    for folder in (floats, rewritten):
        folder.mkdir()
        for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
            (folder / name).write_bytes((tiny_model / name).read_bytes())
    _write_as_floats(tiny_model / "model.bin", floats / "model.bin")
    rewrite_as_int8(floats / "model.bin", rewritten / "model.bin")
    assert number_type(read_layout(floats / "model.bin")) == "float16"
    assert number_type(read_layout(rewritten / "model.bin")) == "int8"
    assert _decode(floats, sample_recording) == _decode(rewritten, sample_recording)


def _decode(folder: Path, recording: Path) -> list[tuple[str, float, float, float]]:
    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1)
    segments, _ = model.transcribe(str(recording), language="en", temperature=0)
    found = [(each.text, each.start, each.end, each.avg_logprob) for each in segments]
    assert "fellow Americans" in found[0][0]
    assert all(math.isfinite(each[3]) for each in found)
    return found


def _write_as_floats(source: Path, target: Path) -> None:
    """Undo the rewriting: float16 matrices with other numbers in them than the published ones."""
    parts = read_all(source)
    floats = []
    for name, part in parts.items():
        if name.endswith("/weight_scale"):
            continue
        if part.type_id == INT8 and name + "_scale" in parts:
            scales = np.frombuffer(parts[name + "_scale"].data, "<f4")
            rows = np.frombuffer(part.data, np.int8).reshape(part.shape) / scales[:, None]
            part = Tensor(name, part.shape, FLOAT16, rows.astype("<f2").tobytes())
        floats.append(part)
    write_model(target, read_layout(source), floats, len(floats))


def test_float32_weights_are_rewritten_too(tmp_path: Path) -> None:
    source, target = tmp_path / "source.bin", tmp_path / "target.bin"
    values = np.array([[1, -2], [3, 4]], "<f4")
    write_weights(source, [Tensor("x/weight", (2, 2), FLOAT32, values.tobytes())])
    rewrite_as_int8(source, target)
    assert read_all(target)["x/weight"].data == np.array([[64, -127], [95, 127]], "i1").tobytes()
