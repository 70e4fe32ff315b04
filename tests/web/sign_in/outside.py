"""Browsers from elsewhere than this machine: another Host, cookies as a browser keeps them, the marks of a page of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

from aiohttp import web
from aiohttp.test_utils import TestClient

SITE = "https://dxbot.example.lg.jp"
HOST = "dxbot.example.lg.jp"
SESSION = "__Host-dxbot_session"
Client = TestClient[web.Request, web.Application]
_TOKEN = re.compile(r'name="\.token" value="([0-9a-f]+)"')


@dataclass(frozen=True)
class Seen:
    """An answer: its status, where it leads, its page, and the cookies as they were set."""

    status: int
    location: str
    text: str
    set_cookies: tuple[str, ...]

    @property
    def form_token(self) -> str:
        """The token of the page's forms; "" where there is none."""
        found = _TOKEN.search(self.text)
        return found[1] if found else ""


@dataclass
class Outsider:
    """One browser."""

    client: Client
    cookies: dict[str, str] = field(default_factory=dict)
    host: str = HOST
    headers: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str, **headers: str) -> Seen:
        """Open a page."""
        return await self._ask("GET", path, None, {"Sec-Fetch-Site": "cross-site"} | headers)

    async def post(self, path: str, fields: dict[str, str], **headers: str) -> Seen:
        """Send a form of a page of ours."""
        return await self._ask("POST", path, fields, {"Sec-Fetch-Site": "same-origin"} | headers)

    async def _ask(
        self, method: str, path: str, fields: dict[str, str] | None, headers: dict[str, str]
    ) -> Seen:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Host": self.host, **self.headers, **headers} | ({"Cookie": cookie} if cookie else {})
        response = await self.client.request(method, path, data=fields, headers=sent, allow_redirects=False)
        set_cookies = tuple(response.headers.getall("Set-Cookie", []))
        for line in set_cookies:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        text = await response.text()
        assert response.status < 500 or response.status == 503, text
        return Seen(response.status, response.headers.get("Location", ""), text, set_cookies)
