"""The addresses of the knowledge pages, and what becomes of errors that can be foreseen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.handlers.turning_away import record_refusal
from bot.services import Services
from bot.texts.ja import editing as texts
from bot.web.intake import read_fields
from bot.web.knowledge.changes import ArticleChanges
from bot.web.knowledge.decisions import Decisions
from bot.web.knowledge.pages import ArticlePages
from bot.web.knowledge.screen import TICKED, Screen
from bot.web.pages import Page, Visit, link
from bot.web.render import Renderer
from bot.web.route import route_of
from knowledge.editing.desk import NothingThere
from knowledge.editing.fields import FieldMistakes
from knowledge.editing.proposing import AlreadyDecided
from knowledge.editing.store import Outdated
from staff.model import Person
from staff.permissions import NotAllowed

MOST_FIELDS = 60
Listener = Callable[[web.Request], Awaitable[web.Response]]
Show = Callable[[Visit], Page]
Visitor = Callable[[web.Request], tuple[Person | None, Mapping[str, object]]]


def add_knowledge_routes(
    app: web.Application,
    services: Services,
    renderer: Renderer,
    guard: Callable[[Listener], Listener],
    visitor: Visitor,
) -> None:
    """Add the pages. `guard` is the channel's; `visitor` says who asks and what the header shows, and may block."""
    screen = Screen(services, renderer)
    read, write, decide = ArticlePages(screen), ArticleChanges(screen), Decisions(screen)
    shown: Mapping[str, Show] = {
        "/knowledge": read.search,
        "/knowledge/article": read.article,
        "/knowledge/history": read.history,
        "/knowledge/edit": write.edit_form,
        "/knowledge/new": write.new_form,
        "/knowledge/proposals": decide.proposals,
        "/knowledge/proposal": decide.proposal,
    }
    done: Mapping[str, Show] = {
        "/knowledge/edit": write.save,
        "/knowledge/new": write.create,
        "/knowledge/delete": write.delete,
        "/knowledge/rollback": write.roll_back,
        "/knowledge/phrasing": write.propose_phrasing,
        "/knowledge/approve": decide.approve,
        "/knowledge/reject": decide.reject,
    }
    for path, show in shown.items():
        app.router.add_get(path, guard(_listener(screen, show, visitor)))
    for path, do in done.items():
        app.router.add_post(path, guard(_listener(screen, do, visitor)))


def _listener(screen: Screen, show: Show, visitor: Visitor) -> Listener:
    async def listen(request: web.Request) -> web.Response:
        fields = (
            await read_fields(request, MOST_FIELDS, TICKED) if request.method == "POST" else request.query
        )
        page = await asyncio.to_thread(_answer, screen, show, visitor, request, dict(fields))
        if page.location:
            return web.Response(status=303, headers={"Location": page.location})
        return web.Response(text=page.html, content_type="text/html", status=page.status)

    return listen


def _answer(
    screen: Screen, show: Show, visitor: Visitor, request: web.Request, fields: dict[str, str]
) -> Page:
    person, frame = visitor(request)
    visit = Visit(person, frame, {name: text.replace("\0", "") for name, text in fields.items()})
    try:
        return show(visit)
    except NotAllowed as refused:
        record_refusal(screen.services, person, "web", route_of(request))
        return _refused(screen, visit, 403, texts.NOT_ALLOWED, str(refused))
    except NothingThere as missing:
        return _refused(screen, visit, 404, texts.NOTHING_THERE, str(missing))
    except FieldMistakes as wrong:
        return _refused(screen, visit, 422, texts.NOT_TAKEN, str(wrong))
    except AlreadyDecided as decided:
        back = link("/knowledge/proposal", id=visit.field("id"))
        return _refused(screen, visit, 409, texts.CHANGED_MEANWHILE, str(decided), back)
    except Outdated:
        back = link("/knowledge/history", id=visit.field("id"))
        return _refused(screen, visit, 409, texts.CHANGED_MEANWHILE, texts.OUTDATED, back)


def _refused(screen: Screen, visit: Visit, status: int, title: str, text: str, back: str = "") -> Page:
    return screen.page("knowledge/refused.html", visit, status, heading=title, text=text, back=back)
