"""Rewrite a question in the knowledge base's own spelling: kana, romaji, long vowels, wrong kanji, slips."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy

from rapidfuzz import process
from rapidfuzz.distance import Indel, Levenshtein

from knowledge.language.japanese import Word, fold, is_all_kana, is_romaji, kana_key, kana_runs, words_of
from knowledge.language.lattice import read_kana, romaji_to_kana
from knowledge.language.terms import is_content
from knowledge.language.vocabulary import Phrase, Vocabulary

_SHORTEST_KANJI = 3
_SHORTEST_KANA = 5
_HEADWORD_LIKE = 1.5
_SHORTEST_READING = 4
_KANA = re.compile(r"[ぁ-ゖァ-ヴー]{4,}")


class Rewriter:
    """Corrects a question against one vocabulary. Immutable; `knows` tells whether a term is in the index."""

    def __init__(self, vocabulary: Vocabulary, knows: Callable[[str], bool]) -> None:
        self._vocabulary = vocabulary
        self._knows = knows
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._kana: dict[str, str] = {}
        self._add(vocabulary.phrases.values())

    def over(self, vocabulary: Vocabulary, knows: Callable[[str], bool], added: Iterable[Phrase]) -> Rewriter:
        """A rewriter with a wider vocabulary, of which only what was `added` is looked at."""
        other = copy(self)
        other._vocabulary, other._knows = vocabulary, knows
        other._by_length = defaultdict(list, {size: list(words) for size, words in self._by_length.items()})
        other._kana = dict(self._kana)
        other._add(phrase for phrase in added if phrase.surface not in self._vocabulary)
        return other

    def _add(self, phrases: Iterable[Phrase]) -> None:
        for surface, _, weight in phrases:
            if weight >= _HEADWORD_LIKE and len(surface) >= _SHORTEST_KANJI:
                self._by_length[len(surface)].append(surface)
            if len(surface) >= _SHORTEST_KANJI and kana_runs(surface) == [surface]:
                self._kana.setdefault(kana_key(surface), surface)

    def rewrite(self, question: str) -> str:
        """The folded question with what looks like a slip written as the vocabulary has it."""
        text = fold(question)
        if is_romaji(text) and not any(self._is_known(word) for word in words_of(text)):
            kana = romaji_to_kana(text)
            text = kana if is_all_kana(kana) else text
        text = read_kana(text, self._vocabulary) if is_all_kana(text) else self._read_runs(text)
        return self._mend_slips(self._mend_kana(text))

    def _read_runs(self, text: str) -> str:
        """Kana inside a mixed text: only what is long enough not to be met by chance."""
        return _KANA.sub(lambda run: read_kana(run[0], self._vocabulary, _SHORTEST_READING), text)

    def _is_known(self, word: Word) -> bool:
        return word.surface in self._vocabulary or self._knows(word.form)

    def _mend_kana(self, text: str) -> str:
        for run in sorted(set(kana_runs(text)), key=len, reverse=True):
            mended = None if run in self._vocabulary else self._kana_neighbour(run)
            if mended:
                text = text.replace(run, mended)
        return text

    def _kana_neighbour(self, run: str) -> str | None:
        key = kana_key(run)
        if key in self._kana:
            return self._kana[key]
        if len(key) < _SHORTEST_KANA or any(
            word.known and len(word.surface) == len(run) for word in words_of(run)
        ):
            return None
        found = process.extractOne(key, self._kana.keys(), scorer=Levenshtein.distance, score_cutoff=1)
        return self._kana[found[0]] if found else None

    def _mend_slips(self, text: str) -> str:
        words = words_of(text)
        mended = next(self._slips(words), None)
        if mended is None:
            return text
        start, end, surface = mended
        return text[:start] + surface + self._mend_slips(text[end:]) if end > start else text

    def _slips(self, words: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
        strange = [self._is_strange(word) for word in words]
        kanji = [_has_kanji(word.surface) for word in words]
        for start, end in _windows(len(words)) if any(strange) else ():
            if not any(strange[start:end]) or not any(kanji[start:end]):
                continue
            window = words[start:end]
            surface = "".join(word.surface for word in window)
            if len(surface) < _SHORTEST_KANJI or surface in self._vocabulary:
                continue
            neighbour = self._neighbour(surface, "".join(word.reading for word in window))
            if neighbour:
                yield window[0].start, window[-1].end, neighbour

    def _is_strange(self, word: Word) -> bool:
        """Whether nothing in the knowledge base is called so, though it is a word to look for."""
        return (is_content(word) or _is_kanji(word.surface)) and not self._is_known(word)

    def _neighbour(self, surface: str, reading: str) -> str | None:
        same_sound = self._vocabulary.by_reading.get(kana_key(reading))
        if same_sound and _shares_kanji(surface, same_sound.surface):
            return same_sound.surface
        if not _is_kanji(surface):
            return None
        near = self._by_length.get(len(surface), [])
        found = process.extractOne(surface, near, scorer=Indel.distance, score_cutoff=2)
        if found and Levenshtein.distance(surface, found[0]) == 1 and _is_kanji(found[0]):
            return str(found[0])
        return None


def _windows(size: int) -> Iterator[tuple[int, int]]:
    """Runs of two to four words, long ones first, that touch each other: where each starts and ends."""
    for width in (4, 3, 2):
        for start in range(size - width + 1):
            yield start, start + width


def _is_kanji(text: str) -> bool:
    return bool(text) and all("一" <= ch <= "龠" for ch in text)


def _has_kanji(text: str) -> bool:
    return any("一" <= ch <= "龠" for ch in text)


def _shares_kanji(left: str, right: str) -> bool:
    return bool(set(_kanji(left)) & set(_kanji(right)))


def _kanji(text: str) -> Iterable[str]:
    return (ch for ch in text if "一" <= ch <= "龠")
