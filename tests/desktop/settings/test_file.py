"""Settings come back as they were written, whatever the file was like before."""

from __future__ import annotations

import os
import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.settings import (
    DEFAULTS,
    Profile,
    Settings,
    WatchedFolder,
    load,
    read,
    save,
    setting_of,
    settings_shown,
)
from desktop.settings.toml_text import toml_text

OTHERS = Settings(
    appearance="dark",
    reading_scale=1.4,
    serif_reading=True,
    trash_days=0,
    default_profile="Interviews “Łódź”",
    profiles=(
        Profile("Standard"),
        Profile(
            "Interviews “Łódź”", language="pl", glossary=("Motława", 'a "b"'), outputs=("srt",)
        ),
    ),
    watched_folders=(WatchedFolder("C:\\Users\\Zoë\\新しい", "Standard"),),
    device="cuda:1",
    compute_type="int8",
    stay_offline=True,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the settings lie."""
    return tmp_path / "config" / "settings.toml"


@pytest.mark.parametrize("settings", [DEFAULTS, OTHERS])
def test_what_is_saved_is_loaded_again(settings: Settings, path: Path) -> None:
    save(settings, path)
    assert load(path) == settings


def test_only_what_differs_from_the_defaults_is_written(path: Path) -> None:
    save(replace(DEFAULTS, appearance="dark"), path)
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {"general": {"appearance": "dark"}}
    save(DEFAULTS, path)
    assert path.read_text(encoding="utf-8").strip() == ""


def test_foreign_keys_stay(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(
        'colour = "x"\n[general]\nfuture = [1, {a = 2}]\n[[general.more]]\nb = 1979-05-27\n[new]\n',
        encoding="utf-8",
    )
    before = tomllib.loads(path.read_text(encoding="utf-8"))
    save(OTHERS, path)
    after = tomllib.loads(path.read_text(encoding="utf-8"))
    assert after["colour"] == "x"
    assert after["general"]["future"] == before["general"]["future"]
    assert after["general"]["more"] == before["general"]["more"]


@pytest.mark.parametrize("content", [b"appearance = ", b"\xff\xfe\x00", b"[general", b"a" * 9])
def test_a_broken_file_is_kept_aside(content: bytes, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    for number in (1, 2):
        path.write_bytes(content)
        loaded = read(path)
        assert loaded.settings == DEFAULTS
        assert loaded.kept_aside == path.with_name(f"settings.damaged-{number}.toml")
        assert loaded.kept_aside.read_bytes() == content
    assert not path.exists()


def test_a_missing_file_is_no_fault(path: Path) -> None:
    loaded = read(path)
    assert (loaded.settings, loaded.kept_aside, loaded.refused) == (DEFAULTS, None, ())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('[general]\nappearance = "pink"', "appearance"),
        ("[general]\nreading_scale = 90", "reading_scale"),
        ("[general]\nreading_scale = true", "reading_scale"),
        ("[general]\ntrash_days = 1.5", "trash_days"),
        ("[recording]\nprofiles = []", "profiles"),
        ('[[recording.profiles]]\nname = "a"\nbeam_size = 99', "profiles"),
        ('[[recording.profiles]]\nname = "a"\n[[recording.profiles]]\nname = "a"', "profiles"),
        ("[[recording.profiles]]\nbeam_size = 5", "profiles"),
        ('[recording]\nwatched_folders = ["a"]', "watched_folders"),
        ('[hardware]\ndevice = "tpu"', "device"),
        ("[privacy]\nstay_offline = 1", "stay_offline"),
    ],
)
def test_one_wrong_value_costs_only_itself(text: str, name: str, path: Path) -> None:
    path.parent.mkdir()
    path.write_text(f'{text}\n[later]\na = 1\n[privacy2]\n"b c" = 1', encoding="utf-8")
    loaded = read(path)
    assert loaded.refused == (name,)
    assert loaded.settings == DEFAULTS


def test_whole_numbers_are_accepted_for_others(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("[general]\nreading_scale = 2", encoding="utf-8")
    assert load(path).reading_scale == 2.0


def test_a_failed_save_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(OTHERS, path)
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="space"):
        save(DEFAULTS, path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_every_setting_is_described() -> None:
    for name, setting in settings_shown(Settings):
        assert setting.title and setting.sentence.endswith("."), name
    for field in fields(Settings):
        for choice in setting_of(field).choices:
            value: dict[str, object] = {field.name: choice.value}
            chosen = replace(DEFAULTS, **value)  # type: ignore[arg-type]  # any field
            assert getattr(chosen, field.name) == choice.value


def test_profiles_are_found_by_name() -> None:
    assert OTHERS.profile.language == "pl"
    assert OTHERS.profile_named("gone") == OTHERS.profile
    assert replace(OTHERS, default_profile="gone").profile.name == "Standard"


TOML = st.recursive(
    st.booleans() | st.integers(-(2**60), 2**60) | st.text() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), TOML, max_size=4))
def test_any_table_comes_back(table: dict[str, object]) -> None:
    text = toml_text(table)
    assert tomllib.loads(text) == table
