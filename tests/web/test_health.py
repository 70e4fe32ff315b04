"""Probes and counters, over HTTP."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from bot.app import build_services, create_app
from bot.messages import Request
from bot.router import handle
from bot.services import Services
from bot.settings import Settings


async def _get(aiohttp_client: AiohttpClient, services: Services, path: str) -> tuple[int, str]:
    client: TestClient = await aiohttp_client(create_app(services))  # type: ignore[type-arg]
    response = await client.get(path)
    return response.status, await response.text()


async def test_alive_and_ready(aiohttp_client: AiohttpClient, services: Services) -> None:
    assert await _get(aiohttp_client, services, "/healthz") == (200, "ok\n")
    town = replace(services, clock=lambda: datetime(2026, 11, 24, 0, 59, tzinfo=UTC))
    assert await _get(aiohttp_client, town, "/readyz") == (200, "ready\n")
    assert "dxbot_digest_late 0" in (await _get(aiohttp_client, town, "/metrics"))[1]


async def test_a_digest_that_did_not_go_out_is_told(
    aiohttp_client: AiohttpClient, services: Services
) -> None:
    late = replace(services, clock=lambda: datetime(2026, 11, 24, 1, 0, tzinfo=UTC))
    assert await _get(aiohttp_client, late, "/readyz") == (200, "ready\nlate: digest 2026-W48\n")
    assert "dxbot_digest_late 1" in (await _get(aiohttp_client, late, "/metrics"))[1]


async def test_not_ready_before_the_schema_is_there(aiohttp_client: AiohttpClient, tmp_path: Path) -> None:
    services = build_services(Settings(database_url=f"sqlite:///{tmp_path / 'empty.db'}", content=()))
    try:
        status, text = await _get(aiohttp_client, services, "/readyz")
    finally:
        services.close()
    assert (status, text) == (503, "not ready: database\n")


async def test_metrics_count_without_content(aiohttp_client: AiohttpClient, services: Services) -> None:
    handle(Request(channel="web", user="secret-user", text="ひみつの質問"), services)
    handle(Request(channel="web", user="secret-user", name="gone-button"), services)
    status, text = await _get(aiohttp_client, services, "/metrics")
    assert status == 200
    assert 'dxbot_requests_total{channel="web",name="ask",outcome="unknown"} 1.0' in text
    assert 'name="unknown",outcome="-"' in text
    assert "dxbot_articles " in text
    assert not any(word in text for word in ("ひみつ", "secret-user", "gone-button"))


async def test_every_number_is_explained_in_the_manual(
    aiohttp_client: AiohttpClient, services: Services
) -> None:
    handle(Request(channel="web", user="u", text="BPRとは"), services)
    _, text = await _get(aiohttp_client, services, "/metrics")
    told = set(re.findall(r"^# TYPE (dxbot_\w+) ", text, re.MULTILINE)) - {
        "dxbot_requests_created",
        "dxbot_request_seconds_created",
    }
    manual = (Path(__file__).parents[2] / "docs" / "operation.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `(dxbot_\w+)` \|", manual, re.MULTILINE))
    assert {name.removesuffix("_total") for name in told} == {name.removesuffix("_total") for name in rows}
