"""From words to index terms: what a text is found by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from knowledge.language.japanese import Lexeme, Word, kana_key, words_of

# Words that every document or every question has, so that they tell nothing apart.
STOP = frozenset(
    """
    為る 有る 成る 居る 出来る 行う 事 物 方 時 為 様 所 訳 中 上 下 等 他 的 こと
    もの ところ よう 言う 因る 於く 対する 遣る 無い 良い
    """.split()
)


_BENT = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True))
_AFFIXES = frozenset({"接頭辞", "接尾辞"})
_MEANINGLESS = frozenset({"助詞", "助動詞", "補助記号", "記号", "空白"})
_MOST_RECALLED = 65_536
_COMPOUND_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Standing:
    """What a word is to an index: its terms, and whether it counts as content, as indexed, as having meaning."""

    terms: tuple[str, ...]
    content: bool
    indexed: bool
    meaning: bool


@lru_cache(maxsize=_MOST_RECALLED)
def standing_of(lexeme: Lexeme) -> Standing:
    """Worked out once for every word of the dictionary."""
    wanted = lexeme.form not in STOP
    content = wanted and (lexeme.has_content or lexeme.is_number)
    units = dict.fromkeys(term_of(form) for form in (lexeme.form, *lexeme.parts) if form not in STOP)
    return Standing(
        terms=tuple(units),
        content=content,
        indexed=content or (wanted and lexeme.word_class in _AFFIXES),
        meaning=wanted and lexeme.word_class not in _MEANINGLESS,
    )


def term_of(form: str) -> str:
    """The term of one normalised form; katakana spelling variants share one."""
    key = kana_key(form)
    return key if len(key) >= 3 and all("ァ" <= ch <= "ヶ" for ch in key) else form


def nouns_of_verb(form: str) -> tuple[str, ...]:
    """The nouns that a verb in its dictionary form makes (見直す → 見直し); of one in る either way of bending it."""
    stem, last = form[:-1], form[-1:]
    if len(stem) < 2:
        return ()
    bent = stem + _BENT[last] if last in _BENT else ""
    return tuple(noun for noun in (bent, stem if last == "る" else "") if noun)


def is_content(word: Word) -> bool:
    """Whether a word is worth an index term."""
    return standing_of(word.lexeme).content


def is_indexed(word: Word) -> bool:
    """Whether documents can be found by a word: also by what is put before or after others (証, 届, 料)."""
    return standing_of(word.lexeme).indexed


def has_meaning(word: Word) -> bool:
    """Whether a word tells anything about what a text means: all but particles, endings and marks."""
    return standing_of(word.lexeme).meaning


def terms_of_word(word: Word) -> tuple[str, ...]:
    """A word's terms: itself, and its short units when it is a compound."""
    return standing_of(word.lexeme).terms


def terms_of(text: str) -> list[str]:
    """Every term of a text, in order, repeated as often as it stands there."""
    return [term for word in words_of(text) if is_content(word) for term in terms_of_word(word)]


def weighed(words: Iterable[Word], wanted: Callable[[Word], bool]) -> dict[str, float]:
    """The terms of the words wanted; a compound and its units share its weight."""
    weights: dict[str, float] = {}
    for word in filter(wanted, words):
        terms = terms_of_word(word)
        for term in terms:
            weights[term] = weights.get(term, 0.0) + (1.0 if len(terms) == 1 else _COMPOUND_WEIGHT)
    return weights
