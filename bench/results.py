"""The results page of the telework needs at 4,000 respondents, as people load it once the round is published."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bench.harness import Cell, Result, percentile
from bot.app import build_services, create_app
from bot.charts import picture
from bot.jobs.drawings import draw_results_apart
from bot.settings import load_settings
from bot.texts.ja import results as texts
from bot.web.people import COOKIE
from staff.demo import synthetic_city
from staff.model import Role
from storage.database import open_database
from storage.migrations import migrate
from storage.stores import SqlStores
from surveys.demo import fill_rounds
from surveys.publishing import publish_round
from surveys.round import Round
from surveys.telework import NEEDS, OBSTACLES

STAFF = int(os.environ.get("DXBOT_BENCH_STAFF", "5700"))
"""Seven in ten of them answer."""
TODAY = date(2026, 11, 26)
_TIMES = 20
_BAR = "<= 1,000"
Client = TestClient[web.Request, web.Application]
_READERS = (Role.HR, Role.MANAGER)
_PAGES: Mapping[str, Mapping[str, str]] = {
    "summary": {},
    "obstacles": {"question": OBSTACLES, "by": "全庁"},
    "obstacles by 部": {"question": OBSTACLES, "by": "部"},
}


def measure() -> Result:
    """Fill the demo's rounds, publish one and draw its charts as the worker does (minutes), and load its pages."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'results.db'}"
        began = time.perf_counter()
        round_id, answered = _published(url)
        taken = (time.perf_counter() - began) * 1000
        rows = [
            ("(worker: filled, closed, published)", "", taken, "", "", ""),
            _drawn(url),
            *asyncio.run(_loaded(url, round_id)),
        ]
    return Result(
        "results",
        f"Published results of {answered:,} respondents, each page loaded {_TIMES} times over HTTP",
        ("page", "reader", "median ms", "p95 ms", "wanted", "kB"),
        tuple(rows),
    )


def _published(url: str) -> tuple[str, int]:
    """The round of the telework needs, closed and published; how many answered."""
    with open_database(url) as database:
        migrate(database)
        stores = SqlStores(database)
        stores.directory.save(*synthetic_city(STAFF, 1), [])
        fill_rounds(stores, TODAY, 1)
        (round_,) = stores.surveys.list_rounds(survey_id=NEEDS)
        _publish(stores, round_)
        return round_.id, sum(one.answered for one in stores.surveys.count_responses(round_.id))


def _publish(stores: SqlStores, round_: Round) -> None:
    def progress(done: int, questions: int) -> None:
        print(f"{done}/{questions} questions published", file=sys.stderr)

    publish_round(round_, stores.surveys, stores.publications, round_.closes_at, progress=progress)


def _drawn(url: str) -> tuple[Cell, ...]:
    """What the worker does once after publishing, in a process of its own: it holds no reader up."""
    services = build_services(load_settings(database_url=url))
    try:
        began = time.perf_counter()
        charts = draw_results_apart(services)["drawn"]
        return f"(worker: {charts} charts drawn)", "", (time.perf_counter() - began) * 1000, "", "", ""
    finally:
        services.close()


async def _loaded(url: str, round_id: str) -> list[tuple[Cell, ...]]:
    services = build_services(load_settings(database_url=url))
    people = {role: services.stores.directory.list_synthetic(role, 1)[0] for role in _READERS}
    try:
        async with TestClient(TestServer(create_app(services))) as client:
            began = time.perf_counter()
            await _page(client, round_id, people[Role.HR].id, {})
            first = (time.perf_counter() - began) * 1000
            rows: list[tuple[Cell, ...]] = [
                ("summary, first of the process", Role.HR.label, first, first, _BAR, "")
            ]
            for name, query in _PAGES.items():
                for role, person in people.items():
                    taken = await _times(client, round_id, person.id, query)
                    rows.append((name, role.label, *taken))
            return rows
    finally:
        services.close()


async def _times(client: Client, round_id: str, person: str, query: Mapping[str, str]) -> tuple[Cell, ...]:
    taken, size = [], 0
    for _ in range(_TIMES):
        picture.forget_pictures()
        began = time.perf_counter()
        size = await _page(client, round_id, person, query)
        taken.append((time.perf_counter() - began) * 1000)
    return percentile(taken, 50), percentile(taken, 95), _BAR, size / 1000


async def _page(client: Client, round_id: str, person: str, query: Mapping[str, str]) -> int:
    """Its bytes. Raises RuntimeError when it is not the page with its picture."""
    cookies = {COOKIE: person}
    answer = await client.get(f"/surveys/{round_id}/results", params=query, cookies=cookies)
    body = await answer.text()
    if answer.status != 200 or "data:image/svg+xml" not in body or texts.NOT_YET in body:
        raise RuntimeError(f"{answer.status}: {query}")
    return len(body.encode())
