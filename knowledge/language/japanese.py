"""Japanese text: folding of spelling variants, and words as Sudachi sees them."""

from __future__ import annotations

import re
import sys
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import jaconv
from sudachipy import Dictionary, SplitMode
from sudachipy.morpheme import Morpheme

from knowledge.memory import unmap_touched

_SMALL = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_SOUNDLESS = re.compile(r"[ー・\s]")
_KANA_RUN = re.compile(r"[ァ-ヴー]+")
_ALL_KANA = re.compile(r"[ぁ-ゖァ-ヴー、。?!・\s]+")
_ROMAJI = re.compile(r"[a-z'\-\s?!]+")

CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "代名詞"})
_EMPTY_SUBCLASSES = frozenset({"非自立可能", "助動詞語幹"})
_DICTIONARY = "system.dic"
_MOST_LEXEMES = 60_000
_TEXTS_RECALLED = 512
_FOLDED_RECALLED = 2_048


@lru_cache(maxsize=_FOLDED_RECALLED)
def fold(text: str) -> str:
    """NFKC and lower case: widths, half-width kana, circled numbers and letter case no longer matter."""
    return unicodedata.normalize("NFKC", text).lower()


@lru_cache(maxsize=16_384)
def kana_key(text: str) -> str:
    """A word's key that ignores hiragana/katakana, long-vowel marks, middle dots and small kana."""
    katakana = jaconv.hira2kata(fold(text))
    return _SOUNDLESS.sub("", katakana.translate(_SMALL))


def is_all_kana(text: str) -> bool:
    """Whether a folded text is written in kana alone, so that words must be found by their readings."""
    return bool(_ALL_KANA.fullmatch(text))


def is_romaji(text: str) -> bool:
    """Whether a folded text has nothing but ASCII letters, spaces and marks."""
    return bool(_ROMAJI.fullmatch(text))


def kana_runs(text: str) -> list[str]:
    """The katakana words of a folded text, in order."""
    return [run for run in _KANA_RUN.findall(text) if len(run) > 1]


@dataclass(frozen=True, slots=True, eq=False)
class Lexeme:
    """A word of the dictionary: Sudachi's normalised form, reading in katakana, word class; each is made once.

    `parts` are the forms of the short units inside a compound.
    """

    form: str
    reading: str
    word_class: str
    subclass: str
    known: bool
    parts: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether this is a numeral."""
        return self.subclass == "数詞"

    @property
    def is_name(self) -> bool:
        """Whether this is a proper noun."""
        return self.subclass == "固有名詞"

    @property
    def has_content(self) -> bool:
        """Whether the word means something by itself, so that an answer should cover it."""
        if self.word_class not in CONTENT or self.subclass in _EMPTY_SUBCLASSES:
            return False
        return self.word_class != "代名詞"


class Word(NamedTuple):
    """One word of a text: its lexeme and its place in the folded text."""

    lexeme: Lexeme
    surface: str
    start: int
    end: int

    @property
    def form(self) -> str:
        """Sudachi's normalised form, folded."""
        return self.lexeme.form

    @property
    def reading(self) -> str:
        """The reading in katakana."""
        return self.lexeme.reading

    @property
    def word_class(self) -> str:
        """The part of speech (名詞, 動詞 …)."""
        return self.lexeme.word_class

    @property
    def known(self) -> bool:
        """Whether the dictionary has the word."""
        return self.lexeme.known

    @property
    def is_number(self) -> bool:
        """Whether this is a numeral."""
        return self.lexeme.is_number

    @property
    def is_name(self) -> bool:
        """Whether this is a proper noun."""
        return self.lexeme.is_name


class _Tokenizers(threading.local):
    """Sudachi's tokenizer is not shared between threads."""

    dictionary: Dictionary | None = None
    lock = threading.Lock()

    def __init__(self) -> None:
        with _Tokenizers.lock:
            if _Tokenizers.dictionary is None:
                _Tokenizers.dictionary = Dictionary(dict="core")
                unmap_touched(_DICTIONARY)  # loading reads tables through that few words need
            self.tokenizer = _Tokenizers.dictionary.tokenizer()


_tokenizers = _Tokenizers()


class _Lexicon:
    """The lexemes met so far, so that a word's class and units are worked out once, not wherever it stands."""

    def __init__(self) -> None:
        self._met: dict[tuple[int, str], Lexeme] = {}

    def word(self, morpheme: Morpheme) -> Word:
        """The word that a morpheme is."""
        surface = morpheme.surface()
        key = morpheme.word_id(), surface
        lexeme = self._met.get(key) or self._meet(key, morpheme)
        return Word(lexeme, surface, morpheme.begin(), morpheme.end())

    def _meet(self, key: tuple[int, str], morpheme: Morpheme) -> Lexeme:
        lexeme = _lexeme(morpheme)
        if (
            lexeme.known
        ):  # what the dictionary lacks is read anew: a number's reading depends on its neighbours
            if len(self._met) >= _MOST_LEXEMES:
                self._met.clear()
            self._met[key] = lexeme
        return lexeme


_lexicon = _Lexicon()


@lru_cache(maxsize=_TEXTS_RECALLED)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, longest units first. Remembered, for titles and passages are read several times."""
    folded = fold(text)
    return tuple(map(_lexicon.word, _tokenizers.tokenizer.tokenize(folded, SplitMode.C)))


def _lexeme(morpheme: Morpheme) -> Lexeme:
    pos = morpheme.part_of_speech()
    parts = morpheme.split(SplitMode.A)
    return Lexeme(
        form=sys.intern(fold(morpheme.normalized_form())),
        reading=morpheme.reading_form(),
        word_class=pos[0],
        subclass=pos[1] if pos[1] != "普通名詞" else pos[2],
        known=not morpheme.is_oov(),
        parts=tuple(sys.intern(fold(part.normalized_form())) for part in parts) if len(parts) > 1 else (),
    )
