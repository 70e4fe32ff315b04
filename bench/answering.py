"""Latency of the core of `dxbot ask`: question in, Reply out, in one process, the knowledge loaded."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

from bench.harness import PLAN, Result, city, percentile
from bot.app import build_services
from bot.handlers.ask import ask
from bot.messages import Request
from bot.settings import load_settings
from knowledge.packs import load_pack

PARAPHRASES = Path(__file__).with_name("questions.txt")
ROUNDS = 3


def questions() -> list[str]:
    """The editorial pack's own typical questions, then ours."""
    typical = [question for article in load_pack("fujisawa") for question in article.questions]
    ours = [line.strip() for line in PARAPHRASES.read_text(encoding="utf-8").splitlines()]
    return list(dict.fromkeys([*typical, *filter(None, ours)]))


def measure() -> Result:
    """Ask every question ROUNDS times, with the pack alone and, where it lies beside the checkout, with the plan."""
    kinds = [("pack", False)] + ([("pack + plan", True)] if PLAN.exists() else [])
    rows = []
    for name, plan in kinds:
        with tempfile.TemporaryDirectory() as folder:
            rows.append((name, *_latency(city(Path(folder), plan=plan))))
    columns = ("knowledge", "questions", "load s", "p50 ms", "p95 ms", "max ms", "answered %")
    return Result("answering", f"Core latency of dxbot ask ({ROUNDS} rounds)", columns, tuple(rows))


def _latency(environment: Mapping[str, str]) -> tuple[int, float, float, float, float, float]:
    services = build_services(load_settings(database_url=environment["DATABASE_URL"]))
    try:
        began = perf_counter()
        services.knowledge.refresh()
        load = perf_counter() - began
        asked = questions()
        milliseconds, answered = [], 0
        for question in asked * ROUNDS:
            began = perf_counter()
            reply = ask(Request(channel="bench", user="bench", text=question), services)
            milliseconds.append((perf_counter() - began) * 1000)
            answered += reply.answer is not None and reply.answer.outcome == "answer"
    finally:
        services.close()
    p50, p95 = percentile(milliseconds, 50), percentile(milliseconds, 95)
    return len(asked), load, p50, p95, max(milliseconds), 100 * answered / len(milliseconds)
