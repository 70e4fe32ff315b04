"""依頼・照会: デジタル推進室 asks, the leaders of the 課 say 「済」."""

from __future__ import annotations

from datetime import date

from bot.handlers.forms import is_filled, text_of
from bot.handlers.refusing import permitted, refused
from bot.messages import Choice, Form, FormField, Paragraph, Reply, Request
from bot.services import Services, Stores
from bot.texts.ja import initiatives as texts
from bot.texts.ja.ask import day as japanese_day
from knowledge.initiatives.assignment import LONGEST_TEXT, LONGEST_TITLE, Assignment
from knowledge.initiatives.owners import own_departments
from knowledge.learning.routing import owners_to_choose
from staff.model import Role
from staff.permissions import Permission
from staff.store import AuditEvent


def settle_assignment(request: Request, services: Services) -> Reply:
    """「済」, for the 課 of whoever presses."""
    if refusal := permitted(request, Permission.REQUEST_SETTLE):
        return refusal
    person = request.person
    assert person is not None  # noqa: S101 (the permission needs somebody known)
    assignment = services.stores.assignments.find(request.value)
    if assignment is None or assignment.withdrawn:
        return refused(texts.NO_ASSIGNMENT)
    own = [one for one in own_departments(person, Role.LEADER, Role.MANAGER) if assignment.concerns(one)]
    if not own:
        return refused(texts.NOT_YOUR_ASSIGNMENT.format(title=assignment.title))
    now = services.clock()

    def work(stores: Stores) -> list[str]:
        settled = [one for one in own if stores.assignments.settle(assignment.id, one, person.id, now)]
        for department in settled:
            detail: dict[str, str | int] = {"department": department}
            stores.audit.append(
                AuditEvent(
                    at=now, actor=person.id, action="request.settle", target=assignment.id, detail=detail
                )
            )
        return settled

    if not services.stores.transaction(work):
        return Reply(parts=(Paragraph(text=texts.DONE_BEFORE.format(title=assignment.title)),))
    names = {one.id: one.name for one in services.stores.directory.list_departments()}
    department = "・".join(names.get(one, one) for one in own)
    return Reply(parts=(Paragraph(text=texts.DONE.format(title=assignment.title, department=department)),))


def assign(request: Request, services: Services) -> Reply:
    """The form for a request; filled in, it is kept for the next digest."""
    if refusal := permitted(request, Permission.REQUEST_MANAGE):
        return refusal
    if not is_filled(request, "title"):
        return Reply(form=assignment_form(services))
    values = {name: text_of(request, name) for name in ("title", "text", "due_on")}
    chosen = request.values.get("departments", [])
    departments = tuple(chosen if isinstance(chosen, list) else filter(None, [chosen]))
    assignment, mistakes = read_assignment(
        services, values, departments, request.person.id if request.person else ""
    )
    if assignment is None:
        return Reply(form=assignment_form(services, values, departments, mistakes))
    keep_assignment(services, assignment)
    count = len(departments) or len(_choices(services))
    text = texts.ASSIGNED.format(title=assignment.title, count=count, due=japanese_day(assignment.due_on))
    return Reply(title=texts.ASSIGN_TITLE, parts=(Paragraph(text=text),))


def read_assignment(
    services: Services, values: dict[str, str], departments: tuple[str, ...], by: str
) -> tuple[Assignment | None, dict[str, str]]:
    """The request that a filled form makes, or what is wrong with its fields."""
    mistakes: dict[str, str] = {}
    if not 0 < len(values["title"]) <= LONGEST_TITLE:
        mistakes["title"] = texts.ASSIGN_NAME_MISSING
    if len(values["text"]) > LONGEST_TEXT:
        mistakes["text"] = texts.too_long(LONGEST_TEXT)
    try:
        due = date.fromisoformat(values["due_on"].replace("/", "-"))
    except ValueError:
        due = date.min
    if due < services.today():
        mistakes["due_on"] = texts.ASSIGN_DUE_WRONG
    known = {choice.value for choice in _choices(services)}
    if unknown := [one for one in departments if one not in known]:
        mistakes["departments"] = texts.ASSIGN_UNKNOWN.format(names="、".join(unknown))
    if mistakes:
        return None, mistakes
    return (
        Assignment(
            title=values["title"],
            text=values["text"],
            due_on=due,
            department_ids=departments,
            entered_by=by,
            entered_at=services.clock(),
        ),
        {},
    )


def keep_assignment(services: Services, assignment: Assignment) -> None:
    """Keep a request, on record."""
    event = AuditEvent(
        at=assignment.entered_at, actor=assignment.entered_by, action="request.save", target=assignment.id
    )

    def work(stores: Stores) -> None:
        stores.assignments.save(assignment)
        stores.audit.append(event)

    services.stores.transaction(work)


def assignment_form(
    services: Services,
    values: dict[str, str] | None = None,
    departments: tuple[str, ...] = (),
    mistakes: dict[str, str] | None = None,
) -> Form:
    """The form, with what was typed and what is wrong with it."""
    typed, wrong = values or {}, mistakes or {}
    return Form(
        name="assign",
        title=texts.ASSIGN_TITLE,
        fields=(
            FormField(
                id="title",
                label=texts.ASSIGN_NAME,
                required=True,
                value=typed.get("title", ""),
                error=wrong.get("title", ""),
                max_length=LONGEST_TITLE,
            ),
            FormField(
                id="due_on",
                label=texts.ASSIGN_DUE,
                kind="date",
                required=True,
                value=typed.get("due_on", ""),
                error=wrong.get("due_on", ""),
            ),
            FormField(
                id="text",
                label=texts.ASSIGN_TEXT,
                kind="long_text",
                value=typed.get("text", ""),
                error=wrong.get("text", ""),
                max_length=LONGEST_TEXT,
            ),
            FormField(
                id="departments",
                label=texts.ASSIGN_TO,
                kind="multi",
                choices=_choices(services),
                value=departments,
                error=wrong.get("departments", ""),
            ),
        ),
        submit=texts.ASSIGN_SUBMIT,
    )


def _choices(services: Services) -> tuple[Choice, ...]:
    departments = owners_to_choose(services.stores.directory.list_departments(), services.today())
    return tuple(Choice(value=one.id, label=one.name) for one in departments)
