"""Sensitive questions get a consultation desk and leave no trace: through the router."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.messages import Reply
from bot.services import Services
from bot.texts.ja import learning as texts
from storage.stores import SqlStores
from tests.handlers.learning_city import NOW, Seat, open_city, outgoing
from tests.web.city import STAFF


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    return open_city(sqlite_stores)


def labels(reply: Reply) -> list[str]:
    return [action.label for action in reply.actions]


SENSITIVE = "上司からパワハラを受けています。印鑑登録証のケースは何色ですか"


def test_a_sensitive_question_gets_the_desk_and_leaves_no_trace(services: Services, asker: Seat) -> None:
    desk = asker.ask(SENSITIVE)
    assert desk.title == texts.DESK_TITLE
    assert texts.DESK_NOT_KEPT in desk.text
    assert labels(desk) == [texts.ASK_ANYWAY]
    found = asker.press(desk, texts.ASK_ANYWAY)
    assert labels(found).count(texts.ASK_EXPERT) == labels(found).count(texts.SOLVED) == 0
    asker.send("wrong", f"term:bpr|{SENSITIVE}")
    asker.send("none_of_these", f"term:bpr|{SENSITIVE}")
    assert services.stores.learning.list_questions() == []
    assert services.stores.learning.count_feedback(NOW.date()) == []
    metrics = services.meter.exposition().decode()
    assert "anyway" not in metrics
    assert "パワハラ" not in metrics


@pytest.mark.parametrize(
    "question",
    [
        "こうえきつうほう",
        "にゅうがん",
        "てきおうしょうがい",
        "pawahara",
        "鬱っぽい",
        "入院することになった",
        "課長が毎日どなる",
    ],
)
def test_it_is_known_by_its_sound_and_in_everyday_words(
    services: Services, asker: Seat, question: str
) -> None:
    assert asker.ask(question).title == texts.DESK_TITLE
    assert services.stores.learning.list_questions() == []


@pytest.mark.parametrize(
    "question", ["かくにんしんせいのでんしか", "憂うつな転記の作業", "がっこうきゅうしょくのもうしこみ"]
)
def test_an_ordinary_question_that_sounds_alike_is_kept(
    services: Services, asker: Seat, question: str
) -> None:
    assert asker.ask(question).title != texts.DESK_TITLE
    assert len(services.stores.learning.list_questions()) == 1


def test_a_sensitive_question_is_never_routed(services: Services, asker: Seat) -> None:
    for reply in (
        asker.fill(asker.send("inquire", "|"), question=SENSITIVE),
        asker.send("inquire_send", f"|{SENSITIVE}", name="no"),
    ):
        assert reply.title == texts.DESK_TITLE
        assert reply.actions == ()
    assert outgoing(services.stores) == []
    assert services.stores.learning.list_inquiries() == []


def test_the_pack_names_the_desk(sqlite_stores: SqlStores) -> None:
    services = open_city(sqlite_stores)
    with_pack = replace(services, knowledge=type(services.knowledge)(sqlite_stores.articles, ("fujisawa",)))
    assert "公益通報の窓口" in Seat(with_pack, STAFF).ask("内部通報は匿名でできますか").text
