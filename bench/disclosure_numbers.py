"""What the attacker makes of published numbers of 課: somebody is there or not, one person or more, as yes-or-no unknowns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.disclosure_model import Model, Row, Scene

_PER_SECTION = 2


@dataclass(frozen=True)
class Numbers:
    """`present` and `reliance` as they stand in the publications."""

    present: Sequence[Mapping[str, Any]]
    reliance: Sequence[Mapping[str, Any]]

    @classmethod
    def read(cls, publications: Sequence[Mapping[str, Any]]) -> Numbers:
        """Those of all publications."""
        return cls(
            [one for publication in publications for one in publication.get("present", ())],
            [one for publication in publications for one in publication.get("reliance", ())],
        )

    @property
    def questions(self) -> set[str]:
        """Of which there are numbers; `reliance` ties them all together."""
        return {one["question"] for one in self.present}

    def of(self, questions: Collection[str]) -> Numbers | None:
        """Those of some questions; None where there are none."""
        return self if self.questions & set(questions) else None

    def over(
        self, scene: Scene, models: Mapping[str, Model], starts: Mapping[str, int], first: int
    ) -> _Unknowns:
        """The unknowns, placed from `first` on, and what is known of them."""
        return _Unknowns(self, scene, models, starts, first)


class _Unknowns:
    """For each number and 課: is anybody there, and are two or more. Places follow the counts."""

    def __init__(
        self,
        numbers: Numbers,
        scene: Scene,
        models: Mapping[str, Model],
        starts: Mapping[str, int],
        first: int,
    ) -> None:
        self._scene, self._first = scene, first
        self._sections = list(scene.homes)
        self.size = len(numbers.present) * len(self._sections) * _PER_SECTION
        self.rows: list[Row] = []
        for at, one in enumerate(numbers.present):
            model, start = models[one["question"]], starts[one["question"]]
            for place, section in enumerate(self._sections):
                self.rows += self._of_section(at, place, section, one, model, start)
            self.rows += self._of_city(at, one)
        for each in numbers.reliance:
            self.rows.append(self._of_division(each, len(numbers.present)))

    def _some(self, at: int, place: int) -> int:
        return self._first + (at * len(self._sections) + place) * _PER_SECTION

    def _of_section(
        self, at: int, place: int, section: str, one: Mapping[str, Any], model: Model, start: int
    ) -> Iterator[Row]:
        units = model.where(("課",), ((section,),))
        options = [model.asked.options.index(option) for option in one["options"]]
        counts = [start + model.count(unit, option) for unit in units for option in options]
        some, more = self._some(at, place), self._some(at, place) + 1
        heads = float(max(1, self._scene.headcounts.get(section, len(counts) * 1000)))
        ones = [1.0] * len(counts)
        yield ([*counts, some, more], [*ones, -1.0, -1.0], 0.0, float("inf"))
        yield ([*counts, some, more], [*ones, -1.0, -(heads - 1.0)], -float("inf"), 0.0)
        yield ([some, more], [1.0, -1.0], 0.0, 1.0)

    def _of_city(self, at: int, one: Mapping[str, Any]) -> Iterator[Row]:
        places = range(len(self._sections))
        some = [self._some(at, place) for place in places]
        yield (some, [1.0] * len(some), one["some"]["low"], one["some"]["high"])
        alone = [*some, *(place + 1 for place in some)]
        factors = [1.0] * len(some) + [-1.0] * len(some)
        yield (alone, factors, one["alone"]["low"], one["alone"]["high"])

    def _of_division(self, each: Mapping[str, Any], count: int) -> Row:
        inside = [
            place
            for place, section in enumerate(self._sections)
            if self._scene.homes[section] == each["division"]
        ]
        some = [self._some(at, place) for at in range(count) for place in inside]
        factors = [1.0] * len(some) + [-1.0] * len(some)
        return [*some, *(place + 1 for place in some)], factors, each["pairs"]["low"], each["pairs"]["high"]
