"""What is asked of something that the entry does not tell of: another city, the asker's own 課, a thing that other entries tell of."""

from __future__ import annotations

import re

from knowledge.answering.evidence import is_written
from knowledge.answering.found import Found
from knowledge.asking.kinds import Asked, rows_asked
from knowledge.language.japanese import fold, kana_runs

_OWN_OFFICE = re.compile(
    r"(?:うち|私|わたし|自分|僕)の?(?:課|係|部|室|職場|所属|部署|班)(?![一-龠]).{0,12}(?:いつ|何|誰|だれ|どこ|どの|どれ|いくつ|いくら)"
)
_OWNER = re.compile(r"(?P<owner>[一-龠々ァ-ヴーa-z0-9]{3,})の(?P<owned>[一-龠々ァ-ヴーa-z0-9]+)(?:は|って)")
_GOOD_COVER = 0.6
# Only a small part of the word is written (the 室 of 室長).
_PARTS_COVER = 0.2
_UNCOVERED = 0.3
_OF_SOMETHING = frozenset({Asked.WHEN, Asked.COUNT, Asked.PRICE, Asked.FREQUENCY})


def routed_elsewhere(found: Found) -> bool:
    """The editors route this topic to a 課 (健診, 複合機 …), and the entry says nothing about it."""
    known = found.is_document and found.hit.cover >= _GOOD_COVER
    if known or Asked.PREMISE in found.question.asked:
        return False
    topics = [topic for topic in found.topics_elsewhere if topic in found.question.text]
    missing = [
        c.surface for c in found.question.concepts if found.finder.covers(found.hit.number, c) < _PARTS_COVER
    ]
    return any(surface in topic for topic in topics for surface in missing)


def compared_with_unwritten(found: Found) -> bool:
    """One side of a comparison is not written anywhere."""
    if Asked.COMPARISON not in found.question.asked:
        return False
    return any(
        kana_runs(c.surface) == [c.surface] and not found.finder.known(c) for c in found.question.concepts
    )


def own_office_asked(found: Found) -> bool:
    """What holds of the asker's own 課 alone: when, who, where, how many."""
    return Asked.PREMISE not in found.question.asked and bool(_OWN_OFFICE.search(found.asking))


def other_city_asked(found: Found) -> bool:
    """What holds in other cities."""
    return Asked.ELSEWHERE in found.question.asked


def of_another(found: Found) -> bool:
    """A date or a figure is asked of a thing (「〜計画の期間はいつ」) that other entries tell of, and this one does not."""
    asked = found.question.asked
    if not found.is_document or not asked & _OF_SOMETHING or Asked.PREMISE in asked:
        return False
    owners = [match["owner"] for match in _OWNER.finditer(found.asking)]
    return any(_is_of_others(found, owner) for owner in owners if not rows_asked(owner))


def _is_of_others(found: Found, owner: str) -> bool:
    concept = next(
        (c for c in reversed(found.question.concepts) if c.is_noun and owner.endswith(c.surface)), None
    )
    if concept is None or concept.surface in fold(found.hit.entry.title):
        return False
    lacks = found.finder.covers(found.hit.number, concept) < _UNCOVERED
    return lacks and is_written(found.finder, concept)
