"""Settings: where they come from, and what is refused."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from sync_server.protocol import SignUp
from sync_server.settings import CONFIG_VARIABLE, Settings, kept_secret, load_settings

STRONG = "b7f0c1d2e3a4958677869504a3b2c1d0"


def test_without_any_settings_everything_lies_in_the_data_directory(tmp_path: Path) -> None:
    settings = load_settings({"data_dir": tmp_path})
    assert settings.database_address == f"sqlite:///{tmp_path / 'server.sqlite3'}"
    assert settings.chunks_dir == tmp_path / "chunks"
    assert (settings.host, settings.workers, settings.redis_address) == ("127.0.0.1", 1, None)
    assert settings.sign_up is SignUp.INVITE
    assert not settings.is_https


def test_the_command_line_counts_before_the_environment_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "server.toml"
    file.write_text('port = 1\nhost = "10.0.0.1"\nworkers = 3\ntrusted_proxies = ["10.0.0.0/8"]')
    monkeypatch.setenv(CONFIG_VARIABLE, str(file))
    monkeypatch.setenv("WHISPER_SERVER_PORT", "2")
    monkeypatch.setenv("WHISPER_SERVER_HOST", "10.0.0.2")
    settings = load_settings({"port": 3, "host": None})
    assert (settings.port, settings.host, settings.workers) == (3, "10.0.0.2", 3)
    assert settings.trusted_proxies == ("10.0.0.0/8",)


def test_a_file_that_is_named_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CONFIG_VARIABLE, "/nowhere/server.toml")
    with pytest.raises(FileNotFoundError):
        load_settings()


@pytest.mark.parametrize(
    "wrong",
    [
        {"port": 70000},
        {"no_such_setting": 1},
        {"trusted_proxies": "*"},
        {"public_url": "sync.example.org"},
        {"environment": "production", "secret_key": "short"},
        {"environment": "production", "secret_key": "a" * 64},
        {"environment": "production", "public_url": "http://sync.example.org"},
    ],
)
def test_what_makes_no_sense_or_is_weak_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as refused:
        load_settings(wrong)
    assert str(wrong.get("secret_key", "never")) not in str(refused.value)


def test_proxies_come_with_commas_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHISPER_SERVER_TRUSTED_PROXIES", "10.0.0.0/8, ::1")
    assert load_settings().trusted_proxies == ("10.0.0.0/8", "::1")


def test_production_takes_what_is_strong() -> None:
    settings = load_settings(
        {
            "environment": "production",
            "secret_key": STRONG,
            "public_url": "https://sync.example.org/",
        }
    )
    assert settings.secret() == STRONG.encode()
    assert settings.public_url == "https://sync.example.org" and settings.is_https


def test_secrets_stand_in_no_text(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "data_dir": tmp_path,
            "secret_key": STRONG,
            "database_url": f"postgresql+asyncpg://u:{STRONG}@h/d",
            "redis_url": f"redis://:{STRONG}@h",
        }
    )
    assert STRONG not in repr(settings)
    assert STRONG in settings.database_address and STRONG in str(settings.redis_address)
    assert pickle.loads(pickle.dumps(settings)) == settings  # for worker processes


def test_a_secret_is_drawn_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    settings = load_settings({"data_dir": tmp_path / "data"})
    with ThreadPoolExecutor(8) as threads:
        drawn = set(threads.map(lambda _: settings.secret(), range(50)))
    assert len(drawn) == 1
    assert len(drawn.pop()) == 64
    path = tmp_path / "data" / "secret_key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["secret_key"]
    assert kept_secret(path) == settings.secret()


def test_every_setting_says_what_it_is_for() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description and field.description.endswith("."), name
