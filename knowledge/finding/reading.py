"""Entries read once into what the indexes need: terms by field and by passage, pairs of letters, and phrases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.article import Article, Passage
from knowledge.entry import Entry
from knowledge.finding.counting import Counts, count_terms
from knowledge.finding.sentences import AT_A_GLANCE, Sentence, sentences_of
from knowledge.language.japanese import Word, fold, words_of
from knowledge.language.terms import has_meaning, is_content, is_indexed, terms_of_word
from knowledge.language.vocabulary import Phrase, phrases_of_entry

ENTRY_FIELDS = ("names", "questions", "official", "editorial", "rows")
PASSAGE_FIELDS = ("text", "label")
LETTER_FIELDS = ("letters",)
MEANING_FIELDS = ("asked", "told")
_RUN = re.compile(r"\w+")

Terms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Depth:
    """How much is read of a knowledge base of some size. `letters`: pairs of letters, too. `passages`: each passage by
    itself, too (where every entry has one, it is no more than its entry). `text_phrases`: phrases of running text.
    `sentences`: the sentences of passages that are too long to be read at a glance.
    """

    letters: bool = True
    passages: bool = True
    text_phrases: bool = True
    sentences: bool = True


@dataclass(frozen=True)
class ReadEntries:
    """A run of entries as counts: of entries, of all their passages, of letters, of what they ask and tell; with the
    phrases of their texts, and long passages in sentences.
    """

    entries: Counts
    passages: Counts
    letters: Counts
    meaning: Counts
    phrases: tuple[Phrase, ...]
    sentences: Mapping[str, tuple[Sentence, ...]]


def passages_of(entry: Entry) -> tuple[tuple[Article, Passage], ...]:
    """Every passage of an entry with its article: the official ones first, then ours."""
    official = [(entry.official, passage) for passage in entry.official_passages]
    editorial = [(entry.editorial, passage) for passage in entry.editorial_passages]
    return tuple((article, passage) for article, passage in (*official, *editorial) if article)


def read_entries(entries: Sequence[Entry], depth: Depth) -> ReadEntries:
    """Take entries apart into counted terms and phrases."""
    texts: list[_Texts] = []
    phrases: dict[tuple[str, float], Phrase] = {}
    for entry in entries:
        texts.append(_Texts.of(entry))
        for phrase in phrases_of_entry(entry, running_text=depth.text_phrases):
            phrases.setdefault((phrase.surface, phrase.weight), phrase)
    passages = (passage for text in texts for passage in text.by_passage())
    return ReadEntries(
        entries=count_terms((text.by_field() for text in texts), ENTRY_FIELDS),
        passages=count_terms(passages if depth.passages else (), PASSAGE_FIELDS),
        letters=count_terms(map(_letters, entries) if depth.letters else (), LETTER_FIELDS),
        meaning=count_terms((text.by_meaning() for text in texts), MEANING_FIELDS),
        phrases=tuple(phrases.values()),
        sentences=dict(_in_sentences(entries)) if depth.sentences else {},
    )


def _in_sentences(entries: Iterable[Entry]) -> Iterator[tuple[str, tuple[Sentence, ...]]]:
    for entry in entries:
        for article, passage in passages_of(entry):
            if len(passage.text) > AT_A_GLANCE[article.layer]:
                yield passage.text, sentences_of(passage.text)


@dataclass(frozen=True)
class _Texts:
    """An entry's words, text by text."""

    names: list[Word]
    questions: list[Word]
    rows: list[Word]
    passages: list[tuple[bool, Passage, tuple[Word, ...]]]

    @classmethod
    def of(cls, entry: Entry) -> _Texts:
        return cls(
            names=_words(entry.names),
            questions=_words(entry.main.questions),
            rows=_words(dict.fromkeys([*(p.label for p in entry.official_passages), *entry.blank])),
            passages=[(article is entry.official, p, words_of(p.text)) for article, p in passages_of(entry)],
        )

    def by_field(self) -> Terms:
        words = {
            "names": self.names,
            "questions": self.questions,
            "official": self._told(official=True),
            "editorial": self._told(official=False),
            "rows": self.rows,
        }
        return {name: terms(found, is_indexed) for name, found in words.items()}

    def by_passage(self) -> Iterator[Terms]:
        for _, passage, words in self.passages:
            yield {"text": terms(words, is_content), "label": terms(words_of(passage.label), is_content)}

    def by_meaning(self) -> Terms:
        told = [*self._told(official=True), *self._told(official=False)]
        return {"asked": terms([*self.names, *self.questions], has_meaning), "told": terms(told, has_meaning)}

    def _told(self, *, official: bool) -> list[Word]:
        return [word for is_official, _, words in self.passages if is_official == official for word in words]


def terms(words: Iterable[Word], wanted: Callable[[Word], bool]) -> tuple[str, ...]:
    """The terms of the words that are wanted, in order, repeated as often as they stand there."""
    return tuple(term for word in words if wanted(word) for term in terms_of_word(word))


def letter_pairs(text: str) -> list[str]:
    """Every two letters that stand side by side in the folded text; marks and spaces part them."""
    return [pair for run in _RUN.findall(fold(text)) for pair in map("".join, pairwise(run))]


def _letters(entry: Entry) -> Terms:
    texts = (*entry.names, *entry.main.questions, *(passage.text for _, passage in passages_of(entry)))
    return {"letters": tuple(pair for text in texts for pair in letter_pairs(text))}


def _words(texts: Iterable[str]) -> list[Word]:
    return [word for text in texts for word in words_of(text)]
