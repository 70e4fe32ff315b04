"""Kinds of fact that a question asks for and the passages at hand lack: a sum, a figure, a day, a place, names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from knowledge.answering import facts
from knowledge.answering.found import Found
from knowledge.answering.naming import names_any, places_of, sort_asked
from knowledge.answering.procedures import asks_for_owner
from knowledge.answering.slots import count_unfilled, date_unfilled, list_unfilled, office_unfilled
from knowledge.article import DEADLINE, OWNER, Kind, Layer
from knowledge.asking.concepts import Concept
from knowledge.asking.kinds import Asked
from knowledge.language.japanese import fold
from knowledge.language.terms import terms_of

_MEANING_ASKED = re.compile(
    r"(?:^|[、。\s「『])(?P<thing>[一-龠々ァ-ヴーa-z0-9&]{2,})[」』]?(?:とは(?!別|違|異|ちが)|って(?:何|なに|なん)(?:です|だ|[?]|$|の(?:こと|意味))|って(?:いう)?(?:言葉|語|用語)の(?:意味|定義)|の(?:定義|意味)|(?:って|は|が|の)[、]?用語集)"
)
_CALLED_BEFORE = re.compile(r"[なるたい]「$")
_DEFINED_BEHIND = re.compile(
    r"[」』]?(?:とは|\(|:|の略|という|といいます|は、?[^。]*(?:こと|もの|略|概念|方針|計画|役割|役職|会議|組織|です)。)"
)
_LEAST_LIST = 10
_NAME = 30
_FEWEST_NAMED = 3


def _contact_missing(found: Found) -> bool:
    if Asked.CONTACT not in found.question.asked or facts.holds_contact(found.text):
        return False
    return not (asks_for_owner(found.question.text) and any(e.label == OWNER for e in found.excerpts))


def _price_missing(found: Found) -> bool:
    return Asked.PRICE in found.question.asked and not facts.holds_price(found.text)


def _frequency_missing(found: Found) -> bool:
    asked = found.question.asked
    return Asked.FREQUENCY in asked and Asked.PREMISE not in asked and not facts.holds_frequency(found.text)


def _count_missing(found: Found) -> bool:
    return "KPI" not in found.question.rows and facts.lacks_figure(found.question.text, found.text)


def _place_missing(found: Found) -> bool:
    return Asked.PLACE in found.question.asked and not facts.holds_place(found.text)


def _claimed_missing(found: Found) -> bool:
    return facts.lacks_claimed(found.asking, found.text)


def _reason_missing(found: Found) -> bool:
    """A figure that is mistaken (「60手続なのはなぜ」) is set right instead."""
    return Asked.PREMISE not in found.question.asked and facts.lacks_reason(found.asking, found.whole_text)


def _part_missing(found: Found) -> bool:
    return facts.lacks_part(found.asking, found.whole_text)


def _day_missing(found: Found) -> bool:
    unnamed = facts.asks_for_day(found.asking) and not facts.holds_day(found.text)
    return unnamed or facts.lacks_weekday(found.asking, found.text)


def _date_missing(found: Found) -> bool:
    if any(excerpt.label == DEADLINE for excerpt in found.excerpts):
        return False
    return Asked.WHEN in found.question.asked and not facts.holds_date(found.whole_text)


def _year_unwritten(found: Found) -> bool:
    """A figure of a certain year or month is asked, and no passage at hand names that time."""
    if Asked.COUNT not in found.question.asked:
        return False
    return not all(facts.names_time(found.text, written, year) for written, year in found.question.years)


def _list_missing(found: Found) -> bool:
    """A list of many named things is asked, and no passage names so many."""
    size = facts.list_size(found.question.text)
    if Asked.PREMISE in found.question.asked:
        return False
    if not size or (Asked.LIST not in found.question.asked and "一覧" not in found.question.text):
        return False
    longest = max((facts.items_in_a_row(e.text) for e in found.excerpts), default=0)
    return size >= _LEAST_LIST and max(longest, len(found.excerpts)) < size


def _names_missing(found: Found) -> bool:
    """The names of many things are asked (「対象業務の一覧」), and the passages name no three in a row."""
    asked = found.question
    if not facts.asks_for_names(found.asking) or asked.rows or Asked.PREMISE in asked.asked:
        return False
    size = facts.list_size(found.asking)
    if size and f"{size}つ" in found.asking and f"{size}つ" in found.text:
        return False
    items = sum(bool(e.label) and len(e.text) <= _NAME for e in found.excerpts if e.layer is Layer.OFFICIAL)
    return items < _FEWEST_NAMED and list_unfilled(found)


def _thing_unnamed(found: Found) -> bool:
    """Which of a sort of things is asked (「連携する大学はどこ」), and the passages of a document only say the sort."""
    sort = sort_asked(found.question.text) if found.is_document else ""
    return bool(sort) and not names_any(sort, found.question.text, found.whole_text)


def _undefined(found: Found) -> bool:
    """What a thing is, is asked, and a document that is not about it only uses the word."""
    asked = _MEANING_ASKED.search(found.asking) if found.is_document else None
    thing = asked["thing"] if asked else ""
    entry = found.hit.entry
    names = entry.names if entry.kind in (Kind.TERM, Kind.ROLE) else (entry.title,)
    if not thing or any(thing in fold(name) for name in names):
        return False
    concept = next((one for one in found.question.concepts if one.surface == thing), None)
    if concept is None or any(_means(concept, name) for name in names):
        return False
    text = found.whole_text.replace("・", "")
    return not any(_is_defined(text, start, end) for start, end in places_of(thing, text))


def _means(concept: Concept, name: str) -> bool:
    """Whether another word for a thing stands in a name."""
    words = {*terms_of(name)}
    others = concept.alternatives[1:]
    return any(words.issuperset(term for term, _ in one.terms) for one in others if not one.guessed)


def _is_defined(text: str, start: int, end: int) -> bool:
    """Whether a text says what the thing named from `start` to `end` is."""
    called = text.startswith("」", end) and _CALLED_BEFORE.search(text, max(0, start - 2), start)
    return bool(called or _DEFINED_BEHIND.match(text, end))


LACKING: tuple[tuple[str, Callable[[Found], bool]], ...] = (
    ("place", _place_missing),
    ("part", _part_missing),
    ("reason", _reason_missing),
    ("day", _day_missing),
    ("contact", _contact_missing),
    ("price", _price_missing),
    ("frequency", _frequency_missing),
    ("count", _count_missing),
    ("list", _list_missing),
    ("names", _names_missing),
    ("which_thing", _thing_unnamed),
    ("undefined", _undefined),
    ("time", _year_unwritten),
    ("date", _date_missing),
    ("claimed", _claimed_missing),
    ("count_slot", count_unfilled),
    ("date_slot", date_unfilled),
    ("office_slot", office_unfilled),
)

LACKS_DATE = frozenset({"date", "date_slot", "day"})

# What a passage must hold where those that were chosen lack the fact: then the entry's others are looked through.
FACTS_HELD: Mapping[str, facts.Holds] = {
    "place": facts.holds_place,
    "office_slot": facts.holds_office,
    "day": facts.holds_day,
    "price": facts.holds_price,
    "frequency": facts.holds_frequency,
    "count": facts.holds_count,
    "count_slot": facts.holds_count,
    "date": facts.holds_date,
    "date_slot": facts.holds_time,
}
