"""Asking the experts, from the form to the message that goes out: through the router."""

from __future__ import annotations

import pytest

from bot.services import Services
from bot.texts.ja import editing as editing_texts
from bot.texts.ja import learning as texts
from storage.stores import SqlStores
from tests.handlers.learning_city import UNWRITTEN, Seat, open_city, outgoing, put
from tests.web.city import HR, LEADER, MANAGER, OPERATOR, STAFF


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    return open_city(sqlite_stores)


def test_the_loop_from_unknown_to_found(stores: SqlStores) -> None:
    services = open_city(stores)  # on both databases
    asker, expert, operator = (Seat(services, person) for person in (STAFF, LEADER, OPERATOR))
    assert texts.ASKED.format(owner="市民窓口課") in put(asker).text
    ((_, recipient, told),) = outgoing(services.stores)
    assert recipient == LEADER.id
    assert UNWRITTEN in told.text
    assert STAFF.name not in told.text
    done = expert.fill(
        expert.press(told, texts.ANSWER),
        answer="ケースは青色です。",
        title="印鑑登録証のケース",
        phrasings="登録証の入れ物の色",
    )
    assert texts.ANSWERED in done.text
    messages = {key.split("/")[-1]: (recipient, reply) for key, recipient, reply in outgoing(services.stores)}
    assert messages["told"][0] == STAFF.id
    assert "ケースは青色です。" in messages["told"][1].text
    assert MANAGER.id in messages
    assert LEADER.id not in messages
    proposal = messages[OPERATOR.id][1]
    services.knowledge.refresh()
    assert asker.ask("登録証の入れ物の色は").answer.outcome != "answer"  # type: ignore[union-attr]
    assert texts.STATES["answered"] in operator.press(told, texts.ANSWER).text
    assert texts.APPROVED in operator.press(proposal, editing_texts.APPROVE).text
    assert texts.STATES["approved"] in expert.press(told, texts.ANSWER).text
    assert "承認済み" in operator.press(proposal, editing_texts.APPROVE).text
    services.knowledge.refresh()
    found = Seat(services, HR).ask("登録証の入れ物の色は何色でしょうか")
    assert "ケースは青色です。" in found.text
    assert [reply.title for key, _, reply in outgoing(services.stores)] == ["提案が承認されました"]


def test_details_are_masked_before_the_experts_see_them(services: Services, asker: Seat) -> None:
    form = asker.send("inquire", "|")
    preview = asker.fill(form, question="0466-25-1111の田中花子さんの印鑑登録証のケース")
    assert preview.form is not None
    assert "〔電話番号〕の〔氏名〕さんの印鑑登録証のケース" in preview.form.intro
    assert "電話番号・氏名を伏せました" in preview.form.intro
    assert outgoing(services.stores) == []
    asker.fill(preview)
    ((_, _, told),) = outgoing(services.stores)
    assert "0466" not in told.text
    assert "田中" not in told.text
    assert "0466" not in str(services.stores.learning.list_inquiries())


def test_a_question_that_grows_by_its_marks_is_sent(services: Services, asker: Seat) -> None:
    """Forty addresses of a few letters become forty marks."""
    question = (
        " ".join(f"{letter}@b.jp" for letter in "abcdefghijklmnopqrstuvwxyzabcdefghijklmn") + "印鑑登録証"
    )
    preview = asker.fill(asker.send("inquire", "|"), question=question.ljust(500, "の"))
    assert texts.ASKED_TITLE in asker.fill(preview).text
    assert "@" not in outgoing(services.stores)[0][2].text


def test_a_forged_confirmation_is_masked_all_the_same(services: Services, asker: Seat) -> None:
    asker.send("inquire_send", "|0466-25-1111の印鑑登録証", name="no")
    ((_, _, told),) = outgoing(services.stores)
    assert "0466" not in told.text


def test_the_confirmation_opened_anew_sends_nothing(services: Services, asker: Seat) -> None:
    assert asker.send("inquire_send", f"|{UNWRITTEN}").form is not None
    assert outgoing(services.stores) == []


@pytest.mark.parametrize(
    ("question", "error"),
    [
        ("", texts.QUESTION_MISSING),
        ("。。。", texts.QUESTION_MISSING),
        ("あ" * 1001, texts.QUESTION_TOO_LONG.format(limit=500, count=1001)),
        ("番号は1234-5678-9012です", texts.NO_PERSONAL_NUMBER),
    ],
)
def test_what_cannot_be_sent_is_said_at_the_field(
    services: Services, asker: Seat, question: str, error: str
) -> None:
    reply = asker.fill(asker.send("inquire", "|"), question=question)
    assert reply.form is not None
    assert reply.form.fields[0].error == error
    assert error in asker.send("inquire_send", f"|{question}", name="no").text
    assert outgoing(services.stores) == []


def test_a_question_just_too_long_stays_in_its_form(asker: Seat) -> None:
    reply = asker.fill(asker.send("inquire", "|"), question="あ" * 501)
    assert reply.form is not None
    assert "今は501文字" in reply.form.fields[0].error


def test_asking_twice_is_told_once(services: Services, asker: Seat) -> None:
    put(asker)
    assert texts.ASKED_ALREADY in put(asker).text
    assert len(outgoing(services.stores)) == 1


def test_nobody_waits_for_more_than_a_few_answers(services: Services, asker: Seat) -> None:
    for number in range(20):
        put(asker, f"印鑑登録証のケースの色見本{number}はどこですか")
    assert "20件" in put(asker).text


def test_whoever_the_directory_lacks_is_told_how_to_be_known(services: Services) -> None:
    guest = Seat(services, None)
    assert "職員名簿への登録" in guest.press(guest.ask(UNWRITTEN), texts.ASK_EXPERT).text
