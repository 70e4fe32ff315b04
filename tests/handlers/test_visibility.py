"""Whoever may not see an article gets exactly what they would get if it had never been written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.handlers.afterwards import join
from bot.handlers.deciders import asked_to_decide
from bot.handlers.knowledge_admin import import_articles
from bot.messages import Reply, Request
from bot.router import handle
from bot.services import Services
from bot.settings import Settings
from bot.slack.home import home_view
from knowledge.article import Article, Audience
from knowledge.base import KnowledgeBase
from knowledge.editing.store import Proposal
from knowledge.visibility import Viewer
from staff.model import Person, Post, Role
from storage.database import open_database
from storage.migrations import migrate
from storage.stores import SqlStores
from tests.knowledge.small_city import ARTICLES, TELEWORK
from tests.web.city import DEPARTMENTS, HR, LEADER, MANAGER, OPERATOR, STAFF

NOW = datetime(2026, 11, 24, tzinfo=UTC)
OWNERS = ("市民窓口課", "デジタル推進室")
OTHER = Person(
    id="900006",
    name="遠浅 渚",
    email="p900006@city.example",
    posts=(Post(department_id="D22", roles=frozenset({Role.STAFF})),),
)
EVERYBODY: tuple[Person | None, ...] = (None, STAFF, LEADER, MANAGER, HR, OPERATOR, OTHER)
OLDER = TELEWORK.model_copy(
    update={
        "source": TELEWORK.source.model_copy(update={"edition": "令和2年版"}),
        "ended_on": date(2021, 3, 31),
        "passages": TELEWORK.passages[:2],
    }
)
IDS = sorted({article.id for article in ARTICLES})


def _requests(person: Person | None) -> Iterator[Request]:
    """Every way of coming at every article: words, buttons, addresses, follow-ups."""

    def request(name: str, text: str = "", value: str = "", **values: str) -> Request:
        user = person.id if person else "guest"
        return Request(
            channel="web",
            user=user,
            name=name,
            text=text,
            value=value,
            values=values,
            person=person,
            conversation=user,
            at=NOW,
        )

    titles = {article.id: article.title for article in ARTICLES}
    for article_id, title in titles.items():
        question = f"{title}とは何ですか"
        yield request("ask", question)
        yield request("ask", "それはいつから?")
        yield request("ask", title)
        yield request("term", title)
        yield request("article", value=article_id)
        yield request("pick", value=f"{article_id}|{question}")
        yield request("edition", value=f"{article_id}|{OLDER.source.edition}")
        yield request("none_of_these", value=f"{article_id}|{question}")
        yield request("wrong", value=join(article_id, question))
        yield request("inquire", value=join(article_id, question))
        yield request("inquire", value=join(article_id, question), question=question)
    for question in dict.fromkeys(question for article in ARTICLES for question in article.questions):
        yield request("ask", question)
    yield request("ask", "令和2年版ではテレワークはどうなっていますか")
    yield request("ask", "テレワークと電子申請の違いは")
    yield request("ask", "課題は何ですか")
    yield request("meaning", "、".join(titles.values()))
    yield request("term")
    for row in ("あ", "か", "さ", "た", "な", "は", "ま", "や", "ら", "わ", ""):
        yield request("term_row", value=f"{row}|")


@contextmanager
def _services(articles: Sequence[Article]) -> Iterator[Services]:
    """Services over a database of these articles alone."""
    with TemporaryDirectory() as folder, open_database(f"sqlite:///{folder}/city.db") as database:
        migrate(database)
        stores = SqlStores(database)
        stores.directory.save(DEPARTMENTS, [each for each in EVERYBODY if each], ())
        stores.articles.replace_source("newest", [one for one in articles if one.source != OLDER.source])
        stores.articles.replace_source("older", [one for one in articles if one.source == OLDER.source])
        yield Services(
            settings=Settings(_env_file=None, DXBOT_CONTENT=""),
            stores=stores,
            knowledge=KnowledgeBase(stores.articles, ()),
            clock=lambda: NOW,
        )


def _told(services: Services, person: Person | None) -> list[tuple[Reply, list[float]]]:
    """The replies, and beside them the scores: the last digits of these depend on how many numbers were added up at once."""
    return [_apart(handle(request, services)) for request in _requests(person)]


def _apart(reply: Reply) -> tuple[Reply, list[float]]:
    if reply.answer is None:
        return reply, []
    ranking = tuple(one.model_copy(update={"score": 0.0}) for one in reply.answer.ranking)
    answer = reply.answer.model_copy(update={"ranking": ranking})
    return reply.model_copy(update={"answer": answer}), [one.score for one in reply.answer.ranking]


_AUDIENCES = st.lists(st.sampled_from(list(Audience)), max_size=2, unique=True).map(tuple)


@settings(max_examples=3, deadline=None, phases=[Phase.generate])  # a base a person is built each time
@given(st.lists(_AUDIENCES, min_size=len(IDS), max_size=len(IDS)))
def test_what_is_hidden_leaves_no_trace_in_any_reply(audiences: list[tuple[Audience, ...]]) -> None:
    seen_by = dict(zip(IDS, audiences, strict=True))
    articles = [
        each.model_copy(update={"visible_to": seen_by[each.id], "owner": OWNERS[IDS.index(each.id) % 2]})
        for each in (*ARTICLES, OLDER)
    ]
    with _services(articles) as whole:
        for person in EVERYBODY:
            viewer = Viewer.of(person, DEPARTMENTS)
            hidden = {each.id for each in articles if not viewer.sees(each)}
            with _services([each for each in articles if each.id not in hidden]) as lacking:
                pairs = zip(_told(whole, person), _told(lacking, person), strict=True)
                assert all(
                    one == other and near == pytest.approx(far, abs=2e-3)
                    for (one, near), (other, far) in pairs
                )
                home, without = (home_view(each.seen_by(person).entries) for each in (whole, lacking))
                assert home == without


def test_an_answer_says_who_sees_it() -> None:
    article = TELEWORK.model_copy(update={"visible_to": (Audience.MANAGER, Audience.HR)})
    with _services([article]) as services:
        told = handle(Request(channel="web", user="x", text="テレワークの推進", person=HR), services)
        assert "見られる人: 所属長・職員課だけです" in told.text


def test_a_proposal_about_a_hidden_article_is_told_only_to_those_who_see_it() -> None:
    article = ARTICLES[1].model_copy(update={"visible_to": (Audience.OWNER,), "owner": "市民窓口課"})
    phrasing = Proposal(article_id=article.id, phrasing="業務改革って", proposed_by=STAFF.id, proposed_at=NOW)
    with _services([article]) as services:
        told = asked_to_decide(services, [phrasing])[phrasing.id]
        assert {message.recipient for message in told} == {LEADER.id, MANAGER.id}


def test_an_import_tells_operators_of_what_they_may_see() -> None:
    articles = [ARTICLES[1].model_copy(update={"visible_to": (Audience.HR,)}), TELEWORK]
    with _services([]) as services:
        import_articles(services, "内示.csv", articles, "cli/test")
        claimed = services.stores.outbox.claim("test", NOW, 60)
        assert claimed is not None
        assert TELEWORK.title in claimed.message.reply.text
        assert ARTICLES[1].title not in claimed.message.reply.text
        import_articles(services, "内示.csv", articles[:1], "cli/test")
        import_articles(services, "別.csv", [articles[0].model_copy(update={"id": "x"})], "cli/test")
        while claimed := services.stores.outbox.claim("test", NOW, 60):
            assert ARTICLES[1].title not in claimed.message.reply.text
