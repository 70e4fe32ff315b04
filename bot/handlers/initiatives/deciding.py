"""What デジタル推進室 does with initiatives: takes new ones in, ends them, hands them on; every change is a version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.handlers.initiatives.standing import find_initiative, standing_initiatives
from bot.services import Services, Stores
from bot.texts.ja import initiatives as texts
from knowledge.initiatives.demo import BY, demo_assignments, demo_initiatives, demo_reports
from knowledge.initiatives.initiative import Initiative, InitiativeVersion, State
from knowledge.initiatives.owners import owners_of
from knowledge.initiatives.reading import InitiativeFileError
from staff.model import Person
from staff.permissions import Permission, require
from staff.store import AuditEvent


@dataclass(frozen=True)
class Taken:
    """What taking initiatives in came to, or would come to."""

    added: int
    changed: int
    same: int


def take_in(
    services: Services, initiatives: Sequence[Initiative], by: str, reason: str, *, dry_run: bool = False
) -> Taken:
    """Add and change initiatives; what one carries on is marked as carried over. Raises InitiativeFileError."""
    present = {one.id: one for one in standing_initiatives(services)}
    known = {*present, *(one.id for one in initiatives)}
    if unknown := [one.follows for one in initiatives if one.follows and one.follows not in known]:
        raise InitiativeFileError([texts.follows_unknown(id_) for id_ in unknown])
    changed = [one for one in initiatives if present.get(one.id) != one]
    carried = [
        present[one.follows].model_copy(update={"state": State.CARRIED_OVER})
        for one in changed
        if one.follows in present and present[one.follows].state is State.RUNNING
    ]
    added = sum(one.id not in present for one in changed)
    if not dry_run and changed:
        _save(services, [*changed, *carried], by, reason)
    return Taken(added, len(changed) - added, len(initiatives) - len(changed))


def without_owner(services: Services, initiatives: Sequence[Initiative]) -> list[Initiative]:
    """Those on which nobody would report: their 課 is not in the directory, or nobody there holds a role for it."""
    directory, day = services.stores.directory, services.today()
    departments, people = directory.list_departments(), directory.list_people()
    return [one for one in initiatives if not owners_of(one, departments, people, day)]


def decide(
    services: Services, person: Person, initiative_id: str, state: State, reason: str
) -> Initiative | None:
    """End an initiative, hand it on, or take it up again; None when there is none of that id. Raises NotAllowed, Overtaken."""
    require(person, Permission.INITIATIVE_MANAGE)
    initiative = find_initiative(services, initiative_id)
    if initiative is None:
        return None
    closed_on = services.today() if state is not State.RUNNING else None
    decided = initiative.model_copy(update={"state": state, "closed_on": closed_on})
    _save(services, [decided], person.id, reason)
    return decided


def fill_demo(services: Services) -> int:
    """Put the made-up plan in, with its reports and requests; how many initiatives are new. What is there stays."""
    now = services.clock()
    present = {one.id for one in standing_initiatives(services)}
    new = [one for one in demo_initiatives(services.today(), services.calendar) if one.id not in present]
    if not new:
        return 0
    take_in(services, new, BY, texts.DEMO_PLAN)

    def work(stores: Stores) -> None:
        for report in demo_reports(now):
            stores.initiatives.add_report(report)
        for assignment in demo_assignments(now, services.calendar):
            stores.assignments.save(assignment)

    services.stores.transaction(work)
    return len(new)


def _save(services: Services, changed: Sequence[Initiative], by: str, reason: str) -> None:
    now = services.clock()

    def work(stores: Stores) -> None:
        for one in changed:
            before = stores.initiatives.find_latest(one.id)
            number = before.number + 1 if before else 1
            version = InitiativeVersion(number=number, at=now, by=by, reason=reason, initiative=one)
            stores.initiatives.save_version(version)
            detail: dict[str, str | int] = {"number": number, "state": one.state.value}
            stores.audit.append(
                AuditEvent(at=now, actor=by, action="initiative.save", target=one.id, detail=detail)
            )

    services.stores.transaction(work)
