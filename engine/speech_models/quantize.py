"""Rewrite a model's weights as 8-bit integers: half the size, and several times faster to load.

The result is what CTranslate2 computes itself whenever it loads float16 weights with an int8
compute type (python/ctranslate2/specs/model_spec.py, `_quantize`; src/ops/quantize_cpu.cc), so
that the text stays the same. Convolutions are left alone: CTranslate2 computes them in float.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from engine.speech_models.catalogue import CatalogueEntry, ModelFile
from engine.speech_models.ct2_file import (
    FLOAT16,
    FLOAT32,
    INT8,
    Layout,
    Tensor,
    Variable,
    canonical_variables,
    read_layout,
    read_tensor,
    write_model,
)
from engine.speech_models.manifest import check_hash, hash_file
from engine.speech_models.placing import writing_to

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


_WEIGHTS_NAME = "model.bin"


def rewrite_as_int8(source: Path, target: Path) -> None:
    """Write the model.bin at `source` to `target` with int8 weights, in canonical order.

    Every two-dimensional `…/weight` becomes int8 rows with a float32 `…/weight_scale`, one number
    a row: 127 / largest magnitude of the row. Everything else keeps its type.
    """
    layout = read_layout(source)
    variables = canonical_variables(source, layout)
    count = len(variables) + sum(_is_rewritten(variable) for variable in variables)
    with source.open("rb") as file:
        write_model(target, layout, _tensors(file, variables), count)


def replace_weights(
    entry: CatalogueEntry, folder: Path, files: Iterable[ModelFile]
) -> tuple[ModelFile, ...]:
    """Rewrite model.bin in the folder as int8 and return the files as they are then.

    Raises ModelError("model.corrupt") if the catalogue knows the result and it is another.
    """
    weights = folder / _WEIGHTS_NAME
    rewritten = folder / f".{_WEIGHTS_NAME}.int8"
    with writing_to(folder):
        rewrite_as_int8(weights, rewritten)
        rewritten.replace(weights)
    found = hash_file(weights)
    if entry.int8_weights is not None:
        check_hash(found, entry.int8_weights)
    return tuple(found if file.name == _WEIGHTS_NAME else file for file in files)


def number_type(layout: Layout) -> str:
    """Return the type that most weights have: `int8`, `float16`, `float32` or `other`."""
    sizes: dict[int, int] = {}
    for variable in layout.variables:
        sizes[variable.type_id] = sizes.get(variable.type_id, 0) + variable.size_bytes
    names = {INT8: "int8", FLOAT16: "float16", FLOAT32: "float32"}
    return names.get(max(sizes, key=lambda key: sizes[key]), "other") if sizes else "other"


def _is_rewritten(variable: Variable) -> bool:
    return (
        len(variable.shape) == 2
        and variable.type_id in (FLOAT16, FLOAT32)
        and variable.name.endswith("/weight")
    )


def _tensors(file: BinaryIO, variables: tuple[Variable, ...]) -> Iterator[Tensor]:
    import numpy as np  # pylint: disable=import-outside-toplevel  # not needed to find a model

    for variable in variables:
        data = read_tensor(file, variable)
        if not _is_rewritten(variable):
            yield Tensor(variable.name, variable.shape, variable.type_id, data)
            continue
        kind = np.dtype("<f2" if variable.type_id == FLOAT16 else "<f4")
        rows, scales = quantize_rows(np.frombuffer(data, kind).reshape(variable.shape))
        yield Tensor(variable.name, variable.shape, INT8, rows.tobytes())
        yield Tensor(variable.name + "_scale", variable.shape[:1], FLOAT32, scales.tobytes())


def quantize_rows(
    weights: NDArray[np.floating],
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return int8 rows (shape of `weights`) and float32 scales, one a row; 1 for a row of zeros."""
    import numpy as np  # pylint: disable=import-outside-toplevel  # not needed to find a model

    values = weights.astype(np.float32)
    largest = np.abs(values).max(axis=1)
    largest[largest == 0] = 127
    scales = (np.float32(127) / largest).astype("<f4")
    return np.rint(values * scales[:, None]).astype(np.int8), scales
