"""Numbers of 課: in how many somebody gave an answer, and in how many exactly one person did, as ranges that open no count.

Every world that proves a hidden count (see `block`) is a whole city. A range spans what such a number is in all these worlds, so
each proof stands with the range known as well. It is wider by what may differ beside a proof: somebody's own answer, and
課 that are given together and could each be the one with the people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from surveys.disclosure.block import Counts
from surveys.disclosure.microdata import Microdata, Presence
from surveys.disclosure.publication import Present, Range, Reliance
from surveys.disclosure.task import Decided

_OWN_ANSWER = 2
_ONE = 1


@dataclass(frozen=True, eq=False)
class _Worlds:
    """(worlds, 課) people with one of the options, the truth first; `beside`: how far a number of 課 may be off beside them."""

    people: Counts
    beside: int

    def some(self, inside: np.ndarray) -> Counts:
        """(worlds,): 課 with anybody."""
        return np.asarray((self.people[:, inside] > 0).sum(axis=1), dtype=np.int64)

    def alone(self, inside: np.ndarray) -> Counts:
        """(worlds,): 課 with exactly one person."""
        return np.asarray((self.people[:, inside] == _ONE).sum(axis=1), dtype=np.int64)


def list_present(
    microdata: Microdata, presences: Sequence[Presence], decided: Mapping[str, Decided]
) -> tuple[tuple[Present, ...], tuple[Reliance, ...]]:
    """For each presence whose question is published its ranges, and for each 部 that of all pairs of 課 and presence together."""
    worlds = {
        one: _worlds(microdata, one, decided[one.question]) for one in presences if one.question in decided
    }
    answering = np.bincount(microdata.section, minlength=len(microdata.sections)) > 0
    present = [
        Present(
            question=one.question,
            options=tuple(sorted(one.options)),
            sections=int(answering.sum()),
            some=_range(found.some(answering), found.beside, int(answering.sum())),
            alone=_range(found.alone(answering), found.beside, int(answering.sum())),
        )
        for one, found in worlds.items()
    ]
    return tuple(present), tuple(_reliance(microdata, worlds.values(), answering))


def holds(
    microdata: Microdata,
    presences: Sequence[Present],
    reliance: Sequence[Reliance],
    question: str,
    decided: Decided,
) -> bool:
    """Whether the worlds of a further decision about a question leave every range published before as it is."""
    found = [one for one in presences if one.question == question]
    for one in found:
        worlds = _worlds(microdata, Presence(question, frozenset(one.options)), decided)
        inside = np.ones(len(microdata.sections), dtype=bool)
        for numbers, range_ in ((worlds.some(inside), one.some), (worlds.alone(inside), one.alone)):
            if numbers.min() < range_.low or numbers.max() > range_.high:
                return False
        for each in reliance:
            inside = np.array([section.division == each.division for section in microdata.sections])
            change = worlds.alone(inside) - worlds.alone(inside)[0]
            if int(change.max() - change.min()) > each.pairs.high - each.pairs.low:
                return False
    return True


def _worlds(microdata: Microdata, presence: Presence, decided: Decided) -> _Worlds:
    answers = microdata.of(presence.question)
    chosen = np.array([option in presence.options for option in answers.question.options])
    held = answers.ticks[:, chosen].any(axis=1)
    truth = np.bincount(microdata.section[held], minlength=len(microdata.sections)).astype(np.int64)
    changes = [change[:, chosen].sum(axis=1) for change in decided.worlds]
    people = np.stack([truth, *(truth + change for change in changes)])
    return _Worlds(people, _OWN_ANSWER + max(0, decided.most_together - 1))


def _reliance(microdata: Microdata, worlds: Iterable[_Worlds], answering: np.ndarray) -> Iterable[Reliance]:
    known = list(worlds)
    for division in dict.fromkeys(section.division for section in microdata.sections):
        inside = answering & np.array([section.division == division for section in microdata.sections])
        alone = [one.alone(inside) for one in known]
        if not alone or not inside.any():
            continue
        truth = sum(int(one[0]) for one in alone)
        least = min(int((one - one[0]).min()) for one in alone)
        most = max(int((one - one[0]).max()) for one in alone)
        beside = max(one.beside for one in known)
        pairs = _range(np.array([truth + least, truth + most]), beside, int(inside.sum()) * len(known))
        yield Reliance(division=division, pairs=pairs)


def _range(numbers: Counts, beside: int, most: int) -> Range:
    return Range(low=max(0, int(numbers.min()) - beside), high=min(most, int(numbers.max()) + beside))
