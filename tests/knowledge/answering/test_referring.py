"""Where an explanation names the section that a fact stands in, the section's own words are quoted beside it."""

from __future__ import annotations

from knowledge.answer import Answer
from knowledge.article import Article, Audience, Kind, Layer, Passage, Source
from knowledge.base import build_decider
from tests.knowledge.small_city import WORDS

_PLAN = Source(document="みどり野市DX計画", edition="令和5年版", part="本編")


def _section(section: str, title: str, text: str, *, seen_by: tuple[Audience, ...] = ()) -> Article:
    return Article(
        id=f"honpen-{section}",
        kind=Kind.SECTION,
        layer=Layer.OFFICIAL,
        title=title,
        source=_PLAN.model_copy(update={"section": section}),
        passages=(Passage(text=text),),
        visible_to=seen_by,
    )


SYSTEM = _section("3", "推進体制", "デジタル室が技術の助言を行い、取組を主導する。")
OFFICE = Article(
    id="role-office",
    kind=Kind.ROLE,
    layer=Layer.EDITORIAL,
    title="推進体制：デジタル室",
    aliases=("デジタル室",),
    questions=("デジタル室は何をするところですか",),
    source=SYSTEM.source,
    rests_on=SYSTEM.id,
    focus=("デジタル室",),
    passages=(
        Passage(text="デジタル室は、技術の助言をする部署です。"),
        Passage(text="令和3年4月に新しくできました（本編1）。"),
    ),
)
AIM = "計画の趣旨"


def _decide(
    question: str, *, seen_by: tuple[Audience, ...] = (), text: str = "令和3年4月にデジタル室を新設した。"
) -> Answer:
    sections = [SYSTEM, _section("1", AIM, text, seen_by=seen_by), _section("2", "見直し", "毎年度見直す。")]
    return build_decider([OFFICE], sections, WORDS).decide(question, 3)


def test_the_named_section_is_quoted_in_its_own_words() -> None:
    answer = _decide("デジタル室は令和何年にできた")
    assert answer.title == "推進体制：デジタル室"
    quoted = next(excerpt for excerpt in answer.excerpts if excerpt.title == AIM)
    assert quoted.layer is Layer.OFFICIAL
    assert quoted.text == "令和3年4月にデジタル室を新設した。"
    assert quoted.source.section == "1"


def test_a_passage_that_holds_the_fact_is_looked_for_where_those_nearest_lack_it() -> None:
    answer = _decide("デジタル室っていつできた部署ですか")
    assert "令和3年4月に新しくできました" in answer.excerpts[0].text
    assert AIM in {excerpt.title for excerpt in answer.excerpts}


def test_nothing_is_added_where_the_official_words_shown_have_as_much() -> None:
    answer = _decide("デジタル室は何を助言しますか")
    assert {excerpt.title for excerpt in answer.excerpts} == {"推進体制：デジタル室"}


def test_a_section_without_the_fact_is_not_quoted() -> None:
    answer = _decide("デジタル室は令和何年にできた", text="デジタル室を新設した。")
    assert AIM not in {excerpt.title for excerpt in answer.excerpts}


def test_an_answer_is_as_narrow_as_the_section_it_quotes() -> None:
    answer = _decide("デジタル室は令和何年にできた", seen_by=(Audience.OPERATOR,))
    assert AIM in {excerpt.title for excerpt in answer.excerpts}
    assert answer.visible_to == (Audience.OPERATOR,)
