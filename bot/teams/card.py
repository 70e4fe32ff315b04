"""Replies as cards that Teams takes: within its size, the rest behind 「もっと読む」."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.charts.chart import Chart
from bot.messages import Reply, Request
from bot.teams.inputs import form_elements
from bot.teams.press import MAX_VALUE, button_data
from bot.teams.render import (
    Element,
    action_sets,
    part_elements,
    size_of,
    size_without_picture,
    submit,
    text_block,
    title_block,
)
from bot.teams.wording import plain, shorten
from bot.texts.ja import teams as texts

CARD = "application/vnd.microsoft.card.adaptive"
# Teams refuses messages of about 28 KB and more; the addressing and the buttons need their share.
PAGE_BYTES = 16_000
CLOSING_BYTES = 6_000
MAX_SUMMARY = 200
MAX_ACTIONS = 24
NO_PICTURES: Mapping[Chart, str] = {}


def reply_card(
    reply: Reply,
    request: Request | None = None,
    page: int = 0,
    pictures: Mapping[Chart, str] = NO_PICTURES,
    *,
    in_dialog: bool = False,
) -> dict[str, Any]:
    """One page of a reply as a card; `pictures` are the addresses of its charts' images.

    With the `request` it answers, a further page has a button; without, the reader is told that there is more.
    """
    pages = _pages(reply, pictures, in_dialog=in_dialog)
    page = min(page, len(pages) - 1)
    body = [title_block(reply.title)] if reply.title else []
    body += pages[page]
    if page + 1 < len(pages):
        body += _more(request, page + 1)
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "fallbackText": summary(reply),
        "body": body or [text_block(" ")],
    }


def card_message(
    reply: Reply, request: Request | None = None, page: int = 0, pictures: Mapping[Chart, str] = NO_PICTURES
) -> dict[str, Any]:
    """A message's own fields: the card, and the line that notifications show."""
    card = reply_card(reply, request, page, pictures)
    return {"attachments": [attachment(card)], "summary": summary(reply)}


def without_dialogs(reply: Reply) -> Reply:
    """The reply for the Agents Playground, which opens no dialog: its forms come as cards."""
    actions = tuple(action.model_copy(update={"opens_form": False}) for action in reply.actions)
    return reply.model_copy(update={"actions": actions})


def count_pages(reply: Reply) -> int:
    """How many cards a reply takes."""
    return len(_pages(reply))


def attachment(card: dict[str, Any]) -> dict[str, Any]:
    """A card as an attachment."""
    return {"contentType": CARD, "content": card}


def summary(reply: Reply) -> str:
    """The reply's first words, in one line."""
    return plain(shorten(" ".join(reply.text.split()), MAX_SUMMARY)) or texts.APP_NAME


def _pages(
    reply: Reply, pictures: Mapping[Chart, str] = NO_PICTURES, *, in_dialog: bool = False
) -> list[list[Element]]:
    pages: list[list[Element]] = [[]]
    room = PAGE_BYTES
    for part in reply.parts:
        for element in part_elements(part, pictures.get(part, "") if isinstance(part, Chart) else ""):
            size = size_without_picture(element)
            if size > room and pages[-1]:
                pages.append([])
                room = PAGE_BYTES
            pages[-1].append(element)
            room -= size
    closing = _closing(reply, in_dialog=in_dialog)
    if pages[-1] and size_of(closing) > room + CLOSING_BYTES:
        pages.append([])
    pages[-1] += closing
    return pages


def _closing(reply: Reply, *, in_dialog: bool) -> list[Element]:
    form = list(form_elements(reply.form)) if reply.form else []
    return [*form, *action_sets(reply.actions[:MAX_ACTIONS], in_dialog=in_dialog)]


def _more(request: Request | None, page: int) -> list[Element]:
    if request is None or request.values:
        return [text_block(texts.CUT, isSubtle=True)]
    data = button_data(request.name, request.value[:MAX_VALUE], text=request.text[:MAX_VALUE], page=page)
    return [{"type": "ActionSet", "actions": [submit(texts.READ_ON, data)]}]
