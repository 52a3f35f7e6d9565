"""Everything that can go wrong is told in two sentences, with a way out."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.messages import Circumstances, Messages, Way
from engine.errors import ADVICE

KNOWN = Circumstances(at=1_744.0, paragraphs=64, model="base", size_bytes=145_000_000)
NOTICES = {"engine.restarted", "engine.reduced", "device.reduced"}


@pytest.fixture(name="messages")
def messages_fixture(qtbot: QtBot) -> Messages:
    assert qtbot
    return Messages()


@pytest.mark.parametrize("code", sorted(set(ADVICE) - NOTICES))
@pytest.mark.parametrize("known", [KNOWN, Circumstances()])
def test_every_code_has_sentences_of_its_own(
    messages: Messages, code: str, known: Circumstances
) -> None:
    message = messages.stopped(code, known)

    internal = messages.stopped("engine.internal", known)
    assert message.title != internal.title or code == "engine.internal"
    assert message.code == code and len(message.ways) <= 2
    assert message.title.endswith(".") and message.text.endswith(".")
    for word in ("please", "sorry", "oops", "!", "{", "}"):
        assert word not in f"{message.title} {message.text}".lower()


@pytest.mark.parametrize("code", sorted(NOTICES))
def test_what_happens_on_the_way_is_told_without_buttons(messages: Messages, code: str) -> None:
    message = messages.notice(code, KNOWN)

    assert message.title and message.text and not message.ways
    assert message.title != messages.stopped("engine.internal").title


def test_a_full_disk_says_where_it_stopped_and_what_is_safe(messages: Messages) -> None:
    message = messages.stopped("library.disk_full", Circumstances(at=1_744.0, paragraphs=64))

    assert message.title == "The disk is full, so transcription stopped at 29:04."
    assert "200\u00a0MB" in message.text and "64" in message.text
    assert message.ways == (Way.CONTINUE, Way.OPEN_FOLDER)


def test_a_damaged_library_names_its_backup_and_offers_it(messages: Messages) -> None:
    message = messages.stopped("library.corrupt", Circumstances(backup=1_795_500_000.0))

    assert message.ways == (Way.USE_BACKUP, Way.START_EMPTY)
    assert "26" in message.text and "{" not in message.text


def test_a_missing_model_says_size_and_time(messages: Messages) -> None:
    known = Circumstances(model="base", size_bytes=145_262_000, hour_seconds=300.0)

    message = messages.stopped("model.not_installed", known)

    assert message.title == "The base model is not on this computer yet."
    assert message.text.startswith("145\u00a0MB, once. An hour of recording takes about 5")
    assert message.ways[0] is Way.DOWNLOAD


def test_an_unknown_code_is_called_a_mistake_of_the_program(messages: Messages) -> None:
    message = messages.stopped("future.code")

    assert message.title == messages.stopped("engine.internal").title
    assert message.code == "future.code"


def test_a_notice_without_words_of_its_own_uses_those_of_the_stop(messages: Messages) -> None:
    assert messages.notice("media.truncated").ways == ()
    assert "graphics" in messages.notice("device.out_of_memory").title.lower()


def test_every_way_has_a_label(messages: Messages) -> None:
    labels = [messages.way(way) for way in Way]

    assert len(set(labels)) == len(labels)
