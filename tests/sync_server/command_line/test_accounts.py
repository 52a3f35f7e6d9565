"""`user`, `invite` and `device`: an operator looks after accounts without knowing a password."""

from __future__ import annotations

import asyncio
import re
import uuid
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from sync_server.assembly import Services, services_of
from sync_server.errors import Forbidden, Unauthorized
from sync_server.settings import load_settings
from tests.sync_server.command_line.conftest import Terminal

EMAIL, PASSWORD = "ada@example.org", "a loom of her own"

Result = TypeVar("Result")


def with_services(work: Callable[[Services], Awaitable[Result]]) -> Result:
    """Do something with the services that the commands use."""

    async def run() -> Result:
        services = services_of(load_settings())
        try:
            return await work(services)
        finally:
            await services.close()

    return asyncio.run(run())


def log_in(password: str = PASSWORD) -> uuid.UUID:
    """Log a device in, and return its id."""
    return with_services(lambda s: s.devices.log_in(EMAIL, password, "laptop")).device_id


@pytest.fixture(name="ada")
def fixture_ada(terminal: Terminal) -> Terminal:
    """A terminal over a database with one account."""
    terminal.succeed("user", "add", EMAIL, "--password-stdin", typed=f"{PASSWORD}\n")
    return terminal


def _listed(terminal: Terminal) -> list[list[str]]:
    lines = terminal.succeed("user", "list").splitlines()
    return [re.split(r" {2,}", line) for line in lines]


def test_an_account_is_made_with_a_password_from_standard_input(ada: Terminal) -> None:
    log_in()
    titles, row = _listed(ada)
    assert titles == ["account", "since", "used", "quota", "state"]
    assert (row[0], row[2:]) == (EMAIL, ["0 B", "10.0 GiB", "active"])


def test_a_drawn_password_is_shown_once_and_works(terminal: Terminal) -> None:
    output = terminal.succeed("user", "add", EMAIL, "--draw-password")
    log_in(re.findall(r"shown this once: (\S+)", output)[0])


def test_the_first_account_is_made_once(terminal: Terminal) -> None:
    command = ["user", "add", "--if-none", "--draw-password"]
    assert "password" in terminal.succeed(*command, EMAIL)
    assert terminal.succeed(*command, "another@example.org") == ""
    assert len(_listed(terminal)) == 2


def test_without_a_terminal_nobody_is_asked_for_a_password(terminal: Terminal) -> None:
    said = terminal.run("user", "add", EMAIL)
    assert said.status == 2
    assert "--password-stdin" in said.complaint
    both = terminal.run("user", "add", EMAIL, "--password-stdin", "--draw-password")
    assert both.status == 2


def test_a_weak_password_and_a_second_account_are_refused(ada: Terminal) -> None:
    add = ["user", "add", "--password-stdin"]
    weak = ada.run(*add, "eve@example.org", typed="short\n")
    assert weak.status == 1 and weak.complaint.count("\n") == 1
    assert ada.run(*add, EMAIL, typed=f"{PASSWORD}\n").status == 1
    assert len(_listed(ada)) == 2


def test_a_disabled_account_is_kept_out_until_it_is_enabled(ada: Terminal) -> None:
    ada.succeed("user", "disable", EMAIL)
    assert _listed(ada)[1][-1] == "disabled"
    with pytest.raises(Unauthorized):
        log_in()
    ada.succeed("user", "enable", EMAIL)
    log_in()


def test_a_quota_is_given_and_taken_back(ada: Terminal) -> None:
    ada.succeed("user", "quota", EMAIL, "1.5GiB")
    assert _listed(ada)[1][3] == "1.5 GiB"
    ada.succeed("user", "quota", EMAIL, "default")
    assert _listed(ada)[1][3] == "10.0 GiB"
    assert ada.run("user", "quota", EMAIL, "plenty").status == 2


def test_a_password_is_replaced(ada: Terminal) -> None:
    ada.succeed("user", "reset-password", EMAIL, "--password-stdin", typed="another of them\n")
    with pytest.raises(Unauthorized):
        log_in()
    log_in("another of them")
    drawn = ada.succeed("user", "reset-password", EMAIL, "--draw-password")
    log_in(drawn.split()[-1])


def test_an_invite_opens_one_account(terminal: Terminal) -> None:
    link = terminal.succeed("invite", EMAIL).strip()
    address, code = link.split("?invite=")
    assert address == "http://127.0.0.1:8765/sign-up"
    with pytest.raises(Forbidden):
        with_services(lambda s: s.accounts.sign_up("eve@example.org", PASSWORD, code))
    with_services(lambda s: s.accounts.sign_up(EMAIL, PASSWORD, code))
    log_in()


def test_devices_are_listed_and_revoked(ada: Terminal) -> None:
    device = log_in()
    title, row = ada.succeed("device", "list", EMAIL).splitlines()
    assert title.split()[:2] == ["device", "name"]
    assert row.split()[:2] == [str(device), "laptop"]
    ada.succeed("device", "revoke", EMAIL, str(device))
    assert len(ada.succeed("device", "list", EMAIL).splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["user", "disable"],
        ["user", "quota"],
        ["user", "reset-password"],
        ["device", "list"],
        ["device", "revoke"],
    ],
)
def test_who_is_not_there_is_said_in_one_sentence(terminal: Terminal, words: list[str]) -> None:
    rest = {"quota": ["1GB"], "reset-password": ["--draw-password"], "revoke": [str(uuid.uuid4())]}
    said = terminal.run(*words, "nobody@example.org", *rest.get(words[1], []))
    assert (said.status, said.output) == (1, "")
    assert said.complaint.startswith("whisper-transcriber-server: ")
    assert said.complaint.count("\n") == 1
