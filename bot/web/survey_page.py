"""/s/<token>: a survey's own page for one person, reached by a personal link; it works without the script."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.messages import Reply, Request
from bot.router import handle
from bot.services import Services
from bot.texts.ja import surveys as texts
from bot.web.intake import Command, expect_form_token, read_form
from bot.web.refusal import Refusal
from bot.web.render import Renderer
from surveys.links import digest, form_key

PATH = "/s/{token}"
NAMES = frozenset(
    {
        "survey_start",
        "survey_notice",
        "survey_show",
        "survey_page",
        "survey_back",
        "survey_save",
        "survey_submit",
    }
)
MOST_TOKEN = 100
Listener = Callable[[web.Request], Awaitable[web.Response]]


def add_survey_routes(
    app: web.Application, services: Services, renderer: Renderer, guard: Callable[[Listener], Listener]
) -> None:
    """Add the page. `guard` is the channel's for addresses that are secrets."""
    page = SurveyPage(services, renderer)
    app.router.add_get(PATH, guard(page.open))
    app.router.add_post(PATH, guard(page.take))


class SurveyPage:
    """Answers one round as the person of the link. Opening it uses nothing up."""

    def __init__(self, services: Services, renderer: Renderer) -> None:
        self._services = services
        self._renderer = renderer

    async def open(self, request: web.Request) -> web.Response:
        """GET: the purpose notice."""
        return await self._answered(request, None)

    async def take(self, request: web.Request) -> web.Response:
        """POST: a filled page, or another button of it."""
        expect_form_token(request, form_key(_token_in(request)))
        return await self._answered(request, await read_form(request))

    async def _answered(self, request: web.Request, command: Command | None) -> web.Response:
        html = await asyncio.to_thread(self._html, _token_in(request), command)
        return web.Response(text=html, content_type="text/html")

    def _html(self, token: str, command: Command | None) -> str:
        found = self._services.stores.surveys.find_link(digest(token), self._services.clock())
        person = self._services.stores.directory.person(found[1]) if found else None
        if found is None or person is None:
            raise Refusal(404, texts.LINK_GONE)
        command = command or Command(name="survey_start", value=found[0])
        if command.name not in NAMES or command.value.partition("/")[0] != found[0]:
            raise Refusal(400)
        asked = Request(
            channel="web",
            user=person.id,
            name=command.name,
            value=command.value,
            values=command.values,
            person=person,
            at=self._services.clock(),
            private=True,
        )
        reply = _within(handle(asked, self._services))
        return self._renderer.linked_sheet(reply, f"/s/{token}", form_key(token))


def _within(reply: Reply) -> Reply:
    """A reply with only the buttons that lead on in this survey."""
    return reply.model_copy(
        update={"actions": tuple(action for action in reply.actions if action.name in NAMES)}
    )


def _token_in(request: web.Request) -> str:
    token = request.match_info["token"]
    if len(token) > MOST_TOKEN:
        raise Refusal(404, texts.LINK_GONE)
    return token
