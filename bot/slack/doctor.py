"""What Slack needs and whether it is there: one line each, for `dxbot doctor`."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.outgoing import reach
from bot.settings import Settings
from bot.slack.client import build_client, missing_settings, open_session
from bot.slack.failures import error_code, failure_of
from bot.slack.manifest import PATH, SCOPES
from bot.texts.ja import slack as texts
from bot.texts.ja.outgoing import OFFLINE, reach_line

PATIENCE_SECONDS = 5.0

Line = tuple[bool, str]


def examine_slack(settings: Settings, *, offline: bool = False) -> list[Line]:
    """Each finding as (right, what is there or to be done), without asking anybody when `offline`. Asks Slack."""
    if missing := missing_settings(settings):
        return [(False, _missing(name)) for name in missing]
    return [(True, OFFLINE)] if offline else asyncio.run(_ask(settings))


def _missing(name: str) -> str:
    return (
        texts.DOCTOR_NO_WAY_IN
        if name == "SLACK_SIGNING_SECRET"
        else texts.DOCTOR_MISSING.format(missing=name)
    )


async def _ask(settings: Settings) -> list[Line]:
    reached = await reach(settings.slack_api_url)
    line = reach_line(reached.host, reached.proxy, reached.obstacle, reached.detail)
    if reached.obstacle:
        return [(False, line)]
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return [(True, line), *await _sign_in(settings)]
    except TimeoutError:
        return [(False, texts.DOCTOR_UNREACHABLE.format(host=reached.host, reason="TimeoutError"))]


async def _sign_in(settings: Settings) -> list[Line]:
    client = build_client(settings)
    async with open_session() as session:
        client.session = session
        lines = [*await _token(client), *_way_in(settings)]
        if settings.slack_app_token is not None:
            lines.append(await _socket(client, settings.slack_app_token.get_secret_value()))
    return lines


async def _token(client: AsyncWebClient) -> list[Line]:
    try:
        told: Any = await client.auth_test()
    except Exception as error:
        return [(False, _reason(error, client, "SLACK_BOT_TOKEN"))]
    granted = {scope.strip() for scope in told.headers.get("x-oauth-scopes", "").split(",")}
    missing: list[Line] = [
        (False, texts.DOCTOR_SCOPE.format(scope=scope, purpose=purpose))
        for scope, purpose in SCOPES.items()
        if scope not in granted
    ]
    return [(True, texts.DOCTOR_SIGNED_IN.format(team=told.get("team"), user=told.get("user"))), *missing]


def _way_in(settings: Settings) -> list[Line]:
    return [(True, texts.DOCTOR_HTTP.format(path=PATH))] if settings.slack_signing_secret else []


async def _socket(client: AsyncWebClient, app_token: str) -> Line:
    try:
        await client.apps_connections_open(app_token=app_token)
    except Exception as error:
        return False, _reason(error, client, "SLACK_APP_TOKEN")
    return True, texts.DOCTOR_SOCKET


def _reason(error: Exception, client: AsyncWebClient, setting: str) -> str:
    code = error_code(error) if isinstance(error, SlackApiError) else ""
    if code:
        return texts.DOCTOR_REFUSED.format(setting=setting, code=code)
    host = urlsplit(client.base_url).hostname
    return texts.DOCTOR_UNREACHABLE.format(host=host, reason=failure_of(error))
