"""What is quoted: the row that was asked for and no other, whole lists, and 「もっと読む」 for the rest."""

from __future__ import annotations

from datetime import date

from knowledge.answer import Answer
from knowledge.answering.deciding import Decider
from knowledge.article import Article, Kind, Layer, Passage
from knowledge.base import build_decider
from tests.knowledge.small_city import ARTICLES, PLAN, WORDS, small_decider

ENDED = date(2026, 3, 31)
LONG = (
    "庁舎の改修は、三つの段階で行います。第一に、受付の機器を入れ替え、来庁した人を待たせない窓口にします。"
    "第二に、会議室の予約を電子化し、空き状況を誰でも見られるようにします。"
    "第三に、地下の書庫を整理して、災害の備蓄品を置く場所とします。費用は毎年度の予算で定めます。"
    "工事の間も受付は開けておき、入口は案内板で知らせます。二年目には、職員の机の並びも改めます。"
)
OFFICE = Article(
    id="honpen-9",
    kind=Kind.SECTION,
    layer=Layer.OFFICIAL,
    title="庁舎の改修",
    source=PLAN.model_copy(update={"part": "本編", "section": "9"}),
    passages=(Passage(text=LONG), Passage(text=LONG.replace("庁舎", "分館").replace("書庫", "倉庫"))),
)
PAYING = Article(
    id="jikko-3",
    kind=Kind.INITIATIVE,
    layer=Layer.OFFICIAL,
    title="キャッシュレス化の推進",
    source=PLAN.model_copy(update={"section": "(3)"}),
    ended_on=ENDED,
    passages=(
        Passage(
            label="現状と課題",
            marker="①",
            text="窓口のキャッシュレス化ができておらず、現金で受け取っている。",
        ),
        Passage(label="取組", marker="①", text="住民票の窓口でキャッシュレス化を先に行う。"),
        Passage(
            label="KPI",
            text="令和7年度までに、手数料の窓口でキャッシュレス決済を使えるようにすることを目標とする。",
        ),
    ),
)
DECIDER: Decider = build_decider([], [*ARTICLES, OFFICE, PAYING], WORDS)


def _answer(question: str) -> Answer:
    answer = DECIDER.decide(question, 3)
    assert answer.outcome == "answer"
    return answer


def test_the_row_asked_for_stands_alone() -> None:
    answer = _answer("キャッシュレス化の目標はいつまでですか")
    assert [e.label for e in answer.excerpts] == ["KPI"]


def test_a_long_passage_is_cut_to_the_sentence_that_answers() -> None:
    answer = _answer("会議室の予約はどう変わりますか")
    assert answer.excerpts[0].text == "第二に、会議室の予約を電子化し、空き状況を誰でも見られるようにします。"
    assert answer.more == "honpen-9"
    whole = DECIDER.explain(answer.more)
    assert whole
    assert [e.text for e in whole.excerpts] == [p.text for p in OFFICE.passages]


def test_a_list_is_not_cut() -> None:
    answer = _answer("庁舎の改修で行うことを全部教えて")
    assert LONG in {e.text for e in answer.excerpts}


def test_an_answer_that_leaves_nothing_out_offers_no_more() -> None:
    assert _answer("DX推進会議の議長は誰ですか").more == ""


def test_a_row_asked_for_stays_whole_where_the_words_do_not_tell_its_items_apart() -> None:
    items = (
        "①窓口の端末を入れ替え、来庁した人を待たせないようにする計画を立てます。\n"
        "②会議室の予約を電子化し、空き状況を誰でも見られるようにします。"
    )
    plan = PAYING.model_copy(update={"passages": (Passage(label="取組", text=items),)})
    decider = build_decider([], [plan.model_copy(update={"layer": Layer.EDITORIAL})], WORDS)
    told = decider.answer_about("キャッシュレス化で今後窓口を広げる順番の決め方は?", plan.id)
    named = decider.answer_about("キャッシュレス化の取組で会議室はどうなりますか?", plan.id)
    assert told
    assert [excerpt.text for excerpt in told.excerpts] == [items]
    assert named
    assert [excerpt.text for excerpt in named.excerpts] == [items.partition("\n")[2]]


def test_the_source_of_a_row_is_quoted_where_only_its_explanation_has_the_question_s_words() -> None:
    rows = (
        ("概要", "見守り端末は高齢者施策の基盤となるものである。"),
        ("KPI", "見守り端末を毎年30台貸し出す。"),
    )
    official = Article(
        id="jikko-7",
        kind=Kind.INITIATIVE,
        layer=Layer.OFFICIAL,
        title="見守り端末の貸出",
        source=PLAN,
        passages=tuple(Passage(label=label, text=text) for label, text in rows),
    )
    plain = official.model_copy(
        update={
            "layer": Layer.EDITORIAL,
            "passages": (Passage(label="概要", text="見守り端末は、お年寄りを支える仕事の土台になります。"),),
        }
    )
    answer = small_decider(official, plain).decide("見守り端末を毎年貸し出すのは何の土台ですか", 3)
    assert {e.label for e in answer.excerpts if e.layer is Layer.OFFICIAL} >= {"概要"}


def test_what_is_believed_is_read_in_more_of_the_source_than_what_is_asked() -> None:
    asked = _answer("庁舎の改修で地下の書庫はどうなりますか")
    believed = _answer("庁舎の改修で地下の書庫は金庫になるんですよね")
    assert asked.title == believed.title == "庁舎の改修"
    assert "予算で定めます" not in asked.excerpts[0].text
    assert "予算で定めます" in believed.excerpts[0].text


def test_a_synonym_that_bends_is_read_as_it_is_bent() -> None:
    words = WORDS.model_copy(update={"synonyms": (*WORDS.synonyms, ("経済的な理由", "お金がない"))})
    spare = OFFICE.model_copy(
        update={
            "id": "honpen-11",
            "title": "来庁の手助け",
            "passages": (Passage(text="経済的な理由で来られない人へ、巡回の車を出す。"),),
        }
    )
    decider = build_decider([], [*ARTICLES, OFFICE, spare], words)
    answer = decider.decide("お金がなくて来られない人には何をしますか", 3)
    assert answer.title == "来庁の手助け"
    plain = build_decider([], [*ARTICLES, OFFICE, spare], WORDS)
    assert plain.decide("お金がなくて来られない人には何をしますか", 3).outcome != "answer"
