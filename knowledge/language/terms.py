"""From words to index terms: what a text is found by."""

from __future__ import annotations

from knowledge.language.japanese import Word, kana_key, words_of

# Words that every document or every question has, so that they tell nothing apart.
STOP = frozenset(
    """
    為る 有る 成る 居る 出来る 行う 事 物 方 時 為 様 所 訳 中 上 下 等 他 的 こと
    もの ところ よう 言う 因る 於く 対する 遣る 無い 良い
    """.split()
)


_AFFIXES = frozenset({"接頭辞", "接尾辞"})
_MEANINGLESS = frozenset({"助詞", "助動詞", "補助記号", "記号", "空白"})


def term_of(form: str) -> str:
    """The term of one normalised form; katakana spelling variants share one."""
    key = kana_key(form)
    return key if len(key) >= 3 and all("ァ" <= ch <= "ヶ" for ch in key) else form


def is_content(word: Word) -> bool:
    """Whether a word is worth an index term."""
    return (word.has_content or word.is_number) and word.form not in STOP


def is_indexed(word: Word) -> bool:
    """Whether documents can be found by a word: also by what is put before or after others (証, 届, 料)."""
    return is_content(word) or (word.word_class in _AFFIXES and word.form not in STOP)


def has_meaning(word: Word) -> bool:
    """Whether a word tells anything about what a text means: all but particles, endings and marks."""
    return word.word_class not in _MEANINGLESS and word.form not in STOP


def terms_of_word(word: Word) -> tuple[str, ...]:
    """A word's terms: itself, and its short units when it is a compound."""
    units = dict.fromkeys(term_of(form) for form in (word.form, *word.parts) if form not in STOP)
    return tuple(units)


def terms_of(text: str) -> list[str]:
    """Every term of a text, in order, repeated as often as it stands there."""
    return [term for word in words_of(text) if is_content(word) for term in terms_of_word(word)]
