"""What a question lays its weight on: by the particle, and by the place before the word that asks.

People name the subject in words of their own, so a word that nobody wrote tells little. But the one that a question turns on
(「〜も対象ですか」, 「〜は?」) must be written where the answer stands.
"""

from __future__ import annotations

import re

from knowledge.answering.evidence import is_written, stands_before
from knowledge.answering.found import Found
from knowledge.asking.concepts import Concept
from knowledge.asking.kinds import GENERAL_HEADS, Asked, asked_kinds, rows_asked
from knowledge.asking.phrasing import asks_to_confirm

_UNCOVERED = 0.3
_HALF = 0.45
_NEAR = 0.55
_OPEN = frozenset({Asked.LIST, Asked.COMPARISON, Asked.REVERSE, Asked.DEFINITION})
_WORD = r"[一-龠々ァ-ヴーa-z0-9]"
_WRITTEN_OUT = re.compile(r"[一-龠ァ-ヴa-z]")
_YES_OR_NO = re.compile(
    r"(?:[かのんるたいすけねなー]|[一-龠ァ-ヴ])[?]+\s*$|(?:ます|です|た|でしょう|る|ん|の)か[。?]*$|(?:る|た|い|ん)の$"
)
_CASE = re.compile(r"に|で(?!き)|を|は|が|へ|と|から|って|も")
_ALSO = re.compile(r"で?も(?!の|う|っ|し|ち|と)")
_INTERROGATIVE = r"(?:どれ|どこ|誰|だれ|何|いつ|いくら|いくつ|どう|どの|どちら|どんな|なん|なに)"
_TOPIC = re.compile(rf"(?P<word>{_WORD}+)(?:は|って)(?=(?:{_INTERROGATIVE}[^。?]{{0,12}})?[?。]*$)")
_BARE = re.compile(
    rf"(?<![をがにと?、。\s])(?<!{_WORD})(?P<word>{_WORD}{{2,}})を?(?:教えて|おしえて|知りたい|見たい|見せて|ください|下さい|$|[?])"
)

_OWNED = re.compile(rf"{_WORD}の(?P<word>[一-龠々ァ-ヴーa-z]+)(?:で|に|が|を|も|から)")


def topic_unwritten(found: Found) -> bool:
    """「〜は(何…)」: what stands before the word that asks, or ends the question, is not written in the entry."""
    return _is_open(found) and any(_last_uncovered(found, pattern) for pattern in (_TOPIC, _BARE))


def part_unwritten(found: Found) -> bool:
    """「…の〜で」: a part or an aspect of the subject is named, and the entry does not have it."""
    return _is_open(found) and any(
        _is_unwritten(found, match["word"]) for match in _OWNED.finditer(found.asking)
    )


def addition_unwritten(found: Found) -> bool:
    """「〜も…か」: whether it holds of one thing more, which the entry does not name, however near its other words lie."""
    if not _asks_yes_or_no(found):
        return False
    added = (c for c in found.asked_about if c.is_noun and _is_added(c, found.asking))
    return any(found.finder.covers(found.hit.number, concept) < _HALF for concept in added)


def complement_unwritten(found: Found) -> bool:
    """「…は〜にありますか」: of what may hold or not, the noun nearest to the verb is not written in the entry.

    One that only says of what another is (「災害のときに」) or is a verb itself (「対応してもらえますか」) is not the nearest.
    """
    if not _asks_yes_or_no(found):
        return False
    nouns = [c for c in found.asked_about if c.is_noun and c.surface in found.asking]
    written_out = [c for c in nouns if _WRITTEN_OUT.search(c.surface)]
    last = max(written_out, key=lambda c: found.asking.rfind(c.surface), default=None)
    if last is None or rows_asked(last.surface):
        return False
    return stands_before(last.surface, found.asking, _CASE) and _is_uncovered(found, last)


def _is_open(found: Found) -> bool:
    """Whether neither a claim is made, nor a list, a comparison, a name or a meaning is asked."""
    return not (found.question.asked & (_OPEN | {Asked.PREMISE}))


def _asks_yes_or_no(found: Found) -> bool:
    question = found.question
    confirms = question.asks and asks_to_confirm(question.text)
    return confirms and _is_open(found) and bool(_YES_OR_NO.search(found.asking))


def _is_added(concept: Concept, asking: str) -> bool:
    return stands_before(concept.surface, asking, _ALSO)


def _last_uncovered(found: Found, pattern: re.Pattern[str]) -> bool:
    words = [match["word"] for match in pattern.finditer(found.asking)]
    return bool(words) and not asked_kinds(f"{words[-1]}は?") and _is_unwritten(found, words[-1])


def _is_unwritten(found: Found, word: str) -> bool:
    """Whether the entry lacks a word of the question that is neither a row's name nor a general one."""
    if rows_asked(word) or any(word.endswith(general) for general in GENERAL_HEADS):
        return False
    concepts = (c for c in reversed(found.question.concepts) if c.is_noun and word.endswith(c.surface))
    concept = next(concepts, None)
    return concept is not None and _is_uncovered(found, concept)


def _is_uncovered(found: Found, concept: Concept) -> bool:
    """Whether the entry has neither a concept nor a word of almost the same meaning. Where an entry answers one question
    of its own, its words are few, and only what nobody wrote anywhere counts.
    """
    finder, number = found.finder, found.hit.number
    if not found.is_document and is_written(finder, concept):
        return False
    return finder.covers(number, concept) < _UNCOVERED and finder.nearness(number, concept) < _NEAR
