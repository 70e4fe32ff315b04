"""AI・RPA事例: registering and updating one from any channel, and the list with the running count."""

from __future__ import annotations

from uuid import uuid4

from bot.handlers.case_forms import CaseMistakes, case_form, differences, read_case
from bot.handlers.editing import editor_of, send_proposals
from bot.handlers.forms import is_filled
from bot.handlers.refusing import permitted, refused
from bot.messages import Action, Items, Paragraph, Part, Reply, Request
from bot.services import Services
from bot.texts.ja import cases as texts
from knowledge.cases import Case, article_of, tally
from knowledge.editing.store import Proposal
from staff.calendar import reiwa
from staff.model import Person
from staff.permissions import Permission

MOST_SHOWN = 5
REGISTER_ACTION = Action(name="case_register", label=texts.REGISTER)


def list_cases(request: Request, services: Services) -> Reply:
    """The running count of this 年度, and the newest approved cases as buttons: of those that the person can open."""
    seen = services.seen_by(request.person)
    cases = [case for case in services.stores.cases.list_approved() if seen.title_of(case.article_id)]
    if not cases:
        return Reply(title=texts.LIST, parts=(Paragraph(text=texts.NONE_YET),), actions=(REGISTER_ACTION,))
    now = tally(cases, services.today())
    shown = cases[:MOST_SHOWN]
    rows = tuple(
        f"{texts.title(case.work, case.tool.label)}（{texts.list_row(case.department, case.stage.label, case.saved_hours)}）"
        for case in shown
    )
    parts: list[Part] = [
        Paragraph(text=texts.counted(reiwa(now.year), now.works, now.hours)),
        Paragraph(text=texts.KPI, tone="note"),
        Items(items=rows),
    ]
    if len(cases) > MOST_SHOWN:
        parts.append(Paragraph(text=texts.MORE_THERE, tone="note"))
    opened = tuple(
        Action(name="article", label=texts.title(case.work, case.tool.label), value=case.article_id)
        for case in shown
    )
    return Reply(title=texts.LIST, parts=tuple(parts), actions=(*opened, REGISTER_ACTION))


def register_case(request: Request, services: Services) -> Reply:
    """The form of a new case, or of the next version of the one in `value`; filled in, it waits for approval.

    The form carries id and number of the version it makes (`0f…/2`): a second click makes no second one, and whoever
    sends after somebody else is shown in which fields the two differ.
    """
    if refusal := permitted(request, Permission.KNOWLEDGE_PROPOSE):
        return refusal
    person = request.person
    department = _department(person, services) if person else None
    if person is None or department is None:
        return refused(texts.NO_DEPARTMENT)
    id_, _, number = request.value.partition("/")
    before = services.stores.cases.latest_case(id_) if id_ else None
    if id_ and not number and before is None:
        return refused(texts.GONE)
    if before and before.department_id not in {post.department_id for post in person.posts}:
        return refused(texts.NOT_YOURS)
    following = before.number + 1 if before else 1
    if not is_filled(request, "work"):
        return Reply(form=case_form(f"{id_ or uuid4().hex[:12]}/{following}", before))
    fixed = {
        "id": id_,
        "number": following,
        "department_id": before.department_id if before else department[0],
        "department": before.department if before else department[1],
        "registered_by": person.id,
        "registered_at": services.clock(),
    }
    try:
        case = read_case(request, fixed, services.today())
    except CaseMistakes as wrong:
        return Reply(form=case_form(request.value, before, request.values, wrong.by_field))
    if before and number != str(following):
        if not (differing := differences(case, before)):
            return _received(before)
        return Reply(form=case_form(f"{id_}/{following}", before, request.values, differing))
    _send(case, services, person)
    return _received(case)


def _received(case: Case) -> Reply:
    title = texts.title(case.work, case.tool.label)
    return Reply(title=texts.SENT_TITLE, parts=(Items(items=(title,)), Paragraph(text=texts.SENT)))


def _send(case: Case, services: Services, person: Person) -> None:
    proposal = Proposal(
        id=case.proposal_id,
        article_id=case.article_id,
        article=article_of(case, services.knowledge.vocabulary.default_owner),
        proposed_by=person.id,
        proposed_at=services.clock(),
    )

    send_proposals(
        services, editor_of(services, person), [proposal], lambda stores: stores.cases.add_case(case)
    )


def _department(person: Person, services: Services) -> tuple[str, str] | None:
    for department in services.stores.directory.list_departments():
        if department.id == person.department_id:
            return department.id, department.name
    return None
