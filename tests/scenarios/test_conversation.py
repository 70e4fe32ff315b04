"""One conversation, on every channel: ask, candidates, click, unknown, help; with the same Reply behind."""

from __future__ import annotations

import re

from bot.messages import Reply, Request
from bot.router import handle
from bot.services import Services
from bot.texts.ja import ask as texts
from tests.scenarios.drivers import Driver, Said
from tests.web.city import DOCUMENT, EDITION, STAFF


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _assert_shows(said: Said, reply: Reply) -> None:
    """Every text of the reply and every button is there, in its order."""
    shown = _squeezed(said.text)
    assert _squeezed(reply.title) in shown
    for part in reply.parts:
        for words in filter(None, (getattr(part, name, "") for name in ("text", "label", "cite", "edition"))):
            assert _squeezed(words) in shown
    assert [button.label for button in said.buttons] == [action.label for action in reply.actions]


def _expected(services: Services, name: str = "ask", text: str = "", value: str = "") -> Reply:
    return handle(
        Request(channel="test", user="x", name=name, text=text, value=value, person=STAFF), services
    )


async def test_a_question_is_answered_with_its_source(driver: Driver, services: Services) -> None:
    said = await driver.say("BPRとは何ですか")
    assert "Business Process Re-engineeringの略。" in said.text
    assert DOCUMENT in said.text
    assert EDITION in said.text
    _assert_shows(said, _expected(services, text="BPRとは何ですか"))


async def test_candidates_are_offered_and_each_answers(driver: Driver, services: Services) -> None:
    question = "言語と業務"
    reply = _expected(services, text=question)
    said = await driver.say(question)
    _assert_shows(said, reply)
    assert reply.actions
    for button, action in zip(said.buttons, reply.actions, strict=True):
        answer = await driver.press(button)
        _assert_shows(answer, _expected(services, action.name, value=action.value))
        assert texts.UNKNOWN_ACTION not in answer.text


async def test_an_unknown_question_says_where_to_ask(driver: Driver, services: Services) -> None:
    question = "宇宙旅行の申込期限はいつですか"
    said = await driver.say(question)
    assert texts.UNKNOWN_TITLE in said.text
    _assert_shows(said, _expected(services, text=question))


async def test_help_offers_questions_that_are_answered(driver: Driver, services: Services) -> None:
    said = await driver.say("使いかた")
    _assert_shows(said, _expected(services, "help"))
    assert said.buttons
    answer = await driver.press(said.buttons[0])
    _assert_shows(answer, _expected(services, text=said.buttons[0].label))


async def test_what_breaks_careless_programs_is_answered_politely(driver: Driver, services: Services) -> None:
    for text in ("😀😀", "\u202eDX\u202c\u200b", "あ" * 10_000, "<script>alert(1)</script> <!channel> <@U1>"):
        said = await driver.say(text)
        assert said.text.strip()


async def test_a_personal_number_is_refused(driver: Driver) -> None:
    said = await driver.say("私の番号は1234 5678 9012です")
    assert _squeezed(texts.PERSONAL_NUMBER) in _squeezed(said.text)
