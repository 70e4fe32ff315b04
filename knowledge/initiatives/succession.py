"""What became of one plan's initiatives in the next: carried on (with what changed), ended, joined, not yet decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.texts.ja import initiatives as texts
from knowledge.initiatives.initiative import Initiative, State
from knowledge.initiatives.progress import figure


@dataclass(frozen=True)
class Succession:
    """Between the earlier plans and the newest. `carried` has the old one, the new one, and what changed in words."""

    carried: tuple[tuple[Initiative, Initiative, tuple[str, ...]], ...]
    ended: tuple[Initiative, ...]
    joined: tuple[Initiative, ...]
    waiting: tuple[Initiative, ...]


def succession(initiatives: Sequence[Initiative], day: date) -> Succession | None:
    """The succession to the newest plan; None where there is only one."""
    editions = {(one.plan, one.edition): one.starts_on for one in initiatives}
    if len(editions) < 2:
        return None
    newest = max(editions, key=lambda edition: editions[edition])
    by_id = {one.id: one for one in initiatives}
    new = [one for one in initiatives if (one.plan, one.edition) == newest]
    old = [one for one in initiatives if (one.plan, one.edition) != newest]
    return Succession(
        carried=tuple(
            (by_id[one.follows], one, differences(by_id[one.follows], one))
            for one in new
            if one.follows in by_id
        ),
        ended=tuple(one for one in old if one.state is State.CLOSED),
        joined=tuple(one for one in new if one.follows not in by_id),
        waiting=tuple(one for one in old if one.awaits_decision(day)),
    )


def differences(old: Initiative, new: Initiative) -> tuple[str, ...]:
    """What changed from one to the other: title, 課, KPI and its last target, how many steps the 工程表 has."""
    sides = (
        (texts.DIFFERENCE_TITLE, old.title, new.title),
        (texts.PAGE_OWNER, old.owner, new.owner),
        (texts.PAGE_KPI, _kpi(old), _kpi(new)),
        (texts.PAGE_MILESTONES, _steps(old), _steps(new)),
    )
    return tuple(texts.change_told(name, before, after) for name, before, after in sides if before != after)


def _kpi(one: Initiative) -> str:
    if one.kpi is None:
        return ""
    values = [target for target in one.kpi.targets if target.value is not None]
    last = one.kpi.target(values[-1].fiscal_year) if values else None
    return one.kpi.name if last is None else f"{one.kpi.name} {figure(last, one.kpi.unit)}"


def _steps(one: Initiative) -> str:
    return texts.BLANK if texts.PAGE_MILESTONES in one.blank else texts.steps(len(one.milestones))
