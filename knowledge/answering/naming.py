"""Which of a sort of things is asked for (「どの大学」「会社はどこ」「業務の一覧」), and whether a text names any.

A text that only says the sort (「大学と連携し」) names none: it must put a name before it (「湘南台店」) that the question
does not say itself, or give it members (「住民票や税証明などの手数料」「手続（子育て、介護）」).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# Sorts of things that have names of their own: who, where, and what is made or run.
_NAMED_SORTS = (
    "会社|企業|業者|事業者|ベンダー|メーカー|大学|団体|機関|自治体|法人|施設|店舗?|駅|地区|センター|公民館|会場|建物|学校|"
    "業務|システム|アプリ|サービス|製品|ソフト|ツール|政策|事業"
)
_SORT = rf"(?P<sort>[一-龠々ァ-ヴー]*?(?:{_NAMED_SORTS}))"
_ASKED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:どこの|どの|何という|なんという|何ていう|なんていう){_SORT}(?![一-龠ァ-ヴー側])",
        rf"{_SORT}(?:は|って|とは)(?:いったい|具体的に(?:は)?)?(?:どこ|どれ|何|なに|なん)(?=です|だ|な[のん]|の[こ?]|と|どこ|[?]|$)",
        rf"{_SORT}(?:は|って|とは)[^。?]{{0,20}}[、,](?:具体的に(?:は)?)?(?:どこと?どこ|どれと?どれ|何と何)",
        r"何(?P<sort>大学|会社|駅|店|センター)(?![一-龠ァ-ヴー])",
        rf"{_SORT}(?:の|する|した)?(?:名前|名称|一覧|リスト|内訳|具体名|名)(?=は|を|が|って|で|と|も|[?]|$)",
        rf"{_SORT}[、,]?(?:全部|ぜんぶ|すべて|全て|ひとつずつ|一つずつ)の?(?:名前|名称|名)を?",
        rf"(?:全|\d+の?){_SORT}を(?:全部|ぜんぶ|すべて|全て)?(?:教え|おしえ|挙げ|並べ|知り|列挙|言[っうい]|書き)",
    )
)
_MEMBERS_BEFORE = re.compile(r"(?:など|等)の?[^、。\n]{0,25}$")
_MEMBERS_BEHIND = re.compile(r"(?:など)?\([^)]*[^)\d][^)]*\)")
_NAME_BEFORE = re.compile(r"(?P<name>[一-龠々ァ-ヴーa-z]{2,}|[一-龠々](?<![全各本同他諸両数当]))$")
_GOES_ON = re.compile(r"[一-龠々ァ-ヴー]")
_FAR = 40


@lru_cache(maxsize=512)
def sort_asked(question: str) -> str:
    """The sort of things of which a folded question asks for those that are meant; "" where it asks for none."""
    return next((match["sort"] for pattern in _ASKED for match in pattern.finditer(question)), "")


def names_any(sort: str, question: str, text: str) -> bool:
    """Whether a folded text names a thing of a sort, other than in the words of the question."""
    return any(_names(question, text, start, end) for start, end in places_of(sort, text))


def places_of(word: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a word begins and ends in a text. (A pattern made of each word would be compiled for each question.)"""
    start = text.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + 1)


def _names(question: str, text: str, start: int, end: int) -> bool:
    """Whether the sort that stands from `start` to `end` has a name before it, or is given members."""
    first = max(0, start - _FAR)
    if _MEMBERS_BEFORE.search(text, first, start) or _MEMBERS_BEHIND.match(text, end):
        return True
    named = None if _GOES_ON.match(text, end) else _NAME_BEFORE.search(text, first, start)
    return named is not None and named["name"] not in question
