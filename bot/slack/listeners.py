"""Bolt's listeners: each acknowledges first, and leaves the work to a task. Errands come held from the door."""

from __future__ import annotations

import logging
import re

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult

from bot.faults import report
from bot.slack.answering import Answering, failed
from bot.slack.bot_user import BotUser
from bot.slack.errand import Errand, Work
from bot.slack.reading import COMMAND, TERM_MEANING
from bot.slack.windows import Windows, acknowledgement

ANYTHING = re.compile(".*", re.DOTALL)
# What Bolt says of a payload quotes it: only its errors are let through, and ours replace those.
bolt_log = logging.getLogger("bot.slack.bolt")
bolt_log.setLevel(logging.CRITICAL)


def build_bolt(answering: Answering, windows: Windows, work: Work, bot_user: BotUser) -> AsyncApp:
    """The Bolt application. Signatures are checked by the guard before it, and who the bot is by `bot_user`."""

    async def authorize() -> AuthorizeResult:
        return await bot_user.authorized()

    bolt = AsyncApp(
        name="dxbot",
        logger=bolt_log,
        client=bot_user.client,
        authorize=authorize,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        ignoring_self_assistant_message_events_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    bolt.error(_report)
    _add_listeners(bolt, answering, windows, work)
    return bolt


def _add_listeners(bolt: AsyncApp, answering: Answering, windows: Windows, work: Work) -> None:
    async def begin(ack: AsyncAck, context: AsyncBoltContext) -> None:
        await ack()
        errand = context.get("errand")
        if isinstance(errand, Errand):
            answering.start(work(errand, context["receipt"]))

    async def submit(ack: AsyncAck, context: AsyncBoltContext) -> None:
        errand = context.get("errand")
        if isinstance(errand, Errand):
            await ack(**await windows.submit(errand, context["receipt"]))
        else:
            await ack(**acknowledgement(failed()))

    bolt.command(COMMAND)(begin)
    bolt.shortcut(TERM_MEANING)(begin)
    bolt.action(ANYTHING)(begin)
    bolt.view(ANYTHING)(submit)


async def _report(error: Exception) -> None:
    report("a listener", error)
