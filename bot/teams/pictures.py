"""Messages with the pictures of their charts, and the same without: what Teams refuses was not posted."""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from bot.charts.chart import Chart
from bot.charts.picture import pictures_of
from bot.delivery import PermanentFailure
from bot.messages import Reply, Request
from bot.outgoing import json_bytes
from bot.teams.card import card_message

# A message with its images may take 256 KiB; the addressing around the card needs its share.
MOST_BYTES = 250_000
T = TypeVar("T")
M = TypeVar("M")
Fields = dict[str, Any]
log = logging.getLogger(__name__)


async def messages_of(reply: Reply, request: Request | None = None, page: int = 0) -> tuple[Fields, ...]:
    """A page of a reply as a message's fields: with its pictures first, if it has any, and without.

    With as many pictures, from the first on, as fit into MOST_BYTES together with the rest of the card.
    """
    plain = fullest = card_message(reply, request, page)
    charts = [part for part in reply.parts if isinstance(part, Chart)]
    addresses: dict[Chart, str] = {}
    for chart, picture in (await pictures_of(charts)).items() if charts else ():
        more = addresses | {chart: "data:image/png;base64," + b64encode(picture.data).decode()}
        tried = card_message(reply, request, page, more)
        if len(json_bytes(tried)) <= MOST_BYTES:
            addresses, fullest = more, tried
    return (plain,) if fullest == plain else (fullest, plain)


async def first_taken(messages: Sequence[M], send: Callable[[M], Awaitable[T]]) -> T:
    """Send the first message that is not refused for good. Raises what `send` raises of the last."""
    for message in messages[:-1]:
        try:
            return await send(message)
        except PermanentFailure as refusal:
            log.warning("charts go out without pictures on Teams (%s)", refusal)
    return await send(messages[-1])
