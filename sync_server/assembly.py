"""Build the services from the settings, once a process; routes, pages and commands share them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from sync_server.clock import Clock, system_clock
from sync_server.database import Database
from sync_server.rate_limits import RateLimits, Rates
from sync_server.relay import RedisRelay, Told
from sync_server.services.account_deletion import AccountDeletion
from sync_server.services.account_export import AccountExport
from sync_server.services.accounts import Accounts
from sync_server.services.acknowledgements import Acknowledgements
from sync_server.services.audit import Audit
from sync_server.services.batches import Batches
from sync_server.services.blobs import Blobs
from sync_server.services.caller import Caller
from sync_server.services.chunk_store import FileChunkStore
from sync_server.services.device_codes import DeviceCodes
from sync_server.services.devices import Devices, OnRevoked
from sync_server.services.feed import Feed
from sync_server.services.head_watch import HeadWatch
from sync_server.services.invites import Invites
from sync_server.services.libraries import Libraries
from sync_server.services.newsroom import Newsroom, no_relay
from sync_server.services.passwords import Passwords
from sync_server.services.quota import Quotas
from sync_server.services.streams import Streams
from sync_server.services.web_sessions import WebSessions
from sync_server.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that routes, pages and commands call; `close` when done."""

    settings: Settings
    clock: Clock
    database: Database
    chunk_store: FileChunkStore
    audit: Audit
    passwords: Passwords
    accounts: Accounts
    account_deletion: AccountDeletion
    account_export: AccountExport
    invites: Invites
    devices: Devices
    device_codes: DeviceCodes
    web_sessions: WebSessions
    quotas: Quotas
    libraries: Libraries
    batches: Batches
    feed: Feed
    blobs: Blobs
    newsroom: Newsroom
    streams: Streams
    head_watch: HeadWatch
    relay: RedisRelay | None
    rate_limits: RateLimits

    @property
    def is_relayed(self) -> bool:
        """Tell whether news of other processes arrives by itself."""
        return self.relay is not None and self.relay.is_connected

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Run what runs beside the requests; at the end everything is closed."""
        tasks = [asyncio.create_task(self.head_watch.run())]
        if self.relay is not None:
            tasks.append(asyncio.create_task(self.relay.run(self._take, self.head_watch.hurry)))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.close()

    async def close(self) -> None:
        """Close connections and threads."""
        self.passwords.close()
        await self.rate_limits.close()
        await self.database.close()

    def _take(self, told: Told) -> None:
        """Take in what another process tells."""
        if told.revoked is not None:
            self.streams.end(told.revoked)
        if told.account is not None and told.news is not None:
            self.newsroom.spread(told.account, told.news)


def services_of(settings: Settings, clock: Clock = system_clock) -> Services:
    """Build the services; nothing is opened yet but the folder of the data."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database_address, settings.database_connections)
    redis = settings.redis_address
    relay = RedisRelay(redis) if redis is not None else None
    newsroom = Newsroom(relay.publish if relay is not None else no_relay)
    streams = Streams(newsroom)
    quotas = Quotas(settings.default_quota_bytes)
    chunk_store = FileChunkStore(settings.chunks_dir)
    audit = Audit(database, clock)
    passwords = Passwords()
    accounts = Accounts(database, passwords, audit, clock, settings.sign_up)
    blobs = Blobs(database, chunk_store, quotas, clock)

    return Services(
        settings=settings,
        clock=clock,
        database=database,
        chunk_store=chunk_store,
        audit=audit,
        passwords=passwords,
        accounts=accounts,
        account_deletion=AccountDeletion(
            database, accounts, audit, clock, settings.deletion_grace_days
        ),
        account_export=AccountExport(database, blobs, audit, clock),
        invites=Invites(database, audit, clock),
        devices=Devices(database, accounts, audit, clock, [_teller(streams, relay)]),
        device_codes=DeviceCodes(database, audit, clock),
        web_sessions=WebSessions(database, clock, settings.session_days),
        quotas=quotas,
        libraries=Libraries(database, clock),
        batches=Batches(database, newsroom, quotas, clock),
        feed=Feed(database, Acknowledgements(database)),
        blobs=blobs,
        newsroom=newsroom,
        streams=streams,
        head_watch=HeadWatch(database, newsroom, streams, partial(_is_relayed, relay)),
        relay=relay,
        rate_limits=RateLimits(_rates(settings), redis),
    )


def _teller(streams: Streams, relay: RedisRelay | None) -> OnRevoked:
    """Return what ends the streams of a device that was revoked, here and elsewhere."""

    async def tell(caller: Caller) -> None:
        streams.end(caller.device_id)
        if relay is not None:
            relay.revoked(caller.device_id)

    return tell


def _is_relayed(relay: RedisRelay | None) -> bool:
    return relay is not None and relay.is_connected


def _rates(settings: Settings) -> Rates:
    return Rates(
        requests_per_minute=settings.requests_per_minute,
        logins_per_minute=settings.logins_per_minute,
        logins_per_minute_address=settings.logins_per_minute_address,
        sign_ups_per_hour=settings.sign_ups_per_hour,
    )
