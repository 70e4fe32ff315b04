"""Japanese text: folding of spelling variants, and words as Sudachi sees them."""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import jaconv
from sudachipy import Dictionary, SplitMode
from sudachipy.morpheme import Morpheme

_SMALL = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_KANA_RUN = re.compile(r"[ァ-ヴー]+")
_ALL_KANA = re.compile(r"[ぁ-ゖァ-ヴー、。?!・\s]+")
_ROMAJI = re.compile(r"[a-z'\-\s?!]+")

CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "代名詞"})
_EMPTY_SUBCLASSES = frozenset({"非自立可能", "助動詞語幹"})


def fold(text: str) -> str:
    """NFKC and lower case: widths, half-width kana, circled numbers and letter case no longer matter."""
    return unicodedata.normalize("NFKC", text).lower()


@lru_cache(maxsize=65536)
def kana_key(text: str) -> str:
    """A word's key that ignores hiragana/katakana, long-vowel marks, middle dots and small kana."""
    katakana = jaconv.hira2kata(fold(text))
    return re.sub(r"[ー・\s]", "", katakana.translate(_SMALL))


def is_all_kana(text: str) -> bool:
    """Whether a folded text is written in kana alone, so that words must be found by their readings."""
    return bool(_ALL_KANA.fullmatch(text))


def is_romaji(text: str) -> bool:
    """Whether a folded text has nothing but ASCII letters, spaces and marks."""
    return bool(_ROMAJI.fullmatch(text))


def kana_runs(text: str) -> list[str]:
    """The katakana words of a folded text, in order."""
    return [run for run in _KANA_RUN.findall(text) if len(run) > 1]


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its place in the folded text, Sudachi's normalised form, reading in katakana and word class."""

    surface: str
    form: str
    reading: str
    word_class: str
    subclass: str
    known: bool
    start: int
    end: int
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


class _Tokenizers(threading.local):
    """Sudachi's tokenizer is not shared between threads."""

    dictionary: Dictionary | None = None
    lock = threading.Lock()

    def __init__(self) -> None:
        with _Tokenizers.lock:
            if _Tokenizers.dictionary is None:
                _Tokenizers.dictionary = Dictionary(dict="core")
            self.tokenizer = _Tokenizers.dictionary.tokenizer()


_tokenizers = _Tokenizers()


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, longest units first; `parts` are the forms of the short units inside a compound.

    Remembered, for the same titles and passages are read several times while a knowledge base is built.
    """
    folded = fold(text)
    return tuple(_word(morpheme) for morpheme in _tokenizers.tokenizer.tokenize(folded, SplitMode.C))


def _word(morpheme: Morpheme) -> Word:
    pos = morpheme.part_of_speech()
    parts = morpheme.split(SplitMode.A)
    return Word(
        surface=morpheme.surface(),
        form=fold(morpheme.normalized_form()),
        reading=morpheme.reading_form(),
        word_class=pos[0],
        subclass=pos[1] if pos[1] != "普通名詞" else pos[2],
        known=not morpheme.is_oov(),
        start=morpheme.begin(),
        end=morpheme.end(),
        parts=tuple(fold(part.normalized_form()) for part in parts) if len(parts) > 1 else (),
    )
