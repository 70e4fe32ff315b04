"""What a chart shows: labels, a value of each series for every label, perhaps targets; nothing of colours or sizes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from bot.texts.ja import charts as texts

HIDDEN: Final = "hidden"  # withheld by disclosure control: neither 0 nor unknown

MOST_BESIDE = 12

Value = float | Literal["hidden"] | None
Style = Literal["bars", "stacked", "grouped", "heatmap", "status", "lines", "sparkline"]


class Series(BaseModel):
    """One value for each of the chart's labels: a number, HIDDEN, or None where there is none."""

    model_config = ConfigDict(frozen=True)

    name: str = ""
    values: tuple[Value, ...]

    @field_validator("values")
    @classmethod
    def _drawable(cls, values: tuple[Value, ...]) -> tuple[Value, ...]:
        return tuple(None if isinstance(value, float) and not isfinite(value) else value for value in values)


class Sum(BaseModel):
    """What is told of a label only in a sum: of several of its series, or of one series with other labels. All are places."""

    model_config = ConfigDict(frozen=True)

    label: int
    series: Annotated[tuple[int, ...], Field(min_length=1)]
    value: Value


class Chart(BaseModel):
    """One chart over named labels; `alt` tells the same in words.

    bars       a bar for each label from the first series, a ring for each further one, a tick for its target
    stacked    a bar of 100 % for each label, divided among the series (answers of a scale)
    grouped    bars below each other for each label, one for each series; of four series two and two belong together
    heatmap    a row for each label, a column for each series, the value in every cell
    status     the same with words: a value is the place of its word in `levels`
    lines      a line for each series over the labels (rounds, years)
    sparkline  a row with a small line for each series over the labels

    `maximum` is where the scale ends; without it the largest value. Labels are drawn in the order given. `sums`: what is told
    of several series together in a row of `stacked` or `heatmap`; their own values are None there. `first`: places of the
    labels that matter most, for where not all can be written out beside the picture. `upwards`: the series of `stacked` go
    from the bad end to the good one. `told_below`: the table that follows tells the same, so that nobody writes the numbers out twice.
    """

    model_config = ConfigDict(frozen=True)

    type: Literal["chart"] = "chart"
    title: str
    style: Style = "bars"
    unit: str = ""
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    targets: tuple[float | None, ...] = ()
    levels: tuple[str, ...] = ()
    maximum: float | None = None
    sums: tuple[Sum, ...] = ()
    first: tuple[int, ...] = ()
    upwards: bool = False
    told_below: bool = False
    alt: str

    @model_validator(mode="after")
    def _fits(self) -> Self:
        lengths = {len(one.values) for one in self.series} | ({len(self.targets)} if self.targets else set())
        if lengths - {len(self.labels)}:
            raise ValueError(f"{len(self.labels)} labels, but series or targets of {sorted(lengths)} values")
        if self.style == "status":
            places = {value for one in self.series for value in one.values if isinstance(value, float)}
            if places - set(map(float, range(len(self.levels)))):
                raise ValueError(f"a status outside of the {len(self.levels)} levels")
        for one in self.sums:
            if one.label not in range(len(self.labels)) or not set(one.series) <= set(
                range(len(self.series))
            ):
                raise ValueError(f"a sum of {one.series} for label {one.label}: there is no such place")
        return self

    @classmethod
    def of(
        cls,
        points: Iterable[tuple[str, Value]],
        *,
        title: str,
        alt: str,
        style: Style = "bars",
        unit: str = "",
        targets: Sequence[float | None] = (),
        maximum: float | None = None,
    ) -> Chart:
        """A chart of one series, given as (label, value)."""
        given = tuple(points)
        return cls(
            title=title,
            style=style,
            unit=unit,
            labels=tuple(label for label, _ in given),
            series=(Series(values=tuple(value for _, value in given)),),
            targets=tuple(targets),
            maximum=maximum,
            alt=alt,
        )

    @property
    def columns(self) -> tuple[str, ...]:
        """The heading of the chart's numbers as a table."""
        names = tuple(one.name or texts.VALUE for one in self.series)
        return (texts.LABEL, *names, *((texts.TARGET,) if self.targets else ()))

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The chart's numbers as a table: a row for each label."""
        targets = tuple((self.told(target),) for target in self.targets) or ((),) * len(self.labels)
        values = [list(map(self.told, row)) for row in zip(*(one.values for one in self.series), strict=True)]
        for one in self.sums:
            first, *rest = one.series
            values[one.label][first] = texts.sum_told(self.sum_name(one), self.told(one.value))
            for place in rest:
                values[one.label][place] = texts.IN_SUM.format(name=self.series[first].name)
        return tuple(
            (label, *row, *target)
            for label, row, target in zip(
                self.labels, values or ((),) * len(self.labels), targets, strict=True
            )
        )

    @property
    def rows_beside(self) -> tuple[tuple[str, ...], ...]:
        """What a chat writes out beside the picture: every row, of many those that matter most, or none where a table follows."""
        if self.told_below:
            return ()
        rows = self.rows
        if len(rows) <= MOST_BESIDE:
            return rows
        return tuple(rows[place] for place in self.first or range(MOST_BESIDE))

    def sum_name(self, one: Sum) -> str:
        """What a sum adds up: 「A＋Bの合計」, of many 「Aほか4の合計」; of one series the sign for sums."""
        names = [self.series[place].name for place in one.series]
        return texts.short_sum_of(names) if len(names) > 1 else texts.SUM_SIGN

    def told(self, value: Value) -> str:
        """A value as people read it: with its unit, as its level's word, as 秘匿, or as a dash."""
        if value is None:
            return texts.BLANK
        if value == HIDDEN:
            return texts.HIDDEN
        assert isinstance(value, float)  # noqa: S101 (what is left)
        if self.style == "status":
            return self.levels[int(value)]
        return format_value(value, self.unit)


def format_value(value: float, unit: str = "") -> str:
    """A number as people write it: thousands separated, no idle decimals, the unit after it."""
    return f"{value:,.2f}".rstrip("0").rstrip(".") + unit
