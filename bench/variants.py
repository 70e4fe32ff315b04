"""The same question as other people type it: in kana, in romaji, with a slip, in other widths and vowel marks."""

from __future__ import annotations

import random
import re

import jaconv

from knowledge.language.japanese import words_of

_ROMAJI_MARKS = str.maketrans({"。": " ", "、": " ", "？": "?", "！": "!", "「": " ", "」": " ", "ー": "-"})
_LONG_VOWEL = re.compile(r"(?<=[ァ-ヴ]{2})ー")


def in_kana(text: str) -> str:
    """Every word by its reading, in hiragana."""
    return "".join(jaconv.kata2hira(word.reading or word.surface) for word in words_of(text))


def in_romaji(text: str) -> str:
    """The kana in ASCII letters, without spaces between words."""
    return str(jaconv.kana2alphabet(in_kana(text).translate(_ROMAJI_MARKS)))


def with_slip(text: str, chance: random.Random) -> str:
    """One character left out, doubled, or changed places with its neighbour; never the first or the last."""
    if len(text) < 4:
        return text
    place = chance.randrange(1, len(text) - 2)
    kind = chance.choice(("lost", "doubled", "swapped"))
    if kind == "lost":
        return text[:place] + text[place + 1 :]
    if kind == "doubled":
        return text[:place] + text[place] + text[place:]
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def in_other_widths(text: str) -> str:
    """Katakana at half width, letters and digits at full width."""
    return str(
        jaconv.h2z(jaconv.z2h(text, kana=True, ascii=False, digit=False), kana=False, ascii=True, digit=True)
    )


def without_long_vowels(text: str) -> str:
    """Katakana words without their long-vowel marks (サービス → サビス)."""
    return _LONG_VOWEL.sub("", text)
