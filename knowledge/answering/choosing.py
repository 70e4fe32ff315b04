"""Choose the passages of an entry that are worth reading for a question: the rows asked for, and what covers the rest."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answering.leaning import leanings
from knowledge.asking.concepts import Question
from knowledge.asking.kinds import Asked, rows_asked
from knowledge.asking.phrasing import asks_to_confirm
from knowledge.finding.finder import Finder, Hit
from knowledge.language.japanese import fold

MOST_PASSAGES = 4
_ROW_BONUS = 0.2
_YEAR_BONUS = 0.2
_LEANING = 0.15
_TITLED = 0.3
_LEAST_GAIN = 0.1
_MEANT = 0.2
_SEVERAL, _MANY = 3, 40
# Of the items of one row, those that fit as well as the best are read with it.
_AS_GOOD = 0.1
# All that is said of a rare thing is shown where that is little.
_RARE, _NAMED, _FEW = 1.5, 0.9, 3
# The plain explanation calls two rows by simpler names.
_ROW_OF_LABEL = {"国の動き": "国の取組方針", "課題": "現状と課題"}
_READ_WHOLE, _MUCH = 400, 0.25
_WHOLE_ROWS = frozenset({"現状と課題", "取組"})
_ROWS_OF_STATE = ("概要", "現状と課題", "取組")
SHORT_ROWS = frozenset({"KPI", "国の取組方針", "工程表", "概要"})


def row_called(label: str) -> str:
    """The row of an initiative's table that a passage's label stands for."""
    return _ROW_OF_LABEL.get(label, label)


def choose(
    finder: Finder, numbers: Sequence[int], hit: Hit, question: Question, most: int = MOST_PASSAGES
) -> list[int]:
    """Passages worth reading: the rows asked for, then by what they add, at most `most` of those but always one."""
    whole = [row for row in question.rows if _whole_row(row, hit, question)]
    served = [n for n in numbers if _row(finder, n) in whole] if whole else []
    return _Choice(finder, numbers, question, served).chosen(most) if numbers else []


def _whole_row(row: str, hit: Hit, question: Question) -> bool:
    """A short row is shown whole when it is asked for; a list of items when all are, or nothing narrower is."""
    if row in SHORT_ROWS or Asked.LIST in question.asked:
        return True
    return _names_rows_alone(question, fold(hit.entry.title))


def _names_rows_alone(question: Question, title: str) -> bool:
    """Whether a question says nothing beyond a folded title and names of rows."""
    return all(c.surface in title or rows_asked(c.surface) for c in question.concepts)


def _row(finder: Finder, number: int) -> str:
    return row_called(finder.passages[number].passage.label)


class _Choice:
    """What each passage covers, and what of the question is left to cover after those that were chosen."""

    def __init__(
        self, finder: Finder, numbers: Sequence[int], question: Question, served: Sequence[int]
    ) -> None:
        self._finder, self._numbers, self._question, self._served = finder, numbers, question, tuple(served)
        entry = finder.passages.entry_of(numbers[0])
        found = dict(zip(finder.passages.of(entry), finder.passages.found(entry), strict=True))
        self._rows = {n: row_called(found[n].passage.label) for n in numbers}
        self._texts = {n: fold(found[n].passage.text) for n in numbers}
        self._covers = _covers(finder, entry, question)
        self._leanings = {n: len(leanings(question.text, text)) for n, text in self._texts.items()}
        title = fold(finder.entries[entry].title)
        self._says_more = not _names_rows_alone(question, title)
        self._total = sum(finder.weight(concept) for concept in question.concepts) or 1.0
        self._chosen: list[int] = []
        self._left = _weights(finder, title, question, after=bool(served))
        for number in served:
            self._take(number)
        self._unserved = tuple(self._left)

    def chosen(self, most: int) -> list[int]:
        """What is served already, and whichever passages add most of what is not covered yet, while worth reading."""
        while len(self._chosen) < max(most, len(self._served) + 1):
            gains = {n: self._gain(n) for n in self._numbers if n not in self._chosen}
            best = max(gains, key=lambda n: gains[n], default=None)
            if best is None or (self._chosen and gains[best] < _LEAST_GAIN):
                break
            for number in [best] if self._chosen else self._as_good(best, gains):
                self._take(number)
        if most > 1:
            for number in self._of_thing_in_doubt():
                self._take(number)
        several = _SEVERAL <= len(self._numbers) <= _MANY
        if several and self._says_more and 1 < most > len(self._chosen):
            self._take_nearest(self._numbers)
        if most > 1 and self._question.is_in_doubt and self._says_more and self._leaves_much:
            self._take_state()
        return self._chosen

    @property
    def _leaves_much(self) -> bool:
        """Whether the passages chosen lack much of what the question says."""
        return sum(self._left) >= _MUCH * self._total

    def _take_state(self) -> None:
        """What an initiative is for, how it stands and what is to be done: whoever doubts it may say so in words that stand
        nowhere.
        """
        for row in _ROWS_OF_STATE:
            of_row = [n for n in self._numbers if self._rows[n] == row and n not in self._chosen]
            if of_row and sum(len(self._texts[n]) for n in of_row) <= _READ_WHOLE and row in _WHOLE_ROWS:
                for number in of_row:
                    self._take(number)
            elif of_row and all(self._rows[n] != row for n in self._chosen):
                self._take_nearest(of_row, 0.0)

    def _of_thing_in_doubt(self) -> list[int]:
        """Where it is only asked if something holds, all that is said of the rarest thing named: the asker's own words for
        what holds (「別々に残りますか」) may stand nowhere.
        """
        if not (self._question.asks and asks_to_confirm(self._question.text)) or not self._chosen:
            return []
        beyond = [place for place, weight in enumerate(self._unserved) if weight >= _RARE]
        held = [p for p in beyond if self._covers[self._chosen[0]][p] >= _NAMED and self._is_noun(p)]
        rarest = max(held, key=lambda place: self._unserved[place], default=None)
        if rarest is None:
            return []
        naming = [n for n in self._numbers if self._covers[n][rarest] >= _NAMED]
        return [n for n in naming if n not in self._chosen] if len(naming) <= _FEW else []

    def _is_noun(self, place: int) -> bool:
        return self._question.concepts[place].is_noun

    def _take_nearest(self, numbers: Sequence[int], least: float = _MEANT) -> None:
        """The passage that lies nearest in meaning, too: the question may say it in words that no passage has."""
        number, cosine = self._finder.nearest_passage(numbers, self._question.text)
        if cosine >= least and number not in self._chosen:
            self._take(number)

    def _as_good(self, best: int, gains: dict[int, float]) -> list[int]:
        """The items of the best one's row that the question does not tell from it."""
        row = self._rows[best]
        same = [n for n in gains if row and self._rows[n] == row]
        return [n for n in same if gains[n] >= gains[best] - _AS_GOOD] or [best]

    def _take(self, number: int) -> None:
        self._chosen.append(number)
        self._left = [w * (1 - c) for w, c in zip(self._left, self._covers[number], strict=True)]

    def _gain(self, number: int) -> float:
        """What a passage adds, for a row or a year that is asked for, and for wording that answers of that sort have."""
        gain = self._share(number, self._left) + self._bonus(number)
        if not self._chosen or self._share(number, self._unserved) >= _LEAST_GAIN:
            gain += _LEANING * self._leanings[number]
        return gain

    def _share(self, number: int, weights: Sequence[float]) -> float:
        return sum(w * c for w, c in zip(weights, self._covers[number], strict=True)) / self._total

    def _bonus(self, number: int) -> float:
        shown = {self._rows[n] for n in self._chosen}
        row = self._rows[number]
        years = sum(written in self._texts[number] for written, _ in self._question.years)
        return _YEAR_BONUS * years + (_ROW_BONUS if row in self._question.rows and row not in shown else 0.0)


def _covers(finder: Finder, entry: int, question: Question) -> dict[int, tuple[float, ...]]:
    """How far each passage of an entry covers each concept."""
    passages = finder.passages_of(entry)
    of_concepts = [finder.passage_covers(entry, concept) for concept in question.concepts]
    covers = zip(*of_concepts, strict=True) if of_concepts else [()] * len(passages)
    return dict(zip(passages, covers, strict=True))


def _weights(finder: Finder, title: str, question: Question, *, after: bool) -> list[float]:
    """The weight of each concept; what the entry's title says already counts less, and `after` a row that was asked
    for is shown not at all.
    """
    titled = 0.0 if after else _TITLED
    return [finder.weight(c) * (titled if c.surface in title else 1.0) for c in question.concepts]
