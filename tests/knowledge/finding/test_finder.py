"""Finding entries for a question."""

from __future__ import annotations

import pytest

from knowledge.article import Article, Kind, Layer, Passage
from knowledge.asking.concepts import QuestionReader
from knowledge.asking.kinds import COMMON_WORDS
from knowledge.asking.question import clean
from knowledge.entry import merge_entries
from knowledge.finding.finder import SIGNALS, WEIGHTS, Finder, Hit, Signal, Weights
from knowledge.language.rewriting import Rewriter
from knowledge.language.vocabulary import Vocabulary

TEXTS = {
    "住民票の写しの取り方": "住民票の写しは、窓口または郵便で請求できます。本人確認書類を持参してください。",
    "粗大ごみの出し方": "粗大ごみは電話で収集を申し込み、処理券を貼って出してください。",
    "保育所の入所申込み": "保育所への入所は、前年の十一月に申し込みます。就労証明書が必要です。",
    "犬の登録": "犬を飼い始めたら三十日以内に登録し、毎年狂犬病の予防注射を受けてください。",
    "市民税の納付": "市民税は年四回に分けて納めます。口座振替も利用できます。",
}


def _articles(texts: dict[str, str]) -> list[Article]:
    return [
        Article(id=title, kind=Kind.FAQ, layer=Layer.EDITORIAL, title=title, passages=(Passage(text=text),))
        for title, text in texts.items()
    ]


class _Asker:
    """A finder with its reader over some articles."""

    def __init__(self, articles: list[Article], signals: frozenset[Signal] = SIGNALS) -> None:
        self.finder = Finder(merge_entries((), articles), signals)
        vocabulary = Vocabulary(self.finder.entries, (), COMMON_WORDS)
        self._reader = QuestionReader(vocabulary, Rewriter(vocabulary, self.finder.index.__contains__))

    def __call__(self, text: str) -> list[Hit]:
        question = self._reader.read(clean(text))
        return self.finder.rank(question.concepts, text=question.text)


ASK = _Asker(_articles(TEXTS))


def test_weights_say_what_each_signal_counts() -> None:
    asker, words = _Asker(_articles(TEXTS)), _Asker(_articles(TEXTS), frozenset({Signal.NEAR_WORDS}))
    asked = "子どもを保育園に入れたい"
    usual = [(hit.entry.id, hit.score) for hit in asker(asked)]
    asker.finder = asker.finder.weighed(Weights(letters=0, meaning=0, encoded=0, neighbours=0))
    without = {hit.entry.id: pytest.approx(hit.score, rel=1e-3) for hit in asker(asked)}
    assert without == {hit.entry.id: hit.score for hit in words(asked)}
    asker.finder = asker.finder.weighed(WEIGHTS)
    assert [(hit.entry.id, hit.score) for hit in asker(asked)] == usual


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("住民票はどこで取れますか", "住民票の写しの取り方"),
        ("大きなごみを捨てたい", "粗大ごみの出し方"),
        ("子どもを保育園に入れたい", "保育所の入所申込み"),
        ("ペットを飼うときの届け", "犬の登録"),
        ("税金の支払い方法", "市民税の納付"),
    ],
)
def test_the_entry_is_found_in_other_words_too(asked: str, title: str) -> None:
    assert ASK(asked)[0].entry.title == title


def test_meaning_finds_what_words_alone_do_not() -> None:
    words = _Asker(_articles(TEXTS), signals=frozenset())
    assert words("子どもを預けたい、園に入れたい") == []
    assert ASK("ペットの注射")[0].cover < 1


def test_hits_come_best_first_with_positive_scores_and_covers_between_0_and_1() -> None:
    for asked in ("窓口", "犬の登録はいつまでに", "申し込み"):
        hits = ASK(asked)
        assert hits
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert all(hit.score > 0 and 0 <= hit.cover <= 1 for hit in hits)


def test_nothing_of_the_question_written_is_no_hit() -> None:
    assert ASK("xyzzy") == []


def test_no_entries_no_hits() -> None:
    assert _Asker([])("住民票") == []


def test_one_entry_is_enough() -> None:
    assert [hit.entry.title for hit in _Asker(_articles({"犬の登録": "犬を登録します。"}))("犬")] == [
        "犬の登録"
    ]


def test_nearness_tells_a_synonym_from_a_stranger() -> None:
    finder, dog = ASK.finder, list(TEXTS).index("犬の登録")
    reader = QuestionReader(Vocabulary((), ()), Rewriter(Vocabulary((), ()), lambda _: True))
    (puppy,) = reader.read("子犬").concepts
    (economy,) = reader.read("宇宙").concepts
    assert finder.nearness(dog, puppy) > 0.4 > finder.nearness(dog, economy)
    assert finder.nearness(dog, economy) == 0
    assert finder.nearness(list(TEXTS).index("市民税の納付"), puppy) == 0


def test_many_entries_use_their_neighbours() -> None:
    many = {f"第{number}公園の利用": f"第{number}公園は朝から使えます。" for number in range(250)}
    ask = _Asker(_articles(TEXTS | many))
    assert ask("粗大ごみを出したい")[0].entry.title == "粗大ごみの出し方"
    assert len(ask("公園の利用")) == 12
