"""Everything that answers from one list of entries: built whole, or changed where the entries differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.texts.ja import ask as texts
from knowledge.answering.deciding import Decider
from knowledge.asking.concepts import QuestionReader
from knowledge.asking.kinds import COMMON_WORDS
from knowledge.entry import Entry
from knowledge.finding.changing import Change
from knowledge.finding.encoded import Encodings
from knowledge.finding.finder import SIGNALS, Finder, Signal
from knowledge.finding.headwords import Headwords
from knowledge.finding.indexing import Indexes, depth_of
from knowledge.finding.piecewise import Readings
from knowledge.finding.reading_apart import read_all
from knowledge.language.rewriting import Rewriter
from knowledge.language.vocabulary import Vocabulary
from knowledge.packs import PackVocabulary


@dataclass(frozen=True)
class Library:
    """Entries with their indexes, names and vocabulary. Immutable; safe to share between threads."""

    words: PackVocabulary
    finder: Finder
    headwords: Headwords
    vocabulary: Vocabulary
    rewriter: Rewriter
    decider: Decider
    encodings: Encodings | None = None

    @property
    def is_new(self) -> bool:
        """Whether everything was read for it, and nothing taken over."""
        return self.finder.changed == 0

    @classmethod
    def build(
        cls,
        entries: Sequence[Entry],
        words: PackVocabulary,
        signals: frozenset[Signal] = SIGNALS,
        encodings: Encodings | None = None,
        readings: Readings | None = None,
    ) -> Library:
        """Read and index every entry. With `encodings` they are found by what a model made of them, too. `readings`: where
        some may be read already.
        """
        depth = depth_of(entries)
        read = (readings.of(entries, depth) if readings else None) or read_all(entries, depth)
        finder = Finder(entries, signals, Indexes.of(entries, read))
        phrases = (phrase for part in read for phrase in part.phrases)
        vocabulary = Vocabulary((), words.synonyms, COMMON_WORDS, phrases)
        rewriter = Rewriter(vocabulary, finder.index.__contains__)
        return cls._of(words, finder, Headwords(finder.entries), vocabulary, rewriter, encodings)

    def changed_to(self, entries: Sequence[Entry], encodings: Encodings | None = None) -> Library:
        """The library of other entries: few changes are read by themselves, many make it anew. `encodings`: where there
        are others than those held.

        A phrase of an entry that is gone stays in the vocabulary until then.
        """
        change = Change.between(self.finder.entries, entries)
        spliced = self.finder.spliced(entries, change)
        if spliced is None:
            return Library.build(entries, self.words, self.finder.signals, encodings or self.encodings)
        finder, read = spliced
        headwords = self.headwords.over(finder.entries, change)
        vocabulary = self.vocabulary.with_phrases(read.phrases)
        rewriter = self.rewriter.over(vocabulary, finder.index.__contains__, read.phrases)
        return self._of(self.words, finder, headwords, vocabulary, rewriter, encodings or self.encodings)

    @classmethod
    def _of(
        cls,
        words: PackVocabulary,
        finder: Finder,
        headwords: Headwords,
        vocabulary: Vocabulary,
        rewriter: Rewriter,
        encodings: Encodings | None,
    ) -> Library:
        if encodings:
            finder = finder.with_encoded(encodings)
        reader = QuestionReader(vocabulary, rewriter)
        default_owner = words.default_owner or texts.DEFAULT_OWNER
        decider = Decider(finder, reader, words.owners, default_owner, headwords)
        return cls(words, finder, headwords, vocabulary, rewriter, decider, encodings)
