"""Editing through its handlers on both databases: editors at once, decisions at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest

from bot.handlers.editing import (
    Clash,
    approve_proposal,
    create_article,
    editor_of,
    look,
    save_article,
    send_proposals,
)
from bot.services import Services
from bot.settings import Settings
from knowledge.article import Article, Kind, Layer, Passage
from knowledge.base import KnowledgeBase
from knowledge.editing.fields import FieldMistakes, to_values
from knowledge.editing.proposing import AlreadyDecided
from knowledge.editing.rights import Editor
from knowledge.editing.store import Origin, Proposal
from staff.permissions import NotAllowed
from storage.stores import SqlStores
from tests.web.city import LEADER, MANAGER, OPERATOR, STAFF, settle

NOW = datetime(2026, 11, 24, tzinfo=UTC)
DESK = Article(
    id="desk",
    kind=Kind.FAQ,
    layer=Layer.EDITORIAL,
    title="窓口",
    passages=(Passage(text="17時まで。"),),
    owner="市民窓口課",
)


@pytest.fixture
def services(stores: SqlStores) -> Services:
    settle(stores)
    stores.articles.replace_source("窓口.csv", [DESK])
    return Services(
        settings=Settings(_env_file=None, DXBOT_CONTENT=""),
        stores=stores,
        knowledge=KnowledgeBase(stores.articles, ()),
        clock=lambda: NOW,
    )


def test_of_editors_at_once_one_saves_and_every_other_gets_the_difference(services: Services) -> None:
    editors, stamp = 5, look(services, editor_of(services, OPERATOR), "desk").stamp
    gate = Barrier(editors)

    def save(number: int) -> str:
        values = {**to_values(DESK), "aliases": f"別名{number}"}
        gate.wait()
        try:
            save_article(services, editor_of(services, OPERATOR), "desk", stamp, values, "")
        except Clash as clash:
            assert clash.merged.values["aliases"] == f"別名{number}", "what was written is kept"
            assert clash.merged.clashing == ("aliases",)
            assert clash.standing.number == 1
            return "clash"
        return "saved"

    with ThreadPoolExecutor(editors) as pool:
        outcomes = list(pool.map(save, range(editors)))
    assert sorted(outcomes) == ["clash"] * (editors - 1) + ["saved"]
    assert len(services.stores.versions.list_versions("desk")) == 1
    assert len(services.stores.audit.list_events()) == 1
    assert services.stores.audit.verify() == 1


def test_of_approvals_at_once_one_counts_and_the_proposer_is_told_once(services: Services) -> None:
    proposal = Proposal(article_id="desk", phrasing="何時まで", proposed_by=STAFF.id, proposed_at=NOW)
    assert send_proposals(services, editor_of(services, STAFF), [proposal, proposal]) == 1
    asked = services.stores.outbox.counts()["queued"]
    people = 4
    gate = Barrier(people)

    def approve(_number: int) -> bool:
        gate.wait()
        try:
            approve_proposal(services, editor_of(services, OPERATOR), proposal.id)
        except AlreadyDecided:
            return False
        return True

    with ThreadPoolExecutor(people) as pool:
        assert list(pool.map(approve, range(people))).count(True) == 1
    (version,) = services.stores.versions.list_versions("desk")
    assert version.article is not None and version.article.questions == ("何時まで",)
    assert services.stores.outbox.counts()["queued"] == asked + 1


def test_a_refused_change_leaves_nothing_behind(services: Services) -> None:
    stamp = look(services, editor_of(services, OPERATOR), "desk").stamp
    with pytest.raises(NotAllowed):
        save_article(services, editor_of(services, STAFF), "desk", stamp, {"title": "x", "body": "x"}, "")
    with pytest.raises(FieldMistakes):
        save_article(
            services, editor_of(services, OPERATOR), "desk", stamp, {**to_values(DESK), "title": ""}, ""
        )
    with pytest.raises(NotAllowed):
        create_article(services, editor_of(services, STAFF), Kind.FAQ, {"title": "x", "body": "x"}, "")
    assert services.stores.versions.list_latest() == []
    assert services.stores.audit.list_events() == []


def test_an_edit_is_answered_from_by_another_process_s_knowledge_base(services: Services) -> None:
    other = KnowledgeBase(services.stores.articles, ())
    other.refresh()
    values = {**to_values(DESK), "title": "黒猫窓口"}
    save_article(
        services,
        editor_of(services, OPERATOR),
        "desk",
        look(services, editor_of(services, OPERATOR), "desk").stamp,
        values,
        "改名",
    )
    assert other.refresh()
    assert other.whole.answer("黒猫窓口とは").title == "黒猫窓口"


def test_a_manuals_drafts_are_told_once_to_those_who_decide(services: Services) -> None:
    drafts = [
        Proposal(
            article_id=f"manual-{number}",
            article=DESK.model_copy(update={"id": f"manual-{number}", "title": f"手続{number}"}),
            origin=Origin.MANUAL,
            proposed_by="cli/root",
            proposed_at=NOW,
        )
        for number in range(12)
    ]
    host = Editor(by="cli/root", on_host=True)
    assert send_proposals(services, host, drafts) == 12
    assert send_proposals(services, host, drafts) == 0
    told = {}
    while claimed := services.stores.outbox.claim("test", NOW, 60):
        assert claimed.message.recipient not in told
        told[claimed.message.recipient] = claimed.message.reply.text
    assert set(told) == {LEADER.id, MANAGER.id, OPERATOR.id}
    assert all("12 件の下書き" in text and "手続9" in text and "手続10" not in text for text in told.values())
