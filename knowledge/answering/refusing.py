"""Reasons not to answer: the question asks for a kind of fact that the passages at hand do not hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.answer import Excerpt
from knowledge.answering.asking import GENERAL_HEADS, Asked
from knowledge.answering.concepts import Question
from knowledge.answering.finding import Finder, Hit
from knowledge.article import Kind, Layer
from knowledge.language.japanese import fold, kana_runs

_DATE = re.compile(r"令和[\d元]+年|平成\d+年|20\d\d年|\d+年度|年度")
_MONEY = re.compile(r"\d[\d,万千]*円|無料|無償")
_CONTACT = re.compile(r"電話|内線|@|https?:|\d{1,2}時(?!点|間)|[土日]曜")
_FREQUENCY = re.compile(r"[年月週]に?\d+回|毎[年月週]|\d+年(?:おき|ごと)|\d+か月ごと")
_COUNTED = re.compile(r"何(人|名|件|割|%|パーセント|日間?|時間|台|か所|箇所|回|校|本|冊|社|種類|か月)")
_UNITS = {
    "人": "人|名",
    "名": "人|名",
    "件": "件|手続|ある手続",
    "割": "割|%",
    "%": "%|割",
    "パーセント": "%|割",
    "日間": "日",
    "箇所": "か所|箇所",
    "か所": "か所|箇所",
}
_LIST_SIZE = re.compile(r"(\d+)\s*(?:箇?条|地区|手続|項目|個|件|つ|か所|箇所|課)")
_SHORT_ITEM = 12
_WHICH = re.compile(r"(?:どこの|どの|何という|何ていう|なんていう|なんという)(?P<what>[一-龠ァ-ヴー]+)")
_ABBREVIATION = re.compile(r"頭文字|何の略|正式名称|正式名")
_LEAST_COVER = 0.34
_GOOD_COVER = 0.6
_NAME_COVER = 0.55
_EVERYWHERE = 1.0
_LEAST_LIST = 10


@dataclass(frozen=True)
class Found:
    """The question, the entry at hand and the passages chosen from it."""

    question: Question
    hit: Hit
    excerpts: tuple[Excerpt, ...]
    finder: Finder
    topics_elsewhere: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The chosen passages, folded, in the source's words where the document is there."""
        official = [excerpt.text for excerpt in self.excerpts if excerpt.layer is Layer.OFFICIAL]
        return fold("\n".join(official)) if official else self.whole_text

    @property
    def whole_text(self) -> str:
        """The chosen passages with the explanation beside them, folded."""
        return fold("\n".join(excerpt.text for excerpt in self.excerpts))


def reason_to_refuse(found: Found) -> str:
    """The first reason that holds, or "" when the passages can hold what is asked."""
    return next((name for name, holds in _REASONS if holds(found)), "")


def _little_cover(found: Found) -> bool:
    return found.hit.cover < _LEAST_COVER


def _uncovered_name(found: Found) -> bool:
    """A name or foreign word stands for itself: where it is not written, nothing about it is."""
    names = [c for c in found.question.concepts if c.specific and not _is_number(c.surface)]
    names = [name for name in names if found.finder.weight(name) >= _EVERYWHERE]
    return any(found.finder.covers(found.hit.number, name) < _NAME_COVER for name in names)


def _routed_elsewhere(found: Found) -> bool:
    """The editors route this topic to a 課 (健診, 複合機 …), and the entry says nothing about it."""
    if found.hit.cover >= _GOOD_COVER:
        return False
    topics = [topic for topic in found.topics_elsewhere if topic in found.question.text]
    missing = [c.surface for c in found.question.concepts if found.finder.covers(found.hit.number, c) == 0]
    return any(surface in topic for topic in topics for surface in missing)


def _compared_with_unwritten(found: Found) -> bool:
    """One side of a comparison is not written anywhere."""
    if Asked.COMPARISON not in found.question.asked:
        return False
    return any(
        kana_runs(c.surface) == [c.surface] and not found.finder.known(c) for c in found.question.concepts
    )


def _person_asked(found: Found) -> bool:
    return Asked.PERSON in found.question.asked


def _contact_missing(found: Found) -> bool:
    return Asked.CONTACT in found.question.asked and not _CONTACT.search(found.text)


def _price_missing(found: Found) -> bool:
    return Asked.PRICE in found.question.asked and not _MONEY.search(found.text)


def _frequency_missing(found: Found) -> bool:
    return Asked.FREQUENCY in found.question.asked and not _FREQUENCY.search(found.text)


def _count_missing(found: Found) -> bool:
    unit = _COUNTED.search(found.question.text)
    if unit is None or "KPI" in found.question.rows:
        return False
    name = unit.group(1)
    return not re.search(rf"\d[\d,万千]*(?:{_UNITS.get(name, name)})", found.text)


def _result_asked(found: Found) -> bool:
    """A plan tells what is meant to be, never what became of it."""
    asked = found.question.asked
    return Asked.OUTCOME in asked or (Asked.TODAY in asked and bool(asked & {Asked.COUNT, Asked.PRICE}))


def _how_to_missing(found: Found) -> bool:
    """How to do a thing step by step is told by procedures alone."""
    return Asked.HOW_TO in found.question.asked and found.hit.entry.kind is not Kind.PROCEDURE


def _head_unwritten(found: Found) -> bool:
    """The thing asked about (「〜の構成員は」) is written nowhere in the entry."""
    head = found.question.head
    return head is not None and found.finder.covers(found.hit.number, head) == 0


def _elsewhere_asked(found: Found) -> bool:
    return Asked.ELSEWHERE in found.question.asked


def _date_missing(found: Found) -> bool:
    return Asked.WHEN in found.question.asked and not _DATE.search(found.whole_text)


def _schedule_blank(found: Found) -> bool:
    return (
        "工程表" in found.question.rows and "工程表" in found.hit.entry.blank and not _DATE.search(found.text)
    )


def _picture_lost(found: Found) -> bool:
    """A text holds no picture, whatever it says around one."""
    return Asked.PICTURE in found.question.asked


def _nothing_to_quote(found: Found) -> bool:
    return not found.excerpts


def _year_outside(found: Found) -> bool:
    ended = found.hit.entry.ended_on
    if ended is None:
        return False
    last = ended.year if ended.month > 3 else ended.year - 1
    return any(year > last and written not in found.text for written, year in found.question.years)


def _year_unwritten(found: Found) -> bool:
    """A figure of a certain year or month is asked, and no passage at hand names that time."""
    if Asked.COUNT not in found.question.asked:
        return False
    return not all(_names_time(found.text, written, year) for written, year in found.question.years)


def _names_time(text: str, written: str, year: int) -> bool:
    rest = written.rpartition("年")[2]
    forms = {written, f"令和{year - 2018}年{rest}", f"{year}年{rest}"}
    return any(form in text for form in forms)


def _which_unwritten(found: Found) -> bool:
    """「どの事業者」「何という製品」: the sort of thing asked for is not spoken of at all."""
    asked = _WHICH.search(found.question.text)
    if asked is None or asked["what"] in GENERAL_HEADS:
        return False
    what = next((c for c in found.question.concepts if c.surface == asked["what"]), None)
    return what is not None and found.finder.covers(found.hit.number, what) == 0


def _subject_unknown(found: Found) -> bool:
    """What the question begins with is written nowhere in the knowledge base, and the rest covers little."""
    nouns = [concept for concept in found.question.concepts if concept.is_noun]
    return bool(nouns) and not found.finder.known(nouns[0]) and found.hit.cover < _GOOD_COVER


def _list_missing(found: Found) -> bool:
    """A list of many named things is asked, and no passage names so many."""
    asked = _LIST_SIZE.search(found.question.text)
    if asked is None or (Asked.LIST not in found.question.asked and "一覧" not in found.question.text):
        return False
    size = int(asked.group(1))
    longest = max((_items_in_a_row(e.text) for e in found.excerpts), default=0)
    return size >= _LEAST_LIST and max(longest, len(found.excerpts)) < size


def _items_in_a_row(text: str) -> int:
    """The longest run of short pieces between commas: how many things a sentence lists."""
    lengths = [len(piece) for piece in re.split(r"[、,・。\n]", text)]
    runs = "".join("x" if 0 < length <= _SHORT_ITEM else " " for length in lengths).split()
    return max(map(len, runs), default=0)


def _abbreviation_unknown(found: Found) -> bool:
    """What letters stand for is told only where the letters are a headword."""
    if not _ABBREVIATION.search(found.question.text):
        return False
    letters = [c.surface for c in found.question.concepts if c.surface.isascii() and c.surface.isalpha()]
    names = {fold(name) for name in found.hit.entry.names}
    return any(all(word not in name for name in names) for word in letters)


def _is_number(surface: str) -> bool:
    return any(ch.isdigit() for ch in surface)


_REASONS: tuple[tuple[str, Callable[[Found], bool]], ...] = (
    ("little_cover", _little_cover),
    ("uncovered_name", _uncovered_name),
    ("elsewhere_topic", _routed_elsewhere),
    ("comparison", _compared_with_unwritten),
    ("person", _person_asked),
    ("subject", _subject_unknown),
    ("which", _which_unwritten),
    ("how_to", _how_to_missing),
    ("head", _head_unwritten),
    ("elsewhere", _elsewhere_asked),
    ("result", _result_asked),
    ("picture", _picture_lost),
    ("nothing", _nothing_to_quote),
    ("contact", _contact_missing),
    ("price", _price_missing),
    ("frequency", _frequency_missing),
    ("count", _count_missing),
    ("list", _list_missing),
    ("abbreviation", _abbreviation_unknown),
    ("year", _year_outside),
    ("time", _year_unwritten),
    ("schedule", _schedule_blank),
    ("date", _date_missing),
)
