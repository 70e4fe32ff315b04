"""Who the bot is in its workspace: asked of Slack once, asked again until Slack tells."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from urllib.parse import urlsplit

from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.failures import failure_of

log = logging.getLogger(__name__)

WAIT_SECONDS = 0.8  # Slack wants its acknowledgement within 3, of which a form may take 2
FIRST_PAUSE, LAST_PAUSE = 1.0, 60.0


class Unauthorized(Exception):
    """Slack does not say who the bot is: the token is wrong, or Slack is out of reach."""


class BotUser:
    """The token's own user. All who want to know wait for one call."""

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client
        self._result: AuthorizeResult | None = None
        self._asking: asyncio.Task[AuthorizeResult] | None = None

    async def authorized(self) -> AuthorizeResult:
        """What Bolt needs to know its own messages. Raises Unauthorized, after WAIT_SECONDS at the latest."""
        if self._result is not None:
            return self._result
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                return await asyncio.shield(self._asked())
        except TimeoutError:
            raise Unauthorized("no answer yet") from None

    async def learn(self) -> None:
        """Ask until Slack tells, so that no delivery need wait for it. Says once what to check."""
        pause = FIRST_PAUSE
        while self._result is None:
            try:
                await asyncio.shield(self._asked())
            except Unauthorized as error:
                if pause == FIRST_PAUSE:
                    host = urlsplit(self.client.base_url).hostname
                    log.error(
                        "Slack does not say who the bot is (%s): check SLACK_BOT_TOKEN and the way out to %s;"
                        " trying again until it does",
                        error,
                        host,
                    )
                await asyncio.sleep(pause)
                pause = min(pause * 2, LAST_PAUSE)

    async def close(self) -> None:
        """End a call under way."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    def _asked(self) -> asyncio.Task[AuthorizeResult]:
        if self._asking is None or self._asking.done():
            self._asking = asyncio.get_running_loop().create_task(self._ask())
            self._asking.add_done_callback(_seen)
        return self._asking

    async def _ask(self) -> AuthorizeResult:
        try:
            told: Any = await self.client.auth_test()
            self._result = AuthorizeResult(
                enterprise_id=told.get("enterprise_id"),
                team_id=told["team_id"],
                bot_id=told["bot_id"],
                bot_user_id=told["user_id"],
                bot_token=self.client.token,
            )
        except Exception as error:
            raise Unauthorized(str(failure_of(error))) from error
        return self._result


def _seen(task: asyncio.Task[AuthorizeResult]) -> None:
    """Whoever waited was told, or went away."""
    if not task.cancelled():
        task.exception()
