"""Publishing by the worker: the audit runs in a process of its own, and stopping leaves nothing half done."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.jobs import results
from bot.jobs.apart import Apart, Stopped
from bot.jobs.results import publish_results, publish_results_apart
from bot.jobs.running import Job, keep_doing
from bot.services import Services
from bot.texts.ja import results as texts
from storage.stores import SqlStores
from surveys.definition import Definition
from surveys.question import STORED
from tests.handlers.learning_city import outgoing
from tests.surveys.city import Seat, city
from tests.surveys.rounds import answer_round, work_round
from tests.surveys.samples import NOW
from tests.web.city import HR, OPERATOR

LONG = 300.0


def sleep(seconds: float, tell: Callable[..., None]) -> str:
    tell("begun")
    time.sleep(seconds)
    return "slept"


def fail(_: Callable[..., None]) -> None:
    raise KeyError("何か")


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    made = city(sqlite_stores, NOW + timedelta(days=8))
    answer_round(sqlite_stores.surveys, work_round())
    return made


def test_what_is_computed_apart_is_what_is_computed_here(services: Services, tmp_path: object) -> None:
    assert publish_results_apart(services)["published"] == 1
    (apart,) = services.stores.publications.list_publications("round-1")
    again = replace(services, clock=lambda: NOW + timedelta(days=9))
    assert publish_results(again)["published"] == 0
    assert apart.number == 1 and len(apart.tables) > 10


def test_results_that_cannot_be_made_are_told_and_hold_no_other_up(sqlite_stores: SqlStores) -> None:
    """A definition of before its tables were checked: its table cannot be made."""
    services = city(sqlite_stores, NOW + timedelta(days=8))
    sound = work_round("round-2", audience={})
    value = sound.definition.model_dump(mode="json") | {"tables": [{"question": "W", "by": ["K", "部"]}]}
    broken = Definition.model_validate(value, context={STORED: True})
    answer_round(sqlite_stores.surveys, sound.model_copy(update={"id": "round-1", "definition": broken}))
    answer_round(sqlite_stores.surveys, sound)
    seat = Seat(services, HR)
    assert texts.NOT_YET in seat.send("results_show", "round-1").text
    assert [publish_results(services)["published"] for _ in range(2)] == [1, 0]
    assert texts.STUCK in seat.send("results_show", "round-1").text
    assert texts.STUCK not in seat.send("results_show", "round-2").text
    ((_, recipient, told),) = outgoing(services.stores)
    assert recipient == OPERATOR.id
    assert told.title == texts.STUCK_TITLE
    assert "round-1" in told.text


async def test_stopping_ends_the_audit_at_once_and_the_next_start_publishes(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = Apart()
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()

    def started(_: object) -> None:
        loop.call_soon_threadsafe(begun.set)

    def decide(*_: object) -> object:
        return apart.run(sleep, LONG, tell=started)

    stop = asyncio.Event()
    job = Job("survey results", lambda made: publish_results(made, decide), 60.0, apart.stop)  # type: ignore[arg-type]
    doing = asyncio.create_task(keep_doing(job, services, stop))
    await begun.wait()
    stopped_at = time.monotonic()
    stop.set()
    await doing
    assert time.monotonic() - stopped_at < LONG / 2
    assert services.stores.publications.list_publications("round-1") == []
    assert services.stores.publications.list_snapshots() == []
    assert publish_results(services)["published"] == 1


def test_after_stopping_nothing_is_begun() -> None:
    apart = Apart()
    apart.stop()
    with pytest.raises(Stopped):
        apart.run(sleep, 0.0, tell=print)


def test_a_mistake_is_told_by_its_kind() -> None:
    with pytest.raises(RuntimeError, match="KeyError"):
        Apart().run(fail, tell=print)


def test_the_workers_job_can_be_interrupted() -> None:
    from bot.jobs import JOBS

    (job,) = [one for one in JOBS if one.name == "survey results"]
    assert (job.work, job.interrupt) == (publish_results_apart, results.APART.stop)
