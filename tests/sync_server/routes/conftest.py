"""The application over a real database, spoken to as HTTP but within the test's process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from sync_server.app import application
from sync_server.assembly import Services, services_of
from sync_server.edge import SyncServer
from sync_server.protocol import SignUp
from sync_server.settings import Settings, load_settings
from sync_server.tables import metadata

PASSWORD = "correct horse battery"


@dataclass(frozen=True, slots=True)
class Account:
    """An account with one device."""

    email: str
    id: UUID
    device_id: UUID
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}


@pytest.fixture(name="settings")
def fixture_settings(database_url: str, tmp_path: Path) -> Settings:
    return load_settings(
        {
            "data_dir": tmp_path / "data",
            "database_url": database_url,
            "sign_up": SignUp.OPEN,
            "logins_per_minute": 1000,
            "logins_per_minute_address": 1000,
        }
    )


@pytest.fixture(name="services")
async def fixture_services(settings: Settings) -> AsyncIterator[Services]:
    services = services_of(settings)
    async with services.database.write() as connection:
        await connection.run_sync(metadata.create_all)
    async with services.at_work():
        yield services


@pytest.fixture(name="app")
def fixture_app(services: Services) -> SyncServer:
    return application(services)


@pytest.fixture(name="client")
async def fixture_client(app: SyncServer) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://sync.test") as client:
        yield client


async def open_account(services: Services, email: str = "anna@example.org") -> Account:
    """Open an account and log a device in."""
    account_id = await services.accounts.add(email, PASSWORD)
    made = await services.devices.log_in(email, PASSWORD, "laptop")
    return Account(email, account_id, made.device_id, made.token)


@pytest.fixture(name="anna")
async def fixture_anna(services: Services) -> Account:
    return await open_account(services)


@pytest.fixture(name="berta")
async def fixture_berta(services: Services) -> Account:
    return await open_account(services, "berta@example.org")
