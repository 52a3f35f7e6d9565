"""The server's settings: from the environment (`WHISPER_SERVER_…`) and one TOML file.

Every setting has a default that is safe for a household on one computer. What stands in the
environment counts before what stands in the file. Secrets that nobody set are drawn once and kept
in the data directory.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from sync_server.protocol import SignUp

PREFIX = "WHISPER_SERVER_"
CONFIG_VARIABLE = f"{PREFIX}CONFIG"
"""Names the TOML file; it must be there if it is named."""

GIB = 1024**3
_SECRET_BYTES = 32
_FEWEST_CHARACTERS = 32
_FEWEST_DIFFERENT = 12


class Environment(StrEnum):
    """How strict the server is with its own settings."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class LogLevel(StrEnum):
    """What is worth a line."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


def _data_dir() -> Path:
    return Path(platformdirs.user_data_path("WhisperTranscriberServer", appauthor=False))


class Settings(BaseSettings):
    """All that can be set; the descriptions are the documentation (docs/sync.md)."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        extra="forbid",
        frozen=True,
        validate_default=True,
        hide_input_in_errors=True,
    )

    environment: Environment = Field(
        Environment.DEVELOPMENT, description="`production` refuses weak secrets and plain HTTP."
    )
    data_dir: Path = Field(
        default_factory=_data_dir,
        description="Folder of the SQLite file, the chunks and the secrets that were drawn.",
    )
    database_url: SecretStr | None = Field(
        None,
        description="`postgresql+asyncpg://…`; unset: SQLite in the data directory.",
    )
    database_connections: int = Field(
        10, ge=1, le=200, description="Connections that each worker may open."
    )
    redis_url: SecretStr | None = Field(
        None, description="`redis://…`, `rediss://…` or `unix://…`; optional."
    )

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8765, ge=0, le=65535, description="Port to listen on.")
    workers: int = Field(1, ge=1, le=64, description="Processes that serve.")
    public_url: str | None = Field(
        None,
        description="Where people reach the server, `https://…`; unset: as the request says.",
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Addresses or networks whose X-Forwarded-For and -Proto are believed.",
    )
    metrics_host: str = Field("127.0.0.1", description="Address of the metrics.")
    metrics_port: int | None = Field(
        None, ge=1, le=65535, description="Port of `/metrics`; unset: no metrics."
    )
    log_level: LogLevel = Field(LogLevel.INFO, description="DEBUG, INFO, WARNING or ERROR.")

    secret_key: SecretStr | None = Field(
        None, description="Signs what pages carry; unset: drawn into the data directory."
    )
    sign_up: SignUp = Field(SignUp.INVITE, description="`open`, `invite` or `closed`.")
    default_quota_bytes: int | None = Field(
        10 * GIB, ge=0, description="Room of an account that has none of its own; none: unlimited."
    )
    session_days: int = Field(30, ge=1, le=365, description="How long a login on the pages lasts.")
    deletion_grace_days: int = Field(
        14, ge=0, le=365, description="Days in which a login takes a deletion back."
    )
    blob_grace_hours: int = Field(
        48, ge=1, description="How long a chunk that nothing names is kept."
    )
    releases_file: Path | None = Field(
        None, description="`releases.json` of the downloads page; unset: none are offered."
    )
    security_contact: str | None = Field(
        None, description="`mailto:…` or `https://…` for security.txt; unset: there is none."
    )

    requests_per_minute: int = Field(1200, ge=1, description="Requests of one device.")
    logins_per_minute: int = Field(
        10, ge=1, description="Password attempts on one account, and codes asked by one address."
    )
    logins_per_minute_address: int = Field(
        30, ge=1, description="Password attempts from one address."
    )
    sign_ups_per_hour: int = Field(20, ge=1, description="Sign-ups from one address.")

    head_seconds: float = Field(10, gt=0, description="In which a request's head must be there.")
    body_seconds: float = Field(
        20, gt=0, description="In which the next piece of a body must arrive, or leave."
    )
    drain_seconds: int = Field(30, ge=1, description="That a stopping server waits for requests.")

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Take a list from the file, and one with commas from the environment."""
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for written in value:
            ip_network(written)  # raises ValueError; "*" would believe everyone
        return value

    @field_validator("public_url")
    @classmethod
    def _is_http(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("https://", "http://")):
            raise ValueError("it starts with https:// or http://")
        return value.rstrip("/") if value else value

    @model_validator(mode="after")
    def _is_fit_for_production(self) -> Settings:
        if self.environment is not Environment.PRODUCTION:
            return self
        if self.secret_key is not None and _is_weak(self.secret_key.get_secret_value()):
            raise ValueError(
                f"secret_key needs {_FEWEST_CHARACTERS} characters that nobody can guess"
            )
        if self.public_url is not None and not self.public_url.startswith("https://"):
            raise ValueError("public_url must be https:// in production")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then the file."""
        named = os.environ.get(CONFIG_VARIABLE)
        if named is None:
            return init_settings, env_settings
        if not Path(named).is_file():
            raise FileNotFoundError(f"{CONFIG_VARIABLE} names a file that is not there: {named}")
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, Path(named))

    @property
    def database_address(self) -> str:
        """The database's URL, the default one resolved."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir.resolve() / 'server.sqlite3'}"

    @property
    def redis_address(self) -> str | None:
        """Redis's URL."""
        return None if self.redis_url is None else self.redis_url.get_secret_value()

    @property
    def chunks_dir(self) -> Path:
        """Where the chunks of blobs are kept."""
        return self.data_dir / "chunks"

    @property
    def is_https(self) -> bool:
        """Tell whether people reach the server by HTTPS, as far as it was told."""
        return self.public_url is not None and self.public_url.startswith("https://")

    def secret(self) -> bytes:
        """Return the secret that signs; draw and keep it if there is none yet."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value().encode()
        return kept_secret(self.data_dir / "secret_key")


def load_settings(overrides: Mapping[str, object] | None = None) -> Settings:
    """Read the settings; `overrides` (what a command line says) count before everything.

    Raises `pydantic.ValidationError`, and `FileNotFoundError` for a TOML file that was named.
    """
    given = {key: value for key, value in (overrides or {}).items() if value is not None}
    return Settings(**given)  # type: ignore[arg-type]  # pydantic checks them


def kept_secret(path: Path) -> bytes:
    """Return the secret in a file that only its owner may read; several workers may ask at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    drawn = secrets.token_hex(_SECRET_BYTES).encode()
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    if not path.exists():
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(drawn)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(temporary, path)  # unlike a rename it never replaces another's
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    return path.read_bytes().strip()


def _is_weak(secret: str) -> bool:
    return len(secret) < _FEWEST_CHARACTERS or len(set(secret)) < _FEWEST_DIFFERENT
