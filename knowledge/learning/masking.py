"""Residents' details in a text are masked before anyone but the writer sees it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge.language.japanese import Word, words_of


class Detail(StrEnum):
    """A kind of detail that is masked."""

    EMAIL = "メールアドレス"
    PHONE = "電話番号"
    POSTAL_CODE = "郵便番号"
    ADDRESS = "住所"
    BIRTHDAY = "生年月日"
    NAME = "氏名"
    NUMBER = "番号"

    @property
    def mark(self) -> str:
        """What stands in its place."""
        return f"〔{self}〕"


MARK = re.compile(f"〔(?:{'|'.join(Detail)})〕")


@dataclass(frozen=True)
class Masked:
    """A text without residents' details, and the kinds that were masked, in the order of Detail."""

    text: str
    details: tuple[Detail, ...] = ()


_DASH = r"[-‐‑‒–—―−ーｰ]"
_GAP = rf"(?:\s?{_DASH}\s?|\s|[()]|[.・])"
_DAY = r"(?:\d{1,2}|元)\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?"
_DATE = rf"(?:(?:明治|大正|昭和|平成|令和|[MTSHR])\.?\s*|(?:19|20)(?=\d\d)){_DAY}"
# A unit ends a word of its own (1234567件 に), or is one with what tells how exact it is (件以上); 名義, 年金, 分納 are words.
_UNITS = (
    r"(?:[円人件台枚個名分秒年月日度]|世帯|時間)(?:(?![一-龠々])|(?=[以超未余前後弱強間目度分]|程度|予算|規模|平均|達成))"
    r"|%|パーセント|バイト|[kmg]b"
)
_JOINT = rf"(?:\s|{_DASH}|(?<=\d{{3}})[/_](?=\d{{3}}))"
_DIGITS = rf"\d(?:{_JOINT}?\d){{5,}}(?!\d)"
_YEAR = r"(?:19|20)\d\d"
_NO_NUMBER = (
    rf"{_YEAR}(?:/|\.|{_DASH})(?:\d{{1,2}}(?:(?:/|\.|{_DASH})\d{{1,2}})?|{_YEAR})(?!\d|{_DASH}\d|/\d)"
)
_HONORIFICS = frozenset({"さん", "様", "さま", "氏", "殿", "君", "くん", "ちゃん"})

_PATTERNS: tuple[tuple[Detail, re.Pattern[str]], ...] = (
    (Detail.EMAIL, re.compile(r"[\w.%+\-]+@[\w\-]+(?:\.[\w\-]+)+", re.ASCII)),
    (
        Detail.BIRTHDAY,
        re.compile(rf"(?:生年月日\s*(?:は|が|:)?\s*)(?P<only>{_DATE})|{_DATE}\s*(?=生まれ|生(?![一-龠]))"),
    ),
    (Detail.PHONE, re.compile(rf"(?:\+81{_GAP}?|(?<!\d)\(?0)\d(?:{_GAP}{{0,2}}\d){{7,9}}(?!\d)")),
    (Detail.POSTAL_CODE, re.compile(rf"〒\s*\d{{3}}{_DASH}?\d{{4}}|(?<!\d)\d{{3}}{_DASH}\d{{4}}(?!\d)")),
    (
        Detail.PHONE,
        re.compile(
            rf"内線\s*(?:番号)?\s*(?:は|:)?\s*(?P<only>\d{{2,6}})|(?<!\d)\d{{2,3}}{_DASH}\d{{4}}(?!\d)"
        ),
    ),
    (
        Detail.ADDRESS,
        re.compile(
            rf"(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})丁目(?:\s*\d{{1,4}}(?:番地?|{_DASH})?(?:の?\d{{1,4}}号?)?)?"
            rf"(?:{_DASH}\d{{1,4}})*(?:\s*\d{{1,4}}号室)?"
            rf"|\d{{1,4}}番地(?:の?\d{{1,4}})?(?:\s*\d{{1,4}}号)?|\d{{1,4}}番(?:の?\d{{1,4}}|\d{{1,4}}号)(?:号|の\d{{1,4}})?"
            rf"|(?<=[町村字])\s*\d{{1,4}}(?:{_DASH}\d{{1,4}}){{1,3}}"
            rf"|(?<![\d-])\d{{1,3}}{_DASH}\d{{1,3}}{_DASH}\d{{1,4}}(?!\d)"
        ),
    ),
    (
        Detail.NUMBER,
        re.compile(
            rf"(?:番号|コード|ナンバー|口座|(?<![a-z])(?:no|id))\s*(?:は|が|の|:|\.)?\s*(?P<only>{_DIGITS})",
            re.IGNORECASE,
        ),
    ),
    (
        Detail.NUMBER,
        re.compile(
            rf"(?<!\d)(?<!\d[.,/_])(?<!\d{_DASH})(?!{_NO_NUMBER}){_DIGITS}(?!,\d|\s?(?:{_UNITS}))",
            re.IGNORECASE,
        ),
    ),
)


def mask(text: str) -> Masked:
    """The text (NFKC) with e-mail addresses, telephone and other long numbers, addresses, dates of birth and names
    before さん or 様 replaced by marks. Line breaks stay.
    """
    masked = unicodedata.normalize("NFKC", text)
    found: set[Detail] = set()
    for detail, pattern in _PATTERNS:
        masked, count = pattern.subn(_replacement(detail), masked)
        if count:
            found.add(detail)
    masked, named = _without_names(masked)
    if named:
        found.add(Detail.NAME)
    return Masked(masked, tuple(detail for detail in Detail if detail in found))


def _replacement(detail: Detail) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        only = match.groupdict().get("only")
        if only is None:
            return detail.mark
        return match[0].removesuffix(only) + detail.mark

    return replace


def _without_names(text: str) -> tuple[str, int]:
    """The text without proper names before a form of address, and how many there were."""
    if not any(word in text for word in _HONORIFICS) or len(text.lower()) != len(text):
        return text, 0
    spans = list(_names(words_of(text)))
    for start, end in reversed(spans):
        text = f"{text[:start]}{Detail.NAME.mark}{text[end:]}"
    return text, len(spans)


def _names(words: tuple[Word, ...]) -> Iterator[tuple[int, int]]:
    for place, word in enumerate(words):
        if word.surface not in _HONORIFICS:
            continue
        first = place
        while first > 0 and _is_part_of_name(words[first - 1]):
            first -= 1
        if first < place and any(part.is_name for part in words[first:place]):
            yield words[first].start, words[place - 1].end


def _is_part_of_name(word: Word) -> bool:
    return word.is_name or not word.surface.strip()
