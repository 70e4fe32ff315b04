"""Mend slips of the hand: characters that changed places, one typed twice, one left out, one written wrong or for one that looks alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import Hamming

from knowledge.language.japanese import Word, kana_key, words_of
from knowledge.language.terms import is_content
from knowledge.language.vocabulary import Phrase, Vocabulary

_KANJI = re.compile("[一-龠]")
_ALL_KANJI = re.compile("[一-龠]+")
# Kanji that are taken for each other, for they look alike.
_ALIKE = """
    織職識 検険験剣倹 講構購溝 績積 補捕舗輔 復複腹 裁栽載 徴微 網綱 析折 設説 撤徹 還環 遇偶隅 官宮 義議儀 情清晴精請 招紹詔昭
    側測則 穏隠 未末 券巻 輸輪 衝衡 幣弊 遣遺 縁緑 斉斎 帯滞 堀掘 貸賃 持待特 低底抵 適敵滴摘 群郡 僚療寮 億憶 歓勧観 制製 准準
    務努 料科 住往 径経 失矢 己已 提堤 純鈍 施旋 技枝 遂逐 拡払 紛粉 栓桧 概慨 管菅 間問 暑署 緊堅 護獲穫 票標 率卒 共供
""".split()
_SHORTEST = 3
_LONGEST = 10
HEADWORD_LIKE = 1.5
_AROUND = 8
_MOST_MENDED = 5
_LOOKS_LIKE = {one: group.replace(one, "") for group in _ALIKE for one in group}


class Slips:
    """Mends texts towards one vocabulary. `knows` tells whether a term is in the index."""

    def __init__(self, vocabulary: Vocabulary, knows: Callable[[str], bool]) -> None:
        self._vocabulary = vocabulary
        self._knows = knows
        self._by_end: dict[tuple[int, int, str], list[str]] = defaultdict(list)
        self.add(vocabulary.phrases.values())

    def over(self, vocabulary: Vocabulary, knows: Callable[[str], bool], added: Iterable[Phrase]) -> Slips:
        """The same over a wider vocabulary, of which only what was `added` is looked at."""
        other = Slips.__new__(Slips)
        other._vocabulary, other._knows = vocabulary, knows
        other._by_end = defaultdict(list, {key: [*words] for key, words in self._by_end.items()})
        other.add(phrase for phrase in added if phrase.surface not in self._vocabulary)
        return other

    def add(self, phrases: Iterable[Phrase]) -> None:
        """Mend towards these, too, where they stand near a headword."""
        for surface, _, weight in phrases:
            if weight >= HEADWORD_LIKE and _SHORTEST <= len(surface) <= _LONGEST:
                self._by_end[len(surface), 0, surface[0]].append(surface)
                self._by_end[len(surface), -1, surface[-1]].append(surface)

    def mend_order(self, text: str) -> str:
        """The text without letters that changed places or were typed twice, where a word fell apart by it."""
        for _ in range(_MOST_MENDED):
            mended = next(filter(None, (self._in_order(text, word) for word in self._fragments(text))), None)
            if mended is None:
                break
            text = mended
        return text

    def mend_words(self, text: str) -> str:
        """The text with words that nobody wrote as the nearest phrase of the vocabulary."""
        words = words_of(text)
        mended = next(self._words(words), None)
        if mended is None:
            return text
        start, end, surface = mended
        return text[:start] + surface + self.mend_words(text[end:]) if end > start else text

    def _fragments(self, text: str) -> list[Word]:
        """What looks like the rest of a word: a single character that is no particle, or no word at all."""
        return [word for word in words_of(text) if _is_fragment(word)]

    def _in_order(self, text: str, word: Word) -> str | None:
        """The text with the slip at a fragment undone, when that makes the longest phrase of the vocabulary."""
        found: list[tuple[int, str]] = []
        for place in range(max(0, word.start - 1), min(word.end, len(text) - 1)):
            left, right = text[place], text[place + 1]
            if not (left.isalpha() and right.isalpha()):
                continue
            if left == right:
                mended = text[:place] + text[place + 1 :]
                found.append((self._phrase_over(mended, place, place + 1), mended))
            else:
                mended = text[:place] + right + left + text[place + 2 :]
                found.append((self._phrase_over(mended, place, place + 2), mended))
        length, mended = max(found, key=lambda one: one[0], default=(0, ""))
        return mended if length and self._is_better(mended, text, word) else None

    def _phrase_over(self, text: str, start: int, end: int) -> int:
        """The length of the longest phrase of the vocabulary that holds a stretch of the text; 0 for none."""
        return max(
            (
                last - first
                for first in range(max(0, end - _LONGEST), start + 1)
                for last in range(max(end, first + 2), min(len(text), first + _LONGEST) + 1)
                if text[first:last] in self._vocabulary
            ),
            default=0,
        )

    def _is_better(self, mended: str, text: str, word: Word) -> bool:
        """Whether there are fewer words nearby, and no more of them strange to the knowledge base."""
        near = slice(max(0, word.start - _AROUND), word.end + _AROUND)
        before, after = words_of(text[near]), words_of(mended[near])
        return len(after) < len(before) and self._count_strange(after) <= self._count_strange(before)

    def _count_strange(self, words: Sequence[Word]) -> int:
        return sum(map(self._is_strange, words))

    def _words(self, words: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
        strange = [self._is_strange(word) for word in words]
        if not any(strange):
            return
        kanji = [_has_kanji(word.surface) for word in words]
        for start, end in _windows(strange):
            if not any(kanji[start:end]):
                continue
            window = words[start:end]
            surface = "".join(word.surface for word in window)
            if len(surface) < _SHORTEST - 1 or surface in self._vocabulary:
                continue
            neighbour = self._neighbour(surface, "".join(kana_key(word.reading) for word in window))
            if neighbour:
                yield window[0].start, window[-1].end, neighbour

    def _is_strange(self, word: Word) -> bool:
        """Whether nothing in the knowledge base is called so, though it is a word to look for."""
        if not (is_content(word) or _is_kanji(word.surface)):
            return False
        return not (word.surface in self._vocabulary or self._knows(word.form))

    def _neighbour(self, surface: str, key: str) -> str | None:
        same_sound = self._vocabulary.by_reading.get(key) if len(surface) >= _SHORTEST else None
        if same_sound and _shares_kanji(surface, same_sound.surface):
            return same_sound.surface
        if not _is_kanji(surface):
            return None
        return self._alike(surface) or self._longer(surface) or self._as_long(surface)

    def _alike(self, surface: str) -> str | None:
        """The phrase that has a kanji in one place that looks like the one there."""
        for place, typed in enumerate(surface):
            for other in _LOOKS_LIKE.get(typed, ""):
                phrase = surface[:place] + other + surface[place + 1 :]
                if phrase in self._vocabulary:
                    return phrase
        return None

    def _longer(self, surface: str) -> str | None:
        """The phrase that has one character more."""
        size = len(surface) + 1
        near = {*self._with_an_end_of(surface, size)}
        found = [p for p in near if any(p[:n] + p[n + 1 :] == surface for n in range(size))]
        return found[0] if len(found) == 1 else None

    def _as_long(self, surface: str) -> str | None:
        """The phrase that has another character in one place: its first or its last is the same."""
        near = self._with_an_end_of(surface, len(surface))
        found = process.extract_iter(surface, near, scorer=Hamming.distance, score_cutoff=1)
        return next((phrase for phrase, _, _ in found if _is_kanji(phrase)), None)

    def _with_an_end_of(self, surface: str, size: int) -> list[str]:
        """The phrases of a length that begin with the same character, then those that end with the same."""
        ends = (size, 0, surface[0]), (size, -1, surface[-1])
        return [phrase for end in ends for phrase in self._by_end.get(end, ())]


def _windows(strange: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Runs of two to four words with a strange one among them, long ones first: where each starts and ends."""
    size = len(strange)
    places = [place for place, is_strange in enumerate(strange) if is_strange]
    for width in (4, 3, 2):
        starts = {start for place in places for start in range(max(0, place - width + 1), place + 1)}
        yield from ((start, start + width) for start in sorted(starts) if start + width <= size)


def _is_fragment(word: Word) -> bool:
    single = len(word.surface) == 1 and ("一" <= word.surface <= "龠" or "ァ" <= word.surface <= "ヴ")
    return (single and not word.is_number) or not word.known


def _is_kanji(text: str) -> bool:
    return bool(_ALL_KANJI.fullmatch(text))


def _has_kanji(text: str) -> bool:
    return bool(_KANJI.search(text))


def _shares_kanji(left: str, right: str) -> bool:
    return bool({*_KANJI.findall(left)} & {*_KANJI.findall(right)})
