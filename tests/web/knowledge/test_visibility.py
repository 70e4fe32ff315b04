"""Restricted articles on the knowledge pages: absent for those who may not see them, and set by ticking who may."""

from __future__ import annotations

import pytest

from bot.services import Services
from bot.texts.ja import editing as texts
from bot.texts.ja import knowledge_pages as words
from knowledge.article import Article, Audience, Kind, Layer, Passage
from staff.model import Person
from tests.web.city import HR, LEADER, OPERATOR, STAFF
from tests.web.html import Html
from tests.web.knowledge.conftest import COUNTER, Browser, Open

SECRET = Article(
    id="relocation",
    kind=Kind.FAQ,
    layer=Layer.EDITORIAL,
    title="庁舎移転の内示",
    passages=(Passage(text="内示は秋に行います。"),),
    owner="市民窓口課",
    visible_to=(Audience.HR, Audience.LEADER),
)
WITHIN = ("/knowledge/article", "/knowledge/edit", "/knowledge/history")


@pytest.fixture
def secret(services: Services) -> Article:
    services.stores.articles.replace_source("内示.csv", [SECRET])
    return SECRET


async def _texts(browser: Browser, article_id: str) -> list[str]:
    return [(await browser.get(path, 404, id=article_id)).text.replace(article_id, "ID") for path in WITHIN]


@pytest.mark.parametrize("person", [STAFF, OPERATOR])
async def test_a_hidden_article_is_no_article(opened: Open, secret: Article, person: Person) -> None:
    browser = await opened(person)
    assert secret.title not in (await browser.get("/knowledge", q="移転")).text
    assert await _texts(browser, secret.id) == await _texts(browser, "nowhere-1")
    for path in ("/knowledge/edit", "/knowledge/delete", "/knowledge/rollback", "/knowledge/phrasing"):
        page = await browser.post(path, 404, id=secret.id, title="x", body="x", number="0", phrasing="x")
        assert secret.title not in page.text


async def test_who_may_see_it_finds_it_and_who_may_not_takes_its_title(opened: Open, secret: Article) -> None:
    hr = await opened(HR)
    assert secret.title in (await hr.get("/knowledge", q="移転")).text
    page = await hr.get("/knowledge/article", id=secret.id)
    assert "DX推進リーダー" in page.text and "職員課" in page.text


async def test_a_title_that_a_hidden_article_has_is_free(opened: Open, services: Services) -> None:
    leader = await opened(LEADER)
    form = {
        "kind": "faq",
        "title": "庁舎移転の内示",
        "body": "本文です。",
        "act": "publish",
        "owner": "市民窓口課",
    }
    await leader.post("/knowledge/new", **form, visible_to="DX推進リーダー")
    again = await (await opened(OPERATOR)).post("/knowledge/new", **form)
    assert "庁舎移転の内示" in again.text
    found = services.stores.versions.list_latest()
    assert [version.article.title for version in found if version.article] == ["庁舎移転の内示"] * 2
    assert len({version.article_id for version in found}) == 2


async def test_ticking_restricts_and_unticking_opens_again(opened: Open, services: Services) -> None:
    leader, staff = await opened(LEADER), await opened(STAFF)
    form = {**await leader.edit(COUNTER.id), "reason": "限る"}
    await leader.post("/knowledge/edit", **{**form, "visible_to": "DX推進リーダー"})
    services.knowledge.refresh()
    await staff.get("/knowledge/article", 404, id=COUNTER.id)
    page = await leader.get("/knowledge/edit", id=COUNTER.id)
    ticked = [each["value"] for each in page.all("input", type="checkbox") if "checked" in each]
    assert ticked == ["DX推進リーダー"]
    form = {**await leader.edit(COUNTER.id), "reason": "開く", "visible_to": ""}
    await leader.post("/knowledge/edit", **form)
    await staff.get("/knowledge/article", id=COUNTER.id)


@pytest.mark.parametrize(
    ("owner", "seen"), [("市民窓口課", "職員課"), ("", "DX推進リーダー"), ("", "所属長\n職員課")]
)
async def test_a_new_article_is_not_hidden_from_all_who_decide_on_it(
    opened: Open, services: Services, owner: str, seen: str
) -> None:
    hr = await opened(HR)
    form = {"kind": "faq", "title": "内示の日", "body": "秋です。", "act": "propose", "owner": owner}
    page = await hr.post("/knowledge/new", 422, **form, visible_to=seen)
    assert texts.UNSEEN_BY_WHO_DECIDES in page.text
    assert not services.stores.proposals.list_proposals()
    await hr.post("/knowledge/new", **form, visible_to=f"{seen}\nデジタル推進室")
    [proposal] = services.stores.proposals.list_proposals()
    page = await (await opened(OPERATOR)).get("/knowledge/proposal", id=proposal.id)
    assert "内示の日" in page.text


async def test_nobody_saves_an_article_out_of_their_own_sight(opened: Open) -> None:
    leader = await opened(LEADER)
    form = {**await leader.edit(COUNTER.id), "visible_to": "職員課"}
    page = await leader.post("/knowledge/edit", 422, **form)
    assert texts.OUT_OF_SIGHT in page.text


async def test_a_proposal_of_a_hidden_article_is_told_to_those_alone_who_may_see_it(
    opened: Open, services: Services
) -> None:
    hr, operator, leader = await opened(HR), await opened(OPERATOR), await opened(LEADER)
    form = {"kind": "faq", "title": "内示の日", "body": "秋です。", "act": "propose", "owner": "市民窓口課"}
    await hr.post("/knowledge/new", **form, visible_to="DX推進リーダー")
    assert "内示の日" not in (await operator.get("/knowledge/proposals")).text
    assert "内示の日" in (await leader.get("/knowledge/proposals")).text
    [proposal] = services.stores.proposals.list_proposals()
    await operator.get("/knowledge/proposal", 404, id=proposal.id)
    await operator.post("/knowledge/approve", 404, id=proposal.id)
    await leader.get("/knowledge/proposal", id=proposal.id)


ANNOUNCED = "内示の本文は、市民窓口課へ移ります。"


@pytest.fixture
async def announced(opened: Open, secret: Article, services: Services) -> Article:
    """The secret with other words, for everybody: its leader saw to that, over a file that keeps it secret."""
    leader = await opened(LEADER)
    form = {**await leader.edit(secret.id), "body": ANNOUNCED, "visible_to": ""}
    await leader.post("/knowledge/edit", **form)
    services.knowledge.refresh()
    return secret


@pytest.mark.parametrize("person", [STAFF, OPERATOR])
async def test_the_history_of_what_was_opened_keeps_what_was_hidden(
    opened: Open, announced: Article, person: Person
) -> None:
    page = await (await opened(person)).get("/knowledge/history", id=announced.id)
    assert ANNOUNCED in page.text and announced.body not in page.text
    assert not page.all("input", name="number", value="0")
    assert announced.body in (await (await opened(LEADER)).get("/knowledge/history", id=announced.id)).text


@pytest.mark.parametrize("person", [STAFF, OPERATOR])
async def test_a_new_source_that_stays_hidden_is_shown_to_nobody_else(
    opened: Open, announced: Article, services: Services, person: Person
) -> None:
    newer = announced.model_copy(update={"passages": (Passage(text="内示は冬に行います。"),)})
    services.stores.articles.replace_source("内示.csv", [newer])
    browser = await opened(person)
    page = await browser.get("/knowledge/article", id=announced.id)
    assert ANNOUNCED in page.text
    assert words.SOURCE_CHANGED not in page.text and "冬" not in page.text and "秋" not in page.text
    assert announced.title not in _listed_changes(await browser.get("/knowledge/proposals"))
    if person is OPERATOR:
        form = await browser.get("/knowledge/edit", id=announced.id, merge="1")
        assert ANNOUNCED in str(form.all("textarea")) + form.text and newer.body not in form.text
    leader = await opened(LEADER)
    page = await leader.get("/knowledge/article", id=announced.id)
    assert words.SOURCE_CHANGED in page.text and newer.body in page.text
    assert announced.title in _listed_changes(await leader.get("/knowledge/proposals"))


def _listed_changes(page: Html) -> str:
    return page.text.partition(words.CHANGED_TITLE)[2]


async def test_nobody_goes_back_to_what_they_may_not_see(
    opened: Open, announced: Article, services: Services
) -> None:
    operator = await opened(OPERATOR)
    stamp = (await operator.edit(announced.id))["stamp"]
    await operator.post("/knowledge/rollback", 404, id=announced.id, stamp=stamp, number="0")
    assert ANNOUNCED in (await operator.get("/knowledge/article", id=announced.id)).text
    leader = await opened(LEADER)
    await leader.post("/knowledge/rollback", id=announced.id, stamp=stamp, number="0")
    await operator.get("/knowledge/article", 404, id=announced.id)
