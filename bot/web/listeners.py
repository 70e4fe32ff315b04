"""The local chat's addresses: each reads a browser's request, asks the router, and writes HTML back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.handlers.console import SIGN_IN_PATH
from bot.messages import Reply, Request
from bot.router import handle
from bot.services import Services
from bot.texts.ja import web as texts
from bot.web.assets import Assets
from bot.web.console.registry import sections_for
from bot.web.console.routes import add_console_routes
from bot.web.guard import SECURITY_HEADERS, is_same_origin
from bot.web.identity import Doorkeeper, NotSignedIn, Visitor
from bot.web.intake import Command, expect_form_token, read_command, read_fields, read_form
from bot.web.knowledge.routes import add_knowledge_routes
from bot.web.people import COOKIE, GUEST_ID, Seat, find_synthetic
from bot.web.refusal import Refusal
from bot.web.render import MOST_SHOWN, Renderer, counted
from bot.web.route import route_of
from bot.web.sign_in.routes import add_sign_in_routes
from bot.web.survey_page import add_survey_routes
from bot.web.survey_results import add_results_routes
from staff.acting import acting_from
from staff.model import Person

Listener = Callable[[web.Request], Awaitable[web.Response]]
Complaint = Callable[[int, str], web.Response]
log = logging.getLogger(__name__)


def add_routes(app: web.Application, services: Services) -> None:
    """Add the web channel's pages, and a polite page for addresses that nobody serves."""
    assets = Assets()
    chat = WebChannel(services, Renderer(assets, services.stores.drawings.find_drawing))
    app.router.add_get("/", chat.page(chat.show_chat))
    app.router.add_get("/inbox", chat.page(chat.show_inbox))
    app.router.add_post("/chat", chat.fragment(chat.answer))
    app.router.add_post("/form", chat.page(chat.take_form))
    app.router.add_post("/person", chat.page(chat.switch_person))
    app.router.add_get("/static/{name}", chat.open_to_all(assets.serve))
    add_knowledge_routes(app, services, chat.renderer, chat.page, chat.visitor)
    add_console_routes(app, services, chat.renderer, chat.page, chat.visitor)
    add_survey_routes(app, services, chat.renderer, chat.linked)
    add_results_routes(app, services, chat.renderer, chat.page, chat.visitor)
    add_sign_in_routes(app, services, chat.renderer, chat.doors, chat.entrance)
    app.middlewares.append(chat.polite_dead_end)


class WebChannel:
    """Serves the chat of one Services."""

    def __init__(self, services: Services, renderer: Renderer) -> None:
        self._services = services
        self.renderer = renderer
        self.doors = Doorkeeper(services)

    async def show_chat(self, request: web.Request) -> web.Response:
        """GET /: the chat of whoever is signed in or chosen."""
        visitor = visitor_of(request)
        response = _html(await asyncio.to_thread(self._chat_html, visitor))
        if not visitor.session and request.cookies.get(COOKIE) != visitor.seat.id:
            _remember(response, visitor.seat.id)
        return response

    async def show_inbox(self, request: web.Request) -> web.Response:
        """GET /inbox: what the bot sent by itself."""
        return _html(await asyncio.to_thread(self._inbox_html, visitor_of(request)))

    async def answer(self, request: web.Request) -> web.Response:
        """POST /chat: a typed question, a pressed button or a form, answered with a fragment."""
        command = await read_command(request)
        return _html(await asyncio.to_thread(self._reply_html, command, visitor_of(request)))

    async def take_form(self, request: web.Request) -> web.Response:
        """POST /form: a form or a button without the page's script, answered with a whole page."""
        command = await read_form(request)
        return _html(await asyncio.to_thread(self._sheet_html, command, visitor_of(request)))

    async def switch_person(self, request: web.Request) -> web.Response:
        """POST /person: become one of the synthetic people, or the guest; only on this machine."""
        if not self.doors.is_local(request):
            raise Refusal(403)
        chosen = (await read_fields(request)).get("person", "")
        directory = self._services.stores.directory
        if chosen != GUEST_ID and await asyncio.to_thread(find_synthetic, directory, chosen) is None:
            raise Refusal(404, texts.UNKNOWN_PERSON)
        response = web.Response(status=303, headers={"Location": "/"})
        _remember(response, chosen)
        if session := visitor_of(request).session:
            await asyncio.to_thread(self._services.sign_in.sign_out, session)
            self.doors.remember(request, response, "")
        return response

    def page(self, listener: Listener) -> Listener:
        """Guard a listener whose failures are said on a whole page."""
        return self._guarded(self._admitted(listener), self._error_page)

    def fragment(self, listener: Listener) -> Listener:
        """Guard a listener whose failures are said in the conversation."""
        return self._guarded(self._admitted(listener), self._error_fragment)

    def entrance(self, listener: Listener) -> Listener:
        """Guard a listener that people reach before they are signed in."""
        return self._guarded(listener, self._error_page)

    def linked(self, listener: Listener) -> Listener:
        """Guard a listener whose address is a secret, and whose forms carry a key made of it: it needs no sign-in."""
        return self._guarded(listener, self._error_page, keyed=True)

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

    def _admitted(self, listener: Listener) -> Listener:
        """Find out who asks; forms of signed-in people must carry their session's token."""

        async def serve(request: web.Request) -> web.Response:
            try:
                visitor = await asyncio.to_thread(self.doors.visitor, request)
            except NotSignedIn:
                if request.method != "GET":
                    raise
                return web.Response(status=303, headers={"Location": _to_sign_in(request)})
            request[_VISITOR] = visitor
            expect_form_token(request, visitor.form_token)
            with acting_from("web"):
                response = await listener(request)
            if visitor.fresh:
                self.doors.remember(request, response, visitor.session)
            return response

        return serve

    def _guarded(self, listener: Listener, complain: Complaint, *, keyed: bool = False) -> Listener:
        async def serve(request: web.Request) -> web.Response:
            try:
                self._admit(request, keyed=keyed)
                response = await listener(request)
            except Refusal as refusal:
                response = complain(refusal.status, refusal.text)
            except Exception:
                log.exception("%s %s failed", request.method, route_of(request))
                response = complain(500, "")
            response.headers.update(SECURITY_HEADERS)
            return response

        return serve

    def _admit(self, request: web.Request, *, keyed: bool) -> None:
        if not self.doors.is_ours(request):
            public = self._services.settings.public_url
            raise Refusal(403, texts.ELSEWHERE.format(address=public) if public else "")
        # Without TLS browsers tell no origin of a page that sends no referrer: there the key alone must do.
        if (
            not keyed
            and request.method == "POST"
            and not is_same_origin(request, self._services.settings.public_url)
        ):
            raise Refusal(403, texts.CROSS_SITE)

    def _error_page(self, status: int, text: str) -> web.Response:
        html = self.renderer.error_page(status, text or _error_text(status))
        response = _html(html, status)
        response.headers.update(SECURITY_HEADERS)
        return response

    def _error_fragment(self, status: int, text: str) -> web.Response:
        return _html(self.renderer.failure(text or _error_text(status)), status)

    def _reply_html(self, command: Command, visitor: Visitor) -> str:
        return self.renderer.reply(self._reply(command, visitor), visitor.form_token)

    def _sheet_html(self, command: Command, visitor: Visitor) -> str:
        reply = self._reply(command, visitor)
        return self.renderer.sheet(reply, self._frame(visitor, self._count(visitor.seat)))

    def _reply(self, command: Command, visitor: Visitor) -> Reply:
        person = visitor.person
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
            private=True,
        )
        return handle(request, self._services)

    def _chat_html(self, visitor: Visitor) -> str:
        return self.renderer.chat_page(self._frame(visitor, self._count(visitor.seat)))

    def _inbox_html(self, visitor: Visitor) -> str:
        seat = visitor.seat
        messages = self._services.stores.inbox.list_for(seat.id, MOST_SHOWN + 1) if seat.person else []
        return self.renderer.inbox_page(messages, self._frame(visitor, len(messages)))

    def visitor(self, request: web.Request) -> tuple[Person | None, dict[str, object]]:
        """Who asks, and what the header of every page shows."""
        visitor = visitor_of(request)
        return visitor.person, self._frame(visitor, self._count(visitor.seat))

    def _frame(self, visitor: Visitor, waiting: int) -> dict[str, object]:
        """What every page shows around its content: who sits here, the seats, the messages, where one may go."""
        return {
            "seats": visitor.seats,
            "seat": visitor.seat,
            "signed_in": bool(visitor.session),
            "form_token": visitor.form_token,
            "sections": sections_for(visitor.person),
            **counted(waiting),
        }

    def _count(self, seat: Seat) -> int:
        return len(self._services.stores.inbox.list_for(seat.id, MOST_SHOWN + 1)) if seat.person else 0


_VISITOR = web.RequestKey("visitor", Visitor)


def visitor_of(request: web.Request) -> Visitor:
    """Who asks; known for every request that a page's guard let in."""
    return request[_VISITOR]


def _to_sign_in(request: web.Request) -> str:
    return f"{SIGN_IN_PATH}?next={quote(request.path_qs, safe='')}"


def _error_text(status: int) -> str:
    return texts.ERROR_TEXTS.get(status, texts.ERROR_TEXTS[500])


def _remember(response: web.Response, seat_id: str) -> None:
    response.set_cookie(COOKIE, seat_id, httponly=True, samesite="Strict", path="/")


def _html(html: str, status: int = 200) -> web.Response:
    return web.Response(text=html, content_type="text/html", status=status)
