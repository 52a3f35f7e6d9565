"""Passwords: argon2id with the parameters of the design, two at a time, alike for nobody."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from sync_server.errors import Invalid, Unavailable
from sync_server.services import passwords as module
from sync_server.services.passwords import Passwords, check_strength


class SlowHasher:
    """Hash nothing, and only when told to go on; know how many wait at once, and for what."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.verified: list[str] = []
        self._lock = threading.Lock()
        self.running = 0
        self.most = 0

    def hash(self, password: str | bytes, /) -> str:
        return "nobody's"

    def verify(self, password: str | bytes, hash: str | bytes, /) -> bool:
        with self._lock:
            self.running += 1
            self.most = max(self.most, self.running)
            self.verified.append(str(hash))
        assert self.go_on.wait(30)
        with self._lock:
            self.running -= 1
        return True


@pytest.fixture(name="passwords")
def fixture_passwords() -> Iterator[Passwords]:
    passwords = Passwords()
    yield passwords
    passwords.close()


@pytest.fixture(name="slow")
def fixture_slow() -> Iterator[SlowHasher]:
    hasher = SlowHasher()
    yield hasher
    hasher.go_on.set()


async def until_two_run(hasher: SlowHasher) -> None:
    while hasher.running < 2:
        await asyncio.sleep(0.001)


async def test_a_password_is_known_by_its_hash(passwords: Passwords) -> None:
    kept = await passwords.hash("correct horse battery")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await passwords.verify("correct horse battery", kept)
    assert not await passwords.verify("correct horse batterz", kept)
    assert kept != await passwords.hash("correct horse battery")


async def test_letters_count_however_they_were_typed(passwords: Passwords) -> None:
    kept = await passwords.hash("u\u0308bergro\u00df genug")
    assert await passwords.verify("\u00fcbergro\u00df genug", kept)


async def test_what_is_no_text_is_a_password_like_any_other(passwords: Passwords) -> None:
    kept = await passwords.hash("\ud800\x00 0123456789")
    assert await passwords.verify("\ud800\x00 0123456789", kept)


async def test_what_is_no_hash_fits_no_password(passwords: Passwords) -> None:
    assert not await passwords.verify("-", "-")


async def test_nobodys_password_is_compared_and_never_right(slow: SlowHasher) -> None:
    slow.go_on.set()
    passwords = Passwords(hasher=slow)
    assert not await passwords.verify("anything", None)
    assert slow.verified == ["nobody's"]
    assert await passwords.verify("anything", "somebody's")


async def test_two_are_hashed_at_a_time_even_when_requests_are_given_up(slow: SlowHasher) -> None:
    passwords = Passwords(2, slow)
    first = [asyncio.ensure_future(passwords.verify("x", "first")) for _ in range(2)]
    await until_two_run(slow)
    for given_up in first:
        given_up.cancel()
    others = [asyncio.ensure_future(passwords.verify("x", "other")) for _ in range(4)]
    for _ in range(20):
        await asyncio.sleep(0.001)
    assert slow.verified == ["first", "first"]
    slow.go_on.set()
    assert await asyncio.gather(*others) == [True] * 4
    assert slow.most == 2
    passwords.close()


async def test_who_comes_when_too_many_wait_is_sent_away(
    slow: SlowHasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MAX_WAITING", 3)
    passwords = Passwords(2, slow)
    waiting = [asyncio.ensure_future(passwords.verify("x", "y")) for _ in range(3)]
    await until_two_run(slow)
    with pytest.raises(Unavailable) as refused:
        await passwords.hash("x")
    assert refused.value.retry_after > 0
    slow.go_on.set()
    assert all(await asyncio.gather(*waiting))
    assert await passwords.verify("x", "y")


@pytest.mark.parametrize("weak", ["", "123456789", "x" * 1025])
def test_a_weak_password_is_refused(weak: str) -> None:
    with pytest.raises(Invalid):
        check_strength(weak)


@pytest.mark.parametrize("good", ["1234567890", "äöü" * 4, "x" * 1024])
def test_a_password_of_a_sensible_length_is_taken(good: str) -> None:
    check_strength(good)
