"""The Web API client: one attempt a call, one pool of connections."""

from __future__ import annotations

import json
import logging
from functools import partial

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings

CALL_SECONDS = 8.0  # with what surrounds it well inside a lease
CONNECT_SECONDS = 3.0


def missing_settings(settings: Settings) -> list[str]:
    """Names of the settings that Slack still needs: the bot's token, and one of the two ways in."""
    missing = [] if settings.slack_bot_token else ["SLACK_BOT_TOKEN"]
    if not settings.slack_signing_secret and not settings.slack_app_token:
        missing.append("SLACK_SIGNING_SECRET")
    return missing


def build_client(settings: Settings) -> AsyncWebClient:
    """A client that never repeats a call by itself: it would post twice when a reply was lost.

    Without a session of `open_session` it opens one a call.
    """
    assert settings.slack_bot_token is not None  # noqa: S101 (only a configured channel asks)
    token = settings.slack_bot_token.get_secret_value()
    logger = logging.getLogger("bot.slack.sdk")
    logger.setLevel(logging.CRITICAL)  # its lines quote what was sent
    return AsyncWebClient(
        token=token,
        base_url=settings.slack_api_url,
        timeout=int(CALL_SECONDS),
        logger=logger,
        retry_handlers=[],
    )


def open_session() -> aiohttp.ClientSession:
    """One pool of connections for every call."""
    timeout = aiohttp.ClientTimeout(total=CALL_SECONDS, sock_connect=CONNECT_SECONDS)
    # Japanese text takes half the bytes when it is not escaped.
    serialize = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    connector = aiohttp.TCPConnector(limit=100)
    return aiohttp.ClientSession(timeout=timeout, connector=connector, json_serialize=serialize)
