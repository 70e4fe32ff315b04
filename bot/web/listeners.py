"""The local chat's addresses: each reads a browser's request, asks the router, and writes HTML back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.messages import Reply, Request
from bot.router import handle
from bot.services import Services
from bot.texts.ja import web as texts
from bot.web.assets import Assets
from bot.web.guard import SECURITY_HEADERS, is_local, is_same_origin
from bot.web.intake import Command, read_command, read_fields, read_form
from bot.web.knowledge.routes import add_knowledge_routes
from bot.web.people import COOKIE, GUEST_ID, Seat, choose_seat, find_synthetic, list_seats
from bot.web.refusal import Refusal
from bot.web.render import MOST_SHOWN, Renderer, counted
from staff.model import Person

Listener = Callable[[web.Request], Awaitable[web.Response]]
Complaint = Callable[[int, str], web.Response]
log = logging.getLogger(__name__)


def add_routes(app: web.Application, services: Services) -> None:
    """Add the web channel's pages, and a polite page for addresses that nobody serves."""
    assets = Assets()
    chat = WebChannel(services, Renderer(assets))
    app.router.add_get("/", chat.page(chat.show_chat))
    app.router.add_get("/inbox", chat.page(chat.show_inbox))
    app.router.add_post("/chat", chat.fragment(chat.answer))
    app.router.add_post("/form", chat.page(chat.take_form))
    app.router.add_post("/person", chat.page(chat.switch_person))
    app.router.add_get("/static/{name}", chat.open_to_all(assets.serve))
    add_knowledge_routes(app, services, chat.renderer, chat.page, chat.visitor)
    app.middlewares.append(chat.polite_dead_end)


class WebChannel:
    """Serves the chat of one Services."""

    def __init__(self, services: Services, renderer: Renderer) -> None:
        self._services = services
        self.renderer = renderer

    async def show_chat(self, request: web.Request) -> web.Response:
        """GET /: the chat of whoever is chosen."""
        cookie = request.cookies.get(COOKIE)
        html, seat = await asyncio.to_thread(self._chat_html, cookie)
        response = _html(html)
        if cookie != seat.id:
            _remember(response, seat.id)
        return response

    async def show_inbox(self, request: web.Request) -> web.Response:
        """GET /inbox: what the bot sent by itself."""
        html = await asyncio.to_thread(self._inbox_html, request.cookies.get(COOKIE))
        return _html(html)

    async def answer(self, request: web.Request) -> web.Response:
        """POST /chat: a typed question, a pressed button or a form, answered with a fragment."""
        command = await read_command(request)
        return _html(await asyncio.to_thread(self._reply_html, command, request.cookies.get(COOKIE)))

    async def take_form(self, request: web.Request) -> web.Response:
        """POST /form: a form or a button without the page's script, answered with a whole page."""
        command = await read_form(request)
        return _html(await asyncio.to_thread(self._sheet_html, command, request.cookies.get(COOKIE)))

    async def switch_person(self, request: web.Request) -> web.Response:
        """POST /person: become one of the synthetic people, or the guest."""
        chosen = (await read_fields(request)).get("person", "")
        directory = self._services.stores.directory
        if chosen != GUEST_ID and await asyncio.to_thread(find_synthetic, directory, chosen) is None:
            raise Refusal(404, texts.UNKNOWN_PERSON)
        response = web.Response(status=303, headers={"Location": "/"})
        _remember(response, chosen)
        return response

    def page(self, listener: Listener) -> Listener:
        """Guard a listener whose failures are said on a whole page."""
        return self._guarded(listener, self._error_page)

    def fragment(self, listener: Listener) -> Listener:
        """Guard a listener whose failures are said in the conversation."""
        return self._guarded(listener, self._error_fragment)

    def open_to_all(self, listener: Listener) -> Listener:
        """A listener without secrets, reachable from anywhere."""

        async def serve(request: web.Request) -> web.Response:
            try:
                return await listener(request)
            except Refusal as refusal:
                return self._error_page(refusal.status, refusal.text)

        return serve

    @web.middleware
    async def polite_dead_end(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Turn the plain 404 and 405 of addresses that no route serves into a polite page."""
        response: web.StreamResponse
        try:
            response = await handler(request)
        except web.HTTPException as error:
            if request.match_info.http_exception is None:
                raise
            response = self._error_page(error.status, "")
            if "Allow" in error.headers:
                response.headers["Allow"] = error.headers["Allow"]
        return response

    def _guarded(self, listener: Listener, complain: Complaint) -> Listener:
        async def serve(request: web.Request) -> web.Response:
            try:
                _admit(request)
                response = await listener(request)
            except Refusal as refusal:
                response = complain(refusal.status, refusal.text)
            except Exception:
                log.exception("%s %s failed", request.method, request.path)
                response = complain(500, "")
            response.headers.update(SECURITY_HEADERS)
            return response

        return serve

    def _error_page(self, status: int, text: str) -> web.Response:
        html = self.renderer.error_page(status, text or _error_text(status))
        response = _html(html, status)
        response.headers.update(SECURITY_HEADERS)
        return response

    def _error_fragment(self, status: int, text: str) -> web.Response:
        return _html(self.renderer.failure(text or _error_text(status)), status)

    def _reply_html(self, command: Command, cookie: str | None) -> str:
        return self.renderer.reply(self._reply(command, cookie))

    def _sheet_html(self, command: Command, cookie: str | None) -> str:
        seats, seat = self._seats(cookie)
        reply = self._reply(command, cookie)
        frame = {"seats": seats, "seat": seat, **counted(self._count(seat))}
        return self.renderer.sheet(reply, frame)

    def _reply(self, command: Command, cookie: str | None) -> Reply:
        person = self.person(cookie)
        user = person.id if person else GUEST_ID
        request = Request(
            channel="web",
            user=user,
            name=command.name,
            text=command.text,
            value=command.value,
            values=command.values,
            person=person,
            conversation=user,
            at=self._services.clock(),
        )
        return handle(request, self._services)

    def person(self, cookie: str | None) -> Person | None:
        """Who sits before the browser with this cookie; None for the guest."""
        if cookie == GUEST_ID:
            return None
        return find_synthetic(self._services.stores.directory, cookie) or self._seats(cookie)[1].person

    def _chat_html(self, cookie: str | None) -> tuple[str, Seat]:
        seats, seat = self._seats(cookie)
        return self.renderer.chat_page(seats, seat, self._count(seat)), seat

    def _inbox_html(self, cookie: str | None) -> str:
        seats, seat = self._seats(cookie)
        messages = self._services.stores.inbox.list_for(seat.id, MOST_SHOWN + 1) if seat.person else []
        return self.renderer.inbox_page(seats, seat, messages)

    def _seats(self, cookie: str | None) -> tuple[list[Seat], Seat]:
        directory = self._services.stores.directory
        seats = list_seats(directory)
        return seats, choose_seat(seats, find_synthetic(directory, cookie), cookie)

    def visitor(self, request: web.Request) -> tuple[Person | None, dict[str, object]]:
        """Who asks, and what the header of every page shows: the seats, who sits here, how many messages wait."""
        cookie = request.cookies.get(COOKIE)
        seats, seat = self._seats(cookie)
        return self.person(cookie), {"seats": seats, "seat": seat, **counted(self._count(seat))}

    def _count(self, seat: Seat) -> int:
        return len(self._services.stores.inbox.list_for(seat.id, MOST_SHOWN + 1)) if seat.person else 0


def _admit(request: web.Request) -> None:
    if not is_local(request):
        raise Refusal(403)
    if request.method == "POST" and not is_same_origin(request):
        raise Refusal(403, texts.CROSS_SITE)


def _error_text(status: int) -> str:
    return texts.ERROR_TEXTS.get(status, texts.ERROR_TEXTS[500])


def _remember(response: web.Response, seat_id: str) -> None:
    response.set_cookie(COOKIE, seat_id, httponly=True, samesite="Strict", path="/")


def _html(html: str, status: int = 200) -> web.Response:
    return web.Response(text=html, content_type="text/html", status=status)
