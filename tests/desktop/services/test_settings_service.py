"""Settings change at once and reach the disk a moment later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.settings_service import SettingsService
from desktop.settings import DEFAULTS, Loaded, Profile, Settings, WatchedFolder, load


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the settings lie."""
    return tmp_path / "settings.toml"


@pytest.fixture
def service(qtbot: QtBot, path: Path) -> Iterator[SettingsService]:
    """Return a service with default settings."""
    del qtbot
    made = SettingsService(Loaded(DEFAULTS), path)
    yield made
    made.close()


def test_a_change_is_told_at_once_and_written_later(
    service: SettingsService, path: Path, qtbot: QtBot
) -> None:
    told: list[tuple[Settings, Settings]] = []
    service.changed.connect(lambda new, before: told.append((new, before)))
    service.change(appearance="dark", trash_days=7)
    assert told == [(service.current, DEFAULTS)]
    assert service.current == replace(DEFAULTS, appearance="dark", trash_days=7)
    assert not path.exists()
    qtbot.waitUntil(lambda: path.exists() and load(path) == service.current)


def test_closing_writes_what_is_not_written(service: SettingsService, path: Path) -> None:
    service.change(appearance="light")
    service.close()
    assert load(path).appearance == "light"


def test_a_wrong_value_changes_nothing(service: SettingsService, path: Path) -> None:
    service.changed.connect(lambda *_: pytest.fail("told"))
    with pytest.raises(ValueError, match="appearance"):
        service.change(appearance="pink")
    service.change(appearance="system")
    service.close()
    assert service.current == DEFAULTS
    assert not path.exists()


def test_a_setting_goes_back_to_its_default(service: SettingsService) -> None:
    service.change(reading_scale=2.0, appearance="dark")
    service.reset("reading_scale")
    assert service.current == replace(DEFAULTS, appearance="dark")


def test_what_refers_to_a_profile_follows_its_new_name(service: SettingsService) -> None:
    service.change(watched_folders=(WatchedFolder("/a", "Standard"), WatchedFolder("/b")))
    service.set_profile("Standard", Profile("Drafts"))
    assert service.current.default_profile == "Drafts"
    assert service.current.watched_folders == (WatchedFolder("/a", "Drafts"), WatchedFolder("/b"))


def test_profiles_are_added_and_removed_but_never_all(service: SettingsService) -> None:
    service.set_profile("", Profile("Second", language="de"))
    service.remove_profile("Standard")
    assert service.current.profile == Profile("Second", language="de")
    with pytest.raises(ValueError, match="must be a profile"):
        service.remove_profile("Second")
    with pytest.raises(ValueError, match="same name"):
        service.set_profile("", Profile("Third"))
        service.set_profile("Third", Profile("Second"))


def test_settings_that_cannot_be_written_hold_and_are_told(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    service = SettingsService(Loaded(DEFAULTS), tmp_path / "file" / "settings.toml")
    with qtbot.waitSignal(service.save_failed):
        service.change(appearance="dark")
    assert service.current.appearance == "dark"
    service.close()
