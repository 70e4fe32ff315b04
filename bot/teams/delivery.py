"""An answer's way out: sent at most once, left to the outbox when it did not go out, shown when nobody can tell."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.charts.chart import Chart
from bot.delivery import Arrival, Doubtful, Message, PermanentFailure, TemporaryFailure
from bot.faults import report
from bot.handlers.consultation import to_wait
from bot.ledger import Ledger
from bot.messages import Paragraph, Reply, Request
from bot.recalled import Kept
from bot.services import Services
from bot.teams.adapter import Payload, Turn
from bot.teams.card import card_message, count_pages
from bot.teams.destination import destination_of
from bot.teams.messenger import TeamsMessenger
from bot.teams.people import CHANNEL
from bot.teams.pictures import first_taken, messages_of
from bot.texts.ja import learning as texts
from bot.texts.ja.outbox import GIVEN_UP
from bot.texts.ja.teams import FAILED

SENDING = "teams-sending"
ATTEMPTS = 3
PATIENCE_SECONDS = 3.0
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outgoing:
    """What is to be sent: one page of a reply, and the request it answers (for the button to the next page).

    `instead_of` is the id of a card of ours that it takes the place of: a form that was sent or left.
    """

    reply: Reply
    request: Request | None = None
    page: int = 0
    instead_of: str = ""


class Delivery:
    """Sends the answers of one process.

    Teams shows a bot no history. So that a crash is not followed by a second answer, a mark is kept before sending,
    as a receipt of its own that nobody settles: whoever finds it there when the answer's receipt is still open cannot
    tell whether the answer went out, and does not repeat it.
    """

    def __init__(self, services: Services, ledger: Ledger, messenger: TeamsMessenger) -> None:
        self._outbox = services.stores.outbox
        self._clock = services.clock
        self._ledger = ledger
        self._messenger = messenger
        self._whole: Kept[Reply, Payload | None] = Kept(_whole)

    async def deliver(self, turn: Turn, key: str, outgoing: Outgoing) -> None:
        """Send the answer to the arrival `key`. Raises what the database raises."""
        if outgoing.instead_of and await _replace(turn, outgoing):
            return
        mark = await self._ledger.take(Arrival(f"{key}:sending", SENDING, ""))
        if mark is None or mark.attempts > 1:
            log.warning("an answer may have gone out before a crash; it is not repeated")
            await self._show_doubt(turn, key, outgoing)
        elif outgoing.reply.fleeting and not turn.activity.is_personal:
            await self._send_apart(turn, key, outgoing)
        else:
            await self._send(turn, key, outgoing)

    async def give_up(self, turn: Turn, key: str, attempts: int) -> None:
        """Leave what no attempt could answer to the operator, with an apology to send."""
        apology = Outgoing(Reply(parts=(Paragraph(text=FAILED, tone="warning"),)))
        message = self._message(turn, key, apology, 0.0)
        reason = GIVEN_UP.format(count=attempts)
        await asyncio.to_thread(self._outbox.put_aside, message, reason, message.due_at)

    async def _send_apart(self, turn: Turn, key: str, outgoing: Outgoing) -> None:
        """Answer in the personal chat what others must not read along; else say where to ask, and nothing of what."""
        try:
            await self._messenger.send_to(turn.activity.user, outgoing.reply)
        except (TemporaryFailure, PermanentFailure, Doubtful) as failure:
            log.warning("a private answer was not sent for certain: %s", failure)
            await self._send(turn, key, Outgoing(Reply(parts=(Paragraph(text=texts.PRIVATELY),))))

    async def _send(self, turn: Turn, key: str, outgoing: Outgoing) -> None:
        try:
            await _send_patiently(turn, await self._messages_of(outgoing))
        except TemporaryFailure as failure:
            log.warning("the answer waits in the outbox: %s", failure)
            await self._hand_over(turn, key, outgoing, failure.retry_after or 0.0)
        except PermanentFailure as failure:
            log.warning("the answer is refused: %s", failure)
        except Doubtful as doubt:
            log.warning("the answer may not have gone out: %s", doubt)
            await self._show_doubt(turn, key, outgoing)
        except Exception as error:
            report("sending an answer", error)
            await self._show_doubt(turn, key, outgoing)

    async def _messages_of(self, outgoing: Outgoing) -> Sequence[Payload]:
        """The answer as messages, the best first: the one made before, of a reply that recurs."""
        kept = self._whole.of(outgoing.reply) if outgoing.reply.answer and outgoing.page == 0 else None
        return [kept] if kept else await _made(outgoing)

    async def _hand_over(self, turn: Turn, key: str, outgoing: Outgoing, seconds: float) -> None:
        """The outbox sends it, not before `seconds`."""
        message = self._message(turn, key, outgoing, seconds)
        await asyncio.to_thread(self._outbox.put, message)

    async def _show_doubt(self, turn: Turn, key: str, outgoing: Outgoing) -> None:
        """The outbox shows it to the operator; the worker, finding no history to look at, leaves it at that."""
        message = self._message(turn, key, outgoing, 0.0)
        await asyncio.to_thread(self._outbox.put, message, message.due_at)

    def _message(self, turn: Turn, key: str, outgoing: Outgoing, seconds: float) -> Message:
        reply = to_wait(outgoing.reply)
        request = None if outgoing.reply.fleeting else outgoing.request
        destination = destination_of(turn.activity, reply, request, outgoing.page)
        return Message(
            key=key,
            channel=CHANNEL,
            recipient=destination.to_recipient(),
            reply=reply.model_copy(update={"answer": None}),  # it goes out as it is shown
            due_at=self._clock() + timedelta(seconds=seconds),
        )


async def _replace(turn: Turn, outgoing: Outgoing) -> bool:
    """Put the answer in the place of a card, which may be done twice; False when that card cannot be changed."""
    messages = await _made(outgoing)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            await first_taken(messages, lambda message: turn.update(outgoing.instead_of, message))
        except (TemporaryFailure, Doubtful) as failure:
            log.warning("a card was not replaced for certain: %s", failure)
            await asyncio.sleep(0.2 * attempt)
        except PermanentFailure as failure:
            log.warning("a card cannot be replaced: %s", failure)
            return False
        else:
            return True
    return False


async def _made(outgoing: Outgoing) -> Sequence[Payload]:
    """The answer as messages: with its pictures first, if it has any, and without."""
    return [Payload(fields) for fields in await messages_of(outgoing.reply, outgoing.request, outgoing.page)]


def _whole(reply: Reply) -> Payload | None:
    """The message of a reply that one card holds, whatever it answers; None for a longer one, or one with pictures."""
    pictured = any(isinstance(part, Chart) for part in reply.parts)
    return Payload(card_message(reply)) if not pictured and count_pages(reply) == 1 else None


async def _send_patiently(turn: Turn, messages: Sequence[Payload]) -> None:
    """Send, waiting a little where Teams asks for it. Raises as the connector does."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            await first_taken(messages, turn.reply)
            return
        except TemporaryFailure as failure:
            wait = failure.retry_after if failure.retry_after is not None else 0.2 * attempt
            if attempt == ATTEMPTS or wait > PATIENCE_SECONDS:
                raise
            await asyncio.sleep(wait)
