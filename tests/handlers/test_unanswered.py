"""The queue of unanswered questions: through the router."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.jobs.retention import forget_expired
from bot.services import Services
from bot.texts.ja import ask as ask_texts
from bot.texts.ja import editing as editing_texts
from bot.texts.ja import learning as texts
from knowledge.article import Passage
from storage.stores import SqlStores
from tests.handlers.learning_city import NOW, SEAL, UNWRITTEN, Seat, later, open_city, outgoing, put
from tests.web.city import HR, LEADER, OPERATOR, STAFF


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    return open_city(sqlite_stores)


def three_ask(services: Services, question: str) -> None:
    for person in (STAFF, LEADER, HR):
        Seat(services, person).ask(question)


def test_unanswered_questions_are_listed_without_names(services: Services, operator: Seat) -> None:
    assert texts.UNANSWERED_NONE in operator.send("unanswered").text
    three_ask(services, UNWRITTEN)
    Seat(services, STAFF).ask(f"{UNWRITTEN}か教えて")
    shown = operator.press(operator.send("help"), texts.UNANSWERED)
    assert f"{UNWRITTEN} / 3人 / 4回 / 市民窓口課 / 2026-11-24" in shown.text
    assert not any(person.name in shown.text for person in (STAFF, LEADER, HR))
    assert "questions.read" in {event.action for event in services.stores.audit.list_events()}


def test_leaders_see_their_own_office_from_three_askers_on(services: Services, expert: Seat) -> None:
    Seat(services, STAFF).ask(UNWRITTEN)
    assert texts.UNANSWERED_NONE_SHOWN in expert.send("unanswered").text
    three_ask(services, UNWRITTEN)
    assert UNWRITTEN in expert.send("unanswered").text
    three_ask(services, "BPRの研修は何時からですか")
    assert "研修" not in expert.send("unanswered").text
    assert "答えられなかった質問の閲覧" in Seat(services, STAFF).send("unanswered").text


def test_what_is_answered_by_now_is_left_out(
    services: Services, asker: Seat, expert: Seat, operator: Seat
) -> None:
    put(asker)
    ((_, _, told),) = outgoing(services.stores)
    expert.fill(expert.press(told, texts.ANSWER), answer="ケースは青色です。", title="印鑑登録証のケースの色")
    (proposal,) = [reply for _, to, reply in outgoing(services.stores) if to == OPERATOR.id]
    assert UNWRITTEN in operator.send("unanswered").text
    operator.press(proposal, editing_texts.APPROVE)
    services.knowledge.refresh()
    assert texts.UNANSWERED_NONE in operator.send("unanswered").text


def test_a_cluster_is_discarded_by_the_operator(services: Services, operator: Seat, expert: Seat) -> None:
    three_ask(services, UNWRITTEN)
    (action,) = operator.send("unanswered").actions
    expert.send(action.name, action.value)
    assert len(services.stores.learning.list_questions()) == 3
    assert "3件" in operator.send(action.name, action.value).text
    assert texts.DISCARD_STALE in operator.send(action.name, action.value).text


@pytest.mark.parametrize(
    "resident",
    [
        "口座番号1234567名義",
        "宛名番号 1234567 分納",
        "整理番号1234567年金",
        "被保険者番号12345678 月末",
        "No.1234567",
        "1234‐5678‐9012",
        "12345/67890",
        "1234_5678_9012",
    ],
)
def test_no_long_number_stays_in_the_queue(services: Services, asker: Seat, resident: str) -> None:
    asker.ask(f"{resident}の人の印鑑登録証のケースは何色ですか")
    (kept,) = services.stores.learning.list_questions()
    assert "〔番号〕" in kept.question
    assert not any(len(run) > 3 for run in re.findall(r"\d+", kept.question))


def test_what_is_looked_up_as_it_is_typed_is_not_kept(services: Services, asker: Seat) -> None:
    asker.send("term", "", "印鑑登録証のケ")
    assert services.stores.learning.list_questions() == []


def test_none_of_the_candidates_is_kept_and_leads_to_the_experts(services: Services, asker: Seat) -> None:
    reply = asker.press(asker.ask("言語と業務"), ask_texts.NONE_OF_THESE)
    assert asker.press(reply, texts.ASK_EXPERT).form.fields[0].value == "言語と業務"  # type: ignore[union-attr]
    assert [question.reason for question in services.stores.learning.list_questions()] == ["none_fits"]


def test_what_is_old_is_forgotten(services: Services, asker: Seat) -> None:
    put(asker)
    asker.press(asker.ask("BPRとは何ですか"), texts.WRONG)
    assert set(forget_expired(services).values()) == {0}
    key = services.stores.learning.key("2026Q4")
    gone = forget_expired(later(services, NOW + timedelta(days=366)))
    assert {name: gone[name] for name in ("questions", "feedback", "inquiries")} == {
        "questions": 2,
        "feedback": 1,
        "inquiries": 1,
    }
    assert services.stores.learning.key("2026Q4") != key


def test_what_none_of_the_candidates_fitted_is_left_out_once_an_article_answers_it(
    services: Services, asker: Seat, operator: Seat
) -> None:
    asker.press(asker.ask("言語と業務"), ask_texts.NONE_OF_THESE)
    asker.press(asker.ask("BPRとは何ですか"), texts.WRONG)
    assert "言語と業務" in operator.send("unanswered").text
    article = SEAL.model_copy(
        update={
            "id": "faq:both",
            "title": "言語と業務",
            "questions": ("言語と業務",),
            "passages": (Passage(text="言語と業務の両方を学ぶ研修です。"),),
        }
    )
    services.stores.articles.replace_source("研修", [article])
    services.knowledge.refresh()
    left = operator.send("unanswered").text
    assert "言語と業務" not in left
    assert "BPRとは何ですか" in left, "it was answered all along, and wrongly"
