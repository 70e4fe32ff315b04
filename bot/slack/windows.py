"""Modals and the App Home: what the bot shows in answer to a click, each click worked once."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import Receipt
from bot.faults import report
from bot.ledger import Ledger
from bot.messages import Paragraph, Reply
from bot.services import Services
from bot.slack.answering import Answering, failed
from bot.slack.delivering import Delivery
from bot.slack.errand import Errand, Place
from bot.slack.failures import error_code
from bot.slack.home import home_view
from bot.slack.render import is_cut
from bot.slack.views import errors_of, refilled, reply_form_view, reply_view
from bot.slack.wording import Block
from bot.texts.ja import slack as texts
from staff.model import Person

ACK_SECONDS = 2.0  # Slack closes a form silently, or calls it failed, after 3
TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})
AFTER_ACK_SECONDS = 1.0  # an update that overtook the acknowledgement would be lost under it

Acknowledgement = dict[str, Any]


class Windows:
    """Opens, updates and publishes views. When a window cannot be shown, the answer goes to the person directly."""

    def __init__(
        self,
        services: Services,
        client: AsyncWebClient,
        ledger: Ledger,
        answering: Answering,
        delivery: Delivery,
    ) -> None:
        self._services = services
        self._client = client
        self._ledger = ledger
        self._answering = answering
        self._delivery = delivery

    async def work(self, errand: Errand, receipt: Receipt) -> None:
        """Show what a held click or opening asks for."""
        with self._ledger.holding(errand.key):
            if errand.kind == "home":
                await self._show_home(errand)
            else:
                await self._show_or_write(errand, receipt, await self._answering.reply_to(errand))

    async def submit(self, errand: Errand, receipt: Receipt) -> Acknowledgement:
        """A submitted form's acknowledgement, within ACK_SECONDS and without a call to Slack.

        Errors by field, or what to show next; what takes longer is shown when it is there.
        """
        with self._ledger.holding(errand.key):
            replying = self._answering.start(self._answering.reply_unasked(errand))
            await asyncio.wait({replying}, timeout=ACK_SECONDS)
            reply = replying.result() if replying.done() else None
            if reply is not None:
                self._ledger.settle(errand.key)
                return acknowledgement(reply, errand)
        self._answering.start(self._finish(errand, receipt, replying))
        return acknowledgement(_saying(texts.PROCESSING))

    async def _finish(self, errand: Errand, receipt: Receipt, replying: asyncio.Task[Reply | None]) -> None:
        with self._ledger.holding(errand.key):
            acknowledged = asyncio.create_task(asyncio.sleep(AFTER_ACK_SECONDS))
            reply = await replying or await self._answering.reply_to(errand)
            await acknowledged
            await self._show_or_write(errand, receipt, reply)

    async def _show_home(self, errand: Errand) -> None:
        """The Home tab was opened, or the conversation beside it: contact is made either way."""
        try:
            person = await self._answering.recognise(errand)
            if errand.value == "home":
                view = await asyncio.to_thread(self._home, person)
                await self._client.views_publish(user_id=errand.user, view=view)
        except Exception as error:  # the tab is drawn anew whenever it is opened
            report("the App Home", error)
        self._ledger.settle(errand.key)

    def _home(self, person: Person | None) -> Block:
        return home_view(self._services.seen_by(person).entries)

    async def _show_or_write(self, errand: Errand, receipt: Receipt, reply: Reply) -> None:
        try:
            await self._show(errand.place, _view(reply, errand))
        except Exception as error:
            if _has_gone_on(error):
                self._ledger.settle(errand.key)
                return
            report("showing a window", error)
            await self._delivery.deliver_to_person(errand, receipt, _late(reply, error))
        else:
            self._ledger.settle(errand.key)

    async def _show(self, place: Place, view: Block) -> None:
        if place.view:
            unchanged = {"hash": place.shown} if place.shown else {}
            await self._client.views_update(view_id=place.view, view=view, **unchanged)
        else:
            await self._client.views_open(trigger_id=place.trigger, view=view)


def acknowledgement(reply: Reply, errand: Errand | None = None) -> Acknowledgement:
    """What Slack shows when a form was submitted: errors by field, or the next view.

    Errors of fields that do not stand in the window (a later page found something wrong with an earlier one) are told
    above the page they belong to.
    """
    try:
        errors = errors_of(reply.form) if reply.form is not None else {}
        if errors and (errand is None or set(errors) <= set(errand.values)):
            return {"response_action": "errors", "errors": errors}
        return {"response_action": "update", "view": _view(reply, errand)}
    except Exception as error:
        report("a form", error)
        return {"response_action": "update", "view": reply_view(failed())}


def already_taken() -> Acknowledgement:
    """What a form shows that Slack delivered again."""
    return acknowledgement(_saying(texts.TAKEN_ALREADY))


def _saying(text: str) -> Reply:
    return Reply(parts=(Paragraph(text=text),))


def _view(reply: Reply, errand: Errand | None = None) -> Block:
    if reply.form is None:
        return reply_view(reply)
    return reply_form_view(_with_errors(reply, errand) if errand else reply)


def _with_errors(reply: Reply, errand: Errand) -> Reply:
    """The form as it was filled in, its errors told above: only an acknowledgement shows them at their fields."""
    form = reply.form
    assert form is not None  # noqa: S101 (the caller's condition)
    return reply.model_copy(update={"form": refilled(form, errand.values)}) if errors_of(form) else reply


def _has_gone_on(error: Exception) -> bool:
    """Whether the window shows something newer: an answer to an older press would take the person back."""
    return isinstance(error, SlackApiError) and error_code(error) == "hash_conflict"


def _late(reply: Reply, error: Exception) -> Reply:
    """The reply as a message: of a form that came too late for its window, only the button that opens it now.

    What must not stand in a message, or has no room in one, has something else said in its place.
    """
    if reply.in_message is not None and (reply.fleeting or is_cut(reply)):
        return reply.in_message
    late = isinstance(error, SlackApiError) and error_code(error) in TOO_LATE
    if reply.form is None or not late:
        return reply
    return reply.model_copy(update={"parts": (Paragraph(text=texts.TOO_LATE), *reply.parts)})
