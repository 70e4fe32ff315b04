"""Messages with the pictures of their charts, and the same without: what Teams refuses was not posted."""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

from bot.charts.chart import Chart
from bot.charts.picture import Picture, pictures_of
from bot.delivery import PermanentFailure
from bot.messages import Reply, Request
from bot.teams.card import card_message

# Teams counts images that stand in the message apart from its size, each up to 1 MB; slow networks count them as well.
MOST_BYTES = 240_000
T = TypeVar("T")
M = TypeVar("M")
Fields = dict[str, Any]
log = logging.getLogger(__name__)


async def messages_of(reply: Reply, request: Request | None = None, page: int = 0) -> tuple[Fields, ...]:
    """A page of a reply as a message's fields: with its pictures first, if it has any, and without."""
    charts = [part for part in reply.parts if isinstance(part, Chart)]
    plain = card_message(reply, request, page)
    addresses = _addresses(await pictures_of(charts)) if charts else {}
    if not addresses:
        return (plain,)
    return card_message(reply, request, page, addresses), plain


async def first_taken(messages: Sequence[M], send: Callable[[M], Awaitable[T]]) -> T:
    """Send the first message that is not refused for good. Raises what `send` raises of the last."""
    for message in messages[:-1]:
        try:
            return await send(message)
        except PermanentFailure as refusal:
            log.warning("charts go out without pictures on Teams (%s)", refusal)
    return await send(messages[-1])


def _addresses(pictures: Mapping[Chart, Picture]) -> dict[Chart, str]:
    """Each picture as an address that holds it, as many as a message should carry."""
    made: dict[Chart, str] = {}
    room = MOST_BYTES
    for chart, picture in pictures.items():
        address = "data:image/png;base64," + b64encode(picture.data).decode()
        if len(address) <= room:
            made[chart] = address
            room -= len(address)
    return made
