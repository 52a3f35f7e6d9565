"""A worker that misbehaves, written without any code of the program: `raw_worker.py MODE`."""

import os
import sys
import threading

READY = b'{"type":"ready","protocol":1,"version":"0","role":"engine","pid":1,"new":"member"}\n'
BEAT = b'{"type":"heartbeat"}\n'


def say(data: bytes) -> None:
    """Write to the channel at once."""
    while data:
        data = data[os.write(1, data) :]


def hang() -> None:
    """Do nothing for ever, not even notice the end of the input."""
    threading.Event().wait()


ANSWERS = {
    "garbage": b"\xff\xfe\x00 not json at all\n",
    "half_line": b'{"type":"progr',
    "wrong_answer": b'{"type":"unloaded"}\n',
    "ready_again": READY,
    "unknown_type": b'{"type":"surprise"}\n',
    "stderr_flood": b'{"type":"devices","devices":[]}\n',
}
FLOODS = {
    "garbage_flood": b"\xff\xfegarbage" * 8000,
    "valid_flood": b'{"type":"progress","done":1.0,"total":null}\n' * 1000,
    "beat_flood": BEAT * 1000,
}


def misbehave(mode: str) -> None:
    """Do what the mode says once a request has arrived."""
    while mode in FLOODS:
        say(FLOODS[mode])
    if mode == "stderr_flood":
        os.write(2, b"blah blah\n" * 200_000)
    say(ANSWERS.get(mode, b""))
    if mode == "half_line":
        sys.exit(5)
    if mode == "closed_channel":
        os.close(1)
    hang()


def main() -> None:
    """Start as the mode says."""
    mode = sys.argv[1]
    if mode == "dies_at_start":
        sys.stderr.write("cannot load libfoo.so\n")
        sys.exit(1)
    if mode == "silent_at_start":
        hang()
    if mode == "other_version":
        say(READY.replace(b'"protocol":1', b'"protocol":999'))
        hang()
    if mode == "old_ready":
        say(b'{"type":"ready"}\n')
        hang()
    if mode == "not_ready":
        say(BEAT + b'{"type":"unloaded"}\n')
        hang()
    say(READY)
    if mode == "never_reads":
        hang()
    sys.stdin.buffer.readline()
    misbehave(mode)


main()
