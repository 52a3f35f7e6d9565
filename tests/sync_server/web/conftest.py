"""Pages over SQLite: what they call runs on both databases in its own tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sync_server.assembly import Services
from sync_server.settings import Settings
from tests.sync_server.web.site import Browser, opened, running_services, site_settings


@pytest.fixture(name="settings")
def fixture_settings(tmp_path: Path) -> Settings:
    """Settings of an open server; a test that wants others overrides this."""
    return site_settings(tmp_path / "data", releases_file=tmp_path / "releases.json")


@pytest.fixture(name="services")
async def fixture_services(settings: Settings) -> AsyncIterator[Services]:
    """The services over an empty database."""
    async with running_services(settings) as services, services.at_work():
        yield services


@pytest.fixture(name="browser")
async def fixture_browser(services: Services) -> AsyncIterator[Browser]:
    """A browser that has not been here yet."""
    async with opened(services) as browser:
        yield browser


@pytest.fixture(name="other")
async def fixture_other(services: Services) -> AsyncIterator[Browser]:
    """Another person's browser."""
    async with opened(services) as browser:
        yield browser
