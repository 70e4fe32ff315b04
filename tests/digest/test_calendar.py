"""When the digest goes out: holidays, the year's ends, a clock that is set back, a worker that was down."""

from __future__ import annotations

import pytest

from bot.handlers.digest.lateness import lateness
from bot.handlers.digest.telling import nudges
from bot.jobs.digests import nudge_owners, send_digests, summarise_month, watch_digests
from staff.weekly import Subscription, WorkingHours, delivery_day, monday_of, parse_time
from storage.stores import SqlStores
from tests.digest.town import ONLINE, TELEWORK, Town, jst
from tests.web.city import LEADER, MANAGER, OPERATOR


@pytest.fixture
def town(sqlite_stores: SqlStores) -> Town:
    made = Town(sqlite_stores)
    made.begin(ONLINE)
    return made


def walk(town: Town, *moments: str) -> list[tuple[str, str]]:
    """Look at the clock's work at each moment; what was put, as (moment, key)."""
    found = []
    for moment in moments:
        town.now = jst(moment)
        send_digests(town.services)
        found += [(moment, message.key) for message in town.outgoing() if message.key.startswith("digest/")]
    return found


@pytest.mark.parametrize(
    ("week", "day"),
    [
        ("2026-W48", "2026-11-24"),  # Monday 23 November is 勤労感謝の日
        ("2026-W19", "2026-05-07"),  # 4, 5 and 6 May are closed
        ("2026-W53", "2026-12-28"),
        ("2027-W01", "2027-01-04"),
        ("2026-W39", "2026-09-24"),  # 敬老の日, a day between two holidays, 秋分の日
        ("2026-W14", "2026-03-30"),
        ("2026-W15", "2026-04-06"),
    ],
)
def test_the_day_of_a_week(town: Town, week: str, day: str) -> None:
    assert str(delivery_day(week, town.services.calendar)) == day


def test_a_week_that_is_closed_whole_has_no_day(town: Town) -> None:
    # 29 December 2025 is a Monday; the city hall opens on Monday the 5th, which is the next week's day.
    assert delivery_day("2026-W01", town.services.calendar) is None
    assert str(delivery_day("2026-W02", town.services.calendar)) == "2026-01-05"


def test_new_years_day_belongs_to_the_old_years_last_week(town: Town) -> None:
    assert str(monday_of("2026-W53")) == "2026-12-28"
    sent = walk(town, "2026-12-28 08:45", "2027-01-01 09:00", "2027-01-03 09:00", "2027-01-04 08:45")
    assert sent == [
        ("2026-12-28 08:45", f"digest/2026-W53/{LEADER.id}"),
        ("2027-01-04 08:45", f"digest/2027-W01/{LEADER.id}"),
    ]


@pytest.mark.parametrize(
    "wrong", ["2025-W53", "2026-48", "2026-W00", "2026-W54", "", "２０２６-W48", "2026-W4８"]
)
def test_a_week_there_is_not(wrong: str) -> None:
    with pytest.raises(ValueError):
        monday_of(wrong)


def test_after_a_holiday_it_goes_out_on_tuesday_once(town: Town) -> None:
    sent = walk(
        town,
        "2026-11-23 08:45",
        "2026-11-24 08:44",
        "2026-11-24 08:45",
        "2026-11-24 08:46",
        "2026-11-27 17:00",
    )
    assert sent == [("2026-11-24 08:45", f"digest/2026-W48/{LEADER.id}")]


def test_golden_week(town: Town) -> None:
    sent = walk(town, "2026-05-04 09:00", "2026-05-06 09:00", "2026-05-07 08:45", "2026-05-11 08:45")
    assert [key.split("/")[1] for _, key in sent] == ["2026-W19", "2026-W20"]


def test_a_worker_down_from_friday_to_wednesday_sends_one_for_the_right_week(town: Town) -> None:
    sent = walk(town, "2026-11-13 10:00", "2026-11-18 11:20", "2026-11-18 11:21")
    assert [key.split("/")[1] for _, key in sent] == ["2026-W46", "2026-W47"]


def test_back_after_hours_it_waits_for_the_morning_and_never_for_the_next_week(town: Town) -> None:
    town.now = jst("2026-11-18 20:00")
    send_digests(town.services)
    assert town.outgoing(jst("2026-11-19 08:29")) == []
    assert [one.key for one in town.outgoing(jst("2026-11-19 08:30"))] == [f"digest/2026-W47/{LEADER.id}"]
    assert walk(town, "2026-11-27 18:00") == []  # Friday evening: Monday brings the next
    assert [key for _, key in walk(town, "2026-11-30 08:45")] == [f"digest/2026-W49/{LEADER.id}"]


def test_a_clock_set_back_an_hour_sends_nothing_again(town: Town) -> None:
    assert len(walk(town, "2026-11-30 08:50")) == 1
    assert walk(town, "2026-11-30 07:50", "2026-11-30 08:45", "2026-11-30 08:50") == []


def test_the_year_turns_with_its_targets(town: Town) -> None:
    for moment, target in (("2027-03-29 08:45", 120), ("2027-04-05 08:45", 200)):
        town.now = jst(moment)
        send_digests(town.services)
        week = town.outgoing()[0].key.split("/")[1]
        issue = town.stores.digests.issue(week)
        assert issue
        assert issue.initiatives[0].target == target


def test_readers_choose_their_own_time_and_pause(town: Town) -> None:
    late = Subscription(person_id=LEADER.id, at=parse_time("16:00"))
    town.stores.digests.save_subscription(late)
    assert walk(town, "2026-11-30 08:45", "2026-11-30 15:59") == []
    assert len(walk(town, "2026-11-30 16:00")) == 1
    paused = late.model_copy(update={"paused_until": jst("2026-12-07 00:00").date()})
    town.stores.digests.save_subscription(paused)
    assert walk(town, "2026-12-07 16:00") == []
    assert len(walk(town, "2026-12-14 16:00")) == 1


def test_owners_are_nudged_on_the_afternoon_of_the_business_day_before(town: Town) -> None:
    for moment in (
        "2026-11-19 14:00",
        "2026-11-20 13:59",
        "2026-11-21 14:00",
        "2026-11-23 14:00",
        "2026-11-24 14:00",
    ):
        town.now = jst(moment)
        assert nudges(town.services) == [], moment
    town.now = jst("2026-11-20 14:00")  # Friday; Monday is a holiday
    assert nudge_owners(town.services) == {"nudges": 1}
    town.now = jst("2026-11-20 15:00")
    assert nudge_owners(town.services) == {"nudges": 0}
    (message,) = town.outgoing()
    assert (message.key, message.recipient) == (f"nudge/2026-W48/{LEADER.id}", LEADER.id)
    assert [action.name for action in message.reply.actions] == ["progress_report"]


def test_what_nobody_would_report_on_is_put_to_the_operator(town: Town) -> None:
    town.begin(TELEWORK)  # its 課 is not in the directory
    town.now = jst("2026-11-20 14:00")
    assert nudge_owners(town.services) == {"nudges": 2}
    (message,) = [one for one in town.outgoing() if one.recipient == OPERATOR.id]
    assert "なくなった課に担当者（DX推進リーダー・所属長）がいないため" in message.reply.text
    assert "「テレワークの推進」" in message.reply.text


def test_whoever_reported_is_not_nudged(town: Town) -> None:
    town.report("on_track", "80手続", "2026-11-10", "2026-11-12 10:00")
    town.now = jst("2026-11-20 14:00")
    assert nudge_owners(town.services) == {"nudges": 0}
    town.now = jst("2026-12-11 14:00")  # due on Saturday the 12th, before Monday the 14th
    assert nudge_owners(town.services) == {"nudges": 1}
    (message,) = town.outgoing()
    assert [action.name for action in message.reply.actions] == ["progress_report", "progress_same"]


def test_managers_get_a_summary_on_the_first_business_day_of_a_month(town: Town) -> None:
    for moment, count in (
        ("2026-12-01 08:44", 0),
        ("2026-12-01 08:45", 1),
        ("2026-12-01 09:45", 0),
        ("2026-12-02 08:45", 0),
        ("2027-01-01 09:00", 0),
        ("2027-01-04 08:45", 1),
    ):
        town.now = jst(moment)
        assert summarise_month(town.services) == {"summaries": count}, moment
    assert {message.recipient for message in town.outgoing()} == {MANAGER.id}


def test_a_summary_is_sent_late_but_once_when_the_worker_was_down(town: Town) -> None:
    for moment, count in (("2026-12-04 11:00", 1), ("2026-12-07 11:00", 0), ("2027-01-12 11:00", 0)):
        town.now = jst(moment)
        assert summarise_month(town.services) == {"summaries": count}, moment


def test_the_operator_is_told_by_ten_that_nothing_went_out(town: Town) -> None:
    town.now = jst("2026-11-24 09:59")
    assert watch_digests(town.services) == {"alerts": 0}
    town.now = jst("2026-11-24 10:00")
    assert watch_digests(town.services) == {"alerts": 1}
    assert watch_digests(town.services) == {"alerts": 0}
    (message,) = town.outgoing()
    assert message.recipient == OPERATOR.id
    assert "2026-W48" in message.reply.text


def test_the_operator_is_told_that_messages_are_stuck(town: Town) -> None:
    town.now = jst("2026-11-24 08:45")
    send_digests(town.services)
    town.now = jst("2026-11-24 10:00")
    assert watch_digests(town.services) == {"alerts": 1}
    town.now = jst("2026-11-25 10:00")
    town.outgoing()
    assert watch_digests(town.services) == {"alerts": 0}


def test_what_waits_for_the_morning_is_late_all_night(town: Town) -> None:
    town.now = jst("2026-11-24 20:00")
    send_digests(town.services)  # the worker came back after hours
    late = lateness(town.services)
    assert late
    assert (late.made, late.waiting) == (True, 1)
    town.now = jst("2026-11-25 08:31")
    assert lateness(town.services) is None  # on its way
    town.now = jst("2026-11-25 08:46")
    assert lateness(town.services)
    town.outgoing()
    assert lateness(town.services) is None


def test_readers_without_a_message_are_counted_late(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(person_id: str, _: object) -> list[object]:
        raise RuntimeError(f"no address of {person_id}")

    town.now = jst("2026-11-24 08:45")
    with monkeypatch.context() as broken:
        broken.setattr("bot.handlers.digest.sending.addresses_of", nowhere)
        assert send_digests(town.services) == {"digests": 0, "broken": 1}
        assert send_digests(town.services) == {"digests": 0, "broken": 1}
    town.now = jst("2026-11-24 10:00")
    late = lateness(town.services)
    assert late
    assert (late.made, late.waiting, late.missing) == (True, 0, 1)
    assert watch_digests(town.services) == {"alerts": 1}
    told = [message for message in town.outgoing() if message.recipient == OPERATOR.id]
    assert [message.key.split("/")[0] for message in told] == ["unread", "late"]  # each once
    assert all("1人のリーダー" in message.reply.text for message in told)
    assert send_digests(town.services) == {"digests": 1, "broken": 0}  # mended: it goes out after all
    assert lateness(town.services) is None


def test_a_probe_reads_nobody_who_has_a_message(town: Town) -> None:
    town.now = jst("2026-11-24 08:45")
    send_digests(town.services)
    town.outgoing()
    unreadable = {"id": LEADER.id, "body": '"leader" and nothing that can be read'}
    town.stores._session.transaction(
        lambda tx: tx.query("update people set body = :body where id = :id", unreadable)
    )
    town.now = jst("2026-11-24 10:00")
    assert lateness(town.services) is None


def test_working_hours_find_the_next_moment(town: Town) -> None:
    hours, calendar = WorkingHours.parse("8:30-17:15"), town.services.calendar
    for at, moment in (
        ("2026-11-24 08:00", "2026-11-24 08:30"),
        ("2026-11-24 12:00", "2026-11-24 12:00"),
        ("2026-11-24 17:15", "2026-11-25 08:30"),
        ("2026-11-20 18:00", "2026-11-24 08:30"),
        ("2026-12-28 18:00", "2027-01-04 08:30"),
    ):
        assert hours.next_moment(jst(at), calendar) == jst(moment), at
    for wrong in ("17:15-8:30", "8:30", "25:00-26:00", ""):
        with pytest.raises(ValueError):
            WorkingHours.parse(wrong)
