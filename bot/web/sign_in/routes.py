"""The addresses for signing in and out. None of them tells whether somebody exists."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote, unquote, urlsplit

from aiohttp import hdrs, web

from bot.handlers.console import CONSOLE_PATH, LINK_PATH, SIGN_IN_PATH
from bot.services import Services
from bot.texts.ja import access as texts
from bot.web.identity import SECURE_COOKIE, Doorkeeper, NotSignedIn
from bot.web.intake import expect_form_token, read_fields
from bot.web.render import Renderer
from bot.web.sign_in.oidc import CALLBACK_PATH, Errand, NotVouched, Provider, ProviderAway, new_errand
from staff.access.signing_in import SignInRefused, TooManyTries

CODE_PATH = "/console/sign-in/code"
OIDC_PATH = "/console/sign-in/oidc"
SIGN_OUT_PATH = "/console/sign-out"
ERRAND_SECONDS = 600
MOST_NEXT = 500
Listener = Callable[[web.Request], Awaitable[web.Response]]
log = logging.getLogger(__name__)


def add_sign_in_routes(
    app: web.Application,
    services: Services,
    renderer: Renderer,
    doors: Doorkeeper,
    guard: Callable[[Listener], Listener],
) -> None:
    """Add the pages. `guard` admits people who are not signed in yet, from a page of ours when they post."""
    desk = SignInPages(services, renderer, doors)
    app.router.add_get(SIGN_IN_PATH, guard(desk.ways))
    app.router.add_get(LINK_PATH, guard(desk.confirm_link))
    app.router.add_post(LINK_PATH, guard(desk.by_link))
    app.router.add_post(CODE_PATH, guard(desk.by_code))
    app.router.add_post(SIGN_OUT_PATH, guard(desk.sign_out))
    if services.settings.oidc_issuer:
        app.router.add_post(OIDC_PATH, guard(desk.to_provider))
        app.router.add_get(CALLBACK_PATH, guard(desk.from_provider))


class SignInPages:
    """What people see before they are known."""

    def __init__(self, services: Services, renderer: Renderer, doors: Doorkeeper) -> None:
        self._services = services
        self._renderer = renderer
        self._doors = doors
        self._provider = Provider(services.settings)

    async def ways(self, request: web.Request) -> web.Response:
        """GET /console/sign-in: the ways to sign in."""
        reason = texts.SIGNED_OUT if "out" in request.query else ""
        if not reason and "next" in request.query:
            reason = texts.SESSION_OVER
        return self._ways(own_path(request.query.get("next", "")), notice=reason)

    async def confirm_link(self, request: web.Request) -> web.Response:
        """GET: ask for confirmation. Nothing is consumed: mail and chat programs open links by themselves."""
        token = request.query.get("token", "")[:100]
        try:
            person = await asyncio.to_thread(self._services.sign_in.look_at_link, token)
        except SignInRefused as refused:
            return self._ways(error=str(refused), status=410)
        return self._page("sign_in/confirm.html", name=person.name, token=token)

    async def by_link(self, request: web.Request) -> web.Response:
        """POST: use the link up and sign in."""
        token = (await read_fields(request)).get("token", "")[:100]
        if self._is_plain(request):
            return self._without_tls(f"{LINK_PATH}?token={quote(token)}")
        desk, old = self._services.sign_in, self._old(request)
        try:
            session = await asyncio.to_thread(desk.by_link, token, self._doors.address(request), old)
        except SignInRefused as refused:
            return self._ways(error=str(refused), status=_status(refused, 410))
        return self._welcome(request, session, CONSOLE_PATH)

    async def by_code(self, request: web.Request) -> web.Response:
        """POST: use a printed code up and sign in."""
        fields = await read_fields(request)
        if self._is_plain(request):
            return self._without_tls(SIGN_IN_PATH)
        person, code = fields.get("person", "").replace("\0", ""), fields.get("code", "")
        goal, address = own_path(fields.get("next", "")), self._doors.address(request)
        try:
            session = await asyncio.to_thread(
                self._services.sign_in.by_code, person, code, address, self._old(request)
            )
        except SignInRefused as refused:
            return self._ways(goal, error=str(refused), status=_status(refused, 403), person=person[:64])
        return self._welcome(request, session, goal)

    async def to_provider(self, request: web.Request) -> web.Response:
        """POST: off to the city's OpenID provider, with what the answer must match in a cookie."""
        errand, goal = new_errand(), own_path((await read_fields(request)).get("next", ""))
        if self._is_plain(request):
            return self._without_tls(SIGN_IN_PATH)
        try:
            location = await self._provider.address(errand)
        except ProviderAway:
            return self._ways(goal, error=texts.OIDC_AWAY, status=503)
        # Not a redirect: the policy against foreign form targets would stop it in some browsers.
        response = self._page("sign_in/leaving.html", location=location)
        response.headers["Refresh"] = f"0; url={location}"
        packed = f"{errand.packed()}.{goal.encode().hex()}"
        response.set_cookie(self._errand_cookie(request), packed, **self._errand_settings(request))  # type: ignore[arg-type]
        return response

    async def from_provider(self, request: web.Request) -> web.Response:
        """GET: the provider's answer, checked against the cookie; then signed in."""
        packed, _, goal = request.cookies.get(self._errand_cookie(request), "").rpartition(".")
        try:
            claim = await self._provider.claim(Errand.unpacked(packed), request.query)
            session = await asyncio.to_thread(self._open, claim, self._old(request))
            response = self._welcome(request, session, own_path(_unhex(goal)))
        except ProviderAway:
            response = self._ways(error=texts.OIDC_AWAY, status=503)
        except NotVouched as reason:
            log.warning("the OpenID provider vouched for nobody: %s", reason)
            response = self._ways(error=texts.NOT_VOUCHED, status=403)
        except SignInRefused as refused:
            response = self._ways(error=str(refused), status=403)
        response.del_cookie(self._errand_cookie(request), **self._errand_settings(request, with_age=False))  # type: ignore[arg-type]
        return response

    async def sign_out(self, request: web.Request) -> web.Response:
        """POST: end the session, here and on the server."""
        try:
            visitor = await asyncio.to_thread(self._doors.visitor, request)
        except NotSignedIn:
            visitor = None
        if visitor is not None and visitor.session:
            expect_form_token(request, visitor.form_token)
            await read_fields(request)
            await asyncio.to_thread(self._services.sign_in.sign_out, visitor.session)
        response = web.Response(status=303, headers={"Location": f"{SIGN_IN_PATH}?out=1"})
        self._doors.remember(request, response, "")
        return response

    def _open(self, claim: str, old: str) -> str:
        directory = self._services.stores.directory
        person = directory.person_by_email(claim) if "@" in claim else directory.person(claim)
        if person is None:
            raise SignInRefused(texts.NOT_IN_DIRECTORY)
        return self._services.sign_in.open(person.id, "oidc", old)

    def _old(self, request: web.Request) -> str:
        return request.cookies.get(self._doors.cookie_name(request), "")

    def _welcome(self, request: web.Request, session: str, goal: str) -> web.Response:
        response = web.Response(status=303, headers={"Location": goal})
        self._doors.remember(request, response, session)
        return response

    def _ways(
        self,
        goal: str = CONSOLE_PATH,
        *,
        notice: str = "",
        error: str = "",
        status: int = 200,
        person: str = "",
    ) -> web.Response:
        return self._page(
            "sign_in/ways.html",
            status,
            goal=goal,
            notice=notice,
            error=error,
            person=person,
            has_oidc=bool(self._services.settings.oidc_issuer),
        )

    def _page(self, template: str, status: int = 200, **values: object) -> web.Response:
        html = self._renderer.fill(template, a=texts, **values)
        return web.Response(text=html, content_type="text/html", status=status)

    def _is_plain(self, request: web.Request) -> bool:
        """Whether the browser's page came without TLS: it would drop the session's cookie, and the link would be spent."""
        sent_from = request.headers.get(hdrs.ORIGIN, "")
        return sent_from.startswith("http://") and not self._doors.is_local(request)

    def _without_tls(self, path: str) -> web.Response:
        location = f"{self._services.settings.public_url.rstrip('/')}{path}"
        return self._page("sign_in/no_tls.html", 403, location=location)

    def _errand_cookie(self, request: web.Request) -> str:
        return "dxbot_errand" if self._doors.is_local(request) else SECURE_COOKIE.replace("session", "errand")

    def _errand_settings(self, request: web.Request, *, with_age: bool = True) -> Mapping[str, object]:
        settings = {
            "path": "/",
            "httponly": True,
            "samesite": "Lax",
            "secure": not self._doors.is_local(request),
        }
        return settings | ({"max_age": ERRAND_SECONDS} if with_age else {})


def own_path(wanted: str) -> str:
    """A path on this site to go to after signing in; the console for anything that leads elsewhere."""
    plain = unquote(wanted[:MOST_NEXT])
    parts = urlsplit(plain)
    safe = (
        wanted.isascii()
        and plain.startswith("/")
        and not plain.startswith(("//", "/\\"))
        and "\\" not in plain
        and plain.isprintable()
        and not parts.scheme
        and not parts.netloc
        and not plain.startswith(SIGN_IN_PATH)
    )
    return wanted[:MOST_NEXT] if safe else CONSOLE_PATH


def _status(refused: SignInRefused, usual: int) -> int:
    return 429 if isinstance(refused, TooManyTries) else usual


def _unhex(text: str) -> str:
    try:
        return bytes.fromhex(text).decode()
    except ValueError:
        return ""
