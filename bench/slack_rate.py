"""Slack questions answered a second, with their durable dedupe, against a bare Bolt app that posts a constant.

Twice: with questions that recur, as they do among staff, and are recalled by the knowledge base; and with questions of
which none is asked twice. The steps of ours are measured by themselves; the rest is Bolt, HTTP and threads.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

from bench.answering import questions
from bench.harness import DXBOT, PLAN, ROOT, Cell, Result, city, run, some_address
from bench.serving import READY_WORDS
from bench.slack_wire import USER, Slack, ask
from bot.app import build_services
from bot.delivery import Arrival
from bot.messages import Reply, Request
from bot.router import handle
from bot.services import Services
from bot.settings import load_settings
from bot.slack.client import serialize
from bot.slack.intake import check_signature, parse
from bot.slack.reading import read_errand
from bot.slack.render import message
from staff.model import Person
from tests.fakes.slack import BOT_TOKEN, SIGNING_SECRET
from tests.fakes.slack_client import JSON, direct, encoded, event, signed

QUESTIONS = 1_000
WARM_UP = 200
ROUNDS = 5
BARE = "bare Bolt, a constant"
OURS = "dxbot, questions recur"
NEW = "dxbot, all distinct"
NEW_QUESTIONS = 200


@dataclass(frozen=True)
class Server:
    """A server under measure."""

    pid: int
    port: int


def measure() -> Result:
    """Both servers in turn, ROUNDS times; then what a question costs, step by step."""
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(city(Path(folder), plan=PLAN.exists()))
        run(["demo", "--staff", "20", "--seed", "1"], environment)
        rates, cpu = asyncio.run(_rates(environment))
        steps = _steps(environment["DATABASE_URL"])
    rows: list[tuple[Cell, ...]] = [
        (
            name,
            statistics.median(rates[name]),
            min(rates[name]),
            max(rates[name]),
            statistics.median(cpu[name]),
        )
        for name in (BARE, OURS, NEW)
    ]
    for name in (OURS, NEW):
        ratios = [ours / bare for ours, bare in zip(rates[name], rates[BARE], strict=True)]
        rows.append((f"ratio: {name} / {BARE}", statistics.median(ratios), min(ratios), max(ratios), "-"))
    rows += [(f"  of it: {name}", "-", "-", "-", milliseconds) for name, milliseconds in steps]
    columns = ("server", "median /s", "min /s", "max /s", "CPU ms each")
    title = f"Signed Slack questions answered a second (median of {ROUNDS} interleaved runs of {QUESTIONS})"
    return Result("slack", title, columns, tuple(rows))


async def _rates(environment: Mapping[str, str]) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    slack = Slack(some_address(environment))
    told = {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": await slack.start(),
    }
    rates: dict[str, list[float]] = {BARE: [], OURS: [], NEW: []}
    cpu: dict[str, list[float]] = {BARE: [], OURS: [], NEW: []}
    with (
        _server([sys.executable, "-m", "bench.slack_bare"], {**environment, **told}) as bare,
        _server([str(DXBOT), "serve"], {**environment, **told}) as ours,
    ):
        for server in (bare, ours):
            await ask(server.port, slack, _some(WARM_UP))
        for turn in range(ROUNDS):
            new = [f"{text} {turn * NEW_QUESTIONS + at}" for at, text in enumerate(_some(NEW_QUESTIONS))]
            for name, server, asked in (
                (BARE, bare, _some(QUESTIONS)),
                (OURS, ours, _some(QUESTIONS)),
                (NEW, ours, new),
            ):
                before = _cpu_seconds(server.pid)
                seconds = await ask(server.port, slack, asked)
                rates[name].append(len(asked) / seconds)
                cpu[name].append((_cpu_seconds(server.pid) - before) * 1000 / len(asked))
    await asyncio.sleep(0.5)
    expected = 2 * (WARM_UP + ROUNDS * QUESTIONS) + ROUNDS * NEW_QUESTIONS
    if slack.posted != expected:
        raise RuntimeError(f"{slack.posted} answers to {expected} questions")
    slack.close()
    return rates, cpu


def _some(count: int) -> list[str]:
    return list(islice(cycle(questions()), count))


@contextmanager
def _server(command: list[str], environment: Mapping[str, str]) -> Iterator[Server]:
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            if not line.startswith(READY_WORDS):
                raise RuntimeError(f"{command} ended with {process.wait()}: {line}")
            yield Server(process.pid, int(line.rstrip().rpartition(":")[2]))
        finally:
            process.terminate()
            process.communicate(timeout=30)


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _steps(database_url: str) -> list[tuple[str, float]]:
    """CPU milliseconds of each step of ours, by itself in one process."""
    services = build_services(load_settings(database_url=database_url))
    try:
        asked = _some(300)
        distinct = [f"{text} {at}" for at, text in enumerate(asked)]
        bodies = [encoded(event(direct(USER, text)))[0] for text in asked]
        replies = [_answer(services, text) for text in asked]
        messages = [message(reply) for reply in replies]
        return [
            ("signature and parsing", _each(lambda at: _read(bodies[at]), len(asked))),
            ("durable receipt, 32 at once", _receipts(services, 10)),
            ("whose question it is", _each(lambda _: _asker(services), len(asked))),
            ("the answer, asked before", _each(lambda at: _answer(services, asked[at]), len(asked))),
            (
                "the answer, asked for the first time",
                _each(lambda at: _answer(services, distinct[at]), len(asked)),
            ),
            ("Block Kit", _each(lambda at: message(replies[at]), len(asked))),
            ("its JSON", _each(lambda at: serialize(messages[at]), len(asked))),
        ]
    finally:
        services.close()


def _asker(services: Services) -> Person | None:
    return services.stores.directory.linked_person("slack", USER)


def _answer(services: Services, text: str) -> Reply:
    return handle(Request(channel="slack", user=USER, text=text, person=_asker(services)), services)


def _read(body: bytes) -> object:
    check_signature(signed(body), body, SIGNING_SECRET.encode(), time.time())
    return read_errand(parse(body, JSON))


def _receipts(services: Services, steps: int) -> float:
    now = services.clock()
    batches = [
        [Arrival(f"bench:{step}:{place}", "bench", "{}") for place in range(32)] for step in range(steps)
    ]

    def step(at: int) -> object:
        until = now + timedelta(seconds=15)
        keys = [arrival.key for arrival in batches[at]]
        return services.stores.receipts.exchange("bench", now, until, arrivals=batches[at], answered=keys)

    return _each(step, steps) / 32


def _each(work: Callable[[int], object], times: int) -> float:
    began = time.process_time()
    for at in range(times):
        work(at)
    return (time.process_time() - began) * 1000 / times
