"""Where an explanation names the section a fact stands in (「…新設されました（本編1）。」), that section's own words beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from knowledge.answer import Excerpt
from knowledge.answering import facts
from knowledge.answering.evidence import asked_concepts
from knowledge.answering.extracting import excerpt_of
from knowledge.article import Layer, Source
from knowledge.asking.concepts import Concept, Question
from knowledge.asking.kinds import GENERAL_HEADS, Asked
from knowledge.entry import Entry
from knowledge.finding.finder import Finder, Hit
from knowledge.language.japanese import fold

_REFERENCE = re.compile(r"\((?P<part>[^()\d\s]{1,8})(?P<section>\d[\d.]*(?:\(\d+\))?|\(\d+\))\)")
_LEAST_COVER = 0.5
_COVERED, _NEAR = 0.3, 0.55


def referred(finder: Finder, hit: Hit, excerpts: Sequence[Excerpt], question: Question) -> Excerpt | None:
    """The official passage, of a section named in what is shown of ours, that has most of what is asked; None where the
    official words shown have as much. Only what the reader may see is in the finder.
    """
    numbers = {
        number
        for excerpt in excerpts
        if excerpt.layer is Layer.EDITORIAL
        for found in _REFERENCE.finditer(fold(excerpt.text))
        for number in _entries_of(finder, hit.entry.source, found["part"], found["section"])
    }
    if not numbers:
        return None
    concepts = [c for c in asked_concepts(finder, hit.number, question) if c.surface not in GENERAL_HEADS]
    shown = "".join(excerpt.text for excerpt in excerpts if excerpt.layer is Layer.OFFICIAL)
    own = [found for found in _covers(finder, hit.number, concepts) if found[2] in shown]
    theirs = [found for number in numbers for found in _covers(finder, number, concepts)]
    had = max((cover for cover, _, text in own if _holds_fact(question, text)), default=0.0)
    best = max((found for found in theirs if _holds_fact(question, found[2])), default=(0.0, 0, ""))
    if best[0] < _LEAST_COVER or best[0] <= had:
        return None
    entry = finder.passages.entry_of(best[1])
    return excerpt_of(finder.passages[best[1]], Hit(finder.entries[entry], entry, hit.score, best[0]))


def dated_beside(finder: Finder, question: Question, named: Entry, hit: Hit) -> tuple[Excerpt, ...]:
    """The official passages of a hit that have a date in one sentence with the name of another entry; none where the hit
    lacks anything else that is asked.
    """
    names = {fold(name) for name in (*named.names, named.under_heading)}
    rest = [c for c in question.concepts if c.surface not in GENERAL_HEADS and not _is_called(c, names)]
    if any(finder.covers(hit.number, c) < _COVERED and finder.nearness(hit.number, c) < _NEAR for c in rest):
        return ()
    return tuple(
        excerpt_of(found, hit)
        for found in finder.passages.found(hit.number)
        if found.article.layer is Layer.OFFICIAL
        and any(
            facts.holds_date(sentence.text) and any(name in sentence.text for name in names)
            for sentence in finder.sentences_of(found.passage.text)
        )
    )


def _is_called(concept: Concept, names: Collection[str]) -> bool:
    """Whether a concept is, in one of its ways, what something is called."""
    terms = (way.terms[0][0] for way in concept.alternatives if way.terms)
    return any(term in names for term in (concept.surface, *terms))


def _holds_fact(question: Question, text: str) -> bool:
    """Whether a passage can hold the kind of fact asked for, as far as dates and figures go."""
    folded = fold(text)
    return (Asked.WHEN not in question.asked or facts.holds_date(folded)) and (
        Asked.COUNT not in question.asked or facts.holds_count(folded)
    )


def _entries_of(finder: Finder, source: Source, part: str, section: str) -> Iterator[int]:
    """The entries of a section of the same document; not those that only rest on it."""
    sought = (source.document, part, section)
    for number, entry in enumerate(finder.entries):
        place, official = entry.source, entry.official
        if (place.document, place.part, place.section) == sought and official and official.id == entry.id:
            yield number


def _covers(finder: Finder, entry: int, concepts: Sequence[Concept]) -> list[tuple[float, int, str]]:
    """Of each official passage of an entry: the share of the concepts that it covers, by rarity; its number and text."""
    numbers = finder.passages_of(entry)
    weights = [finder.weight(concept) for concept in concepts]
    covers = [finder.passage_covers(entry, concept) for concept in concepts]
    total = sum(weights) or 1.0
    return [
        (
            sum(w * of[place] for w, of in zip(weights, covers, strict=True)) / total,
            number,
            found.passage.text,
        )
        for place, number in enumerate(numbers)
        if (found := finder.passages[number]).article.layer is Layer.OFFICIAL
    ]
