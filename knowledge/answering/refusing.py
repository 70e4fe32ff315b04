"""Reasons not to answer: the question asks for a kind of fact that the passages at hand do not hold."""

from __future__ import annotations

import re
from collections.abc import Callable

from knowledge.answering import facts
from knowledge.answering.evidence import is_written
from knowledge.answering.focus import (
    addition_unwritten,
    complement_unwritten,
    part_unwritten,
    topic_unwritten,
)
from knowledge.answering.found import Found
from knowledge.answering.lacking import LACKING
from knowledge.article import Kind
from knowledge.asking.concepts import Concept
from knowledge.asking.kinds import GENERAL_HEADS, Asked, rows_asked
from knowledge.asking.phrasing import asks_to_confirm
from knowledge.finding.finder import Finder
from knowledge.language.japanese import fold, kana_runs

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
_ABBREVIATION = re.compile(r"頭文字|何の略|正式名称|正式名")
_RELATIVE_YEAR = re.compile(
    r"(?:去|昨|今|来)年度?(?!版)|前年度?|先月|今月|来月|先週|今週|来週|最新(?:の|は|版|[?]|$)|直近"
)
_OWN_OFFICE = re.compile(
    r"(?:うち|私|わたし|自分|僕)の?(?:課|係|部|室|職場|所属|部署|班)(?![一-龠]).{0,12}(?:いつ|何|誰|だれ|どこ|どの|どれ|いくつ|いくら)"
)
_NOW = re.compile(r"(?:今|いま|現在)(?:は|、)?どうな")
_KANJI = re.compile(r"[一-龠]")
_QUOTED_ASKED = re.compile(
    r"「(?P<words>[^「」]{4,})」(?:って(?:何|なん|なに|どう|どんな)|の(?:中身|内容|定義))"
)
_LEAST_COVER = 0.34
_GOOD_COVER = 0.6
_NAME_COVER = 0.55
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


def _uncovered_name(found: Found) -> bool:
    """A name or foreign word stands for itself: where it is not written, nothing about it is."""
    names = [c for c in found.asked_about if c.specific and _is_telling(found.finder, c)]
    return any(found.finder.covers(found.hit.number, name) < _NAME_COVER for name in names)


def _is_telling(finder: Finder, name: Concept) -> bool:
    """Rare enough to matter, or a whole that nobody wrote though its parts are (横浜市)."""
    whole = name.alternatives[0].terms[0][0] if name.alternatives and name.alternatives[0].terms else ""
    return finder.weight(name) >= _EVERYWHERE or whole not in finder.index


def _routed_elsewhere(found: Found) -> bool:
    """The editors route this topic to a 課 (健診, 複合機 …), and the entry says nothing about it."""
    known = found.is_document and found.hit.cover >= _GOOD_COVER
    if known or Asked.PREMISE in found.question.asked:
        return False
    topics = [topic for topic in found.topics_elsewhere if topic in found.question.text]
    missing = [
        c.surface for c in found.question.concepts if found.finder.covers(found.hit.number, c) < _PARTS_COVER
    ]
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


def _own_office_asked(found: Found) -> bool:
    """What holds of the asker's own 課 alone: when, who, where, how many."""
    return Asked.PREMISE not in found.question.asked and bool(_OWN_OFFICE.search(found.asking))


def _result_asked(found: Found) -> bool:
    """A plan tells what is meant to be, never what became of it."""
    asked = found.question.asked
    if Asked.REVERSE in asked:
        return False
    if asked & {Asked.OUTCOME, Asked.NEXT}:
        return True
    now = Asked.TODAY in asked or _NOW.search(found.asking)
    if now and asked & {Asked.COUNT, Asked.PRICE}:
        return True
    relative = _RELATIVE_YEAR.search(found.asking)
    return Asked.PREMISE not in asked and relative is not None and relative[0] not in found.whole_text


def _how_to_missing(found: Found) -> bool:
    """How to do a thing step by step is told by procedures alone; what a way of doing things is called, by others too."""
    asked = found.question.asked
    steps = bool(asked & {Asked.HOW_TO, Asked.TROUBLE}) and Asked.REVERSE not in asked
    return steps and found.hit.entry.kind is not Kind.PROCEDURE


def _head_unwritten(found: Found) -> bool:
    """The thing asked about (「〜の構成員は」) is written nowhere in the entry."""
    if Asked.PREMISE in found.question.asked:
        return False
    head = found.question.head or _last_head(found)
    if head is None or (
        rows_asked(head.surface) and all(is_written(found.finder, c) for c in found.asked_about)
    ):
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


def _name_missing(found: Found) -> bool:
    """What a thing is called (a make, a firm, a university) is asked, and nobody wrote that sort of name."""
    return Asked.NAME in found.question.asked


def _elsewhere_asked(found: Found) -> bool:
    return Asked.ELSEWHERE in found.question.asked


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


def _quoted_unwritten(found: Found) -> bool:
    """What words in quotation marks say or mean is asked, and the entry does not have them."""
    quoted = _QUOTED_ASKED.search(found.asking) if found.is_document else None
    entry = found.hit.entry
    texts = (*entry.names, *(p.text for p in (*entry.official_passages, *entry.editorial_passages)))
    return quoted is not None and not any(quoted["words"] in fold(text) for text in texts)


def _abbreviation_unknown(found: Found) -> bool:
    """What letters stand for, or mean, is told only where the letters are a headword."""
    defined = Asked.DEFINITION in found.question.asked and len(found.asked_about) == 1
    if not defined and not _ABBREVIATION.search(found.question.text):
        return False
    letters = [c.surface for c in found.question.concepts if c.surface.isascii() and c.surface.isalpha()]
    names = {fold(name) for name in found.hit.entry.names}
    return any(all(word not in name for name in names) for word in letters)


# Reasons that another entry may not have: the first lacks a kind of fact.
LACKS_FACT = frozenset({"abbreviation", "silence", *(name for name, _ in LACKING)}) - {
    "part",
    "time",
    "names",
    "which_thing",
}

_WORDS: tuple[tuple[str, Callable[[Found], bool]], ...] = (
    ("little_cover", _little_cover),
    ("elsewhere_topic", _routed_elsewhere),
    ("subject", _subject_unknown),
    ("confirm", _unwritten_to_confirm),
    ("head", _head_unwritten),
    ("topic", topic_unwritten),
    ("part_of_it", part_unwritten),
    ("addition", addition_unwritten),
    ("complement", complement_unwritten),
)

_REASONS: tuple[tuple[str, Callable[[Found], bool]], ...] = (
    ("uncovered_name", _uncovered_name),
    ("comparison", _compared_with_unwritten),
    ("person", _person_asked),
    ("how_to", _how_to_missing),
    ("own_office", _own_office_asked),
    ("elsewhere", _elsewhere_asked),
    ("name", _name_missing),
    ("result", _result_asked),
    ("picture", _picture_lost),
    ("nothing", _nothing_to_quote),
    ("abbreviation", _abbreviation_unknown),
    ("year", _year_outside),
    ("schedule", _schedule_blank),
    ("silence", _said_to_be_unwritten),
    ("quoted", _quoted_unwritten),
    *LACKING,
)

REASONS = tuple(name for name, _ in _REASONS)
WORDS = tuple(name for name, _ in _WORDS)
