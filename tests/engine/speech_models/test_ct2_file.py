"""Test reading and writing of model.bin."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ModelError
from engine.speech_models.ct2_file import (
    INT8,
    Layout,
    Tensor,
    read_layout,
    read_tensor,
    tensor_digest,
    write_model,
)
from tests.engine.speech_models.small_models import layout, tensors, write_weights


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    parts = tensors()
    write_weights(path, parts)
    found = read_layout(path)
    assert (found.binary_version, found.specification, found.revision) == (6, "WhisperSpec", 3)
    assert found.aliases == layout().aliases
    with path.open("rb") as file:
        again = [
            Tensor(each.name, each.shape, each.type_id, read_tensor(file, each))
            for each in found.variables
        ]
    assert again == parts
    assert found.find("decoder/pre_norm") == found.variables[3]
    assert found.find("nothing") is None


def test_a_file_cut_anywhere_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    write_weights(path, tensors(width=2))
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(ModelError, match="model.bin") as caught:
            read_layout(path)
        assert caught.value.code == "model.corrupt"


def test_a_longer_file_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    write_weights(path, tensors())
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(ModelError, match="more behind its end"):
        read_layout(path)


def test_an_unknown_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    write_model(path, Layout(99, "WhisperSpec", 3, (), ()), [], 0)
    with pytest.raises(ModelError, match="unknown binary version 99"):
        read_layout(path)


@pytest.mark.parametrize("type_id", [INT8, 77])
def test_a_size_that_does_not_fit_its_type_is_damage(tmp_path: Path, type_id: int) -> None:
    path = tmp_path / "model.bin"
    write_weights(path, [Tensor("a/weight", (2, 2), type_id, b"12345")])
    with pytest.raises(ModelError, match="'a/weight' do not fit"):
        read_layout(path)


def test_an_unreadable_name_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    write_weights(path, [])
    path.write_bytes(path.read_bytes().replace(b"WhisperSpec", b"\xff" * 11))
    with pytest.raises(ModelError, match="unreadable"):
        read_layout(path)


def test_a_missing_file_is_damage(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="model.bin") as caught:
        read_layout(tmp_path / "model.bin")
    assert caught.value.code == "model.corrupt"


@given(data=st.binary(max_size=200))
def test_garbage_is_damage_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("garbage") / "model.bin"
    path.write_bytes(b"\6\0\0\0" + data)
    try:
        read_layout(path)
    except ModelError as exc:
        assert exc.code == "model.corrupt"


def test_the_digest_sees_past_order_and_spelt_out_defaults(tmp_path: Path) -> None:
    one, other = tmp_path / "one.bin", tmp_path / "other.bin"
    parts = tensors()
    write_weights(one, parts)
    flags = [
        Tensor("decoder/scale_alibi", (), INT8, b"\0"),
        Tensor("decoder/alibi_use_positive_positions", (), INT8, b"\0"),
    ]
    write_weights(other, [*flags, *reversed(parts)])
    assert tensor_digest(one) == tensor_digest(other)


def test_the_digest_sees_a_single_changed_number_or_flag(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    parts = tensors()
    write_weights(path, parts)
    before = tensor_digest(path)
    data = np.frombuffer(parts[0].data, "<f2").copy()
    data[5] = np.nextafter(data[5], np.float16(9))
    first = parts[0]
    changed = Tensor(first.name, first.shape, first.type_id, data.tobytes())
    write_weights(path, [changed, *parts[1:]])
    assert tensor_digest(path) != before
    write_weights(path, [*parts, Tensor("decoder/scale_alibi", (), INT8, b"\1")])
    assert tensor_digest(path) != before
