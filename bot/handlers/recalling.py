"""Questions that were asked before, answered without anything being read or written: fit for the event loop."""

from __future__ import annotations

from datetime import date
from time import perf_counter
from typing import NamedTuple

from bot.handlers.discretion import shows_restricted
from bot.handlers.following import remember_subject
from bot.messages import Reply, Request
from bot.services import Services
from knowledge.asking.question import MAX_LENGTH, clean
from knowledge.view import View

ASK = "ask"


class Asked(NamedTuple):
    """What a reply depends on, the conversation aside: what the asker sees, what they typed, and the day."""

    view: View
    text: str
    today: date


def asked_in(request: Request, services: Services) -> Asked | None:
    """What a request asks; None for anything but a typed question, and where its view must be made first."""
    if request.name != ASK or not 0 < len(request.text) <= MAX_LENGTH or request.value:
        return None
    view = services.held_for(request.person)
    return Asked(view, request.text, services.today()) if view else None


def recall(request: Request, services: Services, asked: Asked | None = None) -> Reply | None:
    """The reply that this question got before; None to have it worked out."""
    began = perf_counter()
    asked = asked or asked_in(request, services)
    reply = services.replies.find(*asked) if asked else None
    if reply is None or reply.answer is None:
        return None
    remember_subject(reply.answer, request, services)
    services.meter.observe(request.channel, ASK, reply.answer.outcome, perf_counter() - began)
    return reply


def keep(asked: Asked, reply: Reply, services: Services) -> None:
    """Remember a reply, unless it depends on the conversation or the place, or each of its kind is kept account of."""
    if reply.answer is None or reply.answer.outcome == "unknown" or reply.fleeting:
        return
    if shows_restricted(reply, services):
        return
    if not asked.view.leans_on_another(clean(asked.text)):
        services.replies.keep(*asked, reply)
