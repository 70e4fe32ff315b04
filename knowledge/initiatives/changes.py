"""What changed in an initiative from one version to the next, in words: its dates above all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.texts.ja import initiatives as texts
from knowledge.initiatives.initiative import Initiative, InitiativeVersion, Kpi, Milestone
from knowledge.initiatives.progress import figure
from staff.calendar import japanese_day, reiwa


@dataclass(frozen=True)
class VersionChange:
    """One version with what it changed; `added` says that nothing stood before it."""

    version: InitiativeVersion
    changes: tuple[str, ...]
    added: bool = False


def with_before(
    versions: Sequence[InitiativeVersion], beneath: Initiative | None
) -> list[tuple[InitiativeVersion, Initiative | None]]:
    """Versions, the newest first, each with what stood before it; before the first stood what the pack holds."""
    return list(zip(versions, [*(one.initiative for one in versions[1:]), beneath], strict=False))


def version_change(version: InitiativeVersion, before: Initiative | None) -> VersionChange:
    """What a version changed of what stood before it."""
    return VersionChange(version, changes(before, version.initiative) if before else (), added=before is None)


def changes(old: Initiative, new: Initiative) -> tuple[str, ...]:
    """Every change, the state and the dates first."""
    sides = (
        (texts.PAGE_STATE, texts.STATES[old.state.value], texts.STATES[new.state.value]),
        (texts.PAGE_PERIOD, period(old), period(new)),
        *_steps(old.milestones, new.milestones),
        (texts.DIFFERENCE_TITLE, old.title, new.title),
        (texts.PAGE_PLAN, _plan(old), _plan(new)),
        (texts.PAGE_OWNER, old.owner, new.owner),
        (texts.PAGE_ROLE, old.role.label, new.role.label),
        (texts.PAGE_CADENCE, texts.CADENCES[old.cadence.value], texts.CADENCES[new.cadence.value]),
        (texts.PAGE_KPI, kpi_text(old.kpi), kpi_text(new.kpi)),
        (texts.PAGE_FOLLOWS, old.follows, new.follows),
    )
    return tuple(texts.change_told(name, before, after) for name, before, after in sides if before != after)


def period(one: Initiative) -> str:
    """From when to when."""
    last = japanese_day(one.ends_on) if one.ends_on else texts.NO_END
    return texts.SINCE.format(first=japanese_day(one.starts_on), last=last)


def step_date(step: Milestone) -> str:
    """When a step is due and when it was done, or the 年度 it stands under."""
    due = japanese_day(step.due_on) if step.due_on else step.column
    return f"{due}{texts.step_done(japanese_day(step.done_on))}" if step.done_on else due


def kpi_text(kpi: Kpi | None) -> str:
    """A KPI with its target of each 年度."""
    if kpi is None:
        return ""
    targets = "、".join(
        f"{reiwa(one.fiscal_year)}年度 {figure(one.value, kpi.unit)}"
        for one in kpi.targets
        if one.value is not None
    )
    return f"{kpi.name}（{targets}）" if targets else kpi.name


def _plan(one: Initiative) -> str:
    return f"{one.plan} {one.edition}".strip()


def _steps(old: Sequence[Milestone], new: Sequence[Milestone]) -> Iterator[tuple[str, str, str]]:
    """Steps by their words: dates moved, steps added and taken out."""
    before, after = ({step.text: step_date(step) or texts.NO_DATE for step in steps} for steps in (old, new))
    for text in dict.fromkeys((*before, *after)):
        yield texts.step_name(text), before.get(text, ""), after.get(text, "")
