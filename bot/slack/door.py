"""Where every payload comes in, over HTTP or Socket Mode: held durably first, then worked.

What happens in a conversation needs nothing that Bolt adds: it is worked from here. Clicks, commands and forms go
through Bolt's listeners.
"""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.body import Refused
from bot.faults import report
from bot.slack.answering import Answering
from bot.slack.bot_user import BotUser, Unauthorized
from bot.slack.errand import Work
from bot.slack.window_reading import SUBMISSION, read_any
from bot.slack.windows import already_taken

EVENT = "event_callback"
HELD, REFUSED, AGAIN = 200, 400, 503


class Door:
    """Lets payloads in: each errand once over all processes, whatever the platform delivers again."""

    def __init__(self, bolt: AsyncApp, answering: Answering, work: Work, bot_user: BotUser) -> None:
        self._bolt = bolt
        self._answering = answering
        self._work = work
        self._bot_user = bot_user

    async def admit(self, payload: dict[str, Any]) -> BoltResponse:
        """What to answer the platform: 200 when the payload is held or of no use to us, 503 to have it again.

        Raises Refused for a payload that neither we nor Bolt can read.
        """
        context: dict[str, Any] = {}
        try:
            me = await self._bot_user.authorized()
            errand = read_any(payload)
            if errand is not None:
                if errand.user == me.bot_user_id:
                    return BoltResponse(status=HELD)
                receipt = await self._answering.take(errand)
                if receipt is None:
                    return _taken_already(payload)
                if payload.get("type") == EVENT:
                    self._answering.start(self._work(errand, receipt))
                    return BoltResponse(status=HELD)
                context = {"errand": errand, "receipt": receipt}
        except Unauthorized as error:
            report(f"auth.test ({error})", error)
            return BoltResponse(status=AGAIN)
        except Exception as error:
            report("holding a payload", error)
            return BoltResponse(status=AGAIN)
        return await self._dispatch(AsyncBoltRequest(body=payload, mode="socket_mode", context=context))

    async def _dispatch(self, request: AsyncBoltRequest) -> BoltResponse:
        try:
            answer = await self._bolt.async_dispatch(request)
        except Exception as error:  # of a shape that Bolt cannot read
            report("reading a payload", error)
            raise Refused(REFUSED, "shape") from None
        if answer.status >= 500:
            return BoltResponse(status=AGAIN)
        if answer.status == 404:
            # A form that is acknowledged with nothing closes as if it had been taken.
            return BoltResponse(status=AGAIN if request.body.get("type") == SUBMISSION else HELD)
        return answer


def _taken_already(payload: dict[str, Any]) -> BoltResponse:
    body = already_taken() if payload.get("type") == SUBMISSION else ""
    return BoltResponse(status=HELD, body=body)
