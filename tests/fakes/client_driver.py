"""Run a job of the fake backend with a real client: `client_driver.py SILENCE|default ACTION…`.

Prints the worker's number, then a line for every event, then the outcome.
"""

from __future__ import annotations

import sys

from engine.errors import TranscriberError
from engine.process.channel import worker_command
from engine.process.client import ClientTimings, EngineClient
from engine.process.messages import type_name
from tests.fakes.engine_backend import BACKEND, job


def main(silence: str, *actions: str) -> None:
    """Run one job."""
    timings = ClientTimings()
    if silence != "default":
        timings = ClientTimings(silence=float(silence), heartbeat=0.1, tick=0.05)
    command = [*worker_command(), "--backend", BACKEND]
    with EngineClient(command=command, timings=timings) as client:
        try:
            for number, event in enumerate(client.transcribe(job(*actions))):
                if number == 0:
                    print(client.pid, flush=True)
                print(type_name(type(event)), flush=True)
            print("done", client.pid, flush=True)
        except TranscriberError as error:
            print(error.code, flush=True)


main(*sys.argv[1:])
