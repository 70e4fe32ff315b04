"""Versions of edited articles and proposals on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from bot.services import Stores
from knowledge.article import Article, Kind, Layer, Passage
from knowledge.editing.store import Change, Outdated, Proposal, ProposalState, Version
from storage.session import UnstorableText
from storage.stores import SqlStores

NOW = datetime(2026, 11, 24, 8, 45, tzinfo=UTC)


def article(title: str = "題", text: str = "本文") -> Article:
    return Article(id="a", kind=Kind.FAQ, layer=Layer.EDITORIAL, title=title, passages=(Passage(text=text),))


def version(number: int, title: str = "題", change: Change = Change.EDITED) -> Version:
    return Version(
        article_id="a",
        number=number,
        at=NOW + timedelta(minutes=number),
        by="900005",
        reason="直した",
        change=change,
        article=None if change is Change.DELETED else article(title),
        beneath=article("もと"),
    )


def proposal(id_: str, minutes: int = 0) -> Proposal:
    at = NOW + timedelta(minutes=minutes)
    return Proposal(id=id_, article_id="a", phrasing=f"言い方 {id_}", proposed_by="900001", proposed_at=at)


def test_versions_come_back_whole_newest_first(stores: SqlStores) -> None:
    assert stores.versions.latest("a") is None
    saved = [version(1), version(2, "題2"), version(3, change=Change.DELETED)]
    for each in saved:
        stores.versions.save(each)
    assert stores.versions.list_versions("a") == saved[::-1]
    assert stores.versions.list_versions("a", saved[-1].number - 1, 1) == [saved[-2]]
    assert stores.versions.latest("a") == saved[2]
    assert stores.versions.find("a", 2) == saved[1]
    assert stores.versions.find("a", 4) is None
    assert stores.versions.list_latest() == [saved[2]]


def test_every_version_raises_the_revision_and_stands_in_the_edits(stores: SqlStores) -> None:
    revisions = [stores.articles.revision()]
    expected = [{"a": article()}, {"a": None}, {}]
    for number, change in enumerate((Change.EDITED, Change.DELETED, Change.RETURNED), 1):
        stores.versions.save(version(number, change=change))
        revisions.append(stores.articles.revision())
        assert stores.articles.list_edits() == expected[number - 1]
    assert revisions == sorted(set(revisions))


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_version_that_does_not_follow_the_newest_is_refused_and_changes_nothing(
    stores: SqlStores, number: int
) -> None:
    stores.versions.save(version(1))
    stores.versions.save(version(2, "いま"))
    revision = stores.articles.revision()
    with pytest.raises(Outdated) as refused:
        stores.versions.save(version(number, "遅れた"))
    assert refused.value.current == version(2, "いま")
    assert len(stores.versions.list_versions("a")) == 2
    assert stores.articles.revision() == revision


def test_of_editors_saving_at_once_exactly_one_gets_each_number(stores: SqlStores) -> None:
    threads, rounds = 6, 8
    gate = Barrier(threads)

    def edit(name: int) -> list[int]:
        won = []
        for number in range(1, rounds + 1):
            gate.wait()
            try:
                stores.versions.save(version(number, f"題{name}"))
                won.append(number)
            except Outdated as refused:
                assert refused.current is not None and refused.current.number >= number
        return won

    with ThreadPoolExecutor(threads) as pool:
        won = [number for numbers in pool.map(edit, range(threads)) for number in numbers]
    assert sorted(won) == list(range(1, rounds + 1))
    assert [each.number for each in stores.versions.list_versions("a")] == list(range(rounds, 0, -1))


def test_a_transaction_that_fails_keeps_no_version(stores: SqlStores) -> None:
    def work(inside: Stores) -> None:
        inside.versions.save(version(1))
        raise KeyError("after the version")

    with pytest.raises(KeyError):
        stores.transaction(work)
    assert stores.versions.latest("a") is None


def test_a_text_the_databases_cannot_keep_is_refused(stores: SqlStores) -> None:
    with pytest.raises(UnstorableText):
        stores.versions.save(version(1, "\x00"))
    assert stores.versions.latest("a") is None


def test_a_proposal_is_added_once_and_found(stores: SqlStores) -> None:
    assert stores.proposals.add(proposal("inquiry/1"))
    assert not stores.proposals.add(proposal("inquiry/1", 5))
    assert stores.proposals.find("inquiry/1") == proposal("inquiry/1")
    assert stores.proposals.find("inquiry/2") is None


def test_proposals_are_listed_by_state(stores: SqlStores) -> None:
    for minutes, id_ in enumerate("cab"):
        stores.proposals.add(proposal(id_, minutes))
    stores.proposals.settle("a", ProposalState.REJECTED, "900005", NOW, "重複")
    assert [each.id for each in stores.proposals.list_proposals(ProposalState.WAITING)] == ["c", "b"]
    assert [each.id for each in stores.proposals.list_proposals()] == ["b", "a", "c"]
    assert stores.proposals.count_waiting() == 2
    rejected = stores.proposals.list_proposals(ProposalState.REJECTED)
    assert [(each.id, each.decided_by, each.decided_at, each.decision) for each in rejected] == [
        ("a", "900005", NOW, "重複")
    ]


def test_a_proposal_is_settled_once_even_by_two_at_once(stores: SqlStores) -> None:
    stores.proposals.add(proposal("p"))
    states = [ProposalState.APPROVED, ProposalState.REJECTED] * 3

    def settle(state: ProposalState) -> bool:
        return stores.proposals.settle("p", state, state.value, NOW)

    with ThreadPoolExecutor(len(states)) as pool:
        won = list(pool.map(settle, states))
    assert won.count(True) == 1
    settled = stores.proposals.find("p")
    assert settled is not None and settled.decided_by == settled.state == states[won.index(True)]
    assert not stores.proposals.settle("nobody", ProposalState.APPROVED, "x", NOW)


@pytest.mark.parametrize(
    "wrong",
    [{"phrasing": " "}, {"article": article()}, {"article": article(), "phrasing": "", "article_id": "b"}],
)
def test_a_proposal_is_an_article_or_a_phrasing(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="propos"):
        Proposal.model_validate({"article_id": "a", "phrasing": "言い方", "proposed_at": NOW, **wrong})
