"""What each activity leads to: a Request for the router, and its Reply back as a card."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Iterator

from bot.delivery import Arrival, Asker
from bot.handlers.usage import HELP_ACTION
from bot.ledger import Ledger
from bot.messages import Action, Paragraph, Reply, Request
from bot.teams.activity import Activity
from bot.teams.adapter import Turn
from bot.teams.delivery import Delivery, Outgoing
from bot.teams.desk import Desk
from bot.teams.people import CHANNEL
from bot.teams.press import Press, read_press
from bot.texts.ja import ask as ask_texts
from bot.texts.ja import teams as texts

MOST_ATTEMPTS = 5
Work = Callable[[Activity, Asker | None], Awaitable[Outgoing]]
log = logging.getLogger(__name__)


class Listeners:
    """Works one activity at a time."""

    def __init__(
        self, desk: Desk, ledger: Ledger, delivery: Delivery, invoked: Callable[[Turn], Awaitable[None]]
    ) -> None:
        self._desk = desk
        self._ledger = ledger
        self._delivery = delivery
        self._invoked = invoked

    async def listen(self, turn: Turn) -> None:
        """Answer what can be answered; anything else is taken note of and left."""
        activity = turn.activity
        match activity.type:
            case "message":
                await self._once(turn, message_key(activity), self._answer)
            case "invoke":
                await self._invoked(turn)
            case "installationUpdate" if activity.action == "remove":
                await self._desk.part(activity)
            case "installationUpdate" if activity.action in (None, "add"):
                await self._install(turn)
            case "installationUpdate" if activity.action == "add-upgrade":
                await self._desk.meet(activity)
            case "conversationUpdate" if _bot_was_added(activity):
                await self._install(turn)

    async def _install(self, turn: Turn) -> None:
        """How someone is reached is kept each time; the welcome is for the first."""
        await self._desk.meet(turn.activity)
        await self._once(turn, welcome_key(turn.activity), self._welcome)

    async def _once(self, turn: Turn, key: str, work: Work) -> None:
        """Do the work and send what came of it, under a receipt. What breaks is left to whoever finds it overdue."""
        activity = turn.activity
        receipt = await self._ledger.take(Arrival(key, CHANNEL, self._kept(activity), activity.user))
        if receipt is None:
            return
        with self._ledger.holding(key):
            if receipt.attempts > MOST_ATTEMPTS:  # some of them may have ended their process
                log.error("an answer was given up after %s attempts", MOST_ATTEMPTS)
                await self._delivery.give_up(turn, key, MOST_ATTEMPTS)
            else:
                await self._delivery.deliver(turn, key, await work(activity, receipt.asker))
        self._ledger.settle(key)

    def _kept(self, activity: Activity) -> str:
        """What is stored until the answer is out: nothing of a personal number or a sensitive topic."""
        return "" if self._desk.leaves_no_trace(*_typed(activity)) else activity.raw

    async def _answer(self, activity: Activity, asker: Asker | None) -> Outgoing:
        press = read_press(activity.value)
        if press is None and activity.value is not None and not activity.spoken_text:
            await self._desk.meet(activity)
            return Outgoing(unreadable_press())
        request = typed(activity) if press is None else pressed(activity, press)
        reply = self._desk.recall(activity, request, asker) or await self._desk.ask(activity, request)
        return Outgoing(reply, request, press.page if press else 0, _card_to_replace(activity, press))

    async def _welcome(self, activity: Activity, _asker: Asker | None) -> Outgoing:
        return Outgoing(welcome(personal=activity.is_personal))


def _typed(activity: Activity) -> Iterator[str]:
    """Everything of an activity that somebody may have typed."""
    yield activity.spoken_text
    if press := read_press(activity.value):
        yield from (press.text, press.value)
        for value in press.values.values():
            yield from [value] if isinstance(value, str) else value


def _card_to_replace(activity: Activity, press: Press | None) -> str:
    """The form's own card where nobody else reads along: its next page or its outcome stands in its place."""
    return activity.reply_to_id or "" if press and press.form and activity.is_personal else ""


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
        private=activity.is_personal,
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
        private=activity.is_personal,
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


def _bot_was_added(activity: Activity) -> bool:
    return any(member.id == activity.recipient.id for member in activity.members_added)
