"""What is exported and imported again says what it said, field by field, in every format."""

from __future__ import annotations

import string
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.article import Article, Audience, Figure, Kind, Layer, Need, Openness, Passage, Source
from knowledge.importing import FORMATS, export_articles, read_articles
from knowledge.packs import list_packs, load_pack


def _back(articles: list[Article], format_: str) -> list[Article]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"articles.{format_}"
        path.write_bytes(export_articles(articles, format_))
        return list(read_articles(path).checked())


def _as_written(article: Article) -> Article:
    """The article with its place as one text, as a file has it; the citation is the same."""
    source = article.source
    place = Source(document=source.document, edition=source.edition, section=f"{source.part}{source.section}")
    assert place.cite() == source.cite()
    return article.model_copy(update={"source": place})


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("pack", list_packs())
def test_a_pack_survives_a_file(pack: str, format_: str) -> None:
    articles = [_as_written(article) for article in load_pack(pack)]
    assert _back(articles, format_) == articles


_WORDS = (
    st.text(alphabet="あア亜漢字aB1 ①・、。（）()-+=@:#*", min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
)
_LINES = st.lists(_WORDS, max_size=3, unique=True).map(tuple)
_IDS = st.text(alphabet=string.ascii_letters + string.digits + "-_.あ亜", min_size=1, max_size=20)
_DAYS = st.none() | st.dates(date(1950, 1, 1), date(2099, 12, 31))
_NEEDS = st.builds(Need, text=_WORDS, url=st.sampled_from(("", "https://city.example/forms/1?a=b&c=d")))
_FIGURES = st.builds(
    Figure,
    name=st.sampled_from(("保有率", "申請率（目標）", "差 A")),
    value=st.floats(-1e9, 1e9).map(lambda value: float(f"{value:.6g}"))
    | st.integers(-(10**6), 10**6).map(float),
    unit=st.sampled_from(("", "%", "手続", "人")),
    fiscal_year=st.none() | st.integers(2000, 2099),
    as_of=st.sampled_from(("", "年度末", "令和3年12月末")),
)


@settings(max_examples=60, deadline=None)
@given(
    format_=st.sampled_from(FORMATS),
    article=st.builds(
        Article,
        id=_IDS,
        kind=st.sampled_from(list(Kind)),
        layer=st.just(Layer.EDITORIAL),
        title=_WORDS,
        reading=_WORDS | st.just(""),
        aliases=_LINES,
        questions=_LINES,
        passages=st.lists(st.builds(Passage, text=st.sampled_from(("本文です。", "二つ目。", "= 式ではない"))), min_size=1, max_size=3).map(tuple),
        source=st.builds(Source, document=_WORDS, section=_WORDS | st.just(""), edition=_WORDS | st.just("")),
        owner=st.sampled_from(("市民課", "職員課")),
        review_on=_DAYS,
        figures=st.lists(_FIGURES, max_size=2).map(tuple),
        blank=_LINES,
        rests_on=_IDS | st.just(""),
        focus=_LINES,
        ended_on=_DAYS,
        steps=_LINES,
        needs=st.lists(_NEEDS, max_size=2).map(tuple),
        deadline=_WORDS | st.just(""),
        openness=st.none() | st.sampled_from(list(Openness)),
        visible_to=st.sets(st.sampled_from(list(Audience))).map(lambda few: tuple(a for a in Audience if a in few)),
    ).map(lambda one: one.model_copy(update={"valid_from": date(2026, 11, 18)}) if one.kind is Kind.DECISION else one),
)  # fmt: skip
def test_every_field_survives_a_file(format_: str, article: Article) -> None:
    assert _back([article], format_) == [article]
