"""The knowledge base's own vocabulary: its phrases with their readings, and the editors' groups of synonyms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from typing import NamedTuple

from knowledge.entry import Entry
from knowledge.language.japanese import Word, fold, kana_key, words_of
from knowledge.language.terms import is_content

_NOUNLIKE = frozenset({"名詞", "接頭辞", "接尾辞", "形状詞"})
_LONGEST = 14
_MOST_WORDS = 4
# The few weights there are, each held once, however many phrases other processes read.
_WEIGHTS: dict[float, float] = {}


class Phrase(NamedTuple):
    """Words that stand together in the knowledge base. `weight` is higher the nearer they stand to a headword.

    A vocabulary holds of the reading no more than its key (see `kana_key`).
    """

    surface: str
    reading: str
    weight: float


class Vocabulary:
    """Every phrase by its surface and by the key of its reading, and which phrases mean the same."""

    def __init__(
        self,
        entries: Iterable[Entry],
        synonyms: Iterable[tuple[str, ...]] = (),
        common: Iterable[str] = (),
        phrases: Iterable[Phrase] = (),
    ) -> None:
        """`common` are words every question may use (意味, 一覧 …); they are phrases without meaning the same.
        `phrases` are those of entries that were read already.
        """
        self.phrases: dict[str, Phrase] = {}
        self.by_reading: dict[str, Phrase] = {}
        self.synonyms = _synonym_groups(synonyms)
        for surface in {surface: None for group in self.synonyms.values() for surface in group}:
            self._add(_phrases(surface, 2.0))
            self._add([Phrase(surface, _reading(words_of(surface)), 2.0)])
        self._add(phrase for entry in entries for phrase in phrases_of_entry(entry))
        self._add(phrases)
        self._add(Phrase(word, _reading(words_of(word)), 1.0) for word in common)

    def __contains__(self, surface: str) -> bool:
        return surface in self.phrases

    def with_phrases(self, phrases: Iterable[Phrase]) -> Vocabulary:
        """The vocabulary with more phrases; this one stays as it is."""
        wider = copy(self)
        wider.phrases, wider.by_reading = dict(self.phrases), dict(self.by_reading)
        wider._add(phrases)
        return wider

    def _add(self, phrases: Iterable[Phrase]) -> None:
        for surface, reading, weight in phrases:
            key = kana_key(reading)
            phrase = Phrase(surface, key, _WEIGHTS.setdefault(weight, weight))
            held = self.phrases.get(surface)
            if held is None or held.weight < weight:
                self.phrases[surface] = phrase
            known = self.by_reading.get(key)
            if len(key) >= 2 and (known is None or known.weight < weight):
                self.by_reading[key] = phrase


def _synonym_groups(groups: Iterable[tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """Every synonym, folded, with all words of its group (the official one first)."""
    found: dict[str, tuple[str, ...]] = {}
    for group in groups:
        folded = tuple(dict.fromkeys(fold(word) for word in group))
        for word in folded:
            found[word] = tuple(dict.fromkeys([*found.get(word, ()), *folded]))
    return found


def phrases_of_entry(entry: Entry, *, running_text: bool = True) -> Iterator[Phrase]:
    """The phrases of an entry's names and questions, and of its passages when `running_text` is wanted."""
    for name in entry.names:
        yield Phrase(fold(name), _reading(words_of(name)), 3.0)
        yield from _phrases(name, 3.0)
    if entry.main.reading:
        yield Phrase(fold(entry.title), entry.main.reading, 3.5)
    for question in entry.main.questions:
        yield from _phrases(question, 1.5)
    for article in (entry.editorial, entry.official) if running_text else ():
        for passage in article.passages if article else ():
            yield from _phrases(passage.label, 1.0)
            yield from _phrases(passage.text, 1.0)


def _phrases(text: str, weight: float) -> Iterator[Phrase]:
    run: list[Word] = []
    for word in words_of(text):
        if word.lexeme.word_class in _NOUNLIKE and not word.lexeme.is_number:
            run.append(word)
        elif run:
            yield from _run_phrases(run, weight)
            run = []
    yield from _run_phrases(run, weight)


def _run_phrases(run: list[Word], weight: float) -> Iterator[Phrase]:
    for start in range(len(run)):
        surface, reading, content = "", "", False
        for word in run[start : start + _MOST_WORDS]:
            surface += word.surface
            reading += word.lexeme.reading
            content = content or is_content(word)
            if len(surface) > _LONGEST:
                break
            if content:
                yield Phrase(surface, reading, weight)


def _reading(words: Iterable[Word]) -> str:
    return "".join(word.reading for word in words)
