"""The loop, the same on every channel: unknown → asked → answered by the expert → asker told → approved → found."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count

import pytest

from bot.texts.ja import ask as ask_texts
from bot.texts.ja import editing as editing_texts
from bot.texts.ja import learning as texts
from knowledge.article import Article, Audience, Kind, Layer, Passage
from knowledge.learning.inquiry import State
from storage.session import Tx
from storage.stores import SqlStores
from tests.handlers.learning_city import UNWRITTEN, open_city
from tests.scenarios.towns import TOWNS, Seat, Shown, Town, factory, send_waiting
from tests.web.city import HR, LEADER, MANAGER, OPERATOR, STAFF

PARAPHRASE = "登録証の入れ物の色は何色でしょうか"
ANSWER = "ケースは青色です。"
SECRET = Article(
    id="faq:secret",
    kind=Kind.FAQ,
    layer=Layer.EDITORIAL,
    title="内示の扱い",
    questions=("内示の扱いはどうしますか",),
    passages=(Passage(text="内示は封筒に入れて渡します。"),),
    owner="市民窓口課",
    visible_to=(Audience.LEADER, Audience.MANAGER),
)
# Chats that may ring wait for working hours.
WORKING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture(params=list(TOWNS))
async def town(request: pytest.FixtureRequest, sqlite_stores: SqlStores) -> AsyncIterator[Town]:
    """The city on one channel; everybody has been there before. Time goes on, so that news have an order."""
    moments = (WORKING + timedelta(milliseconds=number) for number in count())
    async with factory(request.param)(
        replace(open_city(sqlite_stores), clock=partial(next, moments))
    ) as opened:
        for person in (STAFF, LEADER, MANAGER, HR, OPERATOR):
            assert (await opened.seat(person).say("使いかた")).text
        yield opened


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _assert_says(shown: Shown, *words: str) -> None:
    for word in words:
        assert _squeezed(word) in _squeezed(shown.text)


async def _only_news(town: Town, seat: Seat) -> Shown:
    await send_waiting(town.services)
    (news,) = await seat.told()
    return news


async def test_unknown_asked_answered_told_approved_found(town: Town) -> None:
    asker, expert, approver, third = (town.seat(person) for person in (STAFF, LEADER, OPERATOR, HR))
    unknown = await asker.say(UNWRITTEN)
    _assert_says(unknown, ask_texts.UNKNOWN_TITLE)
    form = await asker.press(unknown, texts.ASK_EXPERT)
    preview = await asker.fill(form, question=f"0466-25-1111の方から。{UNWRITTEN}")
    _assert_says(preview, "〔電話番号〕の方から。", texts.CONFIRM_NAME)
    assert await send_waiting(town.services) == 0
    _assert_says(await asker.fill(preview), texts.ASKED.format(owner="市民窓口課"))

    question = await _only_news(town, expert)
    _assert_says(question, texts.EXPERT_TITLE, "〔電話番号〕の方から。")
    assert "0466" not in question.text
    assert STAFF.name not in question.text
    answering = await expert.press(question, texts.ANSWER)
    done = await expert.fill(
        answering, answer=ANSWER, title="印鑑登録証のケース", phrasings="登録証の入れ物の色"
    )
    _assert_says(done, texts.ANSWERED)

    _assert_says(await _only_news(town, asker), texts.TOLD_TITLE, ANSWER)
    assert ANSWER not in (await third.say(PARAPHRASE)).text
    (proposal,) = await approver.told()
    _assert_says(proposal, editing_texts.WAITING_TITLE, ANSWER)
    _assert_says(await approver.press(proposal, editing_texts.APPROVE), texts.APPROVED)
    _assert_says(await _only_news(town, expert), "提案が承認されました")

    town.services.knowledge.refresh()
    found = await third.say(PARAPHRASE)
    _assert_says(found, ANSWER)
    _assert_says(await third.press(found, texts.SOLVED), texts.THANKS)
    assert await send_waiting(town.services) == 0


async def test_of_two_experts_the_first_wins_and_the_asker_is_told_once(town: Town) -> None:
    asker, first, second = (town.seat(person) for person in (STAFF, LEADER, OPERATOR))
    await _put(asker)
    question = await _only_news(town, first)
    await second.told()
    waiting = await second.press(await second.press(await second.say("使いかた"), texts.INQUIRIES), UNWRITTEN)
    late = await second.press(waiting, texts.ANSWER)
    await first.fill(await first.press(question, texts.ANSWER), answer=ANSWER, learn="no")
    _assert_says(await second.fill(late, answer="赤です。"), texts.ALREADY_ANSWERED, ANSWER, "赤です。")
    await asker.told()
    _assert_says(await _only_news(town, asker), ANSWER)


async def test_another_office_takes_it_over(town: Town) -> None:
    asker, expert, operator = (town.seat(person) for person in (STAFF, LEADER, OPERATOR))
    await _put(asker)
    question = await _only_news(town, expert)
    await operator.told()
    moving = await expert.press(question, texts.MOVE)
    _assert_says(await expert.fill(moving, department="D22"), texts.MOVED.format(owner="デジタル推進室"))
    taken = await _only_news(town, operator)
    await operator.fill(await operator.press(taken, texts.ANSWER), answer=ANSWER, learn="no")
    await asker.told()
    _assert_says(await _only_news(town, asker), ANSWER)


async def test_a_wrong_answer_leads_to_the_experts(town: Town) -> None:
    asker = town.seat(STAFF)
    sorry = await asker.press(await asker.say("RPAとは何ですか"), texts.WRONG)
    _assert_says(sorry, texts.SORRY_TITLE)
    preview = await asker.fill(await asker.press(sorry, texts.ASK_EXPERT))
    _assert_says(await asker.fill(preview, name="yes"), texts.ASKED_TITLE)
    (inquiry,) = town.services.stores.learning.list_inquiries(State.OPEN)
    assert (inquiry.article_id, inquiry.owner) == ("term:rpa", "デジタル推進室")
    assert STAFF.name in inquiry.asked_by


async def test_what_the_expert_got_wrong_goes_back_to_the_office_that_answered(town: Town) -> None:
    asker, expert = town.seat(STAFF), town.seat(LEADER)
    await _put(asker)
    question = await _only_news(town, expert)
    await expert.fill(await expert.press(question, texts.ANSWER), answer="ケースは赤色です。", learn="no")
    sorry = await asker.press(await _only_news(town, asker), texts.WRONG)
    preview = await asker.fill(await asker.press(sorry, texts.ASK_EXPERT))
    _assert_says(await asker.fill(preview), texts.ASKED.format(owner="市民窓口課"))
    again = await _only_news(town, expert)
    _assert_says(again, texts.EXPERT_TITLE, UNWRITTEN)
    await expert.fill(await expert.press(again, texts.ANSWER), answer=ANSWER, learn="no")
    _assert_says(await _only_news(town, asker), texts.TOLD_TITLE, ANSWER)
    states = {(one.owner, one.state) for one in town.services.stores.learning.list_inquiries()}
    assert states == {("市民窓口課", State.ANSWERED)}


async def test_what_is_asked_about_a_restricted_article_stays_for_those_who_see_it(town: Town) -> None:
    asker, expert, others = town.seat(MANAGER), town.seat(LEADER), (town.seat(STAFF), town.seat(HR))
    town.services.stores.articles.replace_source("内示", [SECRET])
    town.services.knowledge.refresh()
    for other in others:
        assert SECRET.body not in (await other.say(SECRET.questions[0])).text
    shown = await asker.say(SECRET.questions[0])
    _assert_says(shown, SECRET.body, "見られる人")
    sorry = await asker.press(shown, texts.WRONG)
    await asker.fill(await asker.fill(await asker.press(sorry, texts.ASK_EXPERT)))
    answering = await expert.press(await _only_news(town, expert), texts.ANSWER)
    await expert.fill(answering, answer=ANSWER, title="内示の表紙", phrasings="内示の表紙は何色ですか")
    await send_waiting(town.services)
    told = await asker.told()
    _assert_says(next(one for one in told if _squeezed(texts.TOLD_TITLE) in _squeezed(one.text)), ANSWER)
    proposal = next(one for one in told if editing_texts.APPROVE in one.buttons)
    _assert_says(proposal, editing_texts.WAITING_SEEN_AS_ASKED.partition("{")[0])
    await asker.press(proposal, editing_texts.APPROVE)
    town.services.knowledge.refresh()
    _assert_says(await asker.say("内示の表紙は何色ですか"), ANSWER)
    for other in others:
        assert ANSWER not in (await other.say("内示の表紙は何色ですか")).text


async def test_a_sensitive_question_is_answered_by_the_desk_alone(town: Town) -> None:
    asker = town.seat(STAFF)
    stored = _watch_what_is_stored(town)
    desk = await asker.say("上司にパワハラを受けています")
    _assert_says(desk, texts.DESK_TITLE, texts.DESK_NOT_KEPT)
    assert list(desk.buttons) == [texts.ASK_ANYWAY]
    await asker.press(desk, texts.ASK_ANYWAY)
    form = await asker.press(await asker.say(UNWRITTEN), texts.ASK_EXPERT)
    _assert_says(await asker.fill(form, question="うつ病と診断されました"), texts.DESK_TITLE)
    assert not any(word in body for body in stored() for word in ("パワハラ", "うつ病"))
    assert any(UNWRITTEN in body for body in stored())


def _watch_what_is_stored(town: Town) -> Callable[[], list[str]]:
    """Everything written to the database from now on, be it for a moment only."""
    stores = town.services.stores
    assert isinstance(stores, SqlStores)
    columns = {"receipts": "body", "outbox": "body", "inquiries": "body", "unanswered_questions": "question"}

    def watch(tx: Tx) -> None:
        tx.query("create table stored (body text)")
        for table, column in columns.items():
            tx.query(
                f"create trigger watch_{table} after insert on {table} "
                f"begin insert into stored values (new.{column}); end"
            )

    stores._session.transaction(watch)
    return lambda: [row["body"] for row in stores._session.query("select body from stored")]


async def test_a_personal_number_is_refused_in_forms(town: Town) -> None:
    asker = town.seat(STAFF)
    form = await asker.press(await asker.say(UNWRITTEN), texts.ASK_EXPERT)
    refused = await asker.fill(form, question="番号は1234 5678 9012です")
    _assert_says(refused, texts.NO_PERSONAL_NUMBER)
    assert town.services.stores.learning.list_inquiries() == []


async def _put(asker: Seat) -> None:
    form = await asker.press(await asker.say(UNWRITTEN), texts.ASK_EXPERT)
    _assert_says(await asker.fill(await asker.fill(form)), texts.ASKED_TITLE)
