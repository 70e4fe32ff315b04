"""Gathering a week's issue and each reader's part. A section that cannot be read never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from bot.faults import report
from bot.handlers.digest import news, sources
from bot.handlers.initiatives.standing import standing_initiatives
from bot.services import Services
from knowledge.initiatives.assignment import Assignment
from knowledge.initiatives.initiative import Initiative
from knowledge.initiatives.issue import (
    Deadline,
    InitiativeLine,
    Issue,
    OwnPart,
    Task,
)
from knowledge.initiatives.owners import own_departments, owners_of
from knowledge.initiatives.progress import ProgressReport, Standing, due_on, standing, trend
from knowledge.learning.inquiry import Inquiry
from knowledge.learning.inquiry import State as InquiryState
from staff.calendar import date_in_japan, fiscal_year
from staff.model import Department, Person, Role

T = TypeVar("T")
AHEAD = timedelta(days=28)
BEHIND = timedelta(days=45)
WEEK = timedelta(days=7)
MOST_TITLE = 60


@dataclass(frozen=True)
class Ground:
    """What every reader's part is read from, loaded once."""

    day: date
    departments: Sequence[Department]
    initiatives: Sequence[Initiative]
    reports: Mapping[str, Sequence[ProgressReport]]
    owners: Mapping[str, frozenset[str]]
    assignments: Sequence[Assignment]
    done: frozenset[tuple[str, str]]
    inquiries: Mapping[str, Sequence[Inquiry]]


def load_ground(services: Services, day: date, people: Sequence[Person] | None = None) -> Ground:
    """Read once what the parts of all readers need."""
    stores = services.stores
    people = stores.directory.list_people() if people is None else people
    departments = stores.directory.list_departments()
    running = [one for one in standing_initiatives(services) if one.is_open(day)]
    assignments = [one for one in stores.assignments.list_since(day - BEHIND) if not one.withdrawn]
    inquiries: dict[str, list[Inquiry]] = {}
    for inquiry in stores.learning.list_inquiries(InquiryState.OPEN):
        inquiries.setdefault(inquiry.department_id, []).append(inquiry)
    return Ground(
        day=day,
        departments=departments,
        initiatives=running,
        reports=stores.initiatives.list_all_reports(),
        owners={
            one.id: frozenset(person.id for person in owners_of(one, departments, people, day))
            for one in running
        },
        assignments=assignments,
        done=frozenset(
            (one.id, department) for one in assignments for department in stores.assignments.list_done(one.id)
        ),
        inquiries=inquiries,
    )


def own_part(person: Person, ground: Ground) -> OwnPart:
    """What one reader has to do: requests to the own 課, own reports that are due, questions to the own 課."""
    own = own_departments(person, Role.LEADER)
    tasks = [*_assignments(own, ground), *_reports(person, ground), *_inquiries(own, ground)]
    tasks.sort(key=lambda task: (task.due_on or date.max, task.kind, task.id))
    return OwnPart(tasks=tuple(tasks), departments=own)


def make_issue(services: Services, week: str, day: date, ground: Ground) -> Issue:
    """What all readers of a week share, as things stand now."""
    broken: list[str] = []

    def read(name: str, section: Callable[[], Iterable[T]]) -> tuple[T, ...]:
        try:
            return tuple(section())
        except Exception as error:  # one section's broken data costs that section only
            report(f"digest {week} {name}", error)
            broken.append(name)
            return ()

    everything = read("initiatives", lambda: standing_initiatives(services))
    return Issue(
        week=week,
        day=day,
        made_at=services.clock(),
        initiatives=read("initiatives", lambda: _initiatives(ground)),
        undecided=sum(one.awaits_decision(day) for one in everything),
        deadlines=read("deadlines", lambda: _deadlines(ground)),
        surveys=read("surveys", lambda: sources.running_surveys(services, day)),
        questions=read("questions", lambda: news.questions(services, day)),
        articles=read("articles", lambda: news.articles(services, day)),
        trainings=read("trainings", lambda: sources.trainings(services, day)),
        broken=tuple(dict.fromkeys(broken)),
    )


def initiative_line(
    initiative: Initiative, reports: Sequence[ProgressReport], day: date, *, nobody: bool
) -> InitiativeLine:
    """One initiative with its last two reports."""
    last = reports[0] if reports else None
    earlier = reports[1] if len(reports) > 1 else None
    kpi = initiative.kpi
    return InitiativeLine(
        id=initiative.id,
        title=initiative.title,
        owner=initiative.owner,
        standing=standing(initiative, last, day),
        status=last.status if last else None,
        unit=kpi.unit if kpi else "",
        target=kpi.target(fiscal_year(day)) if kpi else None,
        target_year=fiscal_year(day),
        value=last.value if last else None,
        before=earlier.value if earlier else None,
        as_of=last.as_of if last else None,
        reported_on=date_in_japan(last.at) if last else None,
        was=earlier.status if earlier else None,
        trend=trend(reports),
        blocked=last.blocked if last else "",
        nobody=nobody,
    )


def _initiatives(ground: Ground) -> tuple[InitiativeLine, ...]:
    return tuple(
        initiative_line(one, ground.reports.get(one.id, ()), ground.day, nobody=not ground.owners[one.id])
        for one in ground.initiatives
    )


def _deadlines(ground: Ground) -> tuple[Deadline, ...]:
    milestones = [
        Deadline(on=step.due_on, text=f"{one.title}: {step.text}")
        for one in ground.initiatives
        for step in one.milestones
        if step.due_on and not step.done_on and step.due_on <= ground.day + AHEAD
    ]
    everyones = [
        Deadline(on=one.due_on, text=one.title, is_request=True)
        for one in ground.assignments
        if not one.department_ids
    ]
    upcoming = [one for one in everyones if ground.day <= one.on <= ground.day + AHEAD]
    return tuple(sorted([*milestones, *upcoming], key=lambda one: (one.on, one.text)))


def _assignments(own: Sequence[str], ground: Ground) -> list[Task]:
    return [
        Task(kind="assignment", id=one.id, title=one.title[:MOST_TITLE], due_on=one.due_on, text=one.text)
        for one in ground.assignments
        if one.due_on <= ground.day + AHEAD
        and any(one.concerns(department) and (one.id, department) not in ground.done for department in own)
    ]


def _reports(person: Person, ground: Ground) -> list[Task]:
    found = []
    for one in ground.initiatives:
        last = next(iter(ground.reports.get(one.id, ())), None)
        due = due_on(one, last)
        is_owner = person.id in ground.owners[one.id]
        if is_owner and due is not None and due < ground.day + WEEK:
            overdue = standing(one, last, ground.day) is Standing.UNREPORTED and last is not None
            found.append(
                Task(
                    kind="report",
                    id=one.id,
                    title=one.title,
                    due_on=due if overdue or last else None,
                    first=last is None,
                )
            )
    return found


def _inquiries(own: Sequence[str], ground: Ground) -> list[Task]:
    return [
        Task(kind="inquiry", id=one.id, title=one.question[:MOST_TITLE])
        for department in own
        for one in ground.inquiries.get(department, ())
    ]
