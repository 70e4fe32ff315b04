"""Everything that is worked out about entries so that they are found: built once, changed for a few of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.entry import Entry
from knowledge.finding.changing import Change
from knowledge.finding.index import TermIndex
from knowledge.finding.meaning import Meaning, NearWords
from knowledge.finding.postings import FieldWeight, Ranking
from knowledge.finding.reading import Depth, ReadEntries, passages_of, read_entries
from knowledge.finding.reading_apart import read_all
from knowledge.finding.sentences import Sentence
from knowledge.meaning.words import load_words

_ENTRIES = Ranking(
    {
        "names": FieldWeight(1.5, 0.75),
        "questions": FieldWeight(1.5, 0.75),
        "official": FieldWeight(1.0, 0.75),
        "editorial": FieldWeight(1.0, 0.75),
        "rows": FieldWeight(0.5, 0.0),
    },
    k1=2.5,
)
_PASSAGES = Ranking({"text": FieldWeight(1.0, 0.5), "label": FieldWeight(0.5, 0.0)})
_LETTERS = Ranking({"letters": FieldWeight(1.0, 0.5)}, k1=1.2)
_MOST_READ_WHOLE = 20_000
_MOST_CHANGED = 0.1


@dataclass(frozen=True)
class Indexes:
    """The indexes of one list of entries. `first_passages` are the numbers of the entries' first passages (one more at
    the end); `passages` has no documents where every entry has one passage. `sentences` are those of long passages, by text.
    `changed` counts splices' entries.
    """

    depth: Depth
    entries: TermIndex
    passages: TermIndex
    letters: TermIndex
    meaning: Meaning
    near: NearWords
    first_passages: NDArray[np.int64]
    sentences: Mapping[str, tuple[Sentence, ...]]
    changed: int = 0

    @classmethod
    def of(cls, entries: Sequence[Entry], read: Sequence[ReadEntries] | None = None) -> Indexes:
        """Build all; `read` is what reading the entries gave, where that is done."""
        lengths = [len(passages_of(entry)) for entry in entries]
        depth = _depth(lengths)
        read = read_all(entries, depth) if read is None else read
        index = TermIndex.build([part.entries for part in read], _ENTRIES)
        return cls(
            depth,
            index,
            TermIndex.build([part.passages for part in read], _PASSAGES),
            TermIndex.build([part.letters for part in read], _LETTERS),
            Meaning.of([part.meaning for part in read], load_words()),
            NearWords.of(index, load_words()),
            np.cumsum([0, *lengths]),
            {text: sentences for part in read for text, sentences in part.sentences.items()},
        )

    def spliced(self, change: Change, entries: Sequence[Entry]) -> tuple[Indexes, ReadEntries] | None:
        """The indexes of other entries, and what was read for them; None where too much differs to be worth it.

        Mean lengths, rarities of meaning and the words that can stand for others stay as they were built.
        """
        added = [entries[number] for number in change.added]
        changed = self.changed + change.size
        deeper = not self.depth.passages and any(len(passages_of(entry)) > 1 for entry in added)
        if deeper or not change.keeps_order or changed > _MOST_CHANGED * len(entries):
            return None
        read = read_entries(added, self.depth)
        kept, places, size = change.kept, change.added, len(entries)
        index = self.entries.spliced(kept, read.entries, places, size)
        letters = (
            self.letters.spliced(kept, read.letters, places, size) if self.depth.letters else self.letters
        )
        meaning = self.meaning.spliced(kept, read.meaning, places, size)
        starts, passages = self._spliced_passages(change, added, read)
        near = self.near.over(index)
        sentences = {**self.sentences, **read.sentences}
        return Indexes(self.depth, index, passages, letters, meaning, near, starts, sentences, changed), read

    def _spliced_passages(
        self, change: Change, added: Sequence[Entry], read: ReadEntries
    ) -> tuple[NDArray[np.int64], TermIndex]:
        old = self.first_passages
        lengths = change.moved(np.diff(old), [len(passages_of(entry)) for entry in added])
        starts = np.concatenate([[0], np.cumsum(lengths)])
        if not self.depth.passages:
            return starts, self.passages
        owners = np.repeat(np.arange(len(old) - 1), np.diff(old))
        within = np.arange(old[-1]) - old[owners]
        entry = change.kept[owners]
        kept = np.where(entry < 0, -1, starts[np.maximum(entry, 0)] + within).astype(np.int32)
        places = [place for number in change.added for place in range(starts[number], starts[number + 1])]
        return starts, self.passages.spliced(kept, read.passages, places, int(starts[-1]))


def _depth(lengths: Sequence[int]) -> Depth:
    few = len(lengths) <= _MOST_READ_WHOLE
    several = any(length > 1 for length in lengths)
    return Depth(letters=few, passages=several, text_phrases=few, sentences=few)


def depth_of(entries: Sequence[Entry]) -> Depth:
    """How much is read of so many entries."""
    return _depth([len(passages_of(entry)) for entry in entries])
