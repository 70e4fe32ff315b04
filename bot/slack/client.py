"""The Web API client: one attempt a call, one pool of connections."""

from __future__ import annotations

import json
import logging

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.outgoing import has_proxy, proxy_for
from bot.settings import SettingProblem, Settings, SettingsError

CALL_SECONDS = 8.0  # with what surrounds it well inside a lease
CONNECT_SECONDS = 3.0
# Japanese text takes half the bytes when it is not escaped.
serialize = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def missing_settings(settings: Settings) -> list[str]:
    """Names of the settings that Slack still needs: the bot's token, and one of the two ways in."""
    missing = [] if settings.slack_bot_token else ["SLACK_BOT_TOKEN"]
    if not settings.slack_signing_secret and not settings.slack_app_token:
        missing.append("SLACK_SIGNING_SECRET")
    return missing


def require(settings: Settings) -> None:
    """Raise SettingsError naming what is missing: a bot set up by half would be silent on Slack."""
    if missing := missing_settings(settings):
        raise SettingsError(tuple(SettingProblem(name, "slack_missing", {}) for name in missing))


def build_client(settings: Settings) -> AsyncWebClient:
    """A client that never repeats a call by itself: it would post twice when a reply was lost.

    Without a session of `open_session` it opens one a call.
    """
    assert settings.slack_bot_token is not None  # noqa: S101 (only a configured channel asks)
    token = settings.slack_bot_token.get_secret_value()
    logger = logging.getLogger("bot.slack.sdk")
    logger.setLevel(logging.CRITICAL)  # its lines quote what was sent
    client = AsyncWebClient(
        token=token,
        base_url=settings.slack_api_url,
        timeout=int(CALL_SECONDS),
        logger=logger,
        retry_handlers=[],
        trust_env_in_session=True,
    )
    client.proxy = proxy_for(settings.slack_api_url)  # the SDK's own choice is blind to NO_PROXY
    return client


def open_session() -> aiohttp.ClientSession:
    """One pool of connections for every call."""
    timeout = aiohttp.ClientTimeout(total=CALL_SECONDS, sock_connect=CONNECT_SECONDS)
    connector = aiohttp.TCPConnector(limit=100)
    return aiohttp.ClientSession(
        timeout=timeout, connector=connector, json_serialize=serialize, trust_env=has_proxy()
    )
