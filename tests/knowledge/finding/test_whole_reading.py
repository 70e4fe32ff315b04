"""A question read as a whole: two in one, what is only in doubt, a meaning, a lone noun, and what leans on the one before."""

from __future__ import annotations

import pytest

from knowledge.answer import Answer
from knowledge.answering.following import asks_as_of, compared_with
from knowledge.article import Article, Kind, Layer, Passage, Source
from knowledge.asking.spoken import questions_in
from tests.knowledge.small_city import small_decider

_SOURCE = Source(document="みどり野市DX計画", edition="令和5年版", part="本編", section="3")


def _section(id_: str, title: str, *texts: str) -> Article:
    passages = tuple(Passage(text=text) for text in texts)
    return Article(
        id=id_, kind=Kind.SECTION, layer=Layer.OFFICIAL, title=title, source=_SOURCE, passages=passages
    )


OFFICE = Article(
    id="role-office",
    kind=Kind.ROLE,
    layer=Layer.EDITORIAL,
    title="推進室",
    source=_SOURCE,
    passages=(Passage(text="推進室は、DXを進める部署です。"),),
)
DECIDER = small_decider(
    OFFICE,
    _section("aim", "策定の趣旨", "令和3年4月に推進室を新設した。"),
    _section(
        "place",
        "位置づけ",
        "市はこれまで、みどり野データ指針を改定してきた。",
        "今後はみどり野データ指針を兼ねるものとし、一本化する。",
        "環境基本計画とも整合を図る。",
    ),
    _section("learning", "学び", "図書館と連携し、講座の場を広げる。"),
    _section("notices", "お知らせ", "図書館と連携し、掲示の場を広げる。"),
)


def _texts(answer: Answer) -> str:
    return "".join(excerpt.text for excerpt in answer.excerpts)


def test_two_questions_at_once_each_get_their_passage() -> None:
    answer = DECIDER.decide("テレワークの窓口の職場の導入範囲はどうするの？端末の数量はどうする？", 1)
    assert answer.outcome == "answer"
    assert "導入範囲を精査" in _texts(answer)
    assert "端末の数量を精査" in _texts(answer)


def test_one_question_is_not_taken_apart() -> None:
    assert questions_in("困っています。端末の数量はどうするの?") == []


def test_a_thing_in_doubt_is_shown_with_all_that_is_said_of_it() -> None:
    answer = DECIDER.decide("みどり野データ指針は位置づけとしては別々に残りますか", 1)
    assert answer.outcome == "answer"
    assert "一本化" in _texts(answer)


def test_a_meaning_is_not_told_by_a_text_that_only_uses_the_word() -> None:
    assert DECIDER.decide("サテライトオフィスとは何ですか", 1).outcome == "unknown"
    assert DECIDER.decide("RPAとは何ですか", 1).title == "RPA"


def test_a_term_named_beside_other_matter_is_told_when_its_meaning_is_asked() -> None:
    answer = DECIDER.decide("RPAって電子申請を市民が使えることでしょ？意味を教えて", 1)
    assert answer.title == "RPA"


def test_what_is_counted_to_a_term_gets_the_meaning_of_the_term() -> None:
    answer = DECIDER.decide("紙で受けて後から打ち込むのもデジタルファーストのうちに入るよね？", 1)
    assert answer.title == "デジタルファースト"
    assert "前提としたサービス設計" in _texts(answer)


def test_the_role_of_an_office_named_is_told_by_its_own_entry() -> None:
    office = OFFICE.model_copy(
        update={"passages": (Passage(text="推進室は、助言と調整を行う役割の部署です。"),)}
    )
    body = _section("body", "推進体制", "推進体制では、推進室の役割のほか、リーダーの役割を定める。")
    answer = small_decider(office, body).decide(
        "推進体制における推進室の役割について、分けてご教示願います", 1
    )
    assert answer.ranking[0].title == "推進体制"
    assert "助言と調整" in _texts(answer)


def test_a_topic_of_another_office_is_refused_by_a_procedure_that_fits_otherwise() -> None:
    lending = Article(
        id="lending",
        kind=Kind.PROCEDURE,
        layer=Layer.EDITORIAL,
        title="端末の貸出",
        source=_SOURCE,
        owner="情報システム課",
        steps=("予約の一覧で端末を確かめる。", "職員証を持って受け取る。"),
    )
    decider = small_decider(lending)
    assert decider.decide("職員の端末の予約はどこで確かめますか", 1).title == "端末の貸出"
    refused = decider.decide("職員の健診の予約ってどこからとるの", 1)
    assert refused.outcome == "unknown"
    assert refused.owner == "職員課"


def test_a_refusal_relates_nothing_that_lacks_the_subject() -> None:
    answer = DECIDER.decide("RPAやりたいんだけど手続きは", 1)
    assert answer.outcome == "unknown"
    assert [candidate.title for candidate in answer.candidates] == ["RPA"]


def test_the_day_of_a_role_is_told_by_the_section_that_has_it() -> None:
    answer = DECIDER.decide("推進室ができたのは何年の何月？", 1)
    assert answer.outcome == "answer"
    assert "令和3年4月" in _texts(answer)
    assert DECIDER.decide("推進室の引越しは何年の何月？", 1).outcome == "unknown"


def test_a_lone_noun_that_several_have_is_asked_back() -> None:
    answer = DECIDER.decide("図書館と何かやるの？", 1)
    assert answer.outcome == "clarify"
    assert {candidate.title for candidate in answer.candidates} == {"学び", "お知らせ"}


def test_a_year_alone_is_asked_back_with_what_has_a_timetable() -> None:
    decider = small_decider(
        Article(
            id="jikko-3",
            kind=Kind.INITIATIVE,
            layer=Layer.OFFICIAL,
            title="窓口の改善",
            source=_SOURCE,
            passages=(Passage(label="工程表", column="令和6年度", text="予約の導入"),),
        )
    )
    answer = decider.decide("令和6年度は何をやるんですか", 1)
    assert {candidate.title for candidate in answer.candidates} == {"電子申請の拡大", "窓口の改善"}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("マネージャーとの違いは", "マネージャー"),
        ("じゃあBPRと何が違うの", "BPR"),
        ("RPAとBPRの違いは", ""),
        ("いつから", ""),
    ],
)
def test_the_other_side_of_a_comparison_that_leaves_one_out(text: str, other: str) -> None:
    assert compared_with(text) == other


def test_a_follow_up_compares_with_the_subject() -> None:
    answer = DECIDER.follow("BPRとの違いは", ["yogo-RPA"])
    assert answer is not None
    assert {excerpt.title for excerpt in answer.excerpts} == {"RPA", "BPR"}
    assert "RPA" in answer.notes[0]


def test_of_when_a_figure_is_comes_from_the_passage_that_says_so() -> None:
    decider = small_decider(
        _section(
            "rate",
            "カードの普及",
            "申請率は53.3%（令和3年12月末時点）である。",
            "令和4年度末までに94%を目標とする。",
        )
    )
    answer = decider.follow("それはいつの数字", ["rate"])
    assert asks_as_of("それはいつの数字")
    assert answer is not None
    assert _texts(answer) == "申請率は53.3%（令和3年12月末時点）である。"
    unknown = decider.follow("それはいつの数字", ["jikko-1"])
    assert unknown is not None
    assert unknown.outcome == "unknown"


def test_a_wish_with_its_paperwork_asks_how_to_and_offers_no_choice() -> None:
    assert DECIDER.decide("RPAやりたいんだけど手続きは", 1).outcome == "unknown"
