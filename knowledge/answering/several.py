"""Two questions at once, each on a subject of its own (「RPAの目標はいくつで、標準化はいつまで？」): both are answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from knowledge.answering.judging import Judge, Judged
from knowledge.asking.concepts import Question, QuestionReader
from knowledge.entry import Entry
from knowledge.finding.finder import Hit
from knowledge.language.japanese import fold

_PIECE = re.compile(r"[^、。?\n]+[?]?")
_ASKS = re.compile(r"何(?!か)|なに|いつ|どこ|誰|だれ|いくつ|いくら|どう|どの|どれ|なぜ")
_TWO = 2


class Several:
    """Takes apart what asks of two subjects, over one set of entries. `rank` gives the hits for a question, best first."""

    def __init__(self, reader: QuestionReader, judge: Judge, rank: Callable[[Question], list[Hit]]) -> None:
        self._reader, self._judge, self._rank = reader, judge, rank

    def judged(self, question: Question, hits: Sequence[Hit]) -> list[Judged]:
        """What answers each of two questions, where each names the entry that answers it; none otherwise."""
        pieces = [piece for piece in _PIECE.findall(question.text) if _ASKS.search(piece)]
        if len(pieces) != _TWO or not hits:
            return []
        found = [one for piece in pieces if (one := self._answering(piece)) is not None]
        headings = {one.hit.entry.heading for one in found}
        return found if len(headings) == _TWO and hits[0].entry.heading in headings else []

    def _answering(self, piece: str) -> Judged | None:
        question = self._reader.read(piece)
        hits = self._rank(question) if question.concepts else []
        if not hits or not _names(question, hits[0].entry):
            return None
        judged = self._judge.judge(question, hits)
        return judged if judged.can_answer else None


def _names(question: Question, entry: Entry) -> bool:
    """Whether a question has a word of what an entry is called."""
    names = [fold(name) for name in entry.names]
    return any(c.is_noun and c.surface in name for c in question.concepts for name in names)
