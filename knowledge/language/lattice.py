"""Kana to words: the cheapest way to read a kana text with the knowledge base's own vocabulary."""

from __future__ import annotations

import re
from typing import NamedTuple

import jaconv

from knowledge.language.japanese import kana_key
from knowledge.language.vocabulary import Phrase, Vocabulary

# Particles and endings that stand between words in kana; they cost little and stay as they are.
_FUNCTION = frozenset(
    kana_key(word)
    for word in """
    は が を に で と の も か へ や ね よ って とは から まで より など ので のは
    のに では には とか だけ しか です ます ですか ますか でしたっけ だっけ ください
    おしえて おしえてください ってなに とはなんですか なに なん いつ どこ だれ どう どの
    でしょう でしょうか ましょう ましょうか ました ましたか ません ませんか たい たいです
    たいのですが もらえますか いただけますか くださいますか ですが んですが んですけど けど
    どんな いくら について にも でも する した して される やる ある いる ない こと もの
    """.split()
)
_LONGEST_KEY = 20
_ROMAJI = re.compile(
    r"(?:(?:[kgsztdnhbpmrfj]|[kgnhbpmr]y|sh|ch|ts|[wyv])?[aiueo]|n(?![aiueoy])'?|([kstpc])(?=\1))+"
)
_LONG_VOWEL = re.compile(r"([aeo])\1")


class _Step(NamedTuple):
    cost: float
    start: int
    phrase: Phrase | None


def read_kana(text: str, vocabulary: Vocabulary, shortest: int = 2) -> str:
    """The text with every stretch that reads like a known phrase written as that phrase.

    `shortest` is the least length in kana of a phrase. What the vocabulary does not know stays in kana.
    """
    key, places = _keyed(text)
    steps = _cheapest(key, vocabulary, shortest)
    return _written(text, places, steps)


def romaji_to_kana(text: str) -> str:
    """Romaji as hiragana; a text with any word that is no romaji (instructions, office) stays as it is."""
    if not all(_ROMAJI.fullmatch(word) for word in re.findall(r"[a-z']+", text)):
        return text
    return str(jaconv.alphabet2kana(_LONG_VOWEL.sub(r"\1-", text.replace(" ", ""))))


def _keyed(text: str) -> tuple[str, list[int]]:
    """The text's kana key, and for each character of the key its place in the text (with the end at last)."""
    pairs = [(unit, place) for place, ch in enumerate(text) for unit in kana_key(ch)]
    return "".join(unit for unit, _ in pairs), [place for _, place in pairs] + [len(text)]


def _cheapest(key: str, vocabulary: Vocabulary, shortest: int) -> list[_Step]:
    best = [_Step(0.0, 0, None)]
    for end in range(1, len(key) + 1):
        cheapest = _Step(best[end - 1].cost + 1.0, end - 1, None)
        for start in range(max(0, end - _LONGEST_KEY), end):
            piece = key[start:end]
            phrase = vocabulary.by_reading.get(piece) if end - start >= shortest else None
            if phrase is not None and (end - start > 2 or len(phrase.surface) > 1):
                cost = best[start].cost + _phrase_cost(end - start, phrase)
                if cost < cheapest.cost:
                    cheapest = _Step(cost, start, phrase)
            if piece in _FUNCTION and best[start].cost + 0.6 < cheapest.cost:
                cheapest = _Step(best[start].cost + 0.6, start, None)
        best.append(cheapest)
    return best


def _phrase_cost(length: int, phrase: Phrase) -> float:
    """Two kana alone may be anything; from three on a phrase is far cheaper than loose characters."""
    return (1.9 if length == 2 else 1.0) - 0.1 * phrase.weight


def _written(text: str, places: list[int], steps: list[_Step]) -> str:
    pieces: list[str] = []
    end = len(steps) - 1
    while end > 0:
        step = steps[end]
        original = text[places[step.start] : places[end]]
        pieces.append(step.phrase.surface if step.phrase else original)
        end = step.start
    return "".join(reversed(pieces))
