"""Entries read once into the terms that each index needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from knowledge.article import Article, Passage
from knowledge.entry import Entry
from knowledge.language.japanese import Word, fold, words_of
from knowledge.language.terms import has_meaning, is_content, is_indexed, terms_of_word

_RUN = re.compile(r"\w+")

Fields = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class ReadEntry:
    """An entry's terms: by field for the word index, by passage, and what it asks and tells for its meaning;
    its pairs of letters.
    """

    fields: Fields
    passages: tuple[Fields, ...]
    asked: tuple[str, ...]
    told: tuple[str, ...]
    letters: Fields


def passages_of(entry: Entry) -> tuple[tuple[Article, Passage], ...]:
    """Every passage of an entry with its article: the official ones first, then ours."""
    official = [(entry.official, passage) for passage in entry.official_passages]
    editorial = [(entry.editorial, passage) for passage in entry.editorial_passages]
    return tuple((article, passage) for article, passage in (*official, *editorial) if article)


def read_entry(entry: Entry) -> ReadEntry:
    """Take an entry apart into terms."""
    names = _words(entry.names)
    questions = _words(entry.main.questions)
    passages = [(article is entry.official, p, words_of(p.text)) for article, p in passages_of(entry)]
    official = [word for is_official, _, words in passages if is_official for word in words]
    editorial = [word for is_official, _, words in passages if not is_official for word in words]
    rows = _words(dict.fromkeys([*(p.label for p in entry.official_passages), *entry.blank]))
    texts = {
        "names": names,
        "questions": questions,
        "official": official,
        "editorial": editorial,
        "rows": rows,
    }
    return ReadEntry(
        fields={name: terms(words, is_indexed) for name, words in texts.items()},
        passages=tuple(
            {"text": terms(words, is_content), "label": terms(words_of(p.label), is_content)}
            for _, p, words in passages
        ),
        asked=terms([*names, *questions], has_meaning),
        told=terms([*official, *editorial], has_meaning),
        letters={"letters": tuple(pair for text in _texts(entry) for pair in letter_pairs(text))},
    )


def terms(words: Iterable[Word], wanted: Callable[[Word], bool]) -> tuple[str, ...]:
    """The terms of the words that are wanted, in order, repeated as often as they stand there."""
    return tuple(term for word in words if wanted(word) for term in terms_of_word(word))


def letter_pairs(text: str) -> list[str]:
    """Every two letters that stand side by side in the folded text; marks and spaces part them."""
    return [pair for run in _RUN.findall(fold(text)) for pair in map("".join, pairwise(run))]


def _texts(entry: Entry) -> tuple[str, ...]:
    return (*entry.names, *entry.main.questions, *(passage.text for _, passage in passages_of(entry)))


def _words(texts: Iterable[str]) -> list[Word]:
    return [word for text in texts for word in words_of(text)]
