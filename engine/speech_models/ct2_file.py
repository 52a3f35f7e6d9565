"""Read and write CTranslate2's model.bin.

Layout (CTranslate2, python/ctranslate2/specs/model_spec.py, `_serialize`), little-endian: binary
version (u32), specification name, revision (u32), number of variables (u32); per variable: name,
rank (u8), dimensions (u32 each), type (u8), size in bytes (u32), bytes; number of aliases (u32);
per alias: alias, variable. A string is its length with the closing zero (u16), bytes, zero.
"""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from engine.errors import ModelError

FLOAT32, INT8, FLOAT16 = 0, 1, 4
"""Numbers of the types in the file (CTranslate2, include/ctranslate2/types.h)."""
_ITEM_BYTES = (4, 1, 2, 4, 2, 2)  # float32, int8, int16, int32, float16, bfloat16
_BINARY_VERSIONS = (4, 5, 6)  # older ones have no type and size per variable
_DEFAULT_FLAGS = ("alibi_use_positive_positions", "scale_alibi")
"""Flags whose absence means zero (CTranslate2, src/layers/transformer.cc); newer converters write
the zeros, older ones leave them out."""
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Variable:
    """Say where a tensor lies in the file and what it looks like."""

    name: str
    shape: tuple[int, ...]
    type_id: int
    offset: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Tensor:
    """Hold a tensor that is to be written."""

    name: str
    shape: tuple[int, ...]
    type_id: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Layout:
    """Describe a model.bin without its tensors' contents."""

    binary_version: int
    specification: str
    revision: int
    variables: tuple[Variable, ...]
    aliases: tuple[tuple[str, str], ...]

    def find(self, name: str) -> Variable | None:
        """Return the variable of that name."""
        return next((variable for variable in self.variables if variable.name == name), None)


def read_layout(path: Path) -> Layout:
    """Walk the file without reading its tensors; ModelError("model.corrupt") if it is damaged."""
    try:
        with path.open("rb") as file:
            return _Reader(path.name, file, path.stat().st_size).layout()
    except OSError as exc:
        raise ModelError("model.corrupt", f"{path.name}: {exc.strerror}") from exc


def read_tensor(file: BinaryIO, variable: Variable) -> bytes:
    """Return a tensor's bytes from a file opened for reading."""
    file.seek(variable.offset)
    return file.read(variable.size_bytes)


def write_model(target: Path, layout: Layout, tensors: Iterable[Tensor], count: int) -> None:
    """Write `count` tensors with the version, names and aliases of `layout`."""
    with target.open("wb") as file:
        file.write(struct.pack("<I", layout.binary_version))
        file.write(_string(layout.specification))
        file.write(struct.pack("<II", layout.revision, count))
        for tensor in tensors:
            rank = len(tensor.shape)
            file.write(_string(tensor.name))
            file.write(struct.pack(f"<B{rank}I", rank, *tensor.shape))
            file.write(struct.pack("<BI", tensor.type_id, len(tensor.data)))
            file.write(tensor.data)
        file.write(struct.pack("<I", len(layout.aliases)))
        for alias, name in layout.aliases:
            file.write(_string(alias) + _string(name))


def canonical_variables(path: Path, layout: Layout) -> tuple[Variable, ...]:
    """Return the variables sorted by name, without flags that only repeat their default."""
    with path.open("rb") as file:
        kept = [
            variable
            for variable in layout.variables
            if variable.name.rpartition("/")[2] not in _DEFAULT_FLAGS
            or any(read_tensor(file, variable))
        ]
    return tuple(sorted(kept, key=lambda variable: variable.name))


def tensor_digest(path: Path) -> str:
    """Return the SHA-256 over names, types, shapes and contents of all tensors, sorted by name.

    Two files with the same digest hold the same model, whatever order their variables have and
    whether or not they spell out default flags.
    """
    layout = read_layout(path)
    digest = hashlib.sha256(f"{layout.specification} {layout.revision}\n".encode())
    variables = canonical_variables(path, layout)
    with path.open("rb") as file:
        for variable in variables:
            digest.update(f"{variable.name} {variable.type_id} {variable.shape}\n".encode())
            file.seek(variable.offset)
            left = variable.size_bytes
            while left:
                chunk = file.read(min(left, _CHUNK_BYTES))
                digest.update(chunk)
                left -= len(chunk)
    for alias, name in sorted(layout.aliases):
        digest.update(f"{alias} = {name}\n".encode())
    return digest.hexdigest()


def _string(text: str) -> bytes:
    data = text.encode("utf-8")
    return struct.pack("<H", len(data) + 1) + data + b"\0"


class _Reader:
    def __init__(self, name: str, file: BinaryIO, size_bytes: int) -> None:
        self._name = name
        self._file = file
        self._size = size_bytes

    def layout(self) -> Layout:
        version = self._number("<I")
        if version not in _BINARY_VERSIONS:
            raise self._damaged(f"unknown binary version {version}")
        specification = self._text()
        revision = self._number("<I")
        variables = tuple(self._variable() for _ in range(self._number("<I")))
        aliases = tuple((self._text(), self._text()) for _ in range(self._number("<I")))
        if self._file.tell() != self._size:
            raise self._damaged("there is more behind its end")
        return Layout(version, specification, revision, variables, aliases)

    def _variable(self) -> Variable:
        name = self._text()
        rank = self._number("<B")
        shape = struct.unpack(f"<{rank}I", self._take(4 * rank))
        type_id = self._number("<B")
        size_bytes = self._number("<I")
        if type_id >= len(_ITEM_BYTES) or math.prod(shape) * _ITEM_BYTES[type_id] != size_bytes:
            raise self._damaged(f"size and type of {name!r} do not fit")
        offset = self._file.tell()
        if offset + size_bytes > self._size:
            raise self._damaged("it ends in the middle")
        self._file.seek(size_bytes, 1)
        return Variable(name, shape, type_id, offset, size_bytes)

    def _number(self, code: str) -> int:
        (number,) = struct.unpack(code, self._take(struct.calcsize(code)))
        return int(number)

    def _text(self) -> str:
        data = self._take(self._number("<H"))
        try:
            return data.removesuffix(b"\0").decode("utf-8")
        except UnicodeDecodeError as exc:
            raise self._damaged("a name in it is unreadable") from exc

    def _take(self, count: int) -> bytes:
        data = self._file.read(count)
        if len(data) != count:
            raise self._damaged("it ends in the middle")
        return data

    def _damaged(self, reason: str) -> ModelError:
        return ModelError("model.corrupt", f"{self._name}: {reason}")
