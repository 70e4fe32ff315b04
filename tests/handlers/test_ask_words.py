"""0 invented facts: whatever is asked, every sentence of a reply stands in its cited article or is the bot's own wording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.handlers.ask import reply_to
from bot.messages import Items, Paragraph, Part, Quote, Reply, SourceLine
from bot.texts.ja import ask as texts
from knowledge.answer import Answer
from knowledge.answering.deciding import Decider
from knowledge.answering.procedures import ROWS
from knowledge.article import Article, Kind, Layer, Need, Openness, Passage, Source
from knowledge.asking.question import clean
from knowledge.base import build_decider
from knowledge.packs import PackVocabulary, load_pack, load_vocabulary
from knowledge.plan import read_plan
from tests.knowledge.plans import made_up_plan

TODAY = date(2026, 11, 24)
_FILLED = re.compile(r"\\\{\w+\\\}")


def _own_wording() -> list[re.Pattern[str]]:
    """The bot's own sentences; what they name (a 課, a document, a day) may be anything short."""
    said = [value for name, value in vars(texts).items() if name.isupper() and isinstance(value, str)]
    return [re.compile(_FILLED.sub(r"[^。]{0,60}", re.escape(text))) for text in said]


OWN = _own_wording()


def _is_own(sentence: str) -> bool:
    of_article = re.fullmatch(r"「[^。]{0,60}」: (?P<said>.+)", sentence)
    said = of_article["said"] if of_article else sentence
    return any(pattern.fullmatch(said) for pattern in OWN)


class Written:
    """The articles an answer may quote from, each with everything it has to say."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._bodies: dict[tuple[str, Layer], list[str]] = {}
        for article in articles:
            for id_ in (article.id, article.rests_on):
                self._bodies.setdefault((id_, article.layer), []).extend(p.text for p in article.written)
        self._cites: dict[str, list[str]] = {}
        for article in articles:
            self._cites.setdefault(article.source.cite(), []).extend(p.text for p in article.written)

    def has(self, text: str, article_ids: Sequence[str], layer: Layer) -> bool:
        """Whether a text stands in one passage of these articles."""
        return any(text in passage for id_ in article_ids for passage in self._bodies.get((id_, layer), ()))

    def cited(self, text: str, cite: str) -> bool:
        """Whether a text stands in one passage of what is cited so."""
        return any(text in passage for passage in self._cites.get(cite, ()))

    def ours(self, text: str, article_ids: Sequence[str]) -> bool:
        """Whether a sentence stands in the explanation of one of these articles."""
        return self.has(text, article_ids, Layer.EDITORIAL)


def check(answer: Answer, reply: Reply, written: Written, rests: Mapping[str, str]) -> None:
    """Every excerpt, and every part of the reply that shows it, is the article's own text; the rest is ours."""
    for excerpt in (*answer.excerpts, *answer.related):
        ids = (excerpt.article_id, rests.get(excerpt.article_id, excerpt.article_id))
        assert excerpt.text.strip()
        assert written.has(excerpt.text, ids, excerpt.layer)
    for part in reply.parts:
        _check_part(part, answer, written)
    named = {part.cite for part in reply.parts if isinstance(part, SourceLine)}
    for excerpt in answer.excerpts:
        assert excerpt.layer is Layer.OFFICIAL or excerpt.source.cite() in named


def _check_part(part: Part, answer: Answer, written: Written) -> None:
    shown = {excerpt.text for excerpt in (*answer.excerpts, *answer.related)}
    match part:
        case Quote(text=text, cite=cite):
            assert text in shown
            assert written.cited(text, cite or (answer.source.cite() if answer.source else ""))
        case Paragraph(text=text):
            named = text.rpartition(" ")[2] in ROWS
            about = [excerpt.article_id for excerpt in answer.excerpts] + [c.id for c in answer.candidates]
            assert text in shown or _is_own(text) or named or written.ours(text, about)
        case Items(items=items):
            assert {str(item) for item in items} <= shown
        case SourceLine(cite=cite):
            sources = [excerpt.source for excerpt in (*answer.excerpts, *answer.related)]
            assert cite in {source.cite() for source in (*sources, answer.source) if source}
        case _:
            pytest.fail(f"an answer has no part of type {part.type}")


def _ask(decider: Decider, typed: str) -> tuple[Answer, Reply] | None:
    question = clean(typed)[:500]
    if not question:
        return None
    answer = decider.decide(question, 3)
    return answer, reply_to(answer, TODAY, question)


def _check_all(decider: Decider, articles: Sequence[Article], typed: str) -> None:
    said = _ask(decider, typed)
    if said is None:
        return
    written = Written(articles)
    rests = {article.id: article.rests_on for article in articles if article.rests_on}
    check(*said, written, rests)
    for shown in {excerpt.article_id for excerpt in said[0].excerpts}:
        whole = decider.explain(shown)
        assert whole
        check(whole, reply_to(whole, TODAY), written, rests)


_PACK = [*load_pack("fujisawa"), *load_pack("samples")]
_ASKED = [question for article in _PACK for question in article.questions]
_PIECES = st.sampled_from(
    "テレワーク DX推進リーダー 電子申請 BPR rpa マイナンバーカード オープンデータ 課題 KPI 工程表 目標 いつ 何件 いくら 違い とは"
    " 全部 国 市長 会議 令和6年度 手順 必要なもの 期限 申請 の は を と ?".split()
)
_QUESTIONS = st.one_of(
    st.sampled_from(_ASKED),
    st.lists(_PIECES | st.text(max_size=6), min_size=1, max_size=7).map("".join),
    st.tuples(st.sampled_from(_ASKED), st.sampled_from(_ASKED)).map("と".join),
)


@cache
def _pack_with_made_up_plan() -> tuple[Decider, list[Article]]:
    imported = list(made_up_plan().articles)
    return build_decider(_PACK, imported, load_vocabulary(["fujisawa"])), [*_PACK, *imported]


@cache
def _pack_with_plan(path: Path) -> tuple[Decider, list[Article]]:
    imported = list(read_plan(path).articles)
    return build_decider(_PACK, imported, load_vocabulary(["fujisawa"])), [*_PACK, *imported]


@settings(max_examples=120, deadline=None)
@given(_QUESTIONS)
def test_over_the_pack_and_a_made_up_plan(typed: str) -> None:
    _check_all(*_pack_with_made_up_plan(), typed)


@pytest.mark.material
def test_over_the_pack_and_the_plan(shared_dir: Path) -> None:
    decider, articles = _pack_with_plan(shared_dir / "material" / "fujisawa-dx-plan-2022.txt")

    @settings(max_examples=150, deadline=None)
    @given(_QUESTIONS)
    @example("目標⨀名")
    def every_question(typed: str) -> None:
        _check_all(decider, articles, typed)

    every_question()


_LINE = st.text(
    alphabet="申請書庁舎の端末は、を令和5年度。①「」（次のとおり）40件円！\n・いつ使う",
    min_size=1,
    max_size=60,
).filter(str.strip)
_ARTICLES = st.lists(
    st.builds(
        Article,
        id=st.from_regex(r"[a-d]", fullmatch=True),
        kind=st.sampled_from(Kind),
        layer=st.sampled_from(Layer),
        title=st.sampled_from(["端末の貸出", "庁舎の申請", "使う時期", "端末"]),
        passages=st.lists(
            st.builds(Passage, text=_LINE, label=st.sampled_from(["", "KPI", "取組"])), max_size=4
        ).map(tuple),
        steps=st.lists(_LINE.map(str.strip), max_size=3).map(tuple),
        needs=st.lists(st.builds(Need, text=_LINE.map(str.strip)), max_size=2).map(tuple),
        deadline=st.sampled_from(["", "3日前まで"]),
        openness=st.sampled_from([None, *Openness]),
        review_on=st.sampled_from([None, date(2026, 4, 1)]),
        source=st.builds(
            Source, document=st.sampled_from(["規程", "手引"]), edition=st.sampled_from(["", "第2版"])
        ),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda article: (article.id, article.layer),
)


@settings(max_examples=120, deadline=None)
@given(
    _ARTICLES,
    st.lists(
        st.sampled_from("端末 申請 庁舎 いつ 何件 全部 とは 違い 令和5年度 の は".split()),
        min_size=1,
        max_size=5,
    ),
)
def test_over_random_articles(articles: list[Article], words: list[str]) -> None:
    decider = build_decider([], articles, PackVocabulary())
    _check_all(decider, articles, "".join(words))


def test_the_check_finds_what_is_invented() -> None:
    decider, articles = _pack_with_made_up_plan()
    answer = decider.decide("BPRとは何ですか", 3)
    made_up = answer.excerpts[0].model_copy(update={"text": "BPRは来年度から全課で行います。"})
    false = answer.model_copy(update={"excerpts": (made_up, *answer.excerpts[1:])})
    with pytest.raises(AssertionError):
        check(false, reply_to(false, TODAY), Written(articles), {})
