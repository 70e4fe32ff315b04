"""Of the entries found for a question, which one answers: what its score leaves open."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from knowledge.answer import Excerpt
from knowledge.answering.composing import by_title
from knowledge.answering.judging import Judge, Judged
from knowledge.answering.lacking import LACKS_DATE
from knowledge.answering.naming import places_of
from knowledge.answering.procedures import asks_for_form
from knowledge.answering.referring import dated_beside
from knowledge.answering.refusing import HOW_TO, LACKS_FACT
from knowledge.article import OF_ONE_QUESTION, Kind
from knowledge.asking.concepts import Question
from knowledge.asking.kinds import Asked
from knowledge.finding.finder import Finder, Hit
from knowledge.language.japanese import fold

# Fitted on our own questions, each set by the weights of the others; another must fit clearly better than the first.
_OF_SCORE, _OF_COVER, _OF_PASSAGE = 5.9, 1.6, 1.9
_MOST_RIVALS, _IN_REACH, _AS_HIGH, _CLEARLY = 3, 0.55, 0.97, 0.3
_MOST_TRIED, _HOLDS_SHARE = 4, 0.8
# What is asked is what a document says (「〜法だと何をする」): the passage that tells it begins so (「〜法では、…」).
_AS_TOLD_BY = re.compile(
    r"(?P<told_by>[一-龠々ァ-ヴーa-z0-9]{3,})(?:だと|では|によると|によれば|に(?:は|よると))[、,]?"
)
_TELLS = re.compile(r"(?:では|によると|によれば|において(?:は)?|に(?:は|より))[、,]?")
_OF_TELLING = 3.0
_NEAR_SHARE = 0.85
_HAS = 0.5


class Rivals:
    """Tells which of several entries answers, over one set of them."""

    def __init__(self, finder: Finder, judge: Judge) -> None:
        self._finder, self._judge = finder, judge

    def best_first(self, question: Question, hits: Sequence[Hit]) -> Sequence[Hit]:
        """The hits; of the first few in reach of each other, the one first that has clearly more of the question, most of all
        in one passage. Of one title, the rows asked for have told already; entries that answer one question of their own must
        stand as high.
        """
        if not hits:
            return hits
        reach = _IN_REACH if hits[0].entry.kind not in OF_ONE_QUESTION else _AS_HIGH
        rivals = [hit for hit in hits[:_MOST_RIVALS] if hit.score >= reach * hits[0].score]
        if question.rows:
            rivals = by_title(rivals)
        if len(rivals) < 2:
            return hits
        told_by = [found["told_by"] for found in _AS_TOLD_BY.finditer(question.text)]
        fitness = {
            hit.number: self._fitness(question, hit) + _OF_TELLING * self._tells(hit, told_by)
            for hit in rivals
        }
        best = max(rivals, key=lambda hit: fitness[hit.number])
        if fitness[best.number] < fitness[hits[0].number] + _CLEARLY:
            return hits
        return [best, *(hit for hit in hits if hit is not best)]

    def next_that_holds(self, question: Question, hits: Sequence[Hit], judged: Judged) -> Judged | None:
        """The next entry near the first that covers as much of the question and holds the kind of fact the first lacks."""
        if judged.reason == HOW_TO or asks_for_form(question):
            return self._procedure(question, hits)
        if judged.missing or judged.reason not in LACKS_FACT:
            return None
        for place, hit in enumerate(hits[1:_MOST_TRIED], 1):
            if hit.score < _HOLDS_SHARE * hits[0].score:
                return None
            other = self._judge.judge(question, hits[place:])
            as_much = other.hit.cover >= judged.hit.cover
            if as_much and not other.is_doubted and other.can_answer:
                return other
        return None

    def _procedure(self, question: Question, hits: Sequence[Hit]) -> Judged | None:
        """The first procedure in reach that answers how a thing is done, where the first entry only tells what it is."""
        near = (place for place, hit in enumerate(hits) if hit.score >= _IN_REACH * hits[0].score)
        places = [place for place in near if hits[place].entry.kind is Kind.PROCEDURE]
        judged = (self._judge.judge(question, [hits[place], *hits[place + 1 :]]) for place in places)
        return next((one for one in judged if one.can_answer), None)

    def dated(
        self, question: Question, hits: Sequence[Hit], judged: Judged
    ) -> tuple[Hit, tuple[Excerpt, ...]] | None:
        """The day of what the first entry is called by, where that does not tell it: another hit with the passages that do."""
        if judged.reason not in LACKS_DATE or judged.missing or judged.hit.entry.kind is not Kind.ROLE:
            return None
        told = ((hit, dated_beside(self._finder, question, judged.hit.entry, hit)) for hit in hits[1:])
        return next((found for found in told if found[1]), None)

    def about_the_same(self, question: Question, hits: Sequence[Hit]) -> list[Hit]:
        """Of the hits those that have what of the question the first one's title says, if it says any; procedures first where
        it is asked how to do a thing.
        """
        title = fold(hits[0].entry.title)
        named = [c for c in question.concepts if c.is_noun and c.surface in title]
        near = [
            hit for hit in hits if not named or any(self._finder.covers(hit.number, c) >= _HAS for c in named)
        ]
        if Asked.HOW_TO in question.asked:
            near.sort(key=lambda hit: hit.entry.kind is not Kind.PROCEDURE)
        return near

    def _tells(self, hit: Hit, told_by: Sequence[str]) -> bool:
        """Whether a passage of an entry tells what one of some documents says."""
        return any(
            _TELLS.match(text, end)
            for name in told_by
            for found in self._finder.passages.found(hit.number)
            for text in [fold(found.passage.text)]
            for _, end in places_of(name, text)
        )

    def _fitness(self, question: Question, hit: Hit) -> float:
        """How well an entry fits: its score, how much of the question it has, and how much of it in one passage."""
        within = self._judge.in_one_passage(question, hit)
        return _OF_SCORE * math.log(hit.score) + _OF_COVER * hit.cover + _OF_PASSAGE * within


def are_near(hits: Sequence[Hit]) -> bool:
    """Whether the second of two entries stands close enough to the first to be meant."""
    return len(hits) > 1 and hits[1].score >= _NEAR_SHARE * hits[0].score
