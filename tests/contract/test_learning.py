"""Feedback, unanswered questions and inquiries on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from knowledge.learning.feedback import ArticleFeedback, Verdict, give_feedback
from knowledge.learning.inquiry import Asker, Inquiry, State
from knowledge.learning.unanswered import Reason, keep_question
from storage.session import UnstorableText
from storage.stores import SqlStores
from tests.web.city import STAFF, settle

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
ASKER = Asker(STAFF.id, "slack", "U0AOBA")


def inquiry(number: int = 1, **more: object) -> Inquiry:
    told = {
        "id": f"i{number}",
        "question": "名刺の作り方",
        "owner": "職員課",
        "department_id": "D21",
        "asked_at": NOW,
    }
    return Inquiry.model_validate(told | more)


def test_the_key_of_a_quarter_is_made_once(stores: SqlStores) -> None:
    first = stores.learning.key("2026Q4")
    assert stores.learning.key("2026Q4") == first
    assert stores.learning.key("2027Q1") != first
    stores.learning.forget_keys("2027Q1")
    assert stores.learning.key("2026Q4") != first


def test_several_threads_make_one_key(stores: SqlStores) -> None:
    with ThreadPoolExecutor(4) as threads:
        keys = set(threads.map(lambda _: stores.learning.key("2026Q4"), range(8)))
    assert len(keys) == 1


def test_feedback_counts_once_for_each_person_and_answer_and_can_change(stores: SqlStores) -> None:
    learning = stores.learning
    for asker in ("1", "2"):
        give_feedback(learning, asker, "term:bpr", "BPRとは", Verdict.SOLVED, NOW)
    give_feedback(learning, "1", "term:bpr", "ＢＰＲとは", Verdict.WRONG, NOW)
    give_feedback(learning, "1", "term:bpr", "BPRの効果は", Verdict.SOLVED, NOW)
    give_feedback(learning, "1", "term:rpa", "BPRとは", Verdict.WRONG, NOW - timedelta(days=40))
    day = date(2026, 11, 1)
    assert learning.count_feedback(day) == [ArticleFeedback("term:bpr", 2, 1, askers=2)]
    assert len(learning.count_feedback(date(2026, 1, 1))) == 2
    assert learning.forget_feedback(day) == 1
    assert len(learning.count_feedback(date(2026, 1, 1))) == 1


def test_askers_of_two_quarters_are_never_added_up(stores: SqlStores) -> None:
    for asker in ("1", "2"):
        for at in (NOW, NOW + timedelta(days=45)):
            give_feedback(stores.learning, asker, "term:bpr", "BPRとは", Verdict.SOLVED, at)
    assert stores.learning.count_feedback(date(2026, 1, 1)) == [ArticleFeedback("term:bpr", 4, 0, askers=2)]


def test_questions_are_approved_for_the_digest(stores: SqlStores) -> None:
    keep_question(stores.learning, "1", "名刺の作り方", Reason.UNKNOWN, "職員課", NOW)
    (found,) = stores.learning.list_questions()
    assert not found.approved
    assert stores.learning.approve_questions([found.id, "nobody's"]) == 1
    assert [one.approved for one in stores.learning.list_questions()] == [True]


def test_feedback_holds_neither_who_gave_it_nor_the_question(stores: SqlStores) -> None:
    give_feedback(stores.learning, "900001", "term:bpr", "名刺の作り方", Verdict.WRONG, NOW)
    give_feedback(stores.learning, "900001", "term:rpa", "名刺の作り方", Verdict.WRONG, NOW)
    rows = stores._session.query("select * from feedback")
    assert {name for row in rows for name in row} == {
        "code",
        "article_id",
        "asker",
        "period",
        "verdict",
        "given_on",
    }
    assert len({row["code"] for row in rows}) == 2
    assert (
        len({row["asker"] for row in rows}) == 2
    )  # one person's verdicts on two articles cannot be put together
    assert "900001" not in str(rows)
    assert "名刺" not in str(rows)


def test_questions_are_kept_masked_once_a_day_for_each_person(stores: SqlStores) -> None:
    learning = stores.learning
    for asker, days in (("1", 0), ("1", 0), ("2", 0), ("1", 1)):
        keep_question(
            learning, asker, "0466-25-1111の名刺", Reason.UNKNOWN, "職員課", NOW + timedelta(days=days)
        )
    keep_question(learning, "1", "番号は1234 5678 9012です", Reason.UNKNOWN, "職員課", NOW)
    found = learning.list_questions()
    assert [question.question for question in found] == ["〔電話番号〕の名刺"] * 3
    assert [question.asked_on.day for question in found] == [24, 24, 25]
    assert len({question.asker for question in found}) == 2
    assert not {"1", "2"} & {question.asker for question in found}
    assert learning.forget_questions(date(2026, 11, 25)) == 2
    assert learning.discard_questions([found[-1].id, "nobody"]) == 1
    assert learning.list_questions() == []


def test_an_inquiry_is_kept_once_with_its_asker(stores: SqlStores) -> None:
    settle(stores)
    assert stores.learning.add_inquiry(inquiry(), ASKER)
    assert not stores.learning.add_inquiry(inquiry(question="another"), ASKER)
    assert stores.learning.find_inquiry("i1") == inquiry()
    assert stores.learning.find_inquiry("i2") is None
    assert stores.learning.list_inquiries() == [inquiry()]
    assert stores.learning.list_inquiries(State.ANSWERED) == []
    assert stores.learning.count_open_of(STAFF.id) == 1
    assert stores.learning.take_asker("i1") == ASKER
    assert stores.learning.take_asker("i1") is None
    assert stores.learning.count_open_of(STAFF.id) == 0


def answered(text: str) -> Inquiry:
    return inquiry(state=State.ANSWERED, answer=text, answered_by="900004", answered_at=NOW)


def test_the_first_answer_stands(stores: SqlStores) -> None:
    settle(stores)
    stores.learning.add_inquiry(inquiry(asked_by="青葉 花"), ASKER)
    with ThreadPoolExecutor(2) as threads:
        won = list(threads.map(lambda n: stores.learning.answer_inquiry(answered(f"回答{n}")), range(2)))
    assert sorted(won) == [False, True]
    found = stores.learning.find_inquiry("i1")
    assert found is not None
    assert found.answer == f"回答{won.index(True)}"
    assert found.asked_by == ""
    assert not stores.learning.close_inquiry("i1")
    assert not stores.learning.move_inquiry("i1", "市民窓口課", "D11", expected="職員課")


def test_an_inquiry_moves_from_where_it_was_seen(stores: SqlStores) -> None:
    settle(stores)
    stores.learning.add_inquiry(inquiry(), ASKER)
    assert stores.learning.move_inquiry("i1", "市民窓口課", "D11", expected="職員課")
    assert not stores.learning.move_inquiry("i1", "デジタル推進室", "D22", expected="職員課")
    assert stores.learning.answer_inquiry(answered("回答"))
    found = stores.learning.find_inquiry("i1")
    assert found is not None
    assert (found.owner, found.department_id) == ("市民窓口課", "D11")


def test_an_inquiry_can_end_without_an_answer(stores: SqlStores) -> None:
    settle(stores)
    stores.learning.add_inquiry(inquiry(), ASKER)
    assert stores.learning.close_inquiry("i1")
    assert not stores.learning.answer_inquiry(answered("遅い回答"))
    assert not stores.learning.close_inquiry("nobody")


def test_what_is_old_goes_with_its_asker(stores: SqlStores) -> None:
    settle(stores)
    stores.learning.add_inquiry(inquiry(1, asked_at=NOW - timedelta(days=400)), ASKER)
    stores.learning.add_inquiry(inquiry(2), ASKER)
    assert stores.learning.forget_inquiries(NOW - timedelta(days=365)) == 1
    assert [one.id for one in stores.learning.list_inquiries()] == ["i2"]
    assert stores.learning.take_asker("i1") is None


def test_whoever_leaves_is_forgotten(stores: SqlStores) -> None:
    settle(stores)
    stores.learning.add_inquiry(inquiry(), ASKER)
    stores.directory.save(stores.directory.list_departments(), [], [STAFF.id])
    assert stores.learning.take_asker("i1") is None
    assert stores.learning.find_inquiry("i1") == inquiry()


@pytest.mark.parametrize("text", ["\x00", "a\ud800"])
def test_text_that_cannot_be_kept_is_refused_alike(stores: SqlStores, text: str) -> None:
    settle(stores)
    with pytest.raises(UnstorableText):
        stores.learning.add_inquiry(inquiry(question=text), ASKER)
