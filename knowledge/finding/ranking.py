"""The entries for a question, best first: as they are found, and by the kind of entry that is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.article import Kind
from knowledge.asking.concepts import Question
from knowledge.asking.kinds import Asked
from knowledge.finding.finder import Finder, Hit
from knowledge.finding.headwords import Headwords

# Who deals with a thing is not that thing.
_SOMEBODY_ELSE = re.compile(
    r"[a-zァ-ヴー一-龠]を[^、。?]{0,12}(?:人|役|役職|課|部署|組織|会議)(?:の|は|って|が)"
)


def ranked(finder: Finder, headwords: Headwords, question: Question) -> list[Hit]:
    """The entries for a question, best first."""
    factors = _kind_factors(headwords, question)
    hits = finder.rank(question.concepts, text=question.text)
    if factors:
        factored = [factors.get(hit.entry.kind) for hit in hits]
        if any(factored):
            pairs = zip(hits, factored, strict=True)
            hits = [hit.with_score(hit.score * factor) if factor else hit for hit, factor in pairs]
            hits.sort(key=lambda hit: -hit.score)
    return _having_rows_first(finder, question, hits)


def _having_rows_first(finder: Finder, question: Question, hits: list[Hit]) -> list[Hit]:
    """The hits; of two entries of the first one's title, that whose table has the row asked for first."""
    called = [hit for hit in hits if hit.entry.title == hits[0].entry.title]
    if not question.rows or len(called) < 2:
        return hits
    having = {found.number for found in finder.having_row(question.rows)}
    rather = next((hit for hit in called if hit.number in having), hits[0])
    if hits[0].number in having or rather is hits[0]:
        return hits
    return [rather.with_score(hits[0].score), *(hit for hit in hits if hit is not rather)]


def _kind_factors(headwords: Headwords, question: Question) -> Mapping[Kind, float]:
    """A definition is looked for among terms; a row of the table (課題, KPI …) among initiatives. A term that is not named, or
    named as what somebody else deals with (「CIOを支える人」), stands back.
    """
    if question.rows:
        return {Kind.TERM: 0.65, Kind.INITIATIVE: 1.15}
    if Asked.DEFINITION in question.asked and headwords.linked(question.text):
        return {Kind.TERM: 1.3}
    names_term = question.asked & {Asked.DEFINITION, Asked.REVERSE, Asked.COMPARISON}
    if not names_term and not headwords.linked(question.text):
        return {Kind.TERM: 0.65}
    if _SOMEBODY_ELSE.search(question.text):
        return {Kind.TERM: 0.8}
    return {}
