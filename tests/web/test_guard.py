"""Who gets in without signing in: loopback peers, under a loopback name, from a page of ours."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.texts.ja import web as texts
from bot.web.guard import is_loopback_host
from tests.web.conftest import Client

LOCAL = [
    "localhost",
    "localhost:8080",
    "LOCALHOST",
    "127.0.0.1",
    "127.0.0.1:8080",
    "127.0.0.2",
    "[::1]",
    "[::1]:8080",
]
FOREIGN = [
    "",
    "example.jp",
    "localhost.example.jp",
    "127.0.0.1.example.jp",
    "localhost@example.jp",
    "example.jp:8080",
    "192.0.2.7",
    "[2001:db8::1]",
    "0.0.0.0",
    "localhost:http",
    "localhost:99999",
    "localhost/x",
    "localhost?x",
    "localhost#x",
    "[::1",
    "::1",
    "2130706433",
]


@pytest.mark.parametrize("host", LOCAL)
def test_names_of_this_machine(host: str) -> None:
    assert is_loopback_host(host)


@pytest.mark.parametrize("host", FOREIGN)
def test_names_of_others(host: str) -> None:
    assert not is_loopback_host(host)


@pytest.mark.parametrize("path", ["/", "/inbox"])
@pytest.mark.parametrize("host", ["rebound.example.jp", "192.0.2.7:8080", ""])
async def test_a_rebound_name_is_refused_politely(client: Client, path: str, host: str) -> None:
    response = await client.get(path, headers={"Host": host})
    assert response.status == 403
    page = await response.text()
    assert texts.ERROR_TITLES[403] in page
    assert "青葉" not in page
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/chat", "/person"])
async def test_a_rebound_name_cannot_post(client: Client, path: str) -> None:
    response = await client.post(path, json={"name": "help"}, headers={"Host": "rebound.example.jp"})
    assert response.status == 403


async def test_two_hosts_are_refused(client: Client) -> None:
    assert client.port is not None
    one = await asyncio.to_thread(_status, client.port, "Host: localhost")
    two = await asyncio.to_thread(_status, client.port, "Host: localhost\r\nHost: localhost")
    none = await asyncio.to_thread(_status, client.port, "X-No-Host: 1")
    assert one == 200
    assert two in (400, 403)
    assert none in (400, 403)


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "X-Forwarded-Host"])
async def test_a_proxy_on_this_machine_is_not_the_person(client: Client, name: str) -> None:
    response = await client.get("/", headers={name: "for=192.0.2.7"})
    assert response.status == 403


async def test_a_peer_without_a_loopback_address_is_refused(app: web.Application, tmp_path: Path) -> None:
    """A socket file's peer has no address at all."""
    runner = web.AppRunner(app)
    await runner.setup()
    path = str(tmp_path / "http.sock")
    await web.UnixSite(runner, path).start()
    async with aiohttp.ClientSession(connector=aiohttp.UnixConnector(path)) as session:
        response = await session.get("http://localhost/")
        assert response.status == 403
    await runner.cleanup()


async def test_a_peer_on_the_network_is_refused(app: web.Application) -> None:
    address = _own_address()
    if address is None:
        pytest.skip("this machine has no address but loopback")
    async with TestServer(app, host="0.0.0.0") as server, aiohttp.ClientSession() as session:
        response = await session.get(f"http://{address}:{server.port}/", headers={"Host": "localhost"})
        assert response.status == 403
        assert (await session.get(f"http://127.0.0.1:{server.port}/")).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Origin": "https://example.jp"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": ""},
    ],
)
async def test_posts_from_other_pages_are_refused(client: Client, headers: dict[str, str]) -> None:
    for path in ("/chat", "/person"):
        response = await client.post(path, json={"name": "help"}, headers=headers)
        assert response.status == 403
        assert texts.CROSS_SITE in await response.text()


async def test_posts_from_our_own_page_are_taken(client: Client) -> None:
    origin = f"http://{client.host}:{client.port}"
    for headers in ({}, {"Origin": origin}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}):
        response = await client.post("/chat", json={"name": "help"}, headers=headers)
        assert response.status == 200


async def test_another_site_may_link_to_the_chat(client: Client) -> None:
    response = await client.get("/", headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status == 200


def _status(port: int, headers: str) -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(f"GET / HTTP/1.1\r\n{headers}\r\nConnection: close\r\n\r\n".encode())
        return int(connection.recv(200).split()[1])


def _own_address() -> str | None:
    """An address of this machine that is not loopback; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address: str = probe.getsockname()[0]
        return None if address.startswith("127.") else address
