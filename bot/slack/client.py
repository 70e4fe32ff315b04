"""The Web API client: one attempt a call, one pool of connections."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import cached_property
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from yarl import URL

from bot.outgoing import has_proxy, proxy_for
from bot.settings import SettingProblem, Settings, SettingsError

CALL_SECONDS = 8.0  # with what surrounds it well inside a lease
CONNECT_SECONDS = 3.0
# Japanese text takes half the bytes when it is not escaped.
serialize = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Client(AsyncWebClient):
    """The SDK's client; the one call that every answer makes goes past what the SDK does to each."""

    async def post_message(self, message: bytes) -> str:
        """Post a message, the JSON of chat.postMessage's fields, and return its ts; raises what the SDK's method raises."""
        if self.session is None or self.session.closed:
            return str((await self.chat_postMessage(**json.loads(message)))["ts"])
        async with self.session.post(
            self._post_url, data=message, headers=self._json_headers, proxy=self.proxy
        ) as answer:
            text = await answer.read()
        try:
            told = json.loads(text)
        except ValueError:
            told = {}
        if answer.status == HTTPStatus.OK and isinstance(told, dict) and told.get("ok") is True:
            return str(told["ts"])
        response: Any = AsyncSlackResponse(
            client=self,
            http_verb="POST",
            api_url=str(self._post_url),
            req_args={},
            data=told,
            headers=dict(answer.headers),
            status_code=answer.status,
        )
        return str(response.validate()["ts"])

    @cached_property
    def _post_url(self) -> URL:
        return URL(f"{self.base_url}chat.postMessage")

    async def upload(self, url: str, data: bytes, proxy: str | None) -> None:
        """Send a file to the address that Slack gave for it. Raises aiohttp.ClientError when it is not taken."""
        if self.session is None or self.session.closed:
            async with open_session() as session, session.post(url, data=data, proxy=proxy) as answer:
                answer.raise_for_status()
            return
        async with self.session.post(url, data=data, proxy=proxy) as answer:
            answer.raise_for_status()

    @cached_property
    def _json_headers(self) -> Mapping[str, str]:
        kind = "application/json;charset=utf-8"
        return {**self.headers, "Authorization": f"Bearer {self.token}", "Content-Type": kind}


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


def build_client(settings: Settings) -> Client:
    """A client that never repeats a call by itself: it would post twice when a reply was lost.

    Without a session of `open_session` it opens one a call.
    """
    assert settings.slack_bot_token is not None  # noqa: S101 (only a configured channel asks)
    token = settings.slack_bot_token.get_secret_value()
    logger = logging.getLogger("bot.slack.sdk")
    logger.setLevel(logging.CRITICAL)  # its lines quote what was sent
    client = Client(
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
        timeout=timeout,
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        json_serialize=serialize,
        trust_env=has_proxy(),
    )
