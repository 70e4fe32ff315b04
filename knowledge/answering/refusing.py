"""Reasons not to answer: the question asks for a kind of fact that the passages at hand do not hold."""

from __future__ import annotations

import re
from collections.abc import Callable

from knowledge.answering import facts
from knowledge.answering.calling import (
    abbreviation_unknown,
    description_unwritten,
    name_missing,
    quoted_unwritten,
    uncovered_name,
)
from knowledge.answering.elsewhere import (
    compared_with_unwritten,
    of_another,
    other_city_asked,
    own_office_asked,
    routed_elsewhere,
)
from knowledge.answering.evidence import is_written
from knowledge.answering.focus import (
    addition_unwritten,
    complement_unwritten,
    part_unwritten,
    topic_unwritten,
)
from knowledge.answering.found import Found
from knowledge.answering.lacking import LACKING
from knowledge.answering.procedures import names_form
from knowledge.article import Kind
from knowledge.asking.concepts import Concept
from knowledge.asking.kinds import GENERAL_HEADS, Asked, asked_kinds, rows_asked
from knowledge.asking.phrasing import asks_to_confirm
from knowledge.language.japanese import fold

_HEAD = re.compile(
    r"の(?P<head>[一-龠々ァ-ヴーa-z][一-龠々ァ-ヴーa-zちりみいしきえけめれさ]+)"
    r"(?=は|って|どこ|何|いくら|$|[?、。]|を?教|を?おしえ|をくださ|くださ|が知|を(?:知|見|確認))"
)
_EXISTS = re.compile(
    r"(?P<head>[一-龠々ァ-ヴー]{2,})(?:は|が|も|って)?"
    r"(?:いり|要り|あり|付き|つき|もらえ|出ま|必要)(?:ます|です|る)?(?:か|の|ん|[?]|$)"
)
_NEGATIVE = re.compile(
    r"(?:書かれて|決められて|載って|示されて|定められて|挙げられて|残って)いません|(?:目標|記載|定め|中身)は?ありません|"
    r"案内できません|分かりません|読み取れません"
)
_SENTENCES = re.compile(r"[^。\n]+")
_RELATIVE_YEAR = re.compile(
    r"(?:去|昨|今|来)年度?(?!版)|前年度?|先月|今月|来月|先週|今週|来週|最新(?:の|は|版|[?]|$)|直近"
)
_NOW = re.compile(r"(?:今|いま|現在)(?:は|、)?どうな")
_KANJI = re.compile(r"[一-龠]")
_LEAST_COVER = 0.34
_GOOD_COVER = 0.6
# Only a small part of the word is written (the 室 of 室長).
_PARTS_COVER = 0.2
_EVERYWHERE = 1.0
_FEW_NOUNS = 2
_NEAR_MEANING = 0.55
_NEAR_HEAD = 0.72


def word_missing(found: Found) -> str:
    """The first of the reasons that look at words nobody wrote, or ""."""
    return next((name for name, holds in _WORDS if holds(found)), "")


def reason_to_refuse(found: Found) -> str:
    """The first of the reasons that look at the fact asked for, or "" when the passages can hold it."""
    return next((name for name, holds in _REASONS if holds(found)), "")


def reasons_held(found: Found) -> frozenset[str]:
    """All the reasons that hold, by name: those that look at words and those that look at the fact asked for."""
    return frozenset(name for name, holds in (*_REASONS, *_WORDS) if holds(found))


def _little_cover(found: Found) -> bool:
    return found.hit.cover < _LEAST_COVER


def _person_asked(found: Found) -> bool:
    return Asked.PERSON in found.question.asked


def _result_asked(found: Found) -> bool:
    """A plan tells what is meant to be, never what became of it."""
    asked = found.question.asked
    if Asked.REVERSE in asked:
        return False
    if Asked.PREMISE not in asked and asked & {Asked.OUTCOME, Asked.NEXT}:
        return True
    now = Asked.TODAY in asked or _NOW.search(found.asking)
    if now and asked & {Asked.COUNT, Asked.PRICE}:
        return True
    relative = _RELATIVE_YEAR.search(found.asking)
    return Asked.PREMISE not in asked and relative is not None and relative[0] not in found.whole_text


def _how_to_missing(found: Found) -> bool:
    """How to do a thing step by step is told by procedures alone, and what to do in trouble by those that speak of any; what
    a way of doing things is called, by others too, and what an entry that answers one question of its own is called, by that.
    """
    asked = found.question.asked
    if Asked.REVERSE in asked or not asked & {Asked.HOW_TO, Asked.TROUBLE}:
        return False
    if found.hit.entry.kind is not Kind.PROCEDURE:
        return found.is_document or fold(found.hit.entry.title) not in found.question.text
    return Asked.TROUBLE in asked and Asked.TROUBLE not in asked_kinds(found.whole_text)


def _head_unwritten(found: Found) -> bool:
    """The thing asked about (「〜の構成員は」) is written nowhere in the entry."""
    if Asked.PREMISE in found.question.asked:
        return False
    head = found.question.head or _last_head(found)
    if head is None or (
        rows_asked(head.surface) and all(is_written(found.finder, c) for c in found.asked_about)
    ):
        return False
    if names_form(head.surface, found.hit.entry):
        return False
    if any(head.surface in fold(excerpt.label) for excerpt in found.excerpts):
        return False
    finder, number = found.finder, found.hit.number
    return finder.covers(number, head) < _PARTS_COVER and finder.nearness(number, head) < _NEAR_HEAD


def _last_head(found: Found) -> Concept | None:
    """The noun after the last の, as in the bare 「〜の席数」, or whose being there is asked (「予約はいりますか」): its own
    last word. A number's unit is another reason's.
    """
    heads = [match["head"] for pattern in (_EXISTS, _HEAD) for match in pattern.finditer(found.asking)]
    if not heads or any(heads[-1].endswith(general) for general in GENERAL_HEADS):
        return None
    if heads[-1].endswith("数") and facts.asks_for_unit(found.asking):
        return None
    return next((c for c in reversed(found.question.concepts) if heads[-1].endswith(c.surface)), None)


def _said_to_be_unwritten(found: Found) -> bool:
    """The explanation says of the very thing asked that the source is silent about it."""
    return "KPI" not in found.question.rows and bool(silence_about(found))


def silence_about(found: Found) -> str:
    """The explanation's sentence that says so; "" when another sentence has the thing, or none has."""
    nouns = [
        concept.surface
        for concept in found.asked_about
        if concept.is_noun and not rows_asked(concept.surface) and found.finder.weight(concept) >= _EVERYWHERE
    ]
    entry = found.hit.entry
    if not nouns or nouns[-1] in fold("".join([entry.title, *(p.text for p in entry.official_passages)])):
        return ""
    passages = [passage.text for passage in entry.editorial_passages if nouns[-1] in fold(passage.text)]
    sentences = [sentence.strip() for text in passages for sentence in _SENTENCES.findall(text)]
    having = [sentence for sentence in sentences if nouns[-1] in fold(sentence)]
    return having[0] + "。" if having and all(map(_NEGATIVE.search, having)) else ""


def _schedule_blank(found: Found) -> bool:
    return (
        "工程表" in found.question.rows
        and "工程表" in found.hit.entry.blank
        and not facts.holds_date(found.text)
    )


def _picture_lost(found: Found) -> bool:
    """A text holds no picture, whatever it says around one."""
    return Asked.PICTURE in found.question.asked


def _nothing_to_quote(found: Found) -> bool:
    return not found.excerpts


def _year_outside(found: Found) -> bool:
    ended = found.hit.entry.ended_on
    if ended is None or Asked.PREMISE in found.question.asked:
        return False
    last = ended.year if ended.month > 3 else ended.year - 1
    return any(year > last and written not in found.text for written, year in found.question.years)


def _unwritten_to_confirm(found: Found) -> bool:
    """It is only asked if something holds of a thing (「辻堂にもありますか」), and nobody wrote of that thing."""
    question = found.question
    if not question.asks or Asked.PREMISE in question.asked or not asks_to_confirm(question.text):
        return False
    return any(
        concept.is_noun
        and _KANJI.search(concept.surface)
        and not is_written(found.finder, concept)
        and not _is_near(found, concept)
        for concept in found.asked_about
    )


def _subject_unknown(found: Found) -> bool:
    """What the question begins with is written nowhere in the knowledge base, and the rest is little."""
    nouns = [concept for concept in found.asked_about if concept.is_noun]
    if Asked.REVERSE in found.question.asked:
        return False
    if not nouns or is_written(found.finder, nouns[0]) or _is_near(found, nouns[0]):
        return False
    return found.hit.cover < _GOOD_COVER or len(nouns) <= _FEW_NOUNS


def _is_near(found: Found, concept: Concept) -> bool:
    """Whether the entry has a word of almost the same meaning."""
    return found.finder.nearness(found.hit.number, concept) >= _NEAR_MEANING


HOW_TO = "how_to"

# Reasons that another entry may not have: the first lacks a kind of fact.
LACKS_FACT = frozenset({"abbreviation", "silence", *(name for name, _ in LACKING)}) - {
    "part",
    "time",
    "names",
    "which_thing",
}

_WORDS: tuple[tuple[str, Callable[[Found], bool]], ...] = (
    ("little_cover", _little_cover),
    ("elsewhere_topic", routed_elsewhere),
    ("subject", _subject_unknown),
    ("confirm", _unwritten_to_confirm),
    ("head", _head_unwritten),
    ("topic", topic_unwritten),
    ("part_of_it", part_unwritten),
    ("addition", addition_unwritten),
    ("complement", complement_unwritten),
)

_REASONS: tuple[tuple[str, Callable[[Found], bool]], ...] = (
    ("uncovered_name", uncovered_name),
    ("comparison", compared_with_unwritten),
    ("person", _person_asked),
    (HOW_TO, _how_to_missing),
    ("own_office", own_office_asked),
    ("elsewhere", other_city_asked),
    ("of_another", of_another),
    ("name", name_missing),
    ("result", _result_asked),
    ("picture", _picture_lost),
    ("nothing", _nothing_to_quote),
    ("abbreviation", abbreviation_unknown),
    ("described", description_unwritten),
    ("year", _year_outside),
    ("schedule", _schedule_blank),
    ("silence", _said_to_be_unwritten),
    ("quoted", quoted_unwritten),
    *LACKING,
)

REASONS = tuple(name for name, _ in _REASONS)
WORDS = tuple(name for name, _ in _WORDS)
