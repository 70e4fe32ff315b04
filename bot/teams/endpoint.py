"""POST /api/messages: what comes in is doubted first, then answered in one turn."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from aiohttp import hdrs, web

from bot.body import Refused, expect_type, read_body
from bot.faults import report
from bot.teams.activity import Activity, BadActivity, read_activity
from bot.teams.adapter import TeamsAdapter, Turn
from bot.teams.bearer import BearerCheck, Caller, Unauthorised, match
from bot.teams.connector import ServiceAddresses
from bot.teams.keys import Undecided

BAD_GATEWAY = 502
# Of the 4xx this is the one that says nothing against the request, and that Microsoft's clients repeat (decision 0015).
COME_AGAIN = 408
log = logging.getLogger(__name__)


class Endpoint:
    """The address that the Bot Connector calls. `bearer` is None in the playground alone."""

    def __init__(
        self,
        adapter: TeamsAdapter,
        bearer: BearerCheck | None,
        addresses: ServiceAddresses,
        listen: Callable[[Turn], Awaitable[None]],
    ) -> None:
        self._adapter = adapter
        self._bearer = bearer
        self._addresses = addresses
        self._listen = listen

    async def serve(self, request: web.Request) -> web.Response:
        """Answer one request: 200 or the invoke's own status, 4xx when it is not to be taken; for Teams to come again,
        502 after a fault of ours and COME_AGAIN while the key to check it by is not here yet.
        """
        try:
            activity, caller = await self._admit(request)
            status, body = await self._adapter.run(activity, caller.claims, self._listen)
        except Refused as refused:
            log.warning("refused %s: %s", refused.status, refused.reason)
            return web.Response(status=refused.status)
        except Exception as error:
            report("a turn", error)
            return web.Response(status=BAD_GATEWAY)
        return web.Response(status=status) if body is None else web.json_response(body, status=status)

    async def _admit(self, request: web.Request) -> tuple[Activity, Caller]:
        expect_type(request, "application/json")
        caller = Caller({}, frozenset())
        try:
            if self._bearer is None:
                _expect_local(request)
            else:
                caller = await self._bearer.check(request.headers.get(hdrs.AUTHORIZATION))
            activity = read_activity(await read_body(request))
            if self._bearer is not None:
                match(caller, activity)
        except Unauthorised as error:
            raise Refused(401, str(error)) from None
        except Undecided:
            raise Refused(COME_AGAIN, "the key to check the token by is not here yet") from None
        except BadActivity as error:
            raise Refused(400, str(error)) from None
        if not self._addresses.allow(activity.service_url):
            raise Refused(403, "serviceUrl is not allowed")
        return activity, caller


def _expect_local(request: web.Request) -> None:
    """The playground asks nobody who they are: it answers this machine alone, and no proxy on it."""
    forwarded = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"))
    try:
        local = ip_address(request.remote or "").is_loopback
    except ValueError:
        local = False
    if forwarded or not local:
        raise Refused(403, "not from this machine")
