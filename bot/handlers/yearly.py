"""The yearly check before 4/1, and the 引継書: what whoever takes over must know, from what is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.services import Services
from bot.texts.ja import yearly as texts
from knowledge.entry import Entry
from staff.calendar import date_in_japan, fiscal_year, reiwa
from staff.diff import read_roster
from staff.granting import with_grants
from staff.model import Department, Person, Role
from staff.planning import roster_on
from staff.succession import department_called
from surveys.opening import OpeningError, open_with
from surveys.round import Round, State


@dataclass(frozen=True)
class Finding:
    """One thing to settle: under which heading, and what it is."""

    heading: str
    line: str


def check_year(services: Services, new_year: date) -> list[Finding]:
    """What is not settled for the day the new 年度 begins, once everything planned has taken force."""
    departments, people = _city_on(services, new_year)
    return [
        *_roles_without_anyone(departments, people, new_year),
        *_people_left_behind(departments, people, new_year),
        *_articles_without_owner(services.knowledge.whole.entries, departments, new_year),
        *_initiatives_without_owner(services, departments, new_year),
        *_rounds_across(services, new_year),
        *_rounds_without_audience(services, departments, people, new_year),
        *_goals_missing(services, new_year),
        *_grants_that_end(services, new_year),
    ]


def next_new_year(today: date) -> date:
    """The first day of the next 年度."""
    return date(fiscal_year(today) + 1, 4, 1)


def handover(services: Services) -> list[tuple[str, list[str]]]:
    """The 引継書 as headings with lines."""
    today = services.today()
    departments, people = (
        services.stores.directory.list_departments(),
        services.stores.directory.list_people(),
    )
    names = {one.id: one.name for one in departments}
    holders = [
        texts.HOLDER.format(
            role=role.label, names=_names([one for one in people if role in one.roles], names)
        )
        for role in (Role.OPERATOR, Role.HR, Role.AUDITOR)
    ]
    owners: dict[str, int] = {}
    for entry in services.knowledge.whole.entries:
        owners[entry.owner or texts.NO_OWNER] = owners.get(entry.owner or texts.NO_OWNER, 0) + 1
    waiting = services.stores.planned_changes.list_planned()
    counts = services.stores.outbox.counts()
    findings = [f"{one.heading}: {one.line}" for one in check_year(services, next_new_year(today))]
    return [
        (texts.H_ROLES, holders),
        (texts.H_ARTICLES, [texts.OWNED.format(owner=owner, count=n) for owner, n in sorted(owners.items())]),
        (texts.H_WAITING, _still_waiting(services)),
        (
            texts.H_PLANNED,
            [texts.PLANNED.format(day=one.effective_on, person=one.person_id) for one in waiting],
        ),
        (texts.H_ROUNDS, [_told(one) for one in _open_rounds(services)]),
        (texts.H_MESSAGES, [texts.MESSAGES.format(queued=counts["queued"], doubtful=counts["doubtful"])]),
        (texts.H_YEAR, findings),
        (texts.H_AUDIT, [str(services.stores.audit.anchor())]),
        (texts.H_CALENDAR, list(texts.CALENDAR)),
    ]


def _city_on(services: Services, day: date) -> tuple[Sequence[Department], list[Person]]:
    stores = services.stores
    roster = roster_on(day, read_roster(stores.directory), stores.planned_changes.list_planned(day))
    grants = [one for one in stores.role_grants.list_grants() if one.in_force(day)]
    people = [
        with_grants(person, ((one.role, one.department_id) for one in grants if one.person_id == person.id))
        for person in roster.people
    ]
    return roster.departments, people


def _roles_without_anyone(
    departments: Sequence[Department], people: Sequence[Person], day: date
) -> Iterator[Finding]:
    for role in (Role.OPERATOR, Role.HR, Role.AUDITOR):
        if not any(role in person.roles for person in people):
            yield Finding(texts.NO_HOLDER, role.label)
    for department in departments:
        if not department.parent_id or not department.in_force(day):
            continue
        for role in (Role.LEADER, Role.MANAGER):
            posts = (post for person in people for post in person.posts)
            if not any(post.department_id == department.id and role in post.roles for post in posts):
                yield Finding(texts.NO_HOLDER, f"{department.name} {role.label}")


def _people_left_behind(
    departments: Sequence[Department], people: Sequence[Person], day: date
) -> Iterator[Finding]:
    by_id = {one.id: one for one in departments}
    for person in people:
        for post in person.posts:
            department = by_id.get(post.department_id)
            if department is not None and not department.in_force(day):
                yield Finding(texts.LEFT_BEHIND, f"{person.id} {person.name}（{department.name}）")


def _articles_without_owner(
    entries: Sequence[Entry], departments: Sequence[Department], day: date
) -> Iterator[Finding]:
    for entry in entries:
        if entry.owner and not any(one.name == entry.owner and one.in_force(day) for one in departments):
            heir = department_called(entry.owner, departments, day)
            told = texts.HEIR.format(name=heir.name) if heir else texts.NO_HEIR
            yield Finding(texts.OWNER_GONE, f"{entry.title}（{entry.owner}）{told}")


def _initiatives_without_owner(
    services: Services, departments: Sequence[Department], day: date
) -> Iterator[Finding]:
    for version in services.stores.initiatives.list_latest():
        one = version.initiative
        if not one.is_open(day):
            continue
        if department_called(one.owner, departments, day) is None:
            yield Finding(texts.INITIATIVE_GONE, f"{one.title}（{one.owner}）")
        if one.kpi and not any(
            target.fiscal_year == day.year and target.value is not None for target in one.kpi.targets
        ):
            yield Finding(texts.NO_TARGET, one.title)


def _open_rounds(services: Services) -> list[Round]:
    return [one for one in services.stores.surveys.list_rounds() if one.state in (State.PLANNED, State.OPEN)]


def _rounds_across(services: Services, day: date) -> Iterator[Finding]:
    """Rounds whose 課 and denominators are of the old 年度 while people answer in the new one."""
    for one in _open_rounds(services):
        if date_in_japan(one.opens_at) < day <= date_in_japan(one.closes_at):
            yield Finding(texts.ROUND_ACROSS, _told(one))


def _rounds_without_audience(
    services: Services, departments: Sequence[Department], people: Sequence[Person], day: date
) -> Iterator[Finding]:
    """Planned rounds that ask a 課 that is gone by then, or roles that nobody has."""
    for one in services.stores.surveys.list_rounds(State.PLANNED):
        try:
            open_with(one, people, departments, (), max(day, date_in_japan(one.opens_at)))
        except OpeningError as problem:
            yield Finding(texts.NO_AUDIENCE, f"{one.definition.title} {one.wave} {problem}")


def _goals_missing(services: Services, day: date) -> Iterator[Finding]:
    """That the new 年度 has no goals of the 育成計画 though the one before had."""
    years = {goal.year for goal in services.stores.skills.list_goals()}
    if day.year - 1 in years and day.year not in years:
        yield Finding(texts.NO_GOALS, texts.NO_GOALS_OF.format(year=reiwa(day.year)))


def _told(one: Round) -> str:
    return texts.ROUND.format(title=one.definition.title, wave=one.wave, until=date_in_japan(one.closes_at))


def _grants_that_end(services: Services, day: date) -> Iterator[Finding]:
    for one in services.stores.role_grants.list_grants():
        if one.valid_until is not None and one.valid_until <= day:
            yield Finding(texts.GRANT_ENDS, f"{one.person_id} {one.role.label}（{one.valid_until}）")


def _still_waiting(services: Services) -> list[str]:
    return [texts.PROPOSALS.format(count=services.stores.proposals.count_waiting())]


def _names(people: Sequence[Person], names: dict[str, str]) -> str:
    return (
        "、".join(f"{one.name}（{names.get(one.department_id, '')}）" for one in people[:20]) or texts.NOBODY
    )
