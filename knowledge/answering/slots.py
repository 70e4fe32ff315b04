"""Slots: a sentence fills what is asked for when it holds that kind of fact and is about what the question asks of.

A passage may hold a date or a figure of something else. What the entry's title says is left out: every sentence is about that.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from knowledge.answering import facts
from knowledge.answering.found import Found
from knowledge.article import DEADLINE, Kind
from knowledge.asking.concepts import Concept
from knowledge.asking.kinds import GENERAL_HEADS, Asked
from knowledge.language.japanese import fold

_COUNT = 0.36
_DATE = 0.3
_OFFICE = 0.3
_LIST = 0.3
_OF_TOPIC = 0.5
_TOPIC = re.compile(r"(?P<word>[一-龠々ァ-ヴー]{2,})(?:は|って)")
_FIGURE = re.compile(r"\d[\d,]*")
# What only says which end of a time is meant.
_BOUND = re.compile(r"^(?:開始|終了|始|終|はじ|おわ|スタート|ゴール|期[間限日]|時期|予定|有効)")
# What only says that something is counted.
_COUNTING = frozenset({"総数", "合計", "累計", "全体", "数え", "数える"})
_ROWS_OF_TIME = frozenset({"KPI", "工程表"})


def count_unfilled(found: Found) -> bool:
    """How many or how much is asked, and no sentence has a figure of that; a year is none, nor one that the question states."""
    if not facts.asks_for_count(found.asking) or "KPI" in found.question.rows:
        return False
    counted, filled = _counted(found), facts.holds_count
    return (
        _filled(found, filled, counted=counted, leave_out=_FIGURE, general=_unwritten_counting(found))
        < _COUNT
    )


def date_unfilled(found: Found) -> bool:
    """When is asked, and no sentence has a time of that."""
    asked = facts.asks_for_time(found.asking) and not _ROWS_OF_TIME & {*found.question.rows}
    if any(excerpt.label == DEADLINE for excerpt in found.excerpts):
        return False
    return asked and _filled(found, facts.holds_time, general=GENERAL_HEADS) < _DATE


def office_unfilled(found: Found) -> bool:
    """Which 課 is asked, and no sentence has one that has to do with it."""
    if not facts.asks_for_office(found.asking) or _is_of_office(found):
        return False
    return _filled(found, facts.holds_office) < _OFFICE


def _is_of_office(found: Found) -> bool:
    """Whether the entry tells the role of a 課, which its title names."""
    return found.hit.entry.kind is Kind.ROLE and facts.holds_office(fold(found.hit.entry.title))


def list_unfilled(found: Found) -> bool:
    """Which things of a sort are asked, and no sentence names several of those."""
    verbs = [concept.surface for concept in found.question.concepts if not concept.is_noun]
    return _filled(found, facts.holds_list, general={*GENERAL_HEADS, *verbs}) < _LIST


def _counted(found: Found) -> Concept | None:
    """What 「は」 puts the question of a figure to (総人口, which is not the 人口 of the old), but what the title says."""
    words = [match["word"] for match in _TOPIC.finditer(found.asking)]
    if not words or words[-1] in fold(found.hit.entry.title):
        return None
    return next((c for c in reversed(found.question.concepts) if words[-1].endswith(c.surface)), None)


def _unwritten_counting(found: Found) -> frozenset[str]:
    """Words of counting, and the unit asked for (何種類), that the entry does not have itself."""
    said = (c for c in found.question.concepts if c.surface in _COUNTING or f"何{c.surface}" in found.asking)
    return frozenset(c.surface for c in said if not found.finder.covers(found.hit.number, c))


def _filled(
    found: Found,
    holds: facts.Holds,
    *,
    counted: Concept | None = None,
    leave_out: re.Pattern[str] | None = None,
    general: Collection[str] = (),
) -> float:
    """How far the sentence that fits best covers what is asked of, by rarity, 0 to 1; 1 for a claim to be mended.

    It must hold the fact beside at least half of what is `counted`; figures that the question states and `general` nouns are
    left out.
    """
    if Asked.PREMISE in found.question.asked:
        return 1.0
    title = fold(found.hit.entry.title)
    sought = [
        concept
        for concept in found.question.concepts
        if concept.surface in found.asking
        and concept.surface not in title
        and concept.surface not in general
        and not _BOUND.search(concept.surface)
    ]
    weights = [found.finder.weight(concept) for concept in sought]
    if not any(weights):
        return 1.0
    stated = set(leave_out.findall(found.question.text)) if leave_out else set()
    return max(
        (
            sum(weight * _share(c, terms) for c, weight in zip(sought, weights, strict=True)) / sum(weights)
            for text, terms in _sentences(found)
            if holds(_without(text, stated)) and (counted is None or _share(counted, terms) >= _OF_TOPIC)
        ),
        default=0.0,
    )


def _sentences(found: Found) -> list[tuple[str, frozenset[str]]]:
    """Each sentence of the chosen passages, folded, with its terms and those of its row's name; a passage as one where
    the entry answers one question of its own.
    """
    split = found.finder.sentences_of
    whole = not found.is_document
    pieces = [
        (piece, split(excerpt.label))
        for excerpt in found.excerpts
        for piece in ([split(excerpt.text)] if whole else [(one,) for one in split(excerpt.text)])
    ]
    return [
        ("".join(s.text for s in piece), frozenset(term for s in (*piece, *label) for term in s.terms))
        for piece, label in pieces
    ]


def _without(text: str, stated: Collection[str]) -> str:
    for figure in stated:
        text = text.replace(figure, "")
    return text


def _share(concept: Concept, terms: Collection[str]) -> float:
    """The share of a concept that terms cover in the way that they cover best."""
    return max(
        (
            sum(share for term, share in way.terms if term in terms) / sum(share for _, share in way.terms)
            for way in concept.alternatives
            if way.terms
        ),
        default=0.0,
    )
