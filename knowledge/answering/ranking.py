"""The entries for a question, best first: as they are found, and by the kind of entry that is asked for."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.answering.asking import Asked
from knowledge.answering.concepts import Question
from knowledge.answering.finding import Finder, Hit
from knowledge.answering.headwords import Headwords
from knowledge.article import Kind


def ranked(finder: Finder, headwords: Headwords, question: Question) -> list[Hit]:
    """The entries for a question, best first."""
    factors = _kind_factors(headwords, question)
    hits = finder.rank(question.concepts, text=question.text)
    if not factors:
        return hits
    hits = [hit.with_score(hit.score * factors.get(hit.entry.kind, 1.0)) for hit in hits]
    return sorted(hits, key=lambda hit: -hit.score)


def _kind_factors(headwords: Headwords, question: Question) -> Mapping[Kind, float]:
    """A definition is looked for among terms; a row of the table (課題, KPI …) among initiatives."""
    if question.rows:
        return {Kind.TERM: 0.65, Kind.INITIATIVE: 1.15}
    if Asked.DEFINITION in question.asked and headwords.linked(question.text):
        return {Kind.TERM: 1.3}
    return {}
