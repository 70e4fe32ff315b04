"""Unanswered questions that ask the same come together, whatever the order they are read in."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from knowledge.learning.clusters import LEAST_SIMILARITY, cluster_questions, similarity
from knowledge.learning.unanswered import Reason, UnansweredQuestion

DAY = date(2026, 11, 24)
SAME = (
    ("名刺の作り方を教えてください", "名刺はどうやって作るの", "名刺を作りたい"),
    ("会議室の予約はどこからできますか", "会議室を予約したい", "会議室予約システムの使い方"),
    ("タブレットを借りたい", "タブレットの貸出はありますか", "タブレット端末の借り方"),
    ("VPNにつながらない", "VPNの接続ができません"),
)


def question(
    number: int, text: str, asker: str = "a", period: str = "2026Q4", owner: str = "情報システム課"
) -> UnansweredQuestion:
    return UnansweredQuestion(f"q{number:02}", text, Reason.UNKNOWN, owner, asker, period, DAY)


@pytest.mark.parametrize("group", SAME)
def test_paraphrases_are_similar(group: tuple[str, ...]) -> None:
    assert all(similarity(group[0], other) >= LEAST_SIMILARITY for other in group[1:])


@pytest.mark.parametrize(("one", "other"), list(combinations(SAME, 2)))
def test_different_questions_are_not(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert all(similarity(a, b) < LEAST_SIMILARITY for a in one for b in other)


def test_clusters_hold_the_paraphrases_and_count_askers() -> None:
    questions = [
        question(number, text, asker=f"person {number}")
        for number, text in enumerate(text for group in SAME for text in group)
    ]
    clusters = cluster_questions(questions)
    assert sorted(sorted(q.question for q in cluster.questions) for cluster in clusters) == sorted(
        sorted(group) for group in SAME
    )
    assert [cluster.askers for cluster in clusters] == [3, 3, 3, 2]
    assert cluster_questions(questions[::-1]) == clusters


def test_one_person_asking_often_counts_once() -> None:
    (cluster,) = cluster_questions([question(n, "名刺を作りたい", asker="same") for n in range(5)])
    assert cluster.askers == 1
    assert len(cluster.questions) == 5


def test_codes_of_two_quarters_are_never_added_up() -> None:
    """The same person has another code in the next quarter."""
    questions = [question(n, "名刺を作りたい", asker=f"code {n}", period=f"2026Q{n}") for n in range(1, 5)]
    (cluster,) = cluster_questions(questions)
    assert cluster.askers == 1


def test_the_owner_is_the_one_most_were_referred_to() -> None:
    owners = ("職員課", "情報システム課", "職員課")
    (cluster,) = cluster_questions(
        [question(n, "名刺を作りたい", owner=owner) for n, owner in enumerate(owners)]
    )
    assert cluster.owner == "職員課"


def test_questions_without_any_word_do_no_harm() -> None:
    assert cluster_questions([]) == []
    clusters = cluster_questions([question(1, "?"), question(2, "…"), question(3, "名刺を作りたい")])
    assert sum(len(cluster.questions) for cluster in clusters) == 3
