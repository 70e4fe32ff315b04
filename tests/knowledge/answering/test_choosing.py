"""The passages chosen: those with the wording that answers of that sort have, and what the question does not tell apart."""

from __future__ import annotations

import pytest

from knowledge.answering.leaning import leanings
from knowledge.article import Article, Kind, Layer, Passage, Source
from tests.knowledge.small_city import small_decider

PAYING = Article(
    id="jikko-9",
    kind=Kind.INITIATIVE,
    layer=Layer.OFFICIAL,
    title="電子マネーの導入",
    source=Source(document="みどり野市DX計画", edition="令和5年版", part="実行編", section="(9)"),
    passages=(
        Passage(
            label="現状と課題",
            marker="①",
            text="納付書では令和2年度に対応したが、窓口では現金で対応している。",
        ),
        Passage(label="取組", marker="①", text="証明書の窓口で先に導入する。"),
        Passage(label="取組", marker="②", text="歳入の大きい窓口を調べ、順に広げる。"),
        Passage(label="取組", marker="③", text="出張所の窓口でも課題を検討する。"),
        Passage(label="KPI", text="導入した窓口の数を数える。"),
        Passage(label="工程表", marker="①", text="一部の窓口で先に導入"),
        Passage(label="工程表", marker="②", text="課題の洗い出し"),
        Passage(label="工程表", marker="③", text="証明書の窓口の拡大"),
        Passage(label="工程表", marker="④", text="出張所への拡大"),
    ),
)
DECIDER = small_decider(PAYING)


def _shown(question: str) -> list[str]:
    answer = DECIDER.answer_about(question, PAYING.id)
    assert answer
    return [excerpt.label for excerpt in answer.excerpts]


def test_items_that_the_question_does_not_tell_apart_are_shown_together() -> None:
    assert {"取組①", "取組②", "取組③"} <= set(_shown("電子マネーの窓口はこの先どんなところを優先しますか"))


def test_a_row_asked_for_does_not_crowd_out_the_passage_that_holds_the_rest() -> None:
    assert "現状と課題①" in _shown("電子マネーは納付書では何年度から使えますか")


def test_the_passage_nearest_in_meaning_is_shown_though_it_has_no_word_of_the_question() -> None:
    assert "現状と課題①" in _shown("電子マネーでなく紙幣や硬貨で払う客はどうなっている")


def test_who_doubts_an_initiative_in_words_of_their_own_is_shown_all_that_is_to_be_done() -> None:
    shown = _shown("電子マネーって来月から一斉に切り替えるの?")
    assert {"現状と課題①", "取組①", "取組②", "取組③"} <= set(shown)


@pytest.mark.parametrize(
    ("question", "told", "silent"),
    [
        ("いつ始めますか", "令和4年度に始める。", "早く始める。"),
        ("どこで受け取れますか", "市民センターで受け取る。", "本人が受け取る。"),
        ("指針はどうなりますか", "今後は一本にまとめる。", "指針を改定した。"),
        ("使われ方は分かってるの", "使われ方は不明である。", "使われ方を広める。"),
        ("誰が務めますか", "市長が務める。", "会議を開く。"),
    ],
)
def test_a_passage_leans_towards_what_it_can_answer(question: str, told: str, silent: str) -> None:
    assert leanings(question, told)
    assert not leanings(question, silent)


def test_nothing_is_shown_beside_a_row_that_alone_is_asked_for() -> None:
    assert _shown("電子マネーのKPIを見せて") == ["KPI"]


def test_of_two_entries_of_one_title_that_with_the_row_answers() -> None:
    section = Article(
        id="honpen-9",
        kind=Kind.SECTION,
        layer=Layer.OFFICIAL,
        title=PAYING.title,
        source=Source(document="みどり野市DX計画", edition="令和5年版", part="本編", section="9"),
        passages=(Passage(text="電子マネーの導入を目標に、電子マネーの窓口を広げる。"),),
    )
    answer = small_decider(PAYING, section).decide("電子マネーの目標は何ですか", 3)
    assert [excerpt.label for excerpt in answer.excerpts] == ["KPI"]
