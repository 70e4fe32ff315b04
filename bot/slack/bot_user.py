"""Who the bot is in its workspace: asked of Slack once, asked again until Slack tells."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.failures import failure_of


class Unauthorized(Exception):
    """Slack does not say who the bot is: the token is wrong, or Slack is out of reach."""


class BotUser:
    """The token's own user."""

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client
        self._result: AuthorizeResult | None = None
        self._asking = asyncio.Lock()

    async def authorized(self) -> AuthorizeResult:
        """What Bolt needs to know its own messages. Raises Unauthorized."""
        if self._result is None:
            async with self._asking:
                self._result = self._result or await self._ask()
        return self._result

    async def _ask(self) -> AuthorizeResult:
        try:
            told: Any = await self.client.auth_test()
        except Exception as error:
            raise Unauthorized(str(failure_of(error))) from error
        return AuthorizeResult(
            enterprise_id=told.get("enterprise_id"),
            team_id=told["team_id"],
            bot_id=told["bot_id"],
            bot_user_id=told["user_id"],
            bot_token=self.client.token,
        )
