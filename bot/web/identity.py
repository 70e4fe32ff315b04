"""Who sits before a browser: a signed-in member of staff, or on this machine whoever is chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from aiohttp import web

from bot.services import Services
from bot.web.guard import is_local
from bot.web.people import COOKIE, GUEST_ID, Seat, choose_seat, find_synthetic, list_seats, seat_of
from bot.web.refusal import Refusal
from staff.access.tokens import form_token
from staff.model import Person

LOCAL_COOKIE = "dxbot_session"
# Browsers take a cookie of this prefix from this very host over TLS only, and send it to no other.
SECURE_COOKIE = "__Host-dxbot_session"


@dataclass(frozen=True)
class Visitor:
    """Who asks. `person` is None for somebody unknown on this machine; `session` is the cookie's token, if signed in.

    `fresh`: the session was opened by this very request, so that its cookie is still to be set.
    """

    seat: Seat
    seats: tuple[Seat, ...] = ()
    session: str = ""
    fresh: bool = False

    @property
    def person(self) -> Person | None:
        """The person, as the directory knows them at this moment."""
        return self.seat.person

    @property
    def form_token(self) -> str:
        """What forms must carry; "" where there is no session to be misused."""
        return form_token(self.session) if self.session else ""


class NotSignedIn(Refusal):
    """Somebody from elsewhere without a session."""

    def __init__(self) -> None:
        super().__init__(401)


class Doorkeeper:
    """Admits requests. Its methods read the database."""

    def __init__(self, services: Services) -> None:
        self._services = services
        settings = services.settings
        self._proxies = [ip_network(entry) for entry in settings.trusted_proxies]
        self._host = urlsplit(settings.public_url).netloc.lower()

    def is_local(self, request: web.Request) -> bool:
        """Whether the browser runs on this machine: no proxy, not even a trusted one, stands between."""
        return is_local(request) and not self._is_proxy(request.remote or "")

    def is_ours(self, request: web.Request) -> bool:
        """Whether the request asks for this machine by a name of ours: another name may be a hostile page's."""
        return self.is_local(request) or (bool(self._host) and request.host.lower() == self._host)

    def visitor(self, request: web.Request) -> Visitor:
        """Who asks. Raises NotSignedIn."""
        token = request.cookies.get(self.cookie_name(request), "")
        vouched = self._vouched(request)
        session = self._services.sign_in.session(token)
        if (
            session is not None
            and session.method == "proxy"
            and (vouched is None or vouched.id != session.person_id)
        ):
            self._services.sign_in.sign_out(token)
            session = None
        if session is not None:
            person = self._services.stores.directory.person(session.person_id)
            if person is not None:
                return self._signed_in(person, token)
        if vouched is not None:
            opened = self._services.sign_in.open(vouched.id, "proxy", token)
            return replace(self._signed_in(vouched, opened), fresh=True)
        if self.is_local(request):
            return self._seated(request.cookies.get(COOKIE))
        raise NotSignedIn

    def cookie_name(self, request: web.Request) -> str:
        """The session cookie's name: without TLS only on this machine."""
        return LOCAL_COOKIE if self.is_local(request) else SECURE_COOKIE

    def remember(self, request: web.Request, response: web.Response, token: str) -> None:
        """Set the session cookie; an empty token takes it away. It ends with the browser."""
        settings = {"path": "/", "httponly": True, "samesite": "Lax", "secure": not self.is_local(request)}
        if token:
            response.set_cookie(self.cookie_name(request), token, **settings)  # type: ignore[arg-type]
        else:
            response.del_cookie(self.cookie_name(request), **settings)  # type: ignore[arg-type]

    def address(self, request: web.Request) -> str:
        """Where the browser is: the peer, or, behind trusted proxies, the nearest address none of them has."""
        peer = request.remote or ""
        if not self._is_proxy(peer):
            return peer
        told = ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")
        return next((one.strip() for one in reversed(told) if not self._is_proxy(one.strip())), peer) or peer

    def _vouched(self, request: web.Request) -> Person | None:
        """Whom a trusted proxy vouches for, by e-mail address or 職員番号. Anybody else's header is not read."""
        name = self._services.settings.proxy_header
        told = request.headers.getall(name, []) if name else []
        if len(told) != 1 or not self._is_proxy(request.remote or ""):
            return None
        value, directory = told[0].strip()[:254], self._services.stores.directory
        if not value or not value.isprintable():
            return None
        return directory.person_by_email(value) if "@" in value else directory.person(value)

    def _is_proxy(self, address: str) -> bool:
        try:
            peer = ip_address(address)
        except ValueError:
            return False
        if isinstance(peer, IPv6Address) and peer.ipv4_mapped is not None:
            peer = peer.ipv4_mapped
        return any(peer in network for network in self._proxies)

    def _signed_in(self, person: Person, token: str) -> Visitor:
        departments = {one.id: one.name for one in self._services.stores.directory.list_departments()}
        return Visitor(seat_of(person, departments), session=token)

    def _seated(self, cookie: str | None) -> Visitor:
        directory = self._services.stores.directory
        seats = list_seats(directory)
        if cookie == GUEST_ID:
            return Visitor(choose_seat(seats, None, GUEST_ID), tuple(seats))
        return Visitor(choose_seat(seats, find_synthetic(directory, cookie), cookie), tuple(seats))
