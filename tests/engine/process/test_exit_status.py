"""Exit codes and signals become sentences."""

from __future__ import annotations

import pytest

from engine.process.exit_status import describe_exit


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (-9, "The process was killed, perhaps because the memory ran out (SIGKILL)."),
        (137, "The process was killed, perhaps because the memory ran out (SIGKILL)."),
        (-11, "The process crashed in a library (invalid memory access) (SIGSEGV)."),
        (-6, "The process was aborted by a library (SIGABRT)."),
        (-4, "The process uses an instruction that this processor does not know (SIGILL)."),
        (-10, "The process was ended by the system (SIGUSR1)."),
        (-33, "The process was ended by the system (signal 33)."),
        (0, "The process ended before its work was done (exit code 0)."),
        (2, "The process was started with wrong arguments (exit code 2)."),
        (70, "The process ended with an error (exit code 70)."),
        (
            0xC0000005,
            "The process crashed in a library (invalid memory access) (status 0xC0000005).",
        ),
        (
            -1073741819,
            "The process crashed in a library (invalid memory access) (status 0xC0000005).",
        ),
        (0xC0000135, "The process misses a library (DLL not found) (status 0xC0000135)."),
        (0xC0FFEE00, "The process crashed (status 0xC0FFEE00)."),
    ],
)
def test_a_return_code_is_told_in_a_sentence(code: int, sentence: str) -> None:
    assert describe_exit(code) == sentence
