"""What each activity leads to: a Request for the router, and its Reply back as a card."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.handlers.usage import HELP_ACTION
from bot.ledger import Ledger
from bot.messages import Action, Paragraph, Reply, Request
from bot.services import Arrival, Doubtful, PermanentFailure, TemporaryFailure
from bot.teams.activity import Activity
from bot.teams.adapter import Turn
from bot.teams.card import card_message
from bot.teams.desk import Desk
from bot.teams.people import CHANNEL
from bot.teams.press import Press, read_press
from bot.teams.references import References
from bot.texts.ja import ask as ask_texts
from bot.texts.ja import teams as texts
from knowledge.answering.question import clean, holds_personal_number

MOST_ATTEMPTS = 5
REPLY_ATTEMPTS = 3
PATIENCE_SECONDS = 3.0
log = logging.getLogger(__name__)


class Listeners:
    """Works one activity at a time."""

    def __init__(
        self, desk: Desk, ledger: Ledger, references: References, invoked: Callable[[Turn], Awaitable[None]]
    ) -> None:
        self._desk = desk
        self._ledger = ledger
        self._references = references
        self._invoked = invoked

    async def listen(self, turn: Turn) -> None:
        """Answer what can be answered; anything else is taken note of and left."""
        activity = turn.activity
        match activity.type:
            case "message":
                await self._once(turn, message_key(activity), self._answer)
            case "invoke":
                await self._invoked(turn)
            case "installationUpdate" if (activity.action or "").startswith("remove"):
                await self._references.forget(activity)
            case "installationUpdate":
                await self._once(turn, welcome_key(activity), self._welcome)
            case "conversationUpdate" if _bot_was_added(activity):
                await self._once(turn, welcome_key(activity), self._welcome)

    async def _once(self, turn: Turn, key: str, work: Callable[[Turn], Awaitable[None]]) -> None:
        """Do the work under a receipt. What did not go out for now is left to whoever finds it overdue."""
        receipt = await self._ledger.take(Arrival(key, CHANNEL, _kept(turn.activity)))
        if receipt is None:
            return
        try:
            await work(turn)
        except TemporaryFailure as failure:
            if receipt.attempts < MOST_ATTEMPTS:
                log.warning("the answer waits: %s", failure)
                return
            log.error("the answer is given up: %s", failure)
        except (PermanentFailure, Doubtful) as failure:
            log.warning("the answer did not go out: %s: %s", type(failure).__name__, failure)
        except Exception as error:
            if receipt.attempts < MOST_ATTEMPTS:
                raise
            log.error("the answer is given up: %s", type(error).__name__)
        self._ledger.settle(key)

    async def _answer(self, turn: Turn) -> None:
        activity = turn.activity
        press = read_press(activity.value)
        if press is None and activity.value is not None and not activity.spoken_text:
            await _send(turn, card_message(unreadable_press()))
            return
        request = typed(activity) if press is None else pressed(activity, press)
        reply, person_id = await self._desk.ask(activity, request)
        await _send(turn, card_message(reply, request, press.page if press else 0))
        await self._references.remember(activity, person_id)

    async def _welcome(self, turn: Turn) -> None:
        activity = turn.activity
        await self._references.remember(activity, await self._desk.person_id(activity))
        await _send(turn, card_message(welcome(personal=activity.is_personal)))


def _kept(activity: Activity) -> str:
    """What is stored until the answer is out: nothing, where a personal number was typed."""
    return "" if holds_personal_number(clean(activity.spoken_text)) else activity.raw


def message_key(activity: Activity) -> str:
    """The key of a message: the same whenever Teams delivers it again."""
    return _key("message", activity.conversation.id, activity.id or activity.raw)


def welcome_key(activity: Activity) -> str:
    """The key of a conversation's welcome: Teams tells of an installation twice."""
    return _key("welcome", activity.conversation.id)


def _key(*parts: str) -> str:
    return f"{CHANNEL}:{hashlib.sha256(json.dumps(parts).encode()).hexdigest()}"


def typed(activity: Activity) -> Request:
    """A typed question."""
    return Request(
        channel=CHANNEL,
        user=activity.user,
        text=activity.spoken_text,
        conversation=activity.conversation.id,
    )


def pressed(activity: Activity, press: Press) -> Request:
    """A pressed button or a form that was sent."""
    return Request(
        channel=CHANNEL,
        user=activity.user,
        name=press.name,
        value=press.value,
        text=press.text,
        values=press.values,
        conversation=activity.conversation.id,
    )


def welcome(*, personal: bool) -> Reply:
    """The first card in a conversation."""
    where = () if personal else (Paragraph(text=texts.WELCOME_CHANNEL),)
    starters = [Action(name="ask", label=words, value=words) for words in ask_texts.STARTERS]
    actions = [*(action for action in starters if action.value != HELP_ACTION.label), HELP_ACTION]
    parts = (Paragraph(text=texts.WELCOME), *where, Paragraph(text=texts.WELCOME_EXAMPLES, tone="note"))
    return Reply(title=texts.WELCOME_TITLE, parts=parts, actions=tuple(actions))


def unreadable_press() -> Reply:
    """A button that is none of ours, or none of this version's."""
    return Reply(parts=(Paragraph(text=texts.UNREADABLE_PRESS, tone="warning"),), actions=(HELP_ACTION,))


async def _send(turn: Turn, fields: Mapping[str, Any]) -> None:
    """Send, waiting a little where Teams asks for it. Raises as the connector does."""
    for attempt in range(1, REPLY_ATTEMPTS + 1):
        try:
            await turn.reply(fields)
            return
        except TemporaryFailure as failure:
            wait = failure.retry_after if failure.retry_after is not None else 0.2 * attempt
            if attempt == REPLY_ATTEMPTS or wait > PATIENCE_SECONDS:
                raise
            await asyncio.sleep(wait)


def _bot_was_added(activity: Activity) -> bool:
    return any(member.id == activity.recipient.id for member in activity.members_added)
