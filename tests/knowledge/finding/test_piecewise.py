"""Readings of pieces give, put together, exactly what reading the list whole gives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from knowledge.entry import Entry, merge_entries
from knowledge.finding import piecewise
from knowledge.finding.indexing import Indexes, depth_of
from knowledge.finding.piecewise import Readings
from knowledge.finding.postings import Postings
from knowledge.finding.reading import Depth, ReadEntries, read_entries
from knowledge.language.vocabulary import Vocabulary
from tests.knowledge.small_city import ARTICLES, TELEWORK

ENTRIES = merge_entries((), ARTICLES)
APART = frozenset({ENTRIES[0].id, ENTRIES[3].id, ENTRIES[4].id, ENTRIES[-1].id})


@pytest.fixture(autouse=True)
def _short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piecewise, "_LONGEST", 2)


@pytest.mark.parametrize("hidden", [frozenset(), APART, {ENTRIES[0].id}, {ENTRIES[3].id, ENTRIES[-1].id}])
def test_a_list_without_some_is_read_as_if_there_had_never_been_more(hidden: frozenset[str]) -> None:
    left = [entry for entry in ENTRIES if entry.id not in hidden]
    depth = depth_of(left)
    pieces = Readings(ENTRIES, APART).of(left, depth)
    assert pieces is not None
    whole = [read_entries(left, depth)]
    for one, other in zip(_indexes(left, pieces), _indexes(left, whole), strict=True):
        assert one.numbers == other.numbers
        assert [*one.numbers] == [*other.numbers]
        for name in ("starts", "documents", "strengths"):
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    words = [Vocabulary((), phrases=(p for part in read for p in part.phrases)) for read in (pieces, whole)]
    assert words[0].phrases == words[1].phrases
    assert words[0].by_reading == words[1].by_reading


def _indexes(entries: Sequence[Entry], read: list[ReadEntries]) -> list[Postings]:
    made = Indexes.of(entries, read)
    return [index._postings for index in (made.entries, made.passages, made.letters)]


def test_a_list_with_anything_else_is_read_by_itself() -> None:
    readings, depth = Readings(ENTRIES, APART), depth_of(ENTRIES)
    assert readings.of(ENTRIES[1:], depth) is not None
    assert readings.of([*ENTRIES[:1], *ENTRIES[2:]], depth) is None
    assert readings.of(ENTRIES[::-1], depth) is None
    assert readings.of([], depth) == []


def test_each_piece_is_read_once_and_again_only_when_it_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noted(entries: Sequence[Entry], depth: Depth) -> ReadEntries:
        read.extend(entry.id for entry in entries)
        return read_entries(entries, depth)

    monkeypatch.setattr(piecewise, "read_entries", noted)
    depth, readings = depth_of(ENTRIES), Readings(ENTRIES, APART)
    readings.of(ENTRIES, depth)
    readings.of(ENTRIES[1:], depth)
    assert read == [entry.id for entry in ENTRIES]
    read.clear()
    changed = [a.model_copy(update={"owner": "別の課"}) if a.id == TELEWORK.id else a for a in ARTICLES]
    held = {entry.id: entry for entry in ENTRIES}
    entries = merge_entries((), changed, held.get)
    Readings(entries, APART, readings).of(entries, depth)
    assert TELEWORK.id in read
    assert len(read) <= 2
