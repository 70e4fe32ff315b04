"""An initiative as people fill it into a form: what stands, as text; and what was typed, as an initiative."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from pydantic import ValidationError

from bot.texts.ja import initiatives as texts
from knowledge.initiatives.initiative import Cadence, Initiative, Kpi, Milestone, Target
from knowledge.initiatives.progress import figure, read_figure
from staff.calendar import reiwa
from staff.model import Role

FIELDS = (
    "title", "plan", "edition", "owner", "role", "cadence", "starts_on", "ends_on", "follows",
    "kpi_name", "unit", "each_year", "targets", "milestones",
)  # fmt: skip
LINES = ("targets", "milestones")
LONGEST, LONGEST_TEXT = 120, 3000
OWNING_ROLES = (Role.LEADER, Role.MANAGER)
BLANK = "工程表"
_REIWA, LATEST = 2018, 2100
_YEAR = re.compile(r"(?:(?P<western>20\d\d)|令和(?P<era>元|\d{1,2}))年?度?")
_TARGET = re.compile(rf"{_YEAR.pattern}\s*[:：]\s*(?P<value>.+)")
_STEP = re.compile(
    r"(?P<day>\d{4}[-/]\d{1,2}[-/]\d{1,2}|令和\S+年度)?\s*(?P<text>.*?)\s*(?:[(（]済み?\s*(?P<done>[\d/-]+)[)）])?"
)
T = TypeVar("T")


class InitiativeMistakes(Exception):
    """Fields that are wrong, each with what to do."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__("\n".join(by_field.values()))
        self.by_field = dict(by_field)


def written(one: Initiative) -> dict[str, str]:
    """What stands, as the form shows it. Read back unchanged it is the same initiative."""
    kpi = one.kpi or Kpi(name=texts.PAGE_KPI)
    return {
        "title": one.title,
        "plan": one.plan,
        "edition": one.edition,
        "owner": one.owner,
        "role": one.role.value,
        "cadence": one.cadence.value,
        "starts_on": one.starts_on.isoformat(),
        "ends_on": one.ends_on.isoformat() if one.ends_on else "",
        "follows": one.follows,
        "kpi_name": kpi.name if one.kpi else "",
        "unit": kpi.unit,
        "each_year": "yes" if kpi.each_year else "no",
        "targets": "\n".join(_target_line(target, kpi.unit) for target in kpi.targets),
        "milestones": "\n".join(map(_step_line, one.milestones)),
    }


def read_initiative(values: Mapping[str, str], id_: str, before: Initiative | None) -> Initiative:
    """The initiative that a filled form makes of the one before. Raises InitiativeMistakes naming every wrong field."""
    mistakes: dict[str, str] = {}
    for name in FIELDS:
        most = LONGEST_TEXT if name in LINES else LONGEST
        if len(values.get(name, "")) > most:
            mistakes[name] = texts.too_long(most)
    for name in ("title", "plan", "owner"):
        if not values.get(name, "").strip():
            mistakes[name] = texts.FIELD_MISSING
    begins, ends = (_day(name, values, mistakes) for name in ("starts_on", "ends_on"))
    told = {
        "id": id_,
        **{name: values.get(name, "").strip() for name in ("title", "plan", "edition", "owner", "follows")},
        "role": _choice("role", values, (one.value for one in OWNING_ROLES), mistakes),
        "cadence": _choice("cadence", values, (one.value for one in Cadence), mistakes),
        "starts_on": begins,
        "ends_on": ends,
        "kpi": _kpi(values, before.kpi if before else None, mistakes),
        "milestones": _steps(values, before.milestones if before else (), mistakes),
    }
    if begins is None:
        mistakes.setdefault("starts_on", texts.FIELD_MISSING)
    elif ends is not None and ends < begins:
        mistakes["ends_on"] = texts.ENDS_BEFORE
    if mistakes:
        raise InitiativeMistakes(mistakes)
    kept = before.model_dump() if before else {}
    blank = tuple(one for one in kept.get("blank", ()) if one != BLANK or not told["milestones"])
    try:
        return Initiative.model_validate({**kept, **told, "blank": blank})
    except ValidationError as error:
        raise InitiativeMistakes({"title": str(error.errors()[0]["msg"])}) from None


def _choice(name: str, values: Mapping[str, str], known: Iterable[str], mistakes: dict[str, str]) -> str:
    value = values.get(name, "")
    if value not in set(known):
        mistakes.setdefault(name, texts.FIELD_MISSING)
    return value


def _day(name: str, values: Mapping[str, str], mistakes: dict[str, str]) -> date | None:
    text = values.get(name, "").strip()
    try:
        return _date(text) if text else None
    except ValueError:
        mistakes[name] = texts.DAY_UNREADABLE
        return None


def _date(text: str) -> date:
    year, month, day = unicodedata.normalize("NFKC", text).replace("/", "-").split("-")
    return date(int(year), int(month), int(day))


def _kpi(values: Mapping[str, str], before: Kpi | None, mistakes: dict[str, str]) -> Kpi | None:
    name, unit = values.get("kpi_name", "").strip(), values.get("unit", "").strip()
    kept = {_target_line(one, unit): one for one in before.targets} if before else {}
    targets = _lines("targets", values, mistakes, lambda line: kept.get(line) or _target(line, unit))
    years = [one.fiscal_year for one in targets]
    if len(set(years)) < len(years):
        mistakes.setdefault("targets", texts.YEAR_TWICE)
    if not name:
        if targets or unit:
            mistakes["kpi_name"] = texts.KPI_NAME_MISSING
        return None
    told = {"name": name, "unit": unit, "targets": targets, "each_year": values.get("each_year") == "yes"}
    return Kpi.model_validate({**(before.model_dump() if before else {}), **told})


def _steps(
    values: Mapping[str, str], before: Iterable[Milestone], mistakes: dict[str, str]
) -> tuple[Milestone, ...]:
    kept = {_step_line(one): one for one in before}
    return _lines("milestones", values, mistakes, lambda line: kept.get(line) or _step(line))


def _lines(
    name: str, values: Mapping[str, str], mistakes: dict[str, str], read: Callable[[str], T]
) -> tuple[T, ...]:
    found: list[T] = []
    for line in filter(None, map(str.strip, values.get(name, "").splitlines())):
        try:
            found.append(read(line))
        except ValueError as error:
            mistakes.setdefault(name, texts.line_problem(line[:40], str(error)))
    return tuple(found)


def _target_line(target: Target, unit: str) -> str:
    value = texts.PAGE_NO_NUMBER if target.value is None else figure(target.value, unit)
    return f"{reiwa(target.fiscal_year)}年度: {value}"


def _target(line: str, unit: str) -> Target:
    match = _TARGET.fullmatch(unicodedata.normalize("NFKC", line))
    if match is None:
        raise ValueError(texts.TARGET_FORM)
    era = match["era"]
    year = int(match["western"]) if match["western"] else _REIWA + (1 if era == "元" else int(era))
    if year > LATEST:
        raise ValueError(texts.TARGET_FORM)
    number = None if match["value"].strip() == texts.PAGE_NO_NUMBER else read_figure(match["value"], unit)
    return Target(fiscal_year=year, value=number)


def _step_line(step: Milestone) -> str:
    due = step.due_on.isoformat() if step.due_on else step.column
    done = texts.step_done_line(step.done_on.isoformat()) if step.done_on else ""
    return f"{due} {step.text}{done}".strip()


def _step(line: str) -> Milestone:
    match = _STEP.fullmatch(line)
    if match is None or not match["text"]:
        raise ValueError(texts.STEP_FORM)
    try:
        day = match["day"] or ""
        is_date = day[:1].isdigit()
        due = _date(day) if is_date else None
        done = _date(match["done"]) if match["done"] else None
    except ValueError:
        raise ValueError(texts.STEP_FORM) from None
    return Milestone(text=match["text"], column="" if is_date else day, due_on=due, done_on=done)
