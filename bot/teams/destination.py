"""Where an answer goes that the outbox is to send: the very conversation and thread it was asked in."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.messages import Reply, Request
from bot.teams.activity import Activity
from bot.teams.card import count_pages
from bot.teams.press import MAX_VALUE, Press
from bot.teams.references import CHANNEL, Reference


class Destination(Reference):
    """A conversation, the message there that is answered, and what asks for the further pages of a long answer."""

    reply_to: Annotated[str, Field(alias="replyTo")] = ""
    asked: Press | None = None

    def to_recipient(self) -> str:
        """As an outbox message names it."""
        return self.model_dump_json(by_alias=True, exclude_defaults=True)

    @property
    def page(self) -> int:
        """Which page of the answer, from 0."""
        return self.asked.page if self.asked else 0

    @property
    def request(self) -> Request | None:
        """The request that is answered, where there are further pages."""
        asked = self.asked
        if asked is None:
            return None
        return Request(channel=CHANNEL, user=self.user, name=asked.name, value=asked.value, text=asked.text)


def destination_of(activity: Activity, reply: Reply, request: Request | None, page: int) -> Destination:
    """Where the reply to an activity goes. What was asked is kept only for an answer of several pages."""
    asked = None
    if request is not None and not request.values and count_pages(reply) > 1:
        asked = Press(
            name=request.name, value=request.value[:MAX_VALUE], text=request.text[:MAX_VALUE], page=page
        )
    return Destination(
        service_url=activity.service_url,
        bot=activity.recipient.id,
        user=activity.sender.id,
        tenant_id=activity.tenant_id,
        conversation=activity.conversation.id,
        reply_to=activity.id or "",
        asked=asked,
    )


def read_destination(recipient: str) -> Destination | None:
    """The destination in an outbox message's recipient; None when that names a user. Raises ValidationError."""
    return Destination.model_validate_json(recipient) if recipient.startswith("{") else None
