"""The Teams channel put together from its settings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import partial

from aiohttp import web

from bot.faults import report
from bot.ledger import Ledger
from bot.services import Services
from bot.settings import SettingProblem, Settings, SettingsError
from bot.teams.activity import BadActivity, read_activity
from bot.teams.adapter import TeamsAdapter
from bot.teams.bearer import BearerCheck
from bot.teams.connector import Connector, ServiceAddresses
from bot.teams.delivery import Delivery
from bot.teams.desk import Desk
from bot.teams.endpoint import Endpoint
from bot.teams.invokes import Invokes
from bot.teams.keys import KeyCache
from bot.teams.listeners import Listeners
from bot.teams.messenger import TeamsMessenger
from bot.teams.people import CHANNEL, People
from bot.teams.references import References, known_askers
from bot.teams.tokens import ClientCredentials, ManagedIdentity, TokenSource

PATH = "/api/messages"
LEASE_SECONDS = 30.0
SWEEP_SECONDS = 15.0
KEYS_READY = "teams keys"


def add_teams(app: web.Application, services: Services) -> None:
    """Add POST /api/messages, and what runs beside it. Raises SettingsError when a setting is missing."""
    channel = TeamsChannel(services)
    app.router.add_post(PATH, channel.endpoint.serve)
    app.cleanup_ctx.append(channel.running)


def build_messenger(services: Services) -> TeamsMessenger:
    """The messenger the worker sends with."""
    return TeamsMessenger(services, build_connector(services.settings))


def require(settings: Settings) -> None:
    """Raise SettingsError naming what is missing: an empty app id would let anyone in."""
    missing = () if settings.teams_playground else missing_settings(settings)
    if missing:
        raise SettingsError(tuple(SettingProblem(name, "teams_missing", {}) for name in missing))


def missing_settings(settings: Settings) -> tuple[str, ...]:
    """The settings that Teams needs and that are empty."""
    needed = {"TEAMS_APP_ID": settings.teams_app_id}
    if settings.teams_app_type == "SingleTenant":
        secret = settings.teams_app_password
        needed["TEAMS_APP_PASSWORD"] = secret.get_secret_value() if secret else ""
    needed["TEAMS_APP_TENANT_ID"] = settings.teams_app_tenant_id
    return tuple(name for name, value in needed.items() if not value.strip())


def build_connector(settings: Settings) -> Connector:
    """The way out: without tokens in the playground alone. Raises SettingsError when a setting is missing."""
    require(settings)
    addresses = ServiceAddresses(settings.teams_service_urls, loopback=settings.teams_playground)
    connector = Connector(addresses)
    if not settings.teams_playground:
        connector.tokens = build_tokens(settings, connector)
    return connector


def build_tokens(settings: Settings, connector: Connector) -> TokenSource:
    """Where the token to send with comes from: the app's secret, or the machine's managed identity."""
    if settings.teams_app_type == "ManagedIdentity":
        fetch = ManagedIdentity(settings.teams_identity_url, settings.teams_app_id)
        return TokenSource(fetch)
    secret = settings.teams_app_password
    return TokenSource(
        ClientCredentials(
            connector.session,
            settings.teams_login_url,
            settings.teams_app_tenant_id,
            settings.teams_app_id,
            secret.get_secret_value() if secret else "",
        )
    )


class TeamsChannel:
    """Everything of one process that serves Teams."""

    def __init__(self, services: Services) -> None:
        settings = services.settings
        self._connector = build_connector(settings)
        self._keys = KeyCache(self._connector.session, settings.teams_openid_url)
        whose = partial(known_askers, services.stores)
        self._ledger = Ledger(services.stores.receipts, services.clock, LEASE_SECONDS, whose)
        people = People(self._connector, settings.teams_app_tenant_id)
        self._desk = Desk(services, people, References(services))
        delivery = Delivery(services, self._ledger, TeamsMessenger(services, self._connector))
        self._adapter = TeamsAdapter(self._connector)
        self._listeners = Listeners(self._desk, self._ledger, delivery, Invokes(self._desk).invoked)
        bearer = None if settings.teams_playground else BearerCheck(settings.teams_app_id, self._keys)
        self._guarded = bearer is not None
        if self._guarded:
            services.readiness[KEYS_READY] = lambda: self._keys.loaded
        self.endpoint = Endpoint(self._adapter, bearer, self._connector.addresses, self._listeners.listen)

    async def running(self, _app: web.Application) -> AsyncIterator[None]:
        """Fetch the keys before anything is listened to, then look after what was left unanswered."""
        if self._guarded:
            await self._keys.start()
        sweeping = asyncio.create_task(self._sweep(), name="teams-sweep")
        yield
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
        await self._keys.close()
        await self._ledger.close()
        self._desk.close()
        await self._connector.close()

    async def _sweep(self) -> None:
        await asyncio.sleep(SWEEP_SECONDS)
        await self._ledger.sweep(self.work_overdue, SWEEP_SECONDS)

    async def work_overdue(self) -> int:
        """Answer what some process took and did not answer in its time; how many there were."""
        overdue = await self._ledger.list_overdue(CHANNEL)
        for arrival in overdue:
            try:
                activity = read_activity(arrival.body.encode())
            except BadActivity:  # with a personal number nothing is kept to answer by
                if await self._ledger.take(arrival):
                    self._ledger.settle(arrival.key)
                continue
            try:
                await self._adapter.run(activity, {}, self._listeners.listen)
            except Exception as error:  # one that fails must not keep the others waiting
                report("an overdue message", error)
        return len(overdue)
