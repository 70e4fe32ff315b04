"""Bolt's listeners: each acknowledges first, and leaves the work to a task. Errands come held from the door."""

from __future__ import annotations

import logging
import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult

from bot.faults import report
from bot.slack.answering import Answering
from bot.slack.bot_user import BotUser
from bot.slack.errand import Errand
from bot.slack.reading import COMMAND, TERM_MEANING
from bot.slack.windows import Windows

ANYTHING = re.compile(".*", re.DOTALL)
Body = dict[str, Any]
# What Bolt says of a payload quotes it: only its errors are let through, and ours replace those.
bolt_log = logging.getLogger("bot.slack.bolt")
bolt_log.setLevel(logging.CRITICAL)


def build_bolt(answering: Answering, windows: Windows, bot_user: BotUser) -> AsyncApp:
    """The Bolt application. Signatures are checked by the guard before it, and who the bot is by `bot_user`."""

    async def authorize() -> AuthorizeResult:
        return await bot_user.authorized()

    bolt = AsyncApp(
        name="dxbot",
        logger=bolt_log,
        client=bot_user.client,
        authorize=authorize,
        request_verification_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    bolt.error(_report)
    _answer_errands(bolt, answering)
    _show_windows(bolt, answering, windows)
    return bolt


def _answer_errands(bolt: AsyncApp, answering: Answering) -> None:
    async def answer(ack: AsyncAck, context: AsyncBoltContext) -> None:
        await ack()
        errand = context.get("errand")
        if isinstance(errand, Errand):
            answering.start(answering.work(errand, context["receipt"]))

    bolt.event("message")(answer)
    bolt.event("app_mention")(answer)
    bolt.command(COMMAND)(answer)
    bolt.action(ANYTHING, matchers=[_is_errand])(answer)


def _show_windows(bolt: AsyncApp, answering: Answering, windows: Windows) -> None:
    async def explain(ack: AsyncAck, body: Body) -> None:
        await ack()
        answering.start(windows.explain_message(body))

    async def press(ack: AsyncAck, body: Body) -> None:
        await ack()
        answering.start(windows.press(body))

    async def show_home(ack: AsyncAck, body: Body) -> None:
        await ack()
        answering.start(windows.show_home(body))

    async def submit(ack: AsyncAck, body: Body) -> None:
        await ack(**await windows.submit(body))

    bolt.shortcut(TERM_MEANING)(explain)
    bolt.action(ANYTHING)(press)
    bolt.event("app_home_opened")(show_home)
    bolt.view(ANYTHING)(submit)


async def _is_errand(context: AsyncBoltContext) -> bool:
    return "errand" in context


async def _report(error: Exception) -> None:
    report("a listener", error)
