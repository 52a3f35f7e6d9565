"""Turn exit codes and signals into sentences that people understand."""

from __future__ import annotations

import signal

_SIGNALS = {
    "SIGKILL": "was killed, perhaps because the memory ran out",
    "SIGSEGV": "crashed in a library (invalid memory access)",
    "SIGBUS": "crashed in a library (memory or disk fault)",
    "SIGABRT": "was aborted by a library",
    "SIGFPE": "crashed in a library (invalid arithmetic)",
    "SIGILL": "uses an instruction that this processor does not know",
    "SIGTERM": "was asked to end by another program",
    "SIGINT": "was interrupted",
    "SIGHUP": "ended with its terminal",
    "SIGXCPU": "used more processor time than allowed",
    "SIGXFSZ": "wrote a larger file than allowed",
}

# NTSTATUS values, [MS-ERREF] section 2.3.1.
_WINDOWS = {
    0xC0000005: "crashed in a library (invalid memory access)",
    0xC0000017: "ran out of memory",
    0xC000001D: "uses an instruction that this processor does not know",
    0xC00000FD: "crashed in a library (stack overflow)",
    0xC0000135: "misses a library (DLL not found)",
    0xC0000139: "misses a function in a library (another version of a DLL)",
    0xC000013A: "was interrupted",
    0xC0000142: "could not start a library (DLL initialisation failed)",
    0xC0000374: "crashed in a library (damaged heap)",
    0xC0000409: "was aborted by a library (stack overrun)",
}

_CODES = {
    0: "ended before its work was done",
    1: "ended with an error",
    2: "was started with wrong arguments",
    3: "was aborted by a library",
    126: "could not be executed",
    127: "was not found",
}


def describe_exit(code: int) -> str:
    """Return a sentence for the return code of a process, in the form of `subprocess`.

    Negative numbers are signals; numbers from 0xC0000000 on are Windows' NTSTATUS, also as int32.
    """
    if -64 <= code < 0:
        return _describe_signal(-code)
    status = code & 0xFFFFFFFF
    if status >= 0xC0000000:
        what = _WINDOWS.get(status, "crashed")
        return f"The process {what} (status 0x{status:08X})."
    if 128 < code <= 192:  # what a shell makes of a signal
        return _describe_signal(code - 128)
    return f"The process {_CODES.get(code, 'ended with an error')} (exit code {code})."


def _describe_signal(number: int) -> str:
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = f"signal {number}"
    return f"The process {_SIGNALS.get(name, 'was ended by the system')} ({name})."
