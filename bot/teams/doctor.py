"""What Teams needs and whether it is there: one line each, for `dxbot doctor`."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import aiohttp

from bot.settings import Settings
from bot.teams.channel import build_tokens, missing_settings
from bot.teams.connector import Connector, ServiceAddresses
from bot.teams.keys import fetch_keys
from bot.teams.tokens import NoToken
from bot.texts.ja import teams as texts

PATIENCE_SECONDS = 10.0

Line = tuple[bool, str]


def examine_teams(settings: Settings) -> list[Line]:
    """Each finding as (right, what is there or to be done). Asks the login server and the key server."""
    if settings.teams_playground:
        return [(True, texts.DOCTOR_PLAYGROUND)]
    if missing := missing_settings(settings):
        return [(False, texts.DOCTOR_MISSING.format(missing="、".join(missing)))]
    return asyncio.run(_ask(settings))


async def _ask(settings: Settings) -> list[Line]:
    connector = Connector(ServiceAddresses(settings.teams_service_urls, loopback=False))
    try:
        return [await _token(settings, connector), await _keys(settings, connector)]
    finally:
        await connector.close()


async def _token(settings: Settings, connector: Connector) -> Line:
    identity = settings.teams_app_type == "ManagedIdentity"
    host = _host(settings.teams_identity_url if identity else settings.teams_login_url)
    try:
        await build_tokens(settings, connector).token()
    except NoToken as error:
        return False, texts.DOCTOR_NO_LOGIN.format(reason=error, host=host)
    return True, texts.DOCTOR_LOGIN


async def _keys(settings: Settings, connector: Connector) -> Line:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            keys = await fetch_keys(connector.session(), settings.teams_openid_url)
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
        reason, host = type(error).__name__, _host(settings.teams_openid_url)
        return False, texts.DOCTOR_NO_KEYS.format(reason=reason, host=host)
    return True, texts.DOCTOR_KEYS.format(count=len(keys))


def _host(url: str) -> str:
    return urlsplit(url).hostname or url
