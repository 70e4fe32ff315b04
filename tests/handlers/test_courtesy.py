"""What is said to the bot without asking anything: a polite word, and nothing looked up or kept."""

from __future__ import annotations

import pytest

from bot.handlers.usage import HELP_ACTION
from bot.texts.ja import ask as ask_texts
from bot.texts.ja import courtesy as texts
from storage.stores import SqlStores
from tests.handlers.learning_city import Seat, open_city
from tests.web.city import STAFF


@pytest.mark.parametrize(
    "said, answer",
    [
        ("こんにちは！", texts.GREETED),
        ("お疲れ様です。", texts.GREETED),
        ("ありがとうございます", texts.THANKED),
        ("ありがとう～", texts.THANKED),
        ("違うんだけど", texts.SORRY),
        ("使えねーボットだな", texts.SORRY),
        ("何ができるの？", ask_texts.HELP),
    ],
)
def test_who_asks_nothing_is_not_told_that_nothing_was_found(
    sqlite_stores: SqlStores, said: str, answer: str
) -> None:
    seat = Seat(open_city(sqlite_stores), STAFF, "web")
    reply = seat.ask(said)
    assert answer in reply.text
    assert reply.answer is None
    assert list(sqlite_stores.learning.list_questions()) == []
    if answer != ask_texts.HELP:
        assert reply.actions == (HELP_ACTION,)


def test_a_question_with_such_a_word_in_it_is_a_question(sqlite_stores: SqlStores) -> None:
    seat = Seat(open_city(sqlite_stores), STAFF, "web")
    for asked in ("使えない端末はどうしますか", "違う課の職員に聞けますか", "ありがとうの日とは何ですか"):
        assert seat.ask(asked).answer is not None, asked
