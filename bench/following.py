"""Following: two `dxbot serve` on one database. An article is edited by a third process: when does each of them find it?"""

from __future__ import annotations

import json
import os
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from time import perf_counter

from bench.harness import Cell, Result, percentile, run
from bench.megabytes import fair_share, megabytes
from bench.page import print_into
from bench.postgresql import empty_schema, postgresql
from bench.scale import ARTICLES, PAGE, edited, made_up_articles, questions
from bench.serving import Serving, serving
from storage.database import open_database
from storage.stores import SqlStores

DATABASES = os.environ.get("FOLLOWING_DATABASES", "SQLite PostgreSQL").split()
SERVERS = 2
_EDITS = 5
_LONGEST_WAIT = 60.0
_AWKWARD = {
    "10,000 characters": "市役所の窓口で住民票の写しを受け取る手続を知りたい。" * 385,
    "1,000 lines": "\n".join(f"{number}番目の窓口の手続は?" for number in range(1_000)),
}

Row = tuple[Cell, ...]


def measure() -> Result:
    """On each database in turn: build in both servers at once, ask both all the while, edit, and wait for each."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, postgresql() as server:
        addresses = {"SQLite": f"sqlite:///{Path(folder) / 'bench.db'}", "PostgreSQL": empty_schema(server)}
        for name in DATABASES:
            rows += [(name, *row) for row in _measured(addresses[name])]
    title = f"{SERVERS} `dxbot serve` on one database, {ARTICLES:,} made-up articles"
    result = Result("following", title, ("database", "what", "measured", "wanted"), tuple(rows))
    print_into(PAGE, result, f"{title}.", digits=1)
    return result


def _measured(database_url: str) -> Iterator[Row]:
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "PORT": "0",
        "HOST": "127.0.0.1",
        "DXBOT_LOG_LEVEL": "WARNING",
        "DXBOT_CONTENT": "",
    }
    run(["migrate"], environment)
    with open_database(database_url) as database, ExitStack() as running:
        stores = SqlStores(database)
        stores.articles.replace_source("made-up", list(made_up_articles(ARTICLES)))
        with ThreadPoolExecutor(SERVERS) as starting:
            starts = [starting.submit(running.enter_context, serving(environment)) for _ in range(SERVERS)]
            servers = [start.result() for start in starts]
        yield "ready, both started at once, s (slower of the two)", max(one.seconds for one in servers), ""
        asked = questions()
        taken = [_milliseconds(one, text) for one in servers for text in asked]
        yield "a question over HTTP, p50 ms", percentile(taken, 50), ""
        yield "a question over HTTP, p95 ms", percentile(taken, 95), ""
        yield from _memory(f"{len(asked):,} questions", servers)
        yield from _edits(stores, servers, asked)
        yield from _memory(f"{_EDITS} edits", servers)
        for name, text in _AWKWARD.items():
            longest = max(_milliseconds(one, text) for one in servers)
            yield f"a question of {name}, ms (slower of the two)", longest, "<= 200"


def _memory(after: str, servers: Sequence[Serving]) -> Iterator[Row]:
    resident = max(megabytes("VmRSS", one.pid) for one in servers)
    yield f"resident after {after}, MB (larger of the two)", resident, ""
    yield "  its fair share (Pss)", max(fair_share(one.pid) for one in servers), "<= 600"
    yield "  its own (RssAnon)", max(megabytes("RssAnon", one.pid) for one in servers), ""


def _edits(stores: SqlStores, servers: Sequence[Serving], asked: Sequence[str]) -> Iterator[Row]:
    waits: list[list[float]] = [[] for _ in servers]
    with _asking(servers, asked) as slowest:
        for number in range(_EDITS):
            title, text = f"変更後の見本題名その{number}", f"第{number}版の書き換えた本文です。"
            version = edited(number * 7, title, text)
            began = perf_counter()
            stores.versions.save(version)
            with ThreadPoolExecutor(len(servers)) as waiting:
                found = waiting.map(lambda one, t=title, b=text: _found(one, t, b), servers)
                for seconds, until in zip(waits, found, strict=True):
                    seconds.append(until - began)
    for number, seconds in enumerate(waits, 1):
        yield f"an edit found in server {number}, s (worst of {_EDITS})", max(seconds), "<= 2"
    yield "the slowest question meanwhile, ms", max(slowest), ""


def _found(server: Serving, title: str, text: str) -> float:
    """When a server first answers with the new text. Raises TimeoutError."""
    began = perf_counter()
    while perf_counter() - began < _LONGEST_WAIT:
        if text in _answer(server, title):
            return perf_counter()
        time.sleep(0.02)
    raise TimeoutError(f"{server.address} does not find {title}")


@contextmanager
def _asking(servers: Sequence[Serving], asked: Sequence[str]) -> Iterator[list[float]]:
    """One reader asks each server ten questions a second; the list takes each one's milliseconds."""
    stop, taken = threading.Event(), [0.0]

    def ask(server: Serving) -> None:
        for number, text in enumerate(cycle(asked)):
            if stop.wait(0.1):
                return
            taken.append(_milliseconds(server, f"{text}{'。' * (number // len(asked))}"))

    readers = [threading.Thread(target=ask, args=(server,)) for server in servers]
    for reader in readers:
        reader.start()
    try:
        yield taken
    finally:
        stop.set()
        for reader in readers:
            reader.join()


def _milliseconds(server: Serving, text: str) -> float:
    began = perf_counter()
    _answer(server, text)
    return (perf_counter() - began) * 1000


def _answer(server: Serving, text: str) -> str:
    """What the chat of a server says to a typed question, as HTML. Raises RuntimeError unless it answers."""
    host = server.address.removeprefix("http://")
    connection = HTTPConnection(host, timeout=_LONGEST_WAIT)
    headers: Mapping[str, str] = {"Content-Type": "application/json"}
    try:
        connection.request("POST", "/chat", json.dumps({"text": text}).encode(), headers)
        response = connection.getresponse()
        body = response.read().decode()
    finally:
        connection.close()
    if response.status != 200:
        raise RuntimeError(f"POST /chat: {response.status}")
    return body
