"""The sentences that answer: the shortest run, cut at sentences, complete and never changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.asking.concepts import Question, QuestionReader
from knowledge.asking.kinds import COMMON_WORDS
from knowledge.entry import merge_entries
from knowledge.finding.finder import Finder
from knowledge.finding.sentences import passage_that_answers, sentences_of
from knowledge.language.rewriting import Rewriter
from knowledge.language.vocabulary import Vocabulary
from tests.knowledge.small_city import ARTICLES, WORDS

TEXT = (
    "市では、申請の受付を見直しています。令和5年度は、対象を調べました。40手続を電子化する見込みです。"
    "これらの手続は、次のとおりです。\n・転入の届出\n・住民票の請求\nなお、窓口では手数料の見直しも進めます。"
)


def _reader() -> QuestionReader:
    finder = Finder(merge_entries([], ARTICLES))
    vocabulary = Vocabulary(finder.entries, WORDS.synonyms, COMMON_WORDS)
    return QuestionReader(vocabulary, Rewriter(vocabulary, finder.index.__contains__))


READER = _reader()


def _read(text: str) -> Question:
    return READER.read(text)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("手数料はどうなりますか", "なお、窓口では手数料の見直しも進めます。"),
        ("対象は調べたんですか", "令和5年度は、対象を調べました。"),
        ("住民票も含まれますか", "・住民票の請求"),
    ],
)
def test_only_the_sentence_that_answers(question: str, expected: str) -> None:
    assert passage_that_answers(TEXT, _read(question), "電子申請") == expected


def test_a_number_keeps_its_time() -> None:
    found = passage_that_answers(TEXT, _read("電子化するのは何手続ですか"), "電子申請")
    assert found == "令和5年度は、対象を調べました。40手続を電子化する見込みです。"


def test_a_pronoun_keeps_what_it_stands_for_and_a_list_its_items() -> None:
    found = passage_that_answers(TEXT, _read("その手続とは次のどれですか"), "電子申請")
    assert found.startswith("令和5年度は")
    assert found.endswith("・住民票の請求")


def test_the_time_asked_for_is_in_it() -> None:
    text = "端末を配ります。広報にも載せます。配るのは令和6年4月からです。"
    assert "令和6年4月" in passage_that_answers(text, _read("端末はいつ配りますか"), "端末")


def test_a_word_of_the_title_cuts_nothing() -> None:
    assert passage_that_answers(TEXT, _read("電子申請はどうですか"), "電子申請の拡大") == TEXT


def test_brackets_keep_their_sentences_together() -> None:
    text = "方針（令和4年度に定めた。見直しは毎年。）を守る。以上。"
    assert [text[s.start : s.end] for s in sentences_of(text)] == [text[:-3], "以上。"]


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="申請の手続は、令和5年度。！？\n①・「」（）これ次の", max_size=80),
    st.sampled_from(["申請はいつ", "手続は何件"]),
)
def test_what_is_shown_stands_there_word_for_word(text: str, question: str) -> None:
    assert passage_that_answers(text, _read(question), "") in text
    spans = [(s.start, s.end) for s in sentences_of(text)]
    assert spans == sorted(spans)
    assert "".join(text[a:b] for a, b in spans).split() == text.split() or not text.strip()


def test_of_equal_sentences_the_one_with_the_titles_words_answers() -> None:
    text = "この計画は本編と実行編に分ける。本編は、世の中が変わったときに見直しを行う。"
    text += "そのほかの文がここに続き、ひと目では読めない長さになる。" * 3
    assert passage_that_answers(text, _read("本編の見直しはどんなときですか"), "計画の見直し").startswith(
        "本編は、"
    )
