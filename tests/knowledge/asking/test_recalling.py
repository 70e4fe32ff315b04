"""Questions that only recall a subject."""

from __future__ import annotations

import pytest

from knowledge.asking.kinds import asked_kinds
from knowledge.asking.phrasing import is_question
from knowledge.asking.recalling import is_vague, without_recalling


@pytest.mark.parametrize(
    "text",
    [
        "研修のとこ、何かあったよね...",
        "研修って言われたんだけど、何の話だろう",
        "研修の話はどこ",
        "研修って話でしょ?",
        "研修の話だったかなあ",
        "研修のことでちょっといい?",
        "研修って言われたけど、どれだろ",
        "研修ってどれ?",
        "研修のとこ、何て書いてあったっけ",
        "研修がどうしたこうした…",
        "研修のほうはどうなるんですかねえ",
    ],
)
def test_what_only_recalls_a_subject_asks_nothing_of_it(text: str) -> None:
    assert is_vague(text)
    assert not is_question(text)
    assert not asked_kinds(text)


@pytest.mark.parametrize(
    "text", ["テレワークの件", "研修のこと", "体制とかリーダーとか", "高齢化について", "データ関係です"]
)
def test_a_hint_is_vague(text: str) -> None:
    assert is_vague(text)
    assert not is_question(text)


@pytest.mark.parametrize("text", ["テレワークの課題", "RPAとは", "件数を教えて"])
def test_a_subject_or_a_question_is_no_hint(text: str) -> None:
    assert not is_vague(text)


@pytest.mark.parametrize(
    "text", ["標準化の対象から外れるシステムってどれ", "研修はいつの話ですか", "研修を受けるとどうなるの"]
)
def test_what_says_more_than_a_subject_asks_of_it(text: str) -> None:
    assert is_question(without_recalling(text))
