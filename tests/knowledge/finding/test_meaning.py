"""What entries mean: added up from words, or as an encoder made it when they were imported."""

from __future__ import annotations

import numpy as np

from knowledge.finding.counting import count_terms
from knowledge.finding.meaning import Meaning
from knowledge.finding.reading import MEANING_FIELDS
from knowledge.meaning.words import load_words

DOCUMENTS = [
    {"asked": ("住民票", "請求"), "told": ("窓口", "証明")},
    {"asked": ("野球", "球場"), "told": ("試合", "予約")},
    {"asked": ("幼稚園", "入園"), "told": ("申込", "子供")},
    {"asked": ("納税", "期限"), "told": ("市民税", "口座")},
]
COUNTS = [count_terms(DOCUMENTS, MEANING_FIELDS)]
ALL = np.arange(len(DOCUMENTS), dtype=np.int32)


def _best(meaning: Meaning, word: str) -> int:
    return int(meaning.scores({word: 1.0}, ALL).argmax())


def test_a_question_is_nearest_to_the_entry_on_its_subject() -> None:
    meaning = Meaning.of(COUNTS, load_words())
    assert [_best(meaning, word) for word in ("戸籍", "サッカー", "保育園", "税金")] == [0, 1, 2, 3]


def test_scores_are_z_scores_over_all_entries() -> None:
    scores = Meaning.of(COUNTS, load_words()).scores({"保育園": 1.0}, ALL)
    assert abs(float(scores.mean())) < 0.05
    assert abs(float(scores.std()) - 1) < 0.05
    assert not Meaning.of(COUNTS, load_words()).scores({"xyzzy": 1.0}, ALL).any()
