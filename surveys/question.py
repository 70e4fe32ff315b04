"""One question of a survey, as its definition has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.texts.ja import survey_files as texts
from surveys.condition import Condition, parse_condition

THRESHOLD, SENSITIVE_THRESHOLD = 5, 10
SCALE_POINTS = 5
FEWEST_OPTIONS = 2
MOST_OPTIONS = 60
MOST_ROWS = 10
LONGEST_SHORT, LONGEST_LONG = 100, 2000
ROW_MARKS = frozenset("|×")
"""What tells the parts of a result's address from each other."""
STORED = "stored"
"""In the context of validation: read from storage, where rules that came later find nothing wrong any more."""


class Frozen(BaseModel):
    """A value that nothing changes, with no field we do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _day(value: object) -> object:
    """A day in YAML, with or without quotes."""
    return value.isoformat() if type(value) is date else value


Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
Text = Annotated[str, Field(min_length=1, max_length=300)]
Day = Annotated[str, BeforeValidator(_day)]
"""A day as 2026-04-01; "" for none."""


def is_stored(info: ValidationInfo) -> bool:
    """Whether what is validated was checked before it was stored."""
    return bool(info.context and info.context.get(STORED))


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTI = "multi"
    SCALE5 = "scale5"
    MATRIX = "matrix"
    NUMBER = "number"
    DATE = "date"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"

    @property
    def is_closed(self) -> bool:
        """Whether the answer is one or several of given options."""
        return self in (Kind.SINGLE, Kind.MULTI, Kind.SCALE5, Kind.MATRIX)

    @property
    def is_text(self) -> bool:
        """Whether the answer is in free words."""
        return self in (Kind.SHORT_TEXT, Kind.LONG_TEXT)


class Unit(StrEnum):
    """How finely figures are shown."""

    SECTION = "課"
    DIVISION = "部"
    CITY = "全庁"


class Attribute(StrEnum):
    """What the directory says of a person, and a round of whoever answers."""

    SECTION = "section"
    DIVISION = "division"
    ROLE = "role"


class Option(Frozen):
    """One option or row: `id` is what is stored, `label` what people read."""

    id: Annotated[str, Field(min_length=1, max_length=75)]
    label: Annotated[str, Field(min_length=1, max_length=75)]


def _option(value: object) -> object:
    """`育児` is its own id; `{childcare: 育児}` tells it. What YAML reads as no text (yes, 1) has to be quoted."""
    if isinstance(value, bool | int | float | date):
        raise PydanticCustomError("option_not_text", "{said}", {"said": texts.OPTION_UNQUOTED})
    if isinstance(value, dict) and len(value) == 1 and not {"id", "label"} & set(value):
        ((id_, label),) = value.items()
        return {"id": id_, "label": label}
    return {"id": value, "label": value} if isinstance(value, str) else value


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class Grouped(Frozen):
    """Options that tables by 課 count together: neighbouring answers, so that less has to be hidden."""

    label: Annotated[str, Field(min_length=1, max_length=75)]
    options: tuple[str, ...]


def _grouped(value: object) -> object:
    """`{満足: [やや満足, 満足]}` is a label with its options."""
    if isinstance(value, dict) and len(value) == 1 and not {"label", "options"} & set(value):
        ((label, options),) = value.items()
        return {"label": label, "options": options}
    return value


Options = tuple[Annotated[Option, BeforeValidator(_option)], ...]
_BELONGS: dict[str, tuple[Kind, ...]] = {
    "options": (Kind.SINGLE, Kind.MULTI, Kind.SCALE5, Kind.MATRIX),
    "besides": (Kind.SINGLE, Kind.MULTI, Kind.SCALE5, Kind.MATRIX),
    "rows": (Kind.MATRIX,),
    "exclusive": (Kind.MULTI,),
    "most": (Kind.MULTI,),
    "minimum": (Kind.NUMBER,),
    "maximum": (Kind.NUMBER,),
    "step": (Kind.NUMBER,),
    "unit": (Kind.NUMBER,),
    "bins": (Kind.NUMBER,),
    "by_section": (Kind.SINGLE, Kind.SCALE5, Kind.MATRIX),
    "somebody": (Kind.SINGLE, Kind.SCALE5),
    "earliest": (Kind.DATE,),
    "latest": (Kind.DATE,),
    "max_length": (Kind.SHORT_TEXT, Kind.LONG_TEXT),
    "prefill": (Kind.SINGLE, Kind.SHORT_TEXT),
}


class Question(Frozen):
    """A question. `page` groups consecutive questions on one page; without it a question has a page of its own.

    `besides` are options that are no valid answer in the figures (答えたくない, 該当しない); in a multi they stand alone.
    `threshold`: the smallest count that may be shown (0: 5, or 10 when sensitive). `never_by`: the units it is never shown by.
    `bins`: where the ranges begin in which tables count a number. `by_section` names answers that tables by 課 put together.
    `somebody` names answers (by id) of which it is published in how many 課 somebody gave one, and in how many exactly one person did.
    """

    id: Id
    type: Kind
    text: Text
    page: Annotated[str, Field(max_length=60)] = ""
    hint: Annotated[str, Field(max_length=150)] = ""
    required: bool = False
    show_if: str = ""
    options: Options = ()
    besides: Options = ()
    rows: Options = ()
    exclusive: tuple[str, ...] = ()
    most: Annotated[int, Field(ge=1)] | None = None
    minimum: float | None = None
    maximum: float | None = None
    step: Annotated[float, Field(gt=0)] | None = None
    unit: Annotated[str, Field(max_length=10)] = ""
    earliest: Day = ""
    latest: Day = ""
    max_length: Annotated[int, Field(ge=1, le=LONGEST_LONG)] | None = None
    prefill: Attribute | None = None
    sensitive: bool = False
    threshold: Annotated[int, Field(ge=0)] = 0
    never_by: Annotated[tuple[Unit, ...], BeforeValidator(_listed)] = ()
    bins: tuple[float, ...] = ()
    by_section: tuple[Annotated[Grouped, BeforeValidator(_grouped)], ...] = ()
    somebody: tuple[str, ...] = ()

    @field_validator("show_if")
    @classmethod
    def _readable(cls, value: str) -> str:
        if value:
            parse_condition(value)
        return value

    @model_validator(mode="after")
    def _fitting(self, info: ValidationInfo) -> Self:
        for mistake in () if is_stored(info) else self._mistakes():
            raise ValueError(mistake)
        return self

    @cached_property
    def condition(self) -> Condition | None:
        """When it is asked; None: always."""
        return parse_condition(self.show_if) if self.show_if else None

    @property
    def choices(self) -> Options:
        """Every option that can be chosen, in order."""
        return (*self.options, *self.besides)

    @property
    def is_from_directory(self) -> bool:
        """Whether its options are the city's 課, put in when the round opens."""
        return self.type is Kind.SINGLE and self.prefill is Attribute.SECTION and not self.options

    @property
    def alone(self) -> frozenset[str]:
        """The ids of options of a multi that cannot stand beside others."""
        return frozenset((*self.exclusive, *(option.id for option in self.besides)))

    @property
    def hidden_units(self) -> frozenset[Unit]:
        """The units it is never shown by: those told, and every finer one, whose figures would add up to them."""
        units = list(Unit)
        coarsest = max((units.index(unit) for unit in self.never_by), default=-1)
        return frozenset(units[: coarsest + 1])

    @property
    def smallest_count(self) -> int:
        """The smallest base and non-zero count that may be shown."""
        return self.threshold or (SENSITIVE_THRESHOLD if self.sensitive else THRESHOLD)

    @property
    def longest(self) -> int:
        """How many characters a text may have."""
        return self.max_length or (LONGEST_SHORT if self.type is Kind.SHORT_TEXT else LONGEST_LONG // 2)

    @property
    def grouped_ids(self) -> tuple[str, ...]:
        """The options that `by_section` names, by id where there is one."""
        named = (name for group in self.by_section for name in group.options)
        return tuple(self.option_id(name) or name for name in named)

    def option_id(self, name: str) -> str | None:
        """The id of an option by its id or label; None when there is none."""
        found = (option.id for option in self.choices if name in (option.id, option.label))
        return next(found, None)

    def _mistakes(self) -> list[str]:
        mistakes = [
            texts.does_not_belong(name, self.type)
            for name, kinds in _BELONGS.items()
            if getattr(self, name) not in (None, (), "") and self.type not in kinds
        ]
        mistakes += self._option_mistakes() if self.type.is_closed else []
        mistakes += self._bound_mistakes()
        if self.threshold and self.threshold < (SENSITIVE_THRESHOLD if self.sensitive else THRESHOLD):
            mistakes.append(texts.threshold_low(SENSITIVE_THRESHOLD if self.sensitive else THRESHOLD))
        return mistakes

    def _bound_mistakes(self) -> Iterator[str]:
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            yield texts.RANGE_EMPTY
        if list(self.bins) != sorted(set(self.bins)) or len(self.bins) == 1:
            yield texts.BINS_RISE
        elif self.bins and self.minimum is not None and self.bins[0] > self.minimum:
            yield texts.bins_late(self.minimum)
        wrong = [name for name in ("earliest", "latest") if not _is_day(getattr(self, name))]
        yield from (texts.not_a_day(name, getattr(self, name)) for name in wrong)
        if not wrong and self.earliest and self.latest and self.earliest > self.latest:
            yield texts.DAYS_EMPTY

    def _option_mistakes(self) -> list[str]:
        mistakes = _repeated(self.choices, "options") + _repeated(self.rows, "rows")
        if self.type is Kind.SCALE5 and len(self.options) != SCALE_POINTS:
            mistakes.append(texts.scale_points(len(self.options)))
        if len(self.options) < FEWEST_OPTIONS and not self.is_from_directory:
            mistakes.append(texts.TOO_FEW_OPTIONS if self.prefill is None else texts.FROM_DIRECTORY)
        if len(self.choices) > MOST_OPTIONS or len(self.rows) > MOST_ROWS:
            mistakes.append(texts.too_many_options(MOST_OPTIONS, MOST_ROWS))
        if self.type is Kind.MATRIX and not self.rows:
            mistakes.append(texts.NO_ROWS)
        mistakes += [texts.row_id_mark(row.id) for row in self.rows if ROW_MARKS & set(row.id)]
        known = {option.id for option in self.options}
        if self.by_section and sorted(self.grouped_ids) != sorted(option.id for option in self.options):
            mistakes.append(texts.BY_SECTION_ONCE)
        labels = [group.label for group in self.by_section if group.options]
        if len(set(labels)) != len(self.by_section):
            mistakes.append(texts.BY_SECTION_NAMED)
        mistakes += [texts.somebody_unknown(name) for name in self.somebody if name not in known]
        mistakes += [texts.exclusive_unknown(name) for name in self.exclusive if name not in known]
        if self.most is not None and self.most >= len(self.options):
            mistakes.append(texts.MOST_TOO_MANY)
        return mistakes


def _is_day(value: str) -> bool:
    """Whether it is a day as answers have them, or none."""
    try:
        return not value or date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _repeated(options: Sequence[Option], name: str) -> list[str]:
    ids, labels = [option.id for option in options], [option.label for option in options]
    return [
        texts.option_twice(name, one)
        for one in {*ids, *labels}
        if ids.count(one) > 1 or labels.count(one) > 1
    ]
