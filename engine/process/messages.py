"""Turn frozen dataclasses into JSON lines and back, strictly, whatever text they carry.

Fields may be `None`, `bool`, `int`, `float`, `str`, enumerations, further dataclasses, tuples
`tuple[X, ...]`, and unions of these. The outermost value, and any value where several dataclasses
are possible, names its class in the member `type`, in snake case.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum
from functools import lru_cache, partial
from math import isfinite
from types import NoneType, UnionType
from typing import Union, get_args, get_origin, get_type_hints

from engine.errors import EngineCrashed, TranscriberError

Json = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
_Reader = Callable[[Json], object]

TYPE = "type"


def type_name(message_class: type) -> str:
    """Return the name of a message type as it stands in its line: `SegmentDecoded` → `segment_decoded`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", message_class.__name__).lower()


def encode(message: object, decimals: int | None = None) -> bytes:
    """Return a message as one line that ends in a newline; floats are rounded to `decimals`.

    UTF-8; lone surrogates (file names that are no Unicode) stand in their three-byte form.
    Raises `ValueError` for numbers that are not finite.
    """
    text = json.dumps(to_plain(message, decimals), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "surrogatepass") + b"\n"


def to_plain(message: object, decimals: int | None = None) -> dict[str, Json]:
    """Return a message as JSON values: its `type`, then its fields."""
    return {TYPE: type_name(type(message)), **_plain_fields(message, decimals)}


def decode(line: bytes, expected: Iterable[type]) -> object:
    """Return the message in a line, of one of the expected classes.

    Unknown members are passed over, missing ones take the default of their field.
    Raises `EngineCrashed` with `engine.protocol` for anything else; no text of the line is told.
    """
    try:
        plain = json.loads(line.decode("utf-8", "surrogatepass"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as exc:
        raise _mismatch(f"a line of {len(line)} bytes is not JSON") from exc
    return from_plain(plain, expected)


def from_plain(plain: Json, expected: Iterable[type]) -> object:
    """Return the message that JSON values describe; raises like `decode`."""
    return _read_tagged({type_name(option): option for option in expected}, plain)


def field_names(message_class: type) -> tuple[str, ...]:
    """Return the members a message has beside its `type`, in order."""
    return tuple(field.name for field in _plan(message_class))


def _plain_fields(value: object, decimals: int | None) -> dict[str, Json]:
    message_class: type = type(value)
    return {
        field.name: field.write(getattr(value, field.name), decimals)
        for field in _plan(message_class)
    }


def _plain(value: object, decimals: int | None) -> Json:
    if isinstance(value, Enum):
        return _plain(value.value, decimals)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if decimals is None else round(value, decimals)
    if isinstance(value, tuple):
        return [_plain(item, decimals) for item in value]
    return _plain_fields(value, decimals)


def _plain_tagged(value: object, decimals: int | None) -> Json:
    return to_plain(value, decimals) if is_dataclass(value) else _plain(value, decimals)


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    is_required: bool
    read: _Reader
    write: Callable[[object, int | None], Json]


@lru_cache(maxsize=None)
def _plan(message_class: type) -> tuple[_Field, ...]:
    if not is_dataclass(message_class):
        raise TypeError(f"{message_class.__name__} is no dataclass")
    hints: dict[str, object] = get_type_hints(message_class)
    return tuple(
        _Field(
            name=field.name,
            is_required=field.default is MISSING and field.default_factory is MISSING,
            read=_reader(hints[field.name]),
            write=_plain_tagged if len(_dataclasses(hints[field.name])) > 1 else _plain,
        )
        for field in fields(message_class)
    )


def _dataclasses(annotation: object) -> list[type]:
    options = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else [annotation]
    return [option for option in options if isinstance(option, type) and is_dataclass(option)]


@lru_cache(maxsize=None)
def _reader(annotation: object) -> _Reader:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return _union_reader(annotation)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return partial(_read_tuple, _reader(arguments[0]))
    if isinstance(annotation, type):
        if is_dataclass(annotation):
            return partial(_read_fields, annotation)
        if issubclass(annotation, Enum):
            return partial(_read_enum, annotation)
        if annotation is float:
            return _read_float
        if annotation in (bool, int, str, NoneType):
            return partial(_read_scalar, annotation)
    raise TypeError(f"{annotation} cannot cross the channel")


def _union_reader(annotation: object) -> _Reader:
    classes = _dataclasses(annotation)
    readers = [_reader(option) for option in get_args(annotation) if option not in classes]
    if len(classes) > 1:
        readers.append(partial(_read_tagged, {type_name(option): option for option in classes}))
    else:
        readers.extend(_reader(option) for option in classes)
    return partial(_read_first, readers)


def _read_first(readers: list[_Reader], plain: Json) -> object:
    for reader in readers[:-1]:
        try:
            return reader(plain)
        except EngineCrashed:
            continue
    return readers[-1](plain)


def _read_tagged(classes: dict[str, type], plain: Json) -> object:
    if not isinstance(plain, dict):
        raise _mismatch("a message is no object")
    name = plain.get(TYPE)
    if not isinstance(name, str) or name not in classes:
        raise _mismatch("a message has an unknown type")
    return _read_fields(classes[name], plain)


def _read_fields(message_class: type, plain: Json) -> object:
    name = type_name(message_class)
    if not isinstance(plain, dict):
        raise _mismatch(f"{name} is no object")
    values: dict[str, object] = {}
    for field in _plan(message_class):
        if field.name in plain:
            try:
                values[field.name] = field.read(plain[field.name])
            except EngineCrashed as exc:
                raise _mismatch(f"{name}.{field.name}: {exc.detail}") from exc
        elif field.is_required:
            raise _mismatch(f"{name}.{field.name} is missing")
    try:
        return message_class(**values)
    except (ValueError, TypeError, TranscriberError) as exc:
        raise _mismatch(f"{name} has values that are not allowed") from exc


def _read_tuple(reader: _Reader, plain: Json) -> object:
    if not isinstance(plain, list):
        raise _mismatch("no list")
    return tuple(reader(item) for item in plain)


def _read_enum(enumeration: type[Enum], plain: Json) -> object:
    try:
        return enumeration(plain)
    except ValueError as exc:
        raise _mismatch(f"no {enumeration.__name__}") from exc


def _read_float(plain: Json) -> object:
    if type(plain) not in (int, float):
        raise _mismatch("no number")
    try:
        number = float(plain)  # type: ignore[arg-type]  # narrowed by the exact type above
    except OverflowError as exc:
        raise _mismatch("no finite number") from exc
    if not isfinite(number):
        raise _mismatch("no finite number")
    return number


def _read_scalar(kind: type, plain: Json) -> object:
    # The exact type, because a bool is an int for isinstance.
    if type(plain) is not kind:
        raise _mismatch(f"no {kind.__name__}")
    return plain


def _refuse_constant(name: str) -> Json:
    raise ValueError(name)


def _mismatch(detail: str) -> EngineCrashed:
    return EngineCrashed("engine.protocol", detail)
