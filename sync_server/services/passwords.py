"""Hash and check passwords: argon2id in few threads, so that logins can't starve sync.

Parameters: OWASP's password storage cheat sheet (19 MiB, two passes, one lane).
"""

from __future__ import annotations

import asyncio
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

from pwdlib.hashers.argon2 import Argon2Hasher

from sync_server.errors import Invalid, Unavailable

MIN_CHARACTERS = 10
MAX_CHARACTERS = 1024

_MEMORY_KIB = 19 * 1024
_PASSES = 2
_LANES = 1
_MAX_WAITING = 200
_RETRY_AFTER = 10

_Done = TypeVar("_Done")


class Hasher(Protocol):
    """What turns passwords into hashes; it may take its time."""

    def hash(self, password: str | bytes, /) -> str:
        """Return a salted hash."""
        ...

    def verify(self, password: str | bytes, hash: str | bytes, /) -> bool:
        """Tell whether the hash is that of the password; False for what is no hash."""
        ...


class Passwords:
    """Hash at most `at_once` passwords at the same time; the others wait their turn."""

    def __init__(self, at_once: int = 2, hasher: Hasher | None = None) -> None:
        self._hasher = hasher or Argon2Hasher(_PASSES, _MEMORY_KIB, _LANES)
        # A pool and no semaphore: a thread goes on when the request that asked was cancelled.
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="passwords")
        self._waiting = 0
        # Nobody's password, with the parameters of everybody's.
        self._nobody = self._hasher.hash(secrets.token_bytes(32))

    async def hash(self, password: str) -> str:
        """Return a salted hash; raises `Unavailable` when too many wait."""
        return await self._in_thread(lambda: self._hasher.hash(_bytes(password)))

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Tell whether the password is right, after the same time if there is no account (None).

        Raises `Unavailable` when too many wait.
        """
        against = self._nobody if password_hash is None else password_hash
        is_right = await self._in_thread(lambda: self._hasher.verify(_bytes(password), against))
        return is_right and password_hash is not None

    def close(self) -> None:
        """Let the threads end; what waits is given up."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _in_thread(self, work: Callable[[], _Done]) -> _Done:
        if self._waiting >= _MAX_WAITING:
            raise Unavailable("too many are logging in", _RETRY_AFTER)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1


def check_strength(password: str) -> None:
    """Refuse what is too short to be a password, or absurdly long; raises `Invalid`."""
    if len(password) < MIN_CHARACTERS:
        raise Invalid(f"a password has at least {MIN_CHARACTERS} characters")
    if len(password) > MAX_CHARACTERS:
        raise Invalid(f"a password has at most {MAX_CHARACTERS} characters")


def _bytes(password: str) -> bytes:
    # RFC 8265, 4.2.2: the same letters from whatever keyboard; a lone surrogate is no letter.
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
