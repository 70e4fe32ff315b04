"""What an attacker knows of one question, as linear constraints over counts he does not know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np

UNKNOWN = "無回答"
_ROUNDED = 0.051
Row = tuple[list[int], list[float], float, float]


@dataclass(frozen=True)
class Asked:
    """What anyone who has seen the questionnaire knows of a question; `ranges`: what values each option stands for."""

    options: tuple[str, ...]
    several: bool
    alone: frozenset[str]
    most: int | None
    threshold: int
    after: tuple[str, frozenset[str]] | None
    required: bool = False
    ranges: tuple[tuple[float, float] | None, ...] = ()


@dataclass(frozen=True)
class Scene:
    """Public facts: 部 by 課, headcounts, response counts, questions, values of attributes, which are a question's answers.

    `told`: by question, 課 and option, how many people say of themselves that this is their answer.
    """

    homes: Mapping[str, str]
    headcounts: Mapping[str, int]
    responses: Mapping[str, int]
    questions: Mapping[str, Asked]
    attributes: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, str]
    told: Mapping[str, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Insider:
    """One respondent: 課, values of attributes, ticked options by question."""

    section: str
    values: Mapping[str, str]
    ticked: Mapping[str, frozenset[str]]


class Model:
    """Linear knowledge of one question: unknown counts by 課, attribute values and option.

    Variables: n[u] valid answers and x[u, option] of each unit u = (課, *values); all whole and not negative.
    """

    def __init__(self, scene: Scene, name: str, tables: Sequence[Mapping[str, Any]]) -> None:
        self.scene, self.name, self.asked = scene, name, scene.questions[name]
        self.tables = [table for table in tables if table["question"] == name]
        used = {by for table in self.tables for by in table["by"]} - {"課", "部", "全庁"}
        self.dimensions = sorted(used)
        values = [(*scene.attributes[one], UNKNOWN) for one in self.dimensions]
        self.units = [(section, *rest) for section in scene.homes for rest in product(*values)]
        self.width = len(self.asked.options) + 1
        self.rows: list[Row] = []
        self.size = len(self.units) * self.width
        self.low, self.high = np.zeros(self.size), np.full(self.size, np.inf)
        self._know_people()
        self._know_answers()
        self._know_told()
        for table in self.tables:
            self._know_table(table)

    def base(self, unit: int) -> int:
        return unit * self.width

    def count(self, unit: int, option: int) -> int:
        return unit * self.width + 1 + option

    def where(self, by: Sequence[str], members: Sequence[Sequence[str]]) -> list[int]:
        """Units of a row."""
        chosen = []
        for place, unit in enumerate(self.units):
            facts = {"課": unit[0], "部": self.scene.homes[unit[0]], "全庁": "全庁"}
            facts |= dict(zip(self.dimensions, unit[1:], strict=True))
            if all(facts[name] in group for name, group in zip(by, members, strict=True)):
                chosen.append(place)
        return chosen

    def add(self, places: Iterable[int], factors: Iterable[float], low: float, high: float) -> None:
        self.rows.append((list(places), list(factors), low, high))

    def _know_people(self) -> None:
        for section, heads in self.scene.headcounts.items():
            units = self.where(("課",), ((section,),))
            self.add((self.base(u) for u in units), [1.0] * len(units), 0, heads)
        for unit, count in self.scene.responses.items():
            level = "課" if unit in self.scene.homes else "部"
            units = self.where((level,), ((unit,),))
            least = count if self.asked.required else 0
            self.add((self.base(u) for u in units), [1.0] * len(units), least, count)

    def _know_answers(self) -> None:
        options = range(len(self.asked.options))
        alone = [o for o in options if self.asked.options[o] in self.asked.alone]
        mixed = [o for o in options if o not in alone]
        for unit in range(len(self.units)):
            places = [self.count(unit, option) for option in options]
            if not self.asked.several:
                self.add([*places, self.base(unit)], [*[1.0] * len(places), -1.0], 0, 0)
                continue
            self.add([*places, self.base(unit)], [*[1.0] * len(places), -1.0], 0, np.inf)
            alones = [self.count(unit, option) for option in alone]
            for option in mixed:
                self.add(
                    [self.count(unit, option), *alones, self.base(unit)],
                    [1.0, *[1.0] * len(alones), -1.0],
                    -np.inf,
                    0,
                )
            most = self.asked.most or max(1, len(mixed))
            ticks = [self.count(unit, option) for option in mixed]
            factors = [1.0] * len(ticks) + [float(most)] * len(alones) + [-float(most)]
            self.add([*ticks, *alones, self.base(unit)], factors, -np.inf, 0)

    def _know_told(self) -> None:
        """At least as many as say so."""
        for section, given in self.scene.told.get(self.name, {}).items():
            units = self.where(("課",), ((section,),))
            for option, count in given.items():
                places = [self.count(unit, self.asked.options.index(option)) for unit in units]
                self.add(places, [1.0] * len(places), count, np.inf)

    def _know_table(self, table: Mapping[str, Any]) -> None:
        for row in table["rows"]:
            members = [row["members"], row["second"]][: len(table["by"])]
            units = self.where(table["by"], members)
            if row["base"] is not None:
                self.add((self.base(u) for u in units), [1.0] * len(units), row["base"], row["base"])
            for column, cell in enumerate(row["cells"]):
                if cell["state"] == "shown":
                    places = [self.count(u, o) for u in units for o in self.members(table, column)]
                    self.add(places, [1.0] * len(places), cell["value"], cell["value"])
            for one in row["together"]:
                if one["cell"]["state"] == "shown":
                    columns = [o for column in one["columns"] for o in self.members(table, column)]
                    places = [self.count(u, o) for u in units for o in columns]
                    self.add(places, [1.0] * len(places), one["cell"]["value"], one["cell"]["value"])
            if row["mean"] is not None:
                self._know_mean(units, row["mean"])

    def _know_mean(self, units: Sequence[int], mean: float) -> None:
        """The sum of the values, from the rounded mean and what each option's values can be."""
        valued = [(option, pair) for option, pair in enumerate(self.asked.ranges) if pair is not None]
        places = [self.count(unit, option) for unit in units for option, _ in valued]
        least = [low - mean - _ROUNDED for _ in units for _, (low, _) in valued]
        most = [high - mean + _ROUNDED for _ in units for _, (_, high) in valued]
        self.add(places, least, -np.inf, 0)
        self.add(places, most, 0, np.inf)

    def members(self, table: Mapping[str, Any], column: int) -> list[int]:
        if not table["groups"]:
            return [column]
        return [self.asked.options.index(option) for option in table["groups"][column][1]]

    def know_self(self, insider: Insider) -> tuple[np.ndarray, np.ndarray]:
        """Bounds of all variables when the attacker is this respondent."""
        low, high = self.low.copy(), self.high.copy()
        ticked = insider.ticked.get(self.name, frozenset())
        if not ticked:
            return low, high
        unit = self.units.index((insider.section, *(insider.values[name] for name in self.dimensions)))
        low[self.base(unit)] = 1
        for option, label in enumerate(self.asked.options):
            if label in ticked:
                low[self.count(unit, option)] = 1
        return low, high
