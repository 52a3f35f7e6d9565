"""Transcribe with faster-whisper's own sequential loop, as the measure for ours.

Runs in a process of its own (`python -m engine.benchmark_reference JSON`), so that its peak of
memory is its own; prints one JSON object.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from time import perf_counter

from faster_whisper import WhisperModel

from engine.peak_memory import peak_memory


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what the JSON object in the only argument asks for: one `ReferenceRequest`."""
    request = json.loads((sys.argv[1:] if argv is None else argv)[0])
    model = WhisperModel(
        request["model"],
        device=request["device"],
        compute_type=request["compute_type"],
        cpu_threads=request["threads"],
    )
    begun = perf_counter()
    first_text: float | None = None
    texts = []
    segments, info = model.transcribe(request["recording"], beam_size=request["beam_size"])
    for segment in segments:
        first_text = perf_counter() - begun if first_text is None else first_text
        texts.append(segment.text)
    result = {
        "duration": info.duration,
        "seconds": perf_counter() - begun,
        "first_text": first_text,
        "peak_bytes": peak_memory(os.getpid()),
        "text": "".join(texts),
    }
    print(json.dumps(result), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
