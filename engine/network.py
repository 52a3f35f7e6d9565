"""Watch the network connections of this process, or refuse them, by Python's audit events.

The hook stands in front of every socket of Python code, whatever library opens it: connecting,
sending, listening and looking up names. The events tell what is looked up but not what is found,
so `socket.getaddrinfo` is wrapped as well: an address goes under the name that was asked for only
if it was among what was found. Sockets between programs of this computer (AF_UNIX) are no
network. Native libraries are not seen; of those that are loaded here only FFmpeg could connect,
and `engine.recognition.media.files` opens recordings with an empty list of protocols.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import ParamSpec, TypeVar

_ADDRESSED = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"})
_LOOKED_UP = frozenset(
    {
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.gethostbyaddr",
        "socket.getnameinfo",
    }
)
_LOCAL_FAMILIES = frozenset(
    getattr(socket, name) for name in ("AF_UNIX", "AF_NETLINK", "AF_ALG") if hasattr(socket, name)
)
"""Families that reach no other computer."""


@dataclass(frozen=True, slots=True)
class NetworkUse:
    """One connection; told again with a higher `received_bytes` as it goes on."""

    number: int
    """Unique in the process."""
    when: float
    """Seconds since 1970."""
    host: str
    """Name the address was just found by, else the address."""
    port: int
    """0 if it is not known."""
    why: str
    """What `purpose` said, as a code; empty if nobody said."""
    subject: str = ""
    """What it is about, such as the name of a speech model."""
    received_bytes: int = 0
    is_refused: bool = False


class NetworkForbidden(PermissionError):
    """Refuse a connection because the program stays offline."""


Listener = Callable[[NetworkUse], None]

Asked = ParamSpec("Asked")
Found = TypeVar("Found", bound=Sequence[tuple[object, object, object, object, tuple[object, ...]]])


class _State:
    """What holds for the whole process, for there is one audit hook and it stays for ever."""

    def __init__(self) -> None:
        self.is_hooked = False
        self.is_forbidden = False
        self.listeners: tuple[Listener, ...] = ()
        self.lock = threading.Lock()
        self.numbers = itertools.count(1)


class _Thread(threading.local):
    """What the last steps of this thread were, for an address alone tells people nothing."""

    name: str = ""
    addresses: frozenset[str] = frozenset()
    """What the name was found to stand for."""
    last: NetworkUse | None = None


_state = _State()
_thread = _Thread()
_purpose: ContextVar[tuple[str, str]] = ContextVar("purpose", default=("", ""))


def forbid() -> None:
    """Refuse every connection of this process from now on, with NetworkForbidden."""
    _hook()
    _state.is_forbidden = True


def allow() -> None:
    """Take `forbid` back."""
    _state.is_forbidden = False


def is_forbidden() -> bool:
    """Tell whether connections are refused."""
    return _state.is_forbidden


def watch(listener: Listener) -> Callable[[], None]:
    """Tell the listener every use of the network, in the thread that makes it.

    Returns a function that ends it. The listener must be quick and must not raise.
    """
    _hook()
    with _state.lock:
        _state.listeners = (*_state.listeners, listener)

    def stop() -> None:
        with _state.lock:
            _state.listeners = tuple(one for one in _state.listeners if one is not listener)

    return stop


@contextlib.contextmanager
def purpose(why: str, subject: str = "") -> Iterator[None]:
    """Say what the connections that this thread makes inside are for."""
    token = _purpose.set((why, subject))
    try:
        yield
    finally:
        _purpose.reset(token)


def received(host: str, count: int) -> None:
    """Add bytes that came from a host to this thread's connection with it."""
    use = _thread.last
    if use is None or use.host != host:
        use = _new_use(host, 0)
    _thread.last = use = replace(use, received_bytes=use.received_bytes + count)
    _tell(use)


def report(use: NetworkUse) -> None:
    """Tell the listeners what another process of this program did, under a number of this one."""
    _tell(replace(use, number=next(_state.numbers)))


def _hook() -> None:
    with _state.lock:
        if not _state.is_hooked:
            _state.is_hooked = True
            sys.addaudithook(_audit)
            socket.getaddrinfo = _remembering(socket.getaddrinfo)


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    # Called for every import and every opened file: leave early.
    if not event.startswith("socket.") or not (_state.is_forbidden or _state.listeners):
        return
    if event in _LOOKED_UP:
        _on_look_up(event, arguments)
    elif event in _ADDRESSED:
        _on_address(event, arguments)


def _on_look_up(event: str, arguments: tuple[object, ...]) -> None:
    if _state.is_forbidden:
        first = arguments[0] if arguments else ""
        port = arguments[1] if event == "socket.getaddrinfo" else 0
        host = first[0] if isinstance(first, tuple) else first
        _refuse(_name(host), port if isinstance(port, int) else 0)


def _remembering(find: Callable[Asked, Found]) -> Callable[Asked, Found]:
    """Return the function, made to note for its thread which addresses it found for a name."""

    @functools.wraps(find)
    def find_and_note(*asked: Asked.args, **options: Asked.kwargs) -> Found:
        _thread.name, _thread.addresses = "", frozenset()
        found = find(*asked, **options)
        if _state.listeners:
            _thread.name = _name(options.get("host", asked[0] if asked else ""))
            _thread.addresses = frozenset(str(place[4][0]) for place in found)
        return found

    return find_and_note


def _name(host: object) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")


def _on_address(event: str, arguments: tuple[object, ...]) -> None:
    end, address = arguments[0], arguments[1]
    if not isinstance(end, socket.SocketType) or end.family in _LOCAL_FAMILIES:
        return
    host, port = _place(address)
    if _state.is_forbidden:
        _refuse(host, port)
    elif event != "socket.bind" and host:
        _thread.last = use = _new_use(host, port)
        _tell(use)


def _place(address: object) -> tuple[str, int]:
    """Return host and port; the name that was just found to stand for it instead of the number."""
    if not isinstance(address, tuple) or len(address) < 2:
        return "", 0
    host, port = str(address[0]), address[1]
    name = _thread.name if host in _thread.addresses else ""
    return name or host, port if isinstance(port, int) else 0


def _refuse(host: str, port: int) -> None:
    _tell(replace(_new_use(host, port), is_refused=True))
    raise NetworkForbidden("the program stays offline")


def _new_use(host: str, port: int) -> NetworkUse:
    why, subject = _purpose.get()
    return NetworkUse(next(_state.numbers), time.time(), host, port, why, subject)


def _tell(use: NetworkUse) -> None:
    for listener in _state.listeners:
        listener(use)
