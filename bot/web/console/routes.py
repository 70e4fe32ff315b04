"""The addresses of the console, and what becomes of errors that can be foreseen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from aiohttp import web

from bot.handlers.turning_away import record_refusal
from bot.services import Services
from bot.sheets.naming import content_disposition
from bot.texts.ja import console as texts
from bot.web.console.desk import Desk, NotThere, Show
from bot.web.console.registry import SECTIONS, Section
from bot.web.intake import read_fields, read_upload
from bot.web.pages import File, Page, Visit
from bot.web.render import Renderer
from bot.web.route import route_of
from staff.model import Person
from staff.permissions import NotAllowed, require

MOST_FIELDS = 60
Listener = Callable[[web.Request], Awaitable[web.Response]]
Visitor = Callable[[web.Request], tuple[Person | None, Mapping[str, object]]]


def add_console_routes(
    app: web.Application,
    services: Services,
    renderer: Renderer,
    guard: Callable[[Listener], Listener],
    visitor: Visitor,
) -> None:
    """Add every section's pages. `guard` is the channel's; `visitor` says who asks, and may block."""
    console = Console(services, renderer, visitor)
    for section in SECTIONS:
        if section.pages is None:
            continue
        for path, show in section.pages.SHOWN.items():
            app.router.add_get(path, guard(console.listener(section, show)))
        for path, do in section.pages.DONE.items():
            app.router.add_post(path, guard(console.listener(section, do)))


def _download(file: File) -> web.Response:
    headers = {"Content-Disposition": content_disposition(file.name), "Cache-Control": "no-store"}
    return web.Response(body=file.content, content_type=file.type, headers=headers)


class Console:
    """Answers requests for pages."""

    def __init__(self, services: Services, renderer: Renderer, visitor: Visitor) -> None:
        self._services = services
        self._renderer = renderer
        self._visitor = visitor

    def listener(self, section: Section, show: Show) -> Listener:
        """A page of a section as a listener."""

        async def listen(request: web.Request) -> web.Response:
            fields, files = await _sent(request)
            page = await asyncio.to_thread(
                self._answer, section, show, request, {**fields, **request.match_info}, files
            )
            if page.location:
                return web.Response(status=303, headers={"Location": page.location})
            if page.file:
                return _download(page.file)
            return web.Response(text=page.html, content_type="text/html", status=page.status)

        return listen

    def _answer(
        self,
        section: Section,
        show: Show,
        request: web.Request,
        fields: dict[str, str],
        files: Sequence[tuple[str, bytes]],
    ) -> Page:
        person, frame = self._visitor(request)
        clean = {name: text.replace("\0", "") for name, text in fields.items()}
        visit = Visit(person, {**frame, "here": section.path}, clean)
        try:
            require(person, section.permission)
            assert person is not None  # noqa: S101 (every section needs a role)
            return show(Desk(person, visit, self._services, self._renderer, files))
        except NotAllowed as refused:
            record_refusal(self._services, person, "web", route_of(request))
            return self._refused(visit, 403, texts.NOT_ALLOWED, str(refused))
        except NotThere as missing:
            return self._refused(visit, 404, texts.NOTHING_THERE, str(missing))

    def _refused(self, visit: Visit, status: int, title: str, text: str) -> Page:
        html = self._renderer.fill("console/refused.html", **visit.frame, c=texts, heading=title, text=text)
        return Page(html, status)


async def _sent(request: web.Request) -> tuple[dict[str, str], Sequence[tuple[str, bytes]]]:
    if request.method != "POST":
        return dict(request.query), ()
    if request.content_type == "multipart/form-data":
        return await read_upload(request)
    return await read_fields(request, MOST_FIELDS), ()
