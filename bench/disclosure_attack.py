"""An attacker with a linear-programming solver. Shares nothing with the code that decides what is shown.

He has every publication of a round as JSON, each question's wording (one answer or several, who is asked), each 課's
headcount, the response counts shown while the round ran, and may be one of the respondents, knowing his own answers. His
unknowns are how many people of each 課 and each value of the attributes gave each answer; all he knows goes in as linear
constraints over one question and those linked with it. For every count that is not shown he computes the least and the
greatest value possible.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from bench.disclosure_model import Insider, Model, Row, Scene
from bench.disclosure_numbers import Numbers

_GLANCES = 6
_SECONDS, _OUT_OF_TIME = 300.0, 1


@dataclass(frozen=True)
class Finding:
    """A count that was not to be known: what it is of, and what the attacker says of it."""

    question: str
    group: str
    option: str
    low: float
    high: float
    needed: float


class System:
    """The questions of one round that are tied to each other, in one system of linear constraints."""

    def __init__(self, scene: Scene, models: Mapping[str, Model], numbers: Numbers | None = None) -> None:
        self.scene, self.models = scene, models
        sizes = [model.size for model in models.values()]
        self._start = dict(zip(models, np.cumsum([0, *sizes])[:-1].tolist(), strict=True))
        counted = sum(sizes)
        self._numbers = numbers.over(scene, models, self._start, counted) if numbers else None
        self.size = counted + (self._numbers.size if self._numbers else 0)
        self._constraint = self._assemble()
        self.secrets = list(self._secrets())

    def _assemble(self) -> LinearConstraint:
        rows: list[Row] = list(self._numbers.rows) if self._numbers else []
        for name, model in self.models.items():
            start = self._start[name]
            rows += [
                ([start + at for at in places], factors, low, high)
                for places, factors, low, high in model.rows
            ]
            rows += [*self._after(model, start), *self._broken_down(model, start)]
        data = np.array([factor for _, factors, _, _ in rows for factor in factors])
        columns = np.array([at for places, _, _, _ in rows for at in places], dtype=np.int64)
        ends = np.cumsum([0, *[len(places) for places, _, _, _ in rows]])
        matrix = sparse.csr_array((data, columns, ends), shape=(len(rows), self.size))
        matrix.sum_duplicates()
        low, high = (np.array([row[side] for row in rows], dtype=float) for side in (2, 3))
        return LinearConstraint(matrix, low, high)

    def _after(self, model: Model, start: int) -> Iterable[Row]:
        """Whoever answered a follow-up gave one of the answers that lead to it, in each 課 and value they share."""
        if model.asked.after is None or model.asked.after[0] not in self.models:
            return
        before = self.models[model.asked.after[0]]
        origin = self._start[before.name]
        leads = [before.asked.options.index(option) for option in model.asked.after[1]]
        shared = [one for one in model.dimensions if one in before.dimensions]
        for values in {
            tuple(unit[1 + model.dimensions.index(one)] for one in shared) for unit in model.units
        }:
            for section in self.scene.homes:
                by, members = ("課", *shared), ((section,), *((value,) for value in values))
                here = [start + model.base(u) for u in model.where(by, members)]
                there = [origin + before.count(u, o) for u in before.where(by, members) for o in leads]
                yield (here + there, [1.0] * len(here) + [-1.0] * len(there), -np.inf, 0.0)

    def _broken_down(self, model: Model, start: int) -> Iterable[Row]:
        """Where a table is broken down by the answers to another question, that question's counts are room for its bases."""
        for name in model.dimensions:
            source = self.scene.sources.get(name, "")
            if source not in self.models:
                continue
            before, origin = self.models[source], self._start[source]
            for section in self.scene.homes:
                units = before.where(("課",), ((section,),))
                for option, value in enumerate(before.asked.options):
                    here = [start + model.base(u) for u in model.where(("課", name), ((section,), (value,)))]
                    there = [origin + before.count(u, option) for u in units]
                    yield (here + there, [1.0] * len(here) + [-1.0] * len(there), -np.inf, 0.0)

    def bounds(self, insider: Insider | None) -> tuple[np.ndarray, np.ndarray]:
        """Bounds of all variables for this attacker."""
        parts = [
            model.know_self(insider) if insider else (model.low, model.high) for model in self.models.values()
        ]
        extra = self._numbers.size if self._numbers else 0
        low = np.concatenate([*(part[0] for part in parts), np.zeros(extra)])
        high = np.concatenate([*(part[1] for part in parts), np.ones(extra)])
        return low, high

    def solve(
        self, objective: np.ndarray, low: np.ndarray, high: np.ndarray, *, whole: bool = False
    ) -> np.ndarray | None:
        """The least of an objective; None where the constraints contradict each other. Raises TimeoutError."""
        answer = milp(
            objective,
            bounds=Bounds(low, high),
            constraints=self._constraint,
            integrality=self._integrality(whole=whole),
            options={"time_limit": _SECONDS},
        )
        if answer.status == _OUT_OF_TIME:
            raise TimeoutError("the machine is too busy to attack in time")
        return None if answer.x is None else answer.x

    def _integrality(self, *, whole: bool) -> np.ndarray:
        """Whether somebody is in a 課 is yes or no also where counts may have fractions."""
        extra = self._numbers.size if self._numbers else 0
        return np.concatenate([np.full(self.size - extra, int(whole)), np.ones(extra)])

    def _secrets(self) -> Iterable[Secret]:
        for name, model in self.models.items():
            for table in model.tables:
                for row in table["rows"]:
                    members = [row["members"], row["second"]][: len(table["by"])]
                    units = model.where(table["by"], members)
                    cells = [((at,), cell) for at, cell in enumerate(row["cells"])]
                    cells += [(tuple(one["columns"]), one["cell"]) for one in row["together"]]
                    for columns, cell in cells:
                        if cell["state"] in ("hidden", "merged") and units:
                            yield self._secret(model, name, table, members, units, columns, cell["state"])

    def _secret(
        self,
        model: Model,
        name: str,
        table: Mapping[str, Any],
        members: Sequence[Sequence[str]],
        units: Sequence[int],
        columns: Sequence[int],
        state: str,
    ) -> Secret:
        options = [option for column in columns for option in model.members(table, column)]
        places = np.array(
            [self._start[name] + model.count(unit, option) for unit in units for option in options]
        )
        labels = "+".join(table["columns"][column] for column in columns)
        told = self.scene.told.get(name, {})
        homes = {model.units[unit][0] for unit in units}
        said = sum(told.get(home, {}).get(model.asked.options[o], 0) for home in homes for o in options)
        group = "/".join("+".join(part) for part in members)
        return Secret(name, group, labels, places, state == "hidden", float(table["threshold"]), said)

    def findings(
        self, insider: Insider | None, *, whole: bool = False, only: int | None = None
    ) -> tuple[int, list[Finding]]:
        """(counts attacked, those known too well). `only`: attack so many, the smallest groups first."""
        secrets = sorted(self.secrets, key=lambda one: len(one.places))[:only]
        view = View(self, secrets, insider, whole=whole)
        chance = np.random.default_rng(0)
        for _ in range(_GLANCES if secrets else 0):
            view.look(chance.choice([-1.0, 1.0], len(secrets)))
        return len(secrets), [found for at in range(len(secrets)) if (found := view.finding(at)) is not None]


class View:
    """What one attacker has found possible for each secret so far."""

    def __init__(
        self, system: System, secrets: Sequence[Secret], insider: Insider | None, *, whole: bool
    ) -> None:
        self._system, self._secrets, self._insider, self._whole = system, secrets, insider, whole
        self._low, self._high = system.bounds(insider)
        if system.solve(np.zeros(system.size), self._low, self._high) is None:
            raise ValueError("what is published contradicts itself")
        self._rows = np.zeros((len(secrets), system.size))
        for at, secret in enumerate(secrets):
            self._rows[at, secret.places] = 1
        self._least, self._greatest = np.full(len(secrets), np.inf), np.full(len(secrets), -np.inf)

    def look(self, weights: np.ndarray) -> None:
        """Solve for the least of the weighted secrets, and take in what all of them are there."""
        world = self._system.solve(weights @ self._rows, self._low, self._high, whole=self._whole)
        if world is not None:
            counts = self._rows @ world
            self._least = np.minimum(self._least, counts)
            self._greatest = np.maximum(self._greatest, counts)

    def finding(self, at: int) -> Finding | None:
        """Solve for the least and the greatest of one secret, unless what was seen is wide enough."""
        secret, only = self._secrets[at], np.arange(len(self._secrets)) == at
        for sign in (1.0, -1.0):
            if secret.kept(self._least[at], self._greatest[at], self._insider):
                return None
            self.look(sign * only)
        low, high = float(self._least[at]), float(self._greatest[at])
        if secret.kept(low, high, self._insider):
            return None
        return Finding(secret.question, secret.group, secret.option, low, high, secret.threshold)


@dataclass(frozen=True, eq=False)
class Secret:
    """A count that is not shown. `hidden`: stands as 秘匿; else it is only given together with others."""

    question: str
    group: str
    option: str
    places: np.ndarray
    hidden: bool
    threshold: float
    told: int = 0

    def kept(self, low: float, high: float, insider: Insider | None) -> bool:
        """Whether an interval tells too little.

        秘匿 must be open over the threshold. What has no cell of its own must not be known to be a count from 1 to below the
        threshold (the attacker's own answer and what people tell of themselves aside): its group may itself be smaller than
        the threshold.
        """
        if self.hidden:
            return high - low >= self.threshold - 1e-6
        own = self.told + (1.0 if insider else 0.0)
        return high >= self.threshold - 1e-6 or low <= own + 1e-6


class Attack:
    """Everything one round has published, in systems of questions tied to each other."""

    def __init__(self, scene: Scene, publications: Sequence[str]) -> None:
        read = [json.loads(text) for text in publications]
        tables = [table for one in read for table in one["tables"]]
        numbers = Numbers.read(read)
        asked = [name for name in scene.questions if any(table["question"] == name for table in tables)]
        models = {name: Model(scene, name, tables) for name in asked}
        self.systems = [
            System(scene, {name: models[name] for name in names}, numbers.of(names))
            for names in _tied(scene, models, numbers)
        ]

    def findings(
        self, insider: Insider | None, *, whole: bool = False, only: int | None = None
    ) -> tuple[int, list[Finding]]:
        """(counts attacked, those known too well) by this respondent, or by an outsider."""
        results = [system.findings(insider, whole=whole, only=only) for system in self.systems]
        return sum(count for count, _ in results), [one for _, found in results for one in found]


def _tied(scene: Scene, models: Mapping[str, Model], numbers: Numbers) -> list[list[str]]:
    """Names of questions, those together that bear on each other."""
    groups = [{name} for name in models]
    if together := numbers.questions & set(models):
        groups = [*(group for group in groups if not group & together), together]
    for name, model in models.items():
        near = {scene.sources[one] for one in model.dimensions if one in scene.sources}
        if model.asked.after is not None:
            near.add(model.asked.after[0])
        joined = set().union(*(group for group in groups if group & (near | {name})))
        groups = [*(group for group in groups if not group & joined), joined]
    return [sorted(group) for group in groups]
