"""A city to publish the answers of, and how synthetic people answer a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from staff.demo import synthetic_city
from surveys.disclosure import (
    CITY,
    DIVISION,
    SECTION,
    Answers,
    Attribute,
    Declared,
    Microdata,
    Presence,
    PublicKnowledge,
    Question,
    Section,
)

Groups = tuple[tuple[str, tuple[str, ...]], ...]
_REMOTE = np.array([0.25, 0.15, 0.75, 0.6, 0.85, 0.45])


@dataclass(frozen=True)
class Case:
    """What publish() is given."""

    microdata: Microdata
    declared: tuple[Declared, ...]
    public: PublicKnowledge
    presences: tuple[Presence, ...] = ()


def one_of(chance: np.random.Generator, asked: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(people, options) with one tick where asked; `weights`: (people, options)."""
    share = weights / weights.sum(axis=1, keepdims=True)
    pick = (share.cumsum(axis=1) < chance.random((len(share), 1))).sum(axis=1).clip(max=share.shape[1] - 1)
    ticks: np.ndarray = (np.arange(share.shape[1]) == pick[:, None]) & asked[:, None]
    return ticks


def some_of(
    chance: np.random.Generator, asked: np.ndarray, rates: np.ndarray, alone: Sequence[int], most: int | None
) -> np.ndarray:
    """(people, options): each option with its rate; an exclusive one stands alone; at least one, at most `most`."""
    order = chance.random(rates.shape) / np.maximum(rates, 1e-9)
    ticks = chance.random(rates.shape) < rates
    ticks[np.arange(len(order)), order.argmin(axis=1)] = True
    if most is not None:
        ticks &= order.argsort(axis=1).argsort(axis=1) < most
        ticks[np.arange(len(order)), order.argmin(axis=1)] = True
    for option in alone:
        ticks[np.ix_(ticks[:, option], np.arange(rates.shape[1]) != option)] = False
    ticks &= asked[:, None]
    return ticks


class Respondents:
    """The demo city's respondents and their answers so far."""

    def __init__(self, staff: int, seed: int, rate: float) -> None:
        departments, people = synthetic_city(staff, 1, big=False)
        self.sections = tuple(Section(one.id, one.parent_id) for one in departments if one.parent_id)
        place = {section.id: at for at, section in enumerate(self.sections)}
        home = np.array([place[person.posts[0].department_id] for person in people])
        self.chance = np.random.default_rng(seed)
        character = np.random.default_rng(7).dirichlet(np.full(6, 0.7), len(self.sections))
        self.heads = np.bincount(home, minlength=len(self.sections))
        self.home = home[self.chance.random(len(home)) < rate]
        self.count = len(self.home)
        mixed = 0.8 * character + 0.2 / 6
        self.kind = one_of(self.chance, np.ones(self.count, dtype=bool), mixed[self.home]).argmax(axis=1)
        self.remote = _REMOTE[self.kind]
        self._lean = np.random.default_rng(8).normal(0, 0.25, (len(self.sections), 13))[self.home]
        self.attributes: list[Attribute] = []
        self.answers: list[Answers] = []

    def attribute(
        self, name: str, values: tuple[str, ...], shares: np.ndarray, codes: np.ndarray | None = None
    ) -> None:
        if codes is None:
            codes = self.chance.choice(len(values), self.count, p=shares[0])
        skipped = self.chance.random(self.count) < 0.02
        self.attributes.append(Attribute(name, values, np.where(skipped, -1, codes).astype(np.int64)))

    def add(self, question: Question, ticks: np.ndarray, values: np.ndarray | None = None) -> np.ndarray:
        self.answers.append(Answers(question, ticks, values))
        return ticks

    def one(
        self,
        question: Question,
        shares: Sequence[float],
        *,
        asked: np.ndarray | None = None,
        steer: Sequence[float] = (),
    ) -> np.ndarray:
        weights = np.array(shares) * np.exp(self._lean[:, : len(shares)])
        if steer:
            weights = weights * np.exp((self.remote[:, None] - 0.45) * 2 * np.array(steer))
        return self.add(question, one_of(self.chance, self._asked(asked), weights))

    def many(
        self, question: Question, rates: Sequence[float], *, asked: np.ndarray | None = None
    ) -> np.ndarray:
        odds = np.array(rates) / (1 - np.array(rates)) * np.exp(self._lean[:, : len(rates)])
        alone = [place for place, option in enumerate(question.options) if option in question.exclusive]
        return self.add(
            question, some_of(self.chance, self._asked(asked), odds / (1 + odds), alone, question.most)
        )

    def _asked(self, asked: np.ndarray | None) -> np.ndarray:
        given = self.chance.random(self.count) < 0.97
        return given if asked is None else given & asked

    def case(self, by: Sequence[str], groups: Mapping[str, Groups]) -> Case:
        """The city with tables by 部, by 課 with answers grouped, and by these attributes."""
        tables = []
        for answers in self.answers:
            question = answers.question.id
            tables += [Declared(question, (CITY,)), Declared(question, (DIVISION,))]
            if SECTION not in answers.question.never_by:
                tables.append(Declared(question, (SECTION,), groups.get(question.split(".")[0], ())))
            tables += [Declared(question, (name,)) for name in by]
        counts = np.bincount(self.home, minlength=len(self.sections))
        responses = {section.id: int(count) for section, count in zip(self.sections, counts, strict=True)}
        heads = {section.id: int(count) for section, count in zip(self.sections, self.heads, strict=True)}
        microdata = Microdata("回", self.sections, self.home, tuple(self.attributes), tuple(self.answers))
        return Case(microdata, tuple(tables), PublicKnowledge(heads, responses))
