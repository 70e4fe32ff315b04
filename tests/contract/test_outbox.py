"""The outbox on both databases."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery import Message, Outbox
from bot.messages import Paragraph, Reply
from bot.pace import Rate
from bot.services import Stores
from storage.database import Database
from storage.session import UnstorableText
from storage.stores import SqlStores
from tests.contract.processes import claim_all, run_together

NOW = datetime(2026, 11, 24, 8, 45, tzinfo=UTC)
ROWS = 200


def message(key: str, due_at: datetime = NOW, text: str = "お知らせ") -> Message:
    reply = Reply(parts=(Paragraph(text=text),))
    return Message(key=key, channel="web", recipient="000001", reply=reply, due_at=due_at)


def later(**delta: float) -> datetime:
    return NOW + timedelta(**delta)


@pytest.fixture
def outbox(stores: SqlStores) -> Outbox:
    return stores.outbox


def test_a_message_is_put_once_and_comes_back_whole(outbox: Outbox) -> None:
    assert outbox.put(message("a"))
    assert not outbox.put(message("a", text="別の文"))
    claimed = outbox.claim("w1", NOW, 60)
    assert claimed is not None
    assert claimed.message == message("a")
    assert (claimed.attempts, claimed.first_attempt_at, claimed.doubtful) == (0, NOW, False)


def test_nothing_is_claimed_before_it_is_due_and_the_longest_due_comes_first(outbox: Outbox) -> None:
    for key, minutes in (("b", 5), ("a", 10), ("c", 1)):
        outbox.put(message(key, later(minutes=minutes)))
    assert outbox.claim("w", NOW, 60) is None
    at = later(minutes=10)
    claims = [outbox.claim("w", at, 60) for _ in range(4)]
    assert [claimed and claimed.message.key for claimed in claims] == ["c", "b", "a", None]


def test_what_this_version_cannot_read_is_put_aside_and_the_next_is_claimed(
    database: Database, outbox: Outbox
) -> None:
    outbox.put(message("old"))
    outbox.put(message("new", later(minutes=1)))
    database.transaction(
        lambda tx: tx.query("update outbox set body = :body where key = 'old'", {"body": '{"old":1}'})
    )
    claimed = outbox.claim("w", later(minutes=2), 60)
    assert claimed
    assert claimed.message.key == "new"
    assert outbox.counts()["failed"] == 1


def test_times_of_other_zones_are_due_at_the_same_moment(outbox: Outbox) -> None:
    from zoneinfo import ZoneInfo

    outbox.put(message("a", NOW.astimezone(ZoneInfo("Asia/Tokyo"))))
    assert outbox.claim("w", later(microseconds=-1), 60) is None
    assert outbox.claim("w", NOW, 60) is not None


def test_sent_is_final(outbox: Outbox) -> None:
    outbox.put(message("a"))
    outbox.claim("w", NOW, 60)
    assert outbox.settle_sent("a", "w", "171.001", NOW)
    assert not outbox.settle_sent("a", "w", "171.001", NOW)
    assert outbox.claim("w", later(days=9), 60) is None
    assert {state: count for state, count in outbox.counts().items() if count} == {"sent": 1}


def test_what_is_wanted_no_more_is_settled_under_the_lease(outbox: Outbox) -> None:
    outbox.put(message("a"))
    outbox.claim("w", NOW, 60)
    assert not outbox.settle_dropped("a", "other", NOW)
    assert outbox.settle_dropped("a", "w", NOW)
    assert not outbox.settle_dropped("a", "w", NOW)
    assert outbox.claim("w", later(days=9), 60) is None
    assert not outbox.put(message("a"))
    assert {state: count for state, count in outbox.counts().items() if count} == {"dropped": 1}
    assert outbox.list_unsettled() == []
    assert outbox.count_waiting("a", later(days=9)) == 0
    assert outbox.forget_settled(later(days=9)) == 1


def test_failed_is_final(outbox: Outbox) -> None:
    outbox.put(message("a"))
    outbox.claim("w", NOW, 60)
    assert outbox.settle_failed("a", "w", "user_not_found", NOW)
    assert outbox.claim("w", later(days=9), 60) is None
    assert outbox.counts()["failed"] == 1


def test_what_is_put_aside_waits_for_the_operator_alone(outbox: Outbox) -> None:
    assert outbox.put_aside(message("a"), "理由", NOW)
    assert not outbox.put_aside(message("a"), "理由", NOW)
    assert outbox.claim("w", later(days=9), 60) is None
    [listed] = outbox.list_unsettled()
    assert (listed.message, listed.unclear, listed.reason, listed.at) == (message("a"), False, "理由", NOW)
    assert outbox.take_untold(NOW) == [listed]
    assert outbox.resend("a", NOW)
    assert outbox.claim("w", NOW, 60) is not None


def test_given_back_it_is_tried_again_at_its_time(outbox: Outbox) -> None:
    outbox.put(message("a"))
    outbox.claim("w", NOW, 60)
    assert outbox.settle_retry("a", "w", later(minutes=5), "rate limited", doubtful=False)
    assert outbox.counts()["queued"] == 1
    assert outbox.claim("w", later(minutes=4), 60) is None
    again = outbox.claim("w2", later(minutes=5), 60)
    assert again is not None
    assert (again.attempts, again.first_attempt_at, again.doubtful) == (1, NOW, False)


def test_doubt_stays_until_it_is_resolved(outbox: Outbox) -> None:
    outbox.put(message("a"))
    outbox.claim("w", NOW, 60)
    assert outbox.settle_retry("a", "w", later(minutes=1), "reply lost", doubtful=True)
    assert outbox.counts()["doubtful"] == 1
    doubtful = outbox.claim("w", later(minutes=1), 60)
    assert doubtful is not None
    assert doubtful.doubtful
    outbox.settle_retry("a", "w", later(minutes=2), "provably absent", doubtful=False)
    resolved = outbox.claim("w", later(minutes=2), 60)
    assert resolved is not None
    assert not resolved.doubtful


def test_what_may_have_gone_out_before_it_was_put_is_doubtful_from_its_first_attempt_on(
    outbox: Outbox,
) -> None:
    assert outbox.put(message("a", later(seconds=15)), NOW)
    assert not outbox.put(message("a"))
    assert (outbox.holds("a"), outbox.holds("b")) == (True, False)
    assert outbox.counts()["doubtful"] == 1
    assert outbox.claim("w", later(seconds=14), 60) is None
    claimed = outbox.claim("w", later(seconds=15), 60)
    assert claimed is not None
    assert (claimed.attempts, claimed.first_attempt_at, claimed.doubtful) == (0, NOW, True)
    outbox.settle_sent("a", "w", "171.001", NOW)
    assert outbox.holds("a")


def test_a_lease_that_ran_out_comes_back_as_doubtful_and_its_holder_has_lost_it(outbox: Outbox) -> None:
    outbox.put(message("a"))
    outbox.claim("w1", NOW, 60)
    assert outbox.claim("w2", later(seconds=59), 60) is None
    taken = outbox.claim("w2", later(seconds=60), 60)
    assert taken is not None
    assert (taken.attempts, taken.first_attempt_at, taken.doubtful) == (1, NOW, True)
    assert not outbox.settle_sent("a", "w1", "x", NOW)
    assert not outbox.settle_failed("a", "w1", "x", NOW)
    assert not outbox.settle_retry("a", "w1", NOW, "x", doubtful=True)
    assert outbox.counts()["sending"] == 1
    assert outbox.settle_sent("a", "w2", "x", NOW)


def test_a_message_is_put_with_its_cause_or_not_at_all(stores: SqlStores) -> None:
    def work(inside: Stores) -> None:
        inside.outbox.put(message("a"))
        raise KeyError("the cause failed")

    with pytest.raises(KeyError):
        stores.transaction(work)
    assert stores.outbox.counts()["queued"] == 0


@pytest.mark.parametrize("text", ["a\x00b", "half \ud83d of a pair"])
def test_text_that_cannot_be_kept_is_refused_alike(outbox: Outbox, text: str) -> None:
    with pytest.raises(UnstorableText, match="保存できない文字"):
        outbox.put(message("a", text=text))
    with pytest.raises(UnstorableText):
        outbox.put(message(text))
    with pytest.raises(UnstorableText):
        outbox.settle_sent(text, "w", "x", NOW)
    assert outbox.put(message("a", text="a\\u0000b 😀 \u202e\u200b"))
    claimed = outbox.claim("w", NOW, 60)
    assert claimed is not None
    assert claimed.message.reply.text == "a\\u0000b 😀 \u202e\u200b"


def fill(stores: SqlStores) -> set[str]:
    keys = {f"m{number:03}" for number in range(ROWS)}
    stores.transaction(lambda inside: [inside.outbox.put(message(key)) for key in keys])
    return keys


def test_three_threads_claim_each_message_once(database: Database, stores: SqlStores) -> None:
    keys = fill(stores)
    with ThreadPoolExecutor(3) as threads:
        results = list(threads.map(lambda n: claim_all(database, f"w{n}"), range(3)))
    assert Counter(key for result in results for key in result) == Counter(keys)


def test_three_processes_claim_each_message_once(database_url: str, stores: SqlStores) -> None:
    keys = fill(stores)
    results = run_together("claim_all", database_url)
    assert Counter(key for result in results for key in result) == Counter(keys)


def test_turns_are_given_once_to_whoever_asks(outbox: Outbox) -> None:
    def seconds(*recipients: str, after: float = 0.0) -> list[float]:
        now = NOW + timedelta(seconds=after)
        turns = outbox.take_turns("slack", recipients, now, Rate(a_second=4, gap=2))
        return [round((turn - NOW).total_seconds(), 2) for turn in turns]

    assert seconds("a", "b") == [0, 0.25]
    assert seconds("c", "a") == [0.5, 2.0]  # who was written to just now waits, and holds up nobody else
    assert seconds("d", "a") == [1.0, 4.0]
    assert outbox.seconds_to_turn("teams", NOW) == 0
    assert seconds("e", after=60) == [60]
    outbox.hold("slack", NOW + timedelta(seconds=90), NOW + timedelta(seconds=60))
    outbox.hold("slack", NOW + timedelta(seconds=70), NOW + timedelta(seconds=60))  # never shorter
    assert outbox.seconds_to_turn("slack", NOW + timedelta(seconds=80)) == pytest.approx(10, abs=0.01)
    assert seconds("f", after=80) == [90]
    assert seconds("f", after=-3600) == [-3600]  # the clock was set back: nobody waits an hour


def test_turns_of_several_threads_are_all_different(stores: SqlStores) -> None:
    def take(number: int) -> list[datetime]:
        names = [f"r{number}-{one}" for one in range(5)]
        return list(stores.outbox.take_turns("teams", names, NOW, Rate(a_second=10, gap=0.1)))

    with ThreadPoolExecutor(4) as threads:
        turns = [turn for taken in threads.map(take, range(20)) for turn in taken]
    spread = sorted((turn - NOW).total_seconds() for turn in turns)
    assert spread == pytest.approx([number / 10 for number in range(100)], abs=0.01)


def test_failures_are_counted_by_reason(outbox: Outbox) -> None:
    for number, reason in enumerate(("left", "left", "blocked", "left")):
        outbox.put(message(f"k{number}"))
        claimed = outbox.claim("w", NOW, 60)
        assert claimed is not None
        outbox.settle_failed(claimed.message.key, "w", reason, NOW + timedelta(days=number))
    assert outbox.list_failures(NOW) == [("web", "left", 3), ("web", "blocked", 1)]
    assert outbox.list_failures(NOW + timedelta(days=2)) == [("web", "blocked", 1), ("web", "left", 1)]
    assert outbox.list_failures(NOW + timedelta(days=4)) == []


def test_several_are_claimed_at_once_of_one_channel_or_of_the_others(outbox: Outbox) -> None:
    for number in range(5):
        outbox.put(message(f"w{number}", later(seconds=number)))
    outbox.put(message("s").model_copy(update={"channel": "slack"}))
    at = later(minutes=1)
    some = outbox.claim_some("w", at, 60, 3, channel="web")
    assert [one.message.key for one in some] == ["w0", "w1", "w2"]
    assert [one.message.key for one in outbox.claim_some("w", at, 60, 9, other_than=("web",))] == ["s"]
    assert [one.message.key for one in outbox.claim_some("w", at, 60, 9)] == ["w3", "w4"]
    assert outbox.claim_some("w", at, 60, 9) == []


def _leave(outbox: Outbox, key: str, *, unclear: bool) -> None:
    outbox.put(message(key))
    assert outbox.claim("w", NOW, 60)
    settle = outbox.settle_unclear if unclear else outbox.settle_failed
    assert settle(key, "w", "理由", NOW)


def test_the_operator_sees_what_is_unclear_and_settles_it(outbox: Outbox) -> None:
    _leave(outbox, "a", unclear=True)
    _leave(outbox, "b", unclear=False)
    assert [(one.message.key, one.unclear, one.reason) for one in outbox.list_unsettled()] == [
        ("a", True, "理由"),
        ("b", False, "理由"),
    ]
    assert outbox.claim("w", later(days=2), 60) is None  # nothing is tried again by itself
    assert outbox.mark_sent("a", NOW)
    assert not outbox.mark_sent("a", NOW)
    assert outbox.resend("b", NOW)
    assert not outbox.resend("b", NOW)
    again = outbox.claim("w", NOW, 60)
    assert again
    assert (again.message.key, again.attempts, again.doubtful, again.first_attempt_at) == ("b", 0, False, NOW)
    assert outbox.counts()["sent"] == 1
    assert outbox.unsettled("a") is None


def test_the_operator_is_told_of_each_once(outbox: Outbox) -> None:
    _leave(outbox, "a", unclear=True)
    assert [one.message.key for one in outbox.take_untold(NOW)] == ["a"]
    assert outbox.take_untold(NOW) == []
    outbox.resend("a", NOW)
    outbox.claim("w", NOW, 60)
    outbox.settle_unclear("a", "w", "again", NOW)
    assert [one.reason for one in outbox.take_untold(NOW)] == ["again"]


def test_keys_are_listed_and_counted_by_what_they_begin_with(outbox: Outbox) -> None:
    for key in ("digest/2026-W48/1", "digest/2026-W48/2", "digest/2026-W480/1", "digest/2026-W49/1"):
        outbox.put(message(key))
    assert outbox.list_keys("digest/2026-W48/") == ["digest/2026-W48/1", "digest/2026-W48/2"]
    assert outbox.count_waiting("digest/2026-W48/", later(seconds=1)) == 2
    assert outbox.count_waiting("digest/2026-W48/", NOW) == 0
    claimed = outbox.claim("w", NOW, 60)
    assert claimed
    outbox.settle_sent(claimed.message.key, "w", "x", NOW)
    assert outbox.count_waiting("digest/2026-W48/", later(seconds=1)) == 1
