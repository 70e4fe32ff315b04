"""How far the best entry covers what a question asks: the few figures that confidence is worked out from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.procedures import names_form
from knowledge.article import Kind
from knowledge.asking.concepts import Concept, Question
from knowledge.asking.kinds import TALK_WORDS, Asked
from knowledge.asking.spoken import asking_part
from knowledge.finding.finder import Finder, Hit
from knowledge.language.japanese import fold

_MARKED = re.compile(r"は|って")
_COVERED = 0.5
_TELLING = 1.0


@dataclass(frozen=True)
class Evidence:
    """What speaks for an answer, each between 0 and 1.

    `cover` is the share of the question that the entry covers, by rarity; `gap` how far the noun it covers least is
    from being covered; `unwritten` how many nouns (of at most three) nobody wrote; `lead` how far the entry stands
    before the next of another title; `held` how many of the things asked about (of at most five) it has, for a short
    question gives little to go by. Scores themselves are left out: they grow with the knowledge base.
    """

    cover: float
    gap: float
    unwritten: float
    lead: float
    held: float


_MOST_UNWRITTEN = 3
_SHARES = frozenset({"半分", "半数", "過半数", "大半", "全員", "全部"})
_MOST_HELD = 5


def asked_concepts(finder: Finder, number: int, question: Question) -> tuple[Concept, ...]:
    """The concepts that an answer must cover.

    What only leads up to the question, words of talk and a figure that it states count where they are covered: a
    preamble may name the subject, and a mistaken figure is not what is asked for. No more is what is claimed of a
    subject that the entry has (「〜は公募ですよね」): the entry tells what holds. A foreign name stays asked for, but
    beside a headword, whose meaning rules it out. A form has the name that the procedure gives it.
    """
    asking = asking_part(question.text)
    covered = [finder.covers(number, concept) >= _COVERED for concept in question.concepts]
    claims = Asked.PREMISE in question.asked and _has_subject(question, covered)
    defines = claims and _is_headword(finder, number, question)
    return tuple(
        concept
        for concept, is_covered in zip(question.concepts, covered, strict=True)
        if is_covered
        or (
            _is_asked(concept, asking)
            and not (claims and (defines or not concept.specific))
            and not names_form(concept.surface, finder.entries[number])
        )
    )


def stands_before(word: str, text: str, following: re.Pattern[str]) -> bool:
    """Whether a word stands somewhere in a text right before what a pattern matches. (A pattern made of each word would be
    compiled for each question.)
    """
    place = text.find(word)
    while place >= 0:
        if following.match(text, place + len(word)):
            return True
        place = text.find(word, place + 1)
    return False


def _has_subject(question: Question, covered: Sequence[bool]) -> bool:
    """Whether the noun that 「は」 or 「って」 puts the claim to is there; without one, the first."""
    nouns = [(c.surface, has) for c, has in zip(question.concepts, covered, strict=True) if c.is_noun]
    marked = [has for surface, has in nouns if stands_before(surface, question.text, _MARKED)]
    return bool(nouns) and (marked or [nouns[0][1]])[0]


def _is_headword(finder: Finder, number: int, question: Question) -> bool:
    entry = finder.entries[number]
    names = {fold(name) for name in entry.names}
    return entry.kind in (Kind.TERM, Kind.ROLE) and any(c.surface in names for c in question.concepts)


def _is_asked(concept: Concept, asking: str) -> bool:
    return concept.surface in asking and not is_number(concept) and not is_talk(concept)


def weigh(finder: Finder, hits: Sequence[Hit], question: Question) -> tuple[Hit, Evidence]:
    """The first hit with its cover of what is asked, and the evidence for it. There must be a hit."""
    hit, number = hits[0], hits[0].number
    concepts = asked_concepts(finder, number, question)
    covers = [finder.covers(number, concept) for concept in concepts]
    weights = [finder.weight(concept) for concept in concepts]
    cover = sum(w * c for w, c in zip(weights, covers, strict=True)) / (sum(weights) or 1.0)
    gaps = [
        1 - covered
        for concept, covered, weight in zip(concepts, covers, weights, strict=True)
        if concept.is_noun and weight >= _TELLING
    ]
    unwritten = sum(concept.is_noun and not is_written(finder, concept) for concept in concepts)
    evidence = Evidence(
        cover=cover,
        gap=max(gaps, default=0.0),
        unwritten=min(unwritten, _MOST_UNWRITTEN) / _MOST_UNWRITTEN,
        lead=_lead(hits),
        held=min(sum(covered >= _COVERED for covered in covers), _MOST_HELD) / _MOST_HELD,
    )
    return hit.with_cover(cover), evidence


def is_written(finder: Finder, concept: Concept) -> bool:
    """Whether somebody wrote the concept in one of its ways: a word whole, or every part of it."""
    return any(_has_way(finder, [term for term, _ in way.terms]) for way in concept.alternatives)


def _has_way(finder: Finder, terms: Sequence[str]) -> bool:
    return bool(terms) and (
        terms[0] in finder.index or all(term in finder.index for term in terms[1:] or terms)
    )


def is_talk(concept: Concept) -> bool:
    """Whether a concept is a word of talk, which an answer need not say."""
    return concept.whole in TALK_WORDS


def is_number(concept: Concept) -> bool:
    """Whether a concept is a figure, or a share told in words."""
    return concept.surface in _SHARES or any(ch.isdigit() for ch in concept.surface)


def _lead(hits: Sequence[Hit]) -> float:
    first = hits[0]
    second = next((hit.score for hit in hits if hit.entry.title != first.entry.title), 0.0)
    return max(0.0, first.score - second) / first.score if first.score > 0 else 0.0
