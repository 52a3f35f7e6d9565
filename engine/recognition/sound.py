"""Sound in two shapes: float32 in [-1, 1], which is computed with, and 16-bit, which waits.

Minutes of sound wait beside the models while their block is decoded. As 16-bit numbers, which is
what recordings hold and faster-whisper's own reader makes, they take half the memory.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatSound = NDArray[np.float32]
PackedSound = NDArray[np.int16]
AnySound = FloatSound | PackedSound

_FULL_SCALE = 32_768
_LIMITS = np.iinfo(np.int16)


def pack(sound: FloatSound) -> PackedSound:
    """Return float32 sound as 16-bit, of the same shape."""
    scaled = np.rint(sound * np.float32(_FULL_SCALE))
    packed: PackedSound = np.clip(scaled, _LIMITS.min, _LIMITS.max).astype(np.int16)
    return packed


def unpack(sound: AnySound) -> FloatSound:
    """Return sound of either shape as float32; float32 as it is."""
    if sound.dtype == np.float32:
        return sound.astype(np.float32, copy=False)
    return sound.astype(np.float32) / np.float32(_FULL_SCALE)
