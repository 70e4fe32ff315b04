"""Reading in other processes gives what reading here gives."""

from __future__ import annotations

import pytest

from knowledge.article import Article, Kind, Layer, Passage
from knowledge.entry import merge_entries
from knowledge.finding import reading_apart
from knowledge.finding.finder import Finder
from knowledge.finding.indexing import Indexes, depth_of
from knowledge.finding.reading import read_entries

SUBJECTS = ("公園", "図書館", "保育所", "住民票", "粗大ごみ", "市民税", "犬の登録")
ENTRIES = merge_entries(
    (),
    [
        Article(
            id=subject,
            kind=Kind.FAQ,
            layer=Layer.EDITORIAL,
            title=f"{subject}の手続",
            passages=(
                Passage(text=f"{subject}は窓口で受け付けます。" * 6),
                Passage(text="郵便でもできます。"),
            ),
        )
        for subject in SUBJECTS
    ],
)


def test_runs_read_apart_make_the_same_indexes(monkeypatch: pytest.MonkeyPatch) -> None:
    depth = depth_of(ENTRIES)
    here = read_entries(ENTRIES, depth)
    monkeypatch.setattr(reading_apart, "_MOST_AT_ONCE", 0)
    monkeypatch.setattr(reading_apart, "_RUN", 3)
    apart = reading_apart.read_all(ENTRIES, depth)
    assert [part.entries.size for part in apart] == [3, 3, 1]
    assert {phrase for part in apart for phrase in part.phrases} == set(here.phrases)
    assert sum(len(part.phrases) for part in apart) == len(set(here.phrases))
    assert here.sentences
    assert {text: found for part in apart for text, found in part.sentences.items()} == here.sentences
    one, laid = (Finder(ENTRIES, indexes=Indexes.of(ENTRIES, read)) for read in ([here], apart))
    assert set(one.index.terms()) == set(laid.index.terms())
    for term in one.index.terms():
        assert laid.index.scores({term: 1.0}).tolist() == one.index.scores({term: 1.0}).tolist()
    assert list(laid.passages) == list(one.passages)
