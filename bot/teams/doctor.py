"""What Teams needs and whether it is there: one line each, for `dxbot doctor`."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import aiohttp

from bot.outgoing import reach
from bot.settings import Settings
from bot.teams.channel import build_tokens, missing_settings
from bot.teams.connector import Connector, ServiceAddresses
from bot.teams.keys import fetch_keys
from bot.teams.tokens import NoToken
from bot.texts.ja import teams as texts
from bot.texts.ja.outgoing import OFFLINE, reach_line

PATIENCE_SECONDS = 5.0

Line = tuple[bool, str]


def examine_teams(settings: Settings, *, offline: bool = False) -> list[Line]:
    """Each finding as (right, what is there or to be done), without asking anybody when `offline`. Asks the servers it needs, all at once."""
    if settings.teams_playground:
        return [(True, texts.DOCTOR_PLAYGROUND)]
    if missing := missing_settings(settings):
        return [(False, texts.DOCTOR_MISSING.format(missing="、".join(missing)))]
    return [(True, OFFLINE)] if offline else asyncio.run(_ask(settings))


async def _ask(settings: Settings) -> list[Line]:
    token, keys, *services = await asyncio.gather(
        _reach(_token_url(settings), direct=_by_identity(settings)),
        _reach(settings.teams_openid_url),
        *(_reach(url) for url in settings.teams_service_urls),
    )
    connector = Connector(ServiceAddresses(settings.teams_service_urls, loopback=False))
    try:
        # Of what is out of reach nothing more can be said.
        asked = [_token(settings, connector)] if token[0] else []
        asked += [_keys(settings, connector)] if keys[0] else []
        return list(dict.fromkeys([token, keys, *services, *await asyncio.gather(*asked)]))
    finally:
        await connector.close()


async def _reach(url: str, *, direct: bool = False) -> Line:
    reached = await reach(url, direct=direct)
    line = reach_line(reached.host, reached.proxy, reached.obstacle, reached.detail)
    return not reached.obstacle, line


def _by_identity(settings: Settings) -> bool:
    return settings.teams_app_type == "ManagedIdentity"


def _token_url(settings: Settings) -> str:
    return settings.teams_identity_url if _by_identity(settings) else settings.teams_login_url


async def _token(settings: Settings, connector: Connector) -> Line:
    said = texts.DOCTOR_NO_IDENTITY if _by_identity(settings) else texts.DOCTOR_NO_LOGIN
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await build_tokens(settings, connector).token()
    except (NoToken, TimeoutError) as error:
        reason = str(error) or type(error).__name__
        return False, said.format(reason=reason, host=_host(_token_url(settings)))
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
