"""Rewrite a question in the knowledge base's own spelling: kana, romaji, long vowels, wrong kanji, slips."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from copy import copy
from functools import lru_cache, partial

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from knowledge.language.japanese import Word, fold, is_all_kana, is_romaji, kana_key, kana_runs, words_of
from knowledge.language.lattice import read_kana, romaji_to_kana
from knowledge.language.slips import HEADWORD_LIKE, Slips
from knowledge.language.vocabulary import Phrase, Vocabulary

_SHORTEST = 3
_SHORTEST_KANA = 5
_SHORTEST_READING = 4
_MOST_REMEMBERED = 4_096
_ROMAJI = re.compile(r"(?<![a-z0-9])[a-z][a-z'-]{5,}(?![a-z0-9])")
_INITIALS = re.compile(r"(?<![a-z0-9])[a-z]{3,5}(?![a-z0-9])")
_LATIN = re.compile(r"[a-z][a-z' -]+[a-z]")
_JOINING = re.compile(r"[ '-]")
_KATAKANA = re.compile(r"[ァ-ヴー]{3,}")
_KANA = re.compile(r"[ぁ-ゖァ-ヴー]{4,}")
# Two words said by their beginnings: デジ推, 情シス.
_TWO_WORDS = re.compile(
    r"(?P<kana>[ァ-ヴー]{4,})(?P<kanji>[一-龠]{2,})|(?P<first>[一-龠]{2,})(?P<second>[ァ-ヴー]{3,})[一-龠]*"
)
_OFFICES = ("室", "課", "部", "局", "係", "所")
_CLIP = re.compile(
    r"(?<![ァ-ヴー])[ァ-ヴ][ァ-ヴー][一-龠](?![一-龠])|(?<![一-龠])[一-龠][ァ-ヴ][ァ-ヴー](?![ァ-ヴー])"
)


class Rewriter:
    """Corrects a question against one vocabulary. Immutable; `knows` tells whether a term is in the index."""

    def __init__(self, vocabulary: Vocabulary, knows: Callable[[str], bool]) -> None:
        self._vocabulary = vocabulary
        self._knows = knows
        self._slips = Slips(vocabulary, knows)
        self._kana: dict[str, str] = {}
        self._latin: dict[str, str] = {}
        self._clipped: dict[str, str] = {}
        self._read_run = _remembered(vocabulary)
        self._add(vocabulary.phrases.values())

    def over(self, vocabulary: Vocabulary, knows: Callable[[str], bool], added: Iterable[Phrase]) -> Rewriter:
        """A rewriter with a wider vocabulary, of which only what was `added` is looked at."""
        other = copy(self)
        other._vocabulary, other._knows = vocabulary, knows
        other._slips = self._slips.over(vocabulary, knows, added := [*added])
        other._kana, other._latin, other._clipped = dict(self._kana), dict(self._latin), dict(self._clipped)
        other._read_run = _remembered(vocabulary)
        other._add(phrase for phrase in added if phrase.surface not in self._vocabulary)
        return other

    def _add(self, phrases: Iterable[Phrase]) -> None:
        for surface, _, weight in phrases:
            if weight >= HEADWORD_LIKE and (short := clipped(surface)):
                names = (surface, self._clipped.get(short, surface))
                self._clipped[short] = min(names, key=_as_clipped)
            if len(surface) >= _SHORTEST and kana_runs(surface) == [surface]:
                self._kana.setdefault(kana_key(surface), surface)
            elif len(surface) >= _SHORTEST and _LATIN.fullmatch(surface):
                self._latin.setdefault(_JOINING.sub("", surface), surface)

    def _unclipped(self, run: re.Match[str]) -> str:
        return run[0] if run[0] in self._vocabulary else self._clipped.get(run[0], run[0])

    def rewrite(self, question: str) -> str:
        """The folded question with what looks like a slip written as the vocabulary has it."""
        text = _CLIP.sub(self._unclipped, self._mend_latin(fold(question)))
        if is_romaji(text) and not any(self._is_known(word) for word in words_of(text)):
            kana = romaji_to_kana(text)
            text = kana if is_all_kana(kana) else text
        text = read_kana(text, self._vocabulary) if is_all_kana(text) else self._read_mixed(text)
        return self._slips.mend_words(self._mend_kana(text))

    def _mend_latin(self, text: str) -> str:
        """English words joined or hyphenated (opendata), and initials of which two changed places (EPBM)."""
        text = _ROMAJI.sub(lambda run: self._latin.get(_JOINING.sub("", run[0]), run[0]), text)
        return _INITIALS.sub(self._initials, text)

    def _initials(self, run: re.Match[str]) -> str:
        typed = run[0]
        if typed in self._latin or typed in self._vocabulary or self._knows(typed):
            return typed
        swapped = (typed[:n] + typed[n + 1] + typed[n] + typed[n + 2 :] for n in range(len(typed) - 1))
        return next((self._latin[one] for one in swapped if one in self._latin), typed)

    def _read_mixed(self, text: str) -> str:
        """Kana inside a mixed text: only what is long enough not to be met by chance."""
        text = self._slips.mend_order(_ROMAJI.sub(self._read_romaji, text))
        return _KANA.sub(lambda run: run[0] if self._has_own_word(run[0]) else self._read_run(run[0]), text)

    def _has_own_word(self, run: str) -> bool:
        """Whether a run of kana has a word in katakana that the knowledge base writes so (プロセス, which BPR spells out, too)."""
        return any(word in self._vocabulary for word in _KATAKANA.findall(run))

    def _read_romaji(self, run: re.Match[str]) -> str:
        """Romaji inside a mixed text: only a whole phrase of the vocabulary."""
        kana = romaji_to_kana(run[0])
        phrase = self._vocabulary.by_reading.get(kana_key(kana)) if is_all_kana(kana) else None
        return phrase.surface if phrase else run[0]

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


def clipped(name: str) -> str:
    """What people make of a name of two words, one in katakana, by their beginnings; empty where it is no such name."""
    found = _TWO_WORDS.fullmatch(name)
    if found is None:
        return ""
    return found["kana"][:2] + found["kanji"][0] if found["kana"] else found["first"][0] + found["second"][:2]


def _as_clipped(name: str) -> tuple[bool, int, str]:
    """Which of several names is said so: an office before what it deals with, then the shortest."""
    return not name.endswith(_OFFICES), len(name), name


def _remembered(vocabulary: Vocabulary) -> Callable[[str], str]:
    """Reads a run of kana inside a mixed text; most are endings (してください), which recur."""
    return lru_cache(_MOST_REMEMBERED)(partial(read_kana, vocabulary=vocabulary, shortest=_SHORTEST_READING))
