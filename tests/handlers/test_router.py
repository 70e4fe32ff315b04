"""Requests in, replies out: through the router, over a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.messages import Items, Paragraph, Quote, Reply, Request, SourceLine
from bot.router import HANDLERS, handle
from bot.services import Services
from bot.texts.ja import ask as texts
from tests.knowledge.small_city import ONLINE


def _ask(services: Services, text: str) -> Reply:
    return handle(Request(channel="web", user="u1", text=text), services)


def test_an_answer_quotes_the_source_and_cites_it(services: Services) -> None:
    reply = _ask(services, "電子申請のKPIは何ですか")
    assert reply.title == "電子申請の拡大"
    quote = next(part for part in reply.parts if isinstance(part, Quote))
    assert "40手続" in quote.text
    assert quote.cite == ""  # the source line tells, once
    source = reply.parts[-1]
    assert isinstance(source, SourceLine)
    assert source.edition == "令和5年版"
    assert any(isinstance(p, Paragraph) and "令和8年3月" in p.text for p in reply.parts)


def test_a_period_still_running_is_not_called_over(services: Services) -> None:
    before = replace(services, clock=lambda: datetime(2026, 3, 31, 10, tzinfo=UTC))
    assert "終わっています" not in _ask(before, "電子申請のKPIは何ですか").text
    after = replace(services, clock=lambda: datetime(2026, 3, 31, 15, tzinfo=UTC))
    assert "終わっています" in _ask(after, "電子申請のKPIは何ですか").text


def test_more_shows_the_whole_article(services: Services) -> None:
    reply = _ask(services, "電子申請のKPIは何ですか")
    more = next(action for action in reply.actions if action.label == texts.MORE)
    whole = handle(Request(channel="web", user="u1", name=more.name, value=more.value), services)
    quoted = [part.text for part in whole.parts if isinstance(part, Quote)]
    assert quoted == [passage.text for passage in ONLINE.passages]


def test_every_button_of_a_clarify_answers(services: Services) -> None:
    reply = _ask(services, "デジタル")
    assert reply.answer
    assert reply.answer.outcome == "clarify"
    assert reply.actions[-1].label == texts.NONE_OF_THESE
    for action in reply.actions:
        pressed = handle(Request(channel="web", user="u1", name=action.name, value=action.value), services)
        assert pressed.text
        assert pressed.text != texts.UNKNOWN_ACTION


def test_a_chosen_candidate_answers_the_question_that_was_asked(services: Services) -> None:
    reply = _ask(services, "KPIは?")
    chosen = next(action for action in reply.actions if action.label == "電子申請の拡大")
    pressed = handle(Request(channel="web", user="u1", name=chosen.name, value=chosen.value), services)
    quotes = [part for part in pressed.parts if isinstance(part, Quote)]
    assert [quote.label for quote in quotes] == ["原文・KPI"]


def test_an_unknown_question_names_who_to_ask(services: Services) -> None:
    reply = _ask(services, "複合機が紙詰まりして動かない")
    assert reply.title == texts.UNKNOWN_TITLE
    assert "デジタル推進室" in reply.text


def test_help_gives_examples_that_answer(services: Services) -> None:
    reply = _ask(services, "使いかた")
    assert any(isinstance(part, Items) for part in reply.parts)
    assert all(action.name in HANDLERS for action in reply.actions)


def test_a_term_is_looked_up_in_any_spelling(services: Services) -> None:
    for word in ("BPR", "びーぴーあーる", "ｂｐｒ"):
        reply = handle(Request(channel="web", user="u1", name="term", text=word), services)
        assert reply.title == "BPR", word
    assert texts.TERM_EMPTY in handle(Request(channel="web", user="u1", name="term"), services).text


def test_an_old_button_gets_a_polite_reply(services: Services) -> None:
    assert texts.UNKNOWN_ACTION in handle(Request(channel="web", user="u1", name="gone"), services).text
    stale = handle(Request(channel="web", user="u1", name="article", value="gone"), services)
    assert texts.NOT_FOUND in stale.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", texts.EMPTY),
        ("   ", texts.EMPTY),
        ("😀😀", texts.NOTHING_READABLE),
        ("\u202e\u200b", texts.NOTHING_READABLE),
        ("\ud800\udfff", texts.NOTHING_READABLE),
        ("\0\0", texts.NOTHING_READABLE),
        ("番号は1234-5678-9012です", texts.PERSONAL_NUMBER),
    ],
)
def test_what_cannot_be_asked(services: Services, typed: str, said: str) -> None:
    assert said in _ask(services, typed).text


def test_a_very_long_question_is_cut_and_told(services: Services) -> None:
    assert "500文字" in _ask(services, "電子申請の目標は" * 2000).text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_any_text_gets_a_reply(services: Services, typed: str) -> None:
    assert _ask(services, typed).text
