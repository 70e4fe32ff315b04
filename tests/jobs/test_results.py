"""Publishing by the worker: the audit runs in a process of its own, and stopping leaves nothing half done."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.jobs import results
from bot.jobs.apart import Apart, Failed, Killed, Stopped
from bot.jobs.results import publish_results, publish_results_apart
from bot.jobs.running import Job, keep_doing
from bot.services import Services
from bot.texts.ja import results as texts
from bot.texts.ja import survey_troubles as trouble_texts
from storage.stores import SqlStores
from surveys.definition import Definition
from surveys.disclosure import Publication, Refusal
from surveys.publishing import Decide
from surveys.question import STORED
from surveys.round import Round
from surveys.setbacks import PAUSES, Refused, Why
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


def die(_: Callable[..., None]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def run_out_of_memory(_: Callable[..., None]) -> None:
    raise MemoryError


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


def at_time(services: Services, moment: datetime) -> Services:
    return replace(services, clock=lambda: moment)


def broken_round(id_: str = "round-1") -> Round:
    """A definition of before its tables were checked: its table cannot be made."""
    sound = work_round(id_, audience={})
    value = sound.definition.model_dump(mode="json") | {"tables": [{"question": "W", "by": ["K", "部"]}]}
    return sound.model_copy(update={"definition": Definition.model_validate(value, context={STORED: True})})


def test_results_that_cannot_be_made_are_told_and_hold_no_other_up(sqlite_stores: SqlStores) -> None:
    services = city(sqlite_stores, NOW + timedelta(days=8))
    answer_round(sqlite_stores.surveys, broken_round())
    answer_round(sqlite_stores.surveys, work_round("round-2", audience={}))
    seat = Seat(services, HR)
    assert texts.NOT_YET in seat.send("results_show", "round-1").text
    assert [publish_results_apart(services)["published"] for _ in range(2)] == [1, 0]
    told = seat.send("results_show", "round-1").text
    assert trouble_texts.WHY["defect"] in told and trouble_texts.KEPT in told
    assert "12月2日 10:05ごろに、また自動で集計します" in told
    assert trouble_texts.WHY["defect"] not in seat.send("results_show", "round-2").text
    ((_, recipient, notice),) = outgoing(services.stores)
    assert recipient == OPERATOR.id
    assert notice.title == trouble_texts.UNPUBLISHED_TITLE
    assert "調査の id（round-1）と誤りの場所（ValueError at publish.py:" in notice.text


def test_pauses_grow_the_operator_is_told_once_and_nothing_is_lost(stores: SqlStores) -> None:
    """A day and a half of a worker that looks every minute for an hour, then every ten; then the audit is mended."""
    begin = NOW + timedelta(days=8)
    services = city(stores, begin)
    answered = answer_round(stores.surveys, work_round())
    tried: list[datetime] = []

    def fail_at(at: datetime) -> Decide:
        def decide(*_: object) -> Publication:
            tried.append(at)
            raise KeyError("何か")

        return decide

    minutes = [*range(60), *range(60, 36 * 60, 10)]
    for at in (begin + timedelta(minutes=minute) for minute in minutes):
        assert publish_results(at_time(services, at), fail_at(at))["published"] == 0
    waited = [(later - earlier).total_seconds() / 60 for earlier, later in pairwise(tried)]
    assert waited == [5, 30, 125, 360, 1440]
    assert [recipient for _, recipient, _ in outgoing(stores)] == [OPERATOR.id]
    kept = stores.publications.list_setbacks()["round-1"]
    assert (kept.attempts, kept.detail, kept.retry_at - kept.failed_at) == (
        6,
        kept.detail,
        PAUSES[-1],
    ) and kept.detail.startswith("KeyError at ")
    assert len(stores.surveys.list_sheets("round-1")) == answered

    assert publish_results(at_time(services, kept.retry_at))["published"] == 1
    assert stores.publications.list_setbacks() == {}
    stores.publications.note_setback(kept)  # of another worker that failed meanwhile
    assert stores.publications.list_setbacks() == {}
    (published,) = stores.publications.list_publications("round-1")
    assert sum(row.base or 0 for row in published.tables[0].rows) <= answered


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (Refused("理由"), Why.REFUSED),
        (MemoryError(), Why.MEMORY),
        (Killed(), Why.MEMORY),
        (OSError(), Why.DEFECT),
    ],
)
def test_the_operator_is_told_what_to_do(services: Services, error: Exception, why: Why) -> None:
    def decide(*_: object) -> Publication:
        raise error

    publish_results(services, decide)
    ((_, _, notice),) = outgoing(services.stores)
    assert trouble_texts.WHY[why] in notice.text
    assert "`dxbot survey results round-1`" in notice.text
    assert ("理由（理由）" in notice.text) is (why is Why.REFUSED)


def test_a_refusal_of_everything_is_a_setback_with_its_reason(services: Services) -> None:
    publish_results(services, lambda *_: Refusal(reason="出せる表がありません。"))
    kept = services.stores.publications.list_setbacks()["round-1"]
    assert (kept.why, kept.detail) == (Why.REFUSED, "出せる表がありません。")


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
    with pytest.raises(Failed, match="KeyError"):
        Apart().run(fail, tell=print)


@pytest.mark.parametrize("work", [die, run_out_of_memory])
def test_what_the_system_ends_was_not_stopped(work: Callable[..., None]) -> None:
    with pytest.raises(Killed):
        Apart().run(work, tell=print)


def test_the_workers_job_can_be_interrupted() -> None:
    from bot.jobs import JOBS

    (job,) = [one for one in JOBS if one.name == "survey results"]
    assert (job.work, job.interrupt) == (publish_results_apart, results.APART.stop)
