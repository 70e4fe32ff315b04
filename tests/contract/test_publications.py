"""Publications of survey results, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bot.texts.ja import disclosure as refusals
from storage.stores import SqlStores
from surveys.disclosure import Declared, Publication, Refusal
from surveys.publishing import forget_old_answers, publish_more, publish_round
from surveys.round import State
from tests.surveys.rounds import answer_round, work_round
from tests.surveys.samples import NOW

LATER = NOW + timedelta(days=8)


def closed(stores: SqlStores) -> None:
    answer_round(stores.surveys, work_round())
    round_ = stores.surveys.find_round("round-1")
    assert round_ is not None
    assert publish_round(round_, stores.surveys, stores.publications, LATER)


def test_a_closed_round_is_published_once_and_reads_the_same_ever_after(stores: SqlStores) -> None:
    closed(stores)
    round_ = stores.surveys.find_round("round-1")
    assert round_ is not None
    assert not publish_round(round_, stores.surveys, stores.publications, LATER)
    before = stores.publications.list_publications("round-1")
    stores.surveys.forget_answers("round-1")
    assert not publish_round(round_, stores.surveys, stores.publications, LATER + timedelta(days=1))
    assert stores.publications.list_publications("round-1") == before
    assert [one.number for one in before] == [1]
    assert stores.publications.published_at("round-1") == LATER


def test_of_two_workers_one_publishes(stores: SqlStores) -> None:
    answer_round(stores.surveys, work_round())
    round_ = stores.surveys.find_round("round-1")
    assert round_ is not None
    with ThreadPoolExecutor(2) as pool:
        done = list(
            pool.map(
                lambda _: publish_round(round_, stores.surveys, stores.publications, LATER),
                range(2),
            )
        )
    assert sorted(done) == [False, True]
    assert len(stores.publications.list_publications("round-1")) == 1


def test_nothing_is_published_while_a_round_is_open(stores: SqlStores) -> None:
    round_ = work_round()
    assert not publish_round(round_, stores.surveys, stores.publications, LATER)
    assert stores.publications.published_at("round-1") is None


def test_a_further_table_is_a_publication_of_its_own_made_from_the_answers_of_closing(
    stores: SqlStores,
) -> None:
    closed(stores)
    stores.surveys.forget_answers("round-1")
    round_ = work_round().model_copy(update={"state": State.CLOSED})
    added = publish_more(round_, [Declared("K", ("課",))], stores.publications, LATER)
    assert isinstance(added, Publication)
    assert added.number == 2
    assert ("K", ("課",)) in {(table.question, table.by) for table in added.tables}
    assert stores.publications.list_publications("round-1")[1] == added
    again = publish_more(round_, [Declared("K", ("課",))], stores.publications, LATER)
    assert again == Refusal(reason=refusals.NOTHING_NEW)


def test_a_table_that_gives_somebody_away_together_with_the_earlier_ones_is_refused(
    stores: SqlStores,
) -> None:
    closed(stores)
    before = stores.publications.list_publications("round-1")
    round_ = work_round().model_copy(update={"state": State.CLOSED})
    answer = publish_more(round_, [Declared("W", ("N",))], stores.publications, LATER)
    assert answer == Refusal(reason=refusals.NOT_WITH_EARLIER)
    assert not any(one.isdigit() for one in refusals.NOT_WITH_EARLIER)
    assert stores.publications.list_publications("round-1") == before


def test_drawings_take_the_place_of_earlier_ones_and_go_with_their_round(stores: SqlStores) -> None:
    closed(stores)
    drawings = stores.drawings
    assert (drawings.find_drawing("a"), drawings.list_marks()) == (None, {})
    drawings.keep_drawings("round-1", "first", {"a": "<svg>秘匿</svg>", "b": "<svg/>"})
    drawings.keep_drawings("round-2", "first", {"a": "<svg>秘匿</svg>"})
    drawings.keep_drawings("round-1", "second", {"c": "<svg>3</svg>"})
    assert [drawings.find_drawing(key) for key in "abc"] == ["<svg>秘匿</svg>", None, "<svg>3</svg>"]
    assert drawings.list_marks() == {"round-1": "second", "round-2": "first"}
    assert stores.publications.list_numbers() == {"round-1": 1}
    assert stores.publications.forget_publications(LATER + timedelta(days=400)) == 1
    assert (drawings.find_drawing("c"), drawings.list_marks()) == (None, {"round-2": "first"})
    assert stores.publications.list_numbers() == {}


def test_without_the_answers_of_closing_there_are_no_further_tables(stores: SqlStores) -> None:
    closed(stores)
    assert forget_old_answers(stores.surveys, stores.publications, LATER) == 0
    assert forget_old_answers(stores.surveys, stores.publications, NOW + timedelta(days=400)) == 1
    round_ = work_round().model_copy(update={"state": State.CLOSED})
    answer = publish_more(round_, [Declared("F", ("全庁",))], stores.publications, LATER)
    assert isinstance(answer, Refusal)
    assert len(stores.publications.list_publications("round-1")) == 1
