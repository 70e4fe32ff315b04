"""The worker opens, announces, reminds and closes, each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.app import build_messengers
from bot.cli.worker import sender_of
from bot.handlers.survey_rounds import close, drop, plan, remind
from bot.jobs.surveys import forget_answers, run_rounds
from bot.services import Services
from bot.texts.ja import survey_rounds as run_texts
from bot.texts.ja import surveys as texts
from staff.calendar import JAPAN
from storage.stores import SqlStores
from surveys.definition import Definition, Repeat
from surveys.round import State
from surveys.schedule import plan_round
from tests.handlers.learning_city import outgoing
from tests.surveys.city import Seat, city
from tests.surveys.samples import survey
from tests.web.city import HR, LEADER, MANAGER, OPERATOR, REAL, STAFF

EVERYONE = {one.id for one in (STAFF, LEADER, MANAGER, HR, OPERATOR, REAL)}


def japan(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=JAPAN)


def at(services: Services, moment: datetime) -> Services:
    return replace(services, clock=lambda: moment)


@pytest.fixture
def services(stores: SqlStores) -> Services:
    """The city on the day before rounds open, on both databases."""
    return city(stores, japan(11, 20))


def planned(services: Services, definition: Definition | None = None) -> str:
    round_ = plan_round(definition or survey(open_days=10), date(2026, 11, 24), services.calendar)
    assert plan(services, round_, "test")
    return round_.id


def answer(services: Services, round_id: str) -> None:
    """The member of staff answers the one required question and sends."""
    seat = Seat(services, STAFF)
    reply = seat.send("survey_page", f"{round_id}/0", "", S="b")
    for page in (1, 2, 3, 5, 6, 7):
        reply = seat.send("survey_page", f"{round_id}/{page}", "")
    assert reply.form is not None
    assert seat.send("survey_submit", reply.form.value).title == texts.RECEIPT_TITLE


def test_a_round_opens_on_time_and_is_announced_once(services: Services) -> None:
    round_id = planned(services)
    assert sum(run_rounds(at(services, japan(11, 24, 8, 59))).values()) == 0
    services.stores.surveys.set_absent([LEADER.id])
    for _ in range(2):
        run_rounds(at(services, japan(11, 24, 9)))
    told = outgoing(services.stores)
    assert {recipient for _, recipient, _ in told} == EVERYONE - {LEADER.id}
    assert [action.name for action in told[0][2].actions] == ["survey_start"]
    assert "12月8日 17:00" in told[0][2].text
    found = services.stores.surveys.find_round(round_id)
    assert found is not None
    assert found.state is State.OPEN
    assert sum(found.headcounts.values()) == 5
    assert services.stores.surveys.find_member(round_id, LEADER.id) is None


def test_only_those_who_have_not_answered_are_reminded_and_nobody_twice_a_day(services: Services) -> None:
    round_id = planned(services)
    other = planned(services, survey(open_days=10, id="other"))
    run_rounds(at(services, japan(11, 24, 9)))
    outgoing(services.stores)
    answer(at(services, japan(11, 24, 10)), round_id)
    answer(at(services, japan(11, 24, 10)), other)
    Seat(at(services, japan(11, 24, 10)), REAL).send("survey_mute_all")
    assert run_rounds(at(services, japan(11, 26)))["reminders"] == 0
    assert run_rounds(at(services, japan(11, 27, 8, 59)))["reminders"] == 0
    assert run_rounds(at(services, japan(11, 27, 17)))["reminders"] == 0
    assert run_rounds(at(services, japan(11, 27, 16)))["reminders"] == 4
    assert run_rounds(at(services, japan(11, 27, 16, 30)))["reminders"] == 0
    told = outgoing(services.stores)
    assert {recipient for _, recipient, _ in told} == EVERYONE - {STAFF.id, REAL.id}
    assert [action.name for action in told[0][2].actions] == ["survey_start", "survey_mute"]
    assert run_rounds(at(services, japan(12, 1)))["reminders"] == 4
    assert run_rounds(at(services, japan(12, 7)))["reminders"] == 4
    assert "締切が近づきました" in outgoing(services.stores)[-1][2].text
    round_ = services.stores.surveys.find_round(round_id)
    assert round_ is not None
    assert remind(at(services, japan(12, 7)), round_) is None


def test_a_round_reminds_five_times_at_most(services: Services) -> None:
    round_id = planned(services)
    run_rounds(at(services, japan(11, 24, 9)))
    round_ = services.stores.surveys.find_round(round_id)
    assert round_ is not None
    days = [(11, 25), (11, 26), (11, 28), (11, 29), (11, 30), (12, 1), (12, 2), (12, 3)]
    told = [remind(at(services, japan(month, day)), round_) for month, day in days]
    assert told == [6, 6, 6, None, None, 6, 6, None]  # 28 is a Saturday: it goes out on Monday 30


def test_a_round_closes_on_time_and_the_next_one_is_planned(services: Services) -> None:
    round_id = planned(services, survey(open_days=10, repeat=Repeat.QUARTERLY))
    run_rounds(at(services, japan(11, 24, 9)))
    (following,) = services.stores.surveys.list_rounds(State.PLANNED)
    assert following.id == "every-type-20270224"
    answer(at(services, japan(11, 25)), round_id)
    assert run_rounds(at(services, japan(12, 8, 16, 59)))["closed"] == 0
    assert run_rounds(at(services, japan(12, 8, 17)))["closed"] == 1
    assert run_rounds(at(services, japan(12, 8, 17)))["closed"] == 0
    assert len(services.stores.surveys.list_sheets(round_id)) == 1
    actions = [event.action for event in services.stores.audit.list_events()]
    assert [actions.count(one) for one in ("survey.plan", "survey.open", "survey.close")] == [1, 1, 1]


def test_the_next_round_asks_for_the_sections_of_its_own_day(services: Services) -> None:
    asks = "id: where\ntitle: 所属\npurpose: 試す\nreaders: 人\nrepeat: monthly\nquestions:\n"
    question = "  - {id: P, type: single, text: 所属, prefill: section}\n"
    planned(services, survey(asks + question))
    run_rounds(at(services, japan(11, 24, 9)))
    (opened,) = services.stores.surveys.list_rounds(State.OPEN)
    (following,) = services.stores.surveys.list_rounds(State.PLANNED)
    assert opened.definition.questions[0].options
    assert following.definition.questions[0].is_from_directory


def test_a_round_that_is_opened_late_is_open_for_as_long_as_planned(services: Services) -> None:
    round_id = planned(services, survey(open_days=10))
    assert run_rounds(at(services, japan(12, 10, 9)))["opened"] == 1
    opened = services.stores.surveys.find_round(round_id)
    assert opened is not None
    assert opened.closes_at == japan(12, 24, 17)
    assert "12月24日 17:00" in outgoing(services.stores)[0][2].text
    assert run_rounds(at(services, japan(12, 11, 9)))["closed"] == 0


def test_a_reminder_after_hours_is_the_one_of_the_next_working_day(services: Services) -> None:
    round_id = planned(services)
    run_rounds(at(services, japan(11, 24, 9)))
    round_ = services.stores.surveys.find_round(round_id)
    assert round_ is not None
    assert remind(at(services, japan(11, 26, 18)), round_) == 6
    assert remind(at(services, japan(11, 26, 19)), round_) is None
    assert run_rounds(at(services, japan(11, 27, 9)))["reminders"] == 0
    assert run_rounds(at(services, japan(12, 1, 9)))["reminders"] == 6


async def test_a_reminder_whose_turn_comes_too_late_is_dropped(services: Services) -> None:
    """Answered, muted, or closed between queueing and sending: by the worker's own sender, to the inbox of the web."""
    round_id = planned(services)
    run_rounds(at(services, japan(11, 24, 9)))
    outgoing(services.stores)
    assert run_rounds(at(services, japan(11, 27, 10)))["reminders"] == 6
    later = at(services, japan(11, 27, 11))
    answer(later, round_id)
    Seat(later, REAL).send("survey_mute", round_id)
    assert await _send(later) == 6
    assert _reminded(services) == EVERYONE - {STAFF.id, REAL.id}
    assert services.stores.outbox.counts()["dropped"] == 2
    assert services.stores.outbox.list_unsettled() == []
    assert run_rounds(at(services, japan(12, 1, 10)))["reminders"] == 4
    round_ = services.stores.surveys.find_round(round_id)
    assert round_ is not None
    assert close(at(services, japan(12, 1, 10, 30)), round_, "test")
    assert await _send(at(services, japan(12, 1, 11))) == 4
    assert services.stores.outbox.counts()["dropped"] == 6
    assert await _send(at(services, japan(12, 2, 11))) == 0


async def test_a_dropped_round_is_announced_to_nobody_more_and_may_open_again(services: Services) -> None:
    """Dropped before its announcements went out; opened anew under the same id, it is announced."""
    round_id = planned(services)
    run_rounds(at(services, japan(11, 24, 9)))
    opened = services.stores.surveys.find_round(round_id)
    assert opened is not None
    assert drop(services, opened, "test")
    assert not drop(services, opened, "test")
    assert await _send(at(services, japan(11, 24, 9, 5))) == len(EVERYONE)
    assert services.stores.outbox.counts()["dropped"] == len(EVERYONE)
    assert texts.NO_SUCH_ROUND in Seat(services, STAFF).send("survey_start", round_id).text
    again = opened.model_copy(update={"state": State.PLANNED, "opens_at": japan(11, 24, 11)})
    assert plan(services, again, "test")
    assert run_rounds(at(services, japan(11, 24, 11)))["opened"] == 1
    assert await _send(at(services, japan(11, 24, 11, 5))) == len(EVERYONE)
    assert services.stores.outbox.counts()["sent"] == len(EVERYONE)


async def _send(services: Services) -> int:
    return await sender_of(services, "w", build_messengers(services)).drain_once()


def _reminded(services: Services) -> set[str]:
    return {
        person
        for person in EVERYONE
        for key, _, _ in services.stores.inbox.list_for(person)
        if key.startswith("survey-reminder/")
    }


def test_a_round_that_cannot_open_is_told_to_the_operators_once_a_day(services: Services) -> None:
    planned(services, survey(audience={"departments": ["なくなった課"]}))
    for _ in range(2):
        assert run_rounds(at(services, japan(11, 24, 9)))["opened"] == 0
    ((_, recipient, reply),) = outgoing(services.stores)
    assert recipient == OPERATOR.id
    assert "なくなった課" in reply.text
    assert reply.title == run_texts.TROUBLE_TITLE


def test_answers_go_when_their_time_is_over(services: Services) -> None:
    round_id = planned(services, survey(open_days=10, kept_days=30))
    run_rounds(at(services, japan(11, 24, 9)))
    answer(at(services, japan(11, 25)), round_id)
    end = japan(12, 8, 17)
    run_rounds(at(services, end))
    assert forget_answers(at(services, end + timedelta(days=29))) == {"answers": 0}
    assert forget_answers(at(services, end + timedelta(days=30))) == {"answers": 1}
    assert services.stores.surveys.list_sheets(round_id) == []


def test_response_counts_for_those_who_may_see_them(services: Services) -> None:
    round_id = planned(services)
    now = at(services, japan(11, 24, 9))
    run_rounds(now)
    answer(now, round_id)
    whole = Seat(now, HR).send("survey_rates")
    assert "合計 / 6 / 1" in whole.text
    assert "合計" not in Seat(now, MANAGER).send("survey_rates").text
    assert "所属長" in Seat(now, STAFF).send("survey_rates").text
