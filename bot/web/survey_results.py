"""/surveys/<round>/results: a round's published results as pages, for those who may see them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.messages import Request
from bot.router import handle
from bot.services import Services
from bot.texts.ja import results as texts
from bot.web.refusal import Refusal
from bot.web.render import Renderer
from staff.model import Person

PATH = "/surveys/{round}/results"
MOST_ID = 200
Listener = Callable[[web.Request], Awaitable[web.Response]]
Visitor = Callable[[web.Request], tuple[Person | None, Mapping[str, object]]]


def add_results_routes(
    app: web.Application,
    services: Services,
    renderer: Renderer,
    guard: Callable[[Listener], Listener],
    visitor: Visitor,
) -> None:
    """Add the page. `guard` is the channel's; `visitor` says who asks and what the header shows, and may block."""

    async def show(request: web.Request) -> web.Response:
        """GET: one round; with `question` and `by` one table of it."""
        return await asyncio.to_thread(_page, request, services, renderer, visitor)

    app.router.add_get(PATH, guard(show))


def _page(request: web.Request, services: Services, renderer: Renderer, visitor: Visitor) -> web.Response:
    person, frame = visitor(request)
    round_id, question = request.match_info["round"], request.query.get("question", "")
    if len(round_id) > MOST_ID or services.stores.surveys.find_round(round_id) is None:
        raise Refusal(404, texts.NO_SUCH)
    value = "|".join((round_id, question, request.query.get("by", "全庁"))) if question else round_id
    asked = Request(
        channel="web",
        user=person.id if person else "",
        name="results_question" if question else "results_show",
        value=value,
        person=person,
        at=services.clock(),
    )
    html = renderer.sheet(handle(asked, services), frame)
    return web.Response(text=html, content_type="text/html")
