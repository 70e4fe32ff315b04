"""Showing one's levels to the 所属長, taking that back, and the 所属長's word."""

from __future__ import annotations

from bot.handlers.forms import is_filled, text_of
from bot.handlers.notices import notices
from bot.handlers.refusing import permitted, turned_away
from bot.handlers.skills.page import level_parts, page_of, show_skills
from bot.messages import Action, Form, FormField, Paragraph, Reply, Request
from bot.services import Services, Stores
from bot.texts.ja import skill_page as texts
from bot.written.personal_number import holds_personal_number
from staff.model import Person
from staff.permissions import NotAllowed, Permission, own_departments
from staff.store import AuditEvent
from surveys.skills.assessment import Comment

LONGEST = 1000
MOST_PEOPLE = 10


def share(request: Request, services: Services) -> Reply:
    """Let the 所属長 of one's 課 see one's levels from now on."""
    if refusal := permitted(request, Permission.SKILLS_OWN):
        return refusal
    assert request.person is not None  # noqa: S101 (the permission needs somebody known)
    if services.stores.skills.latest_assessment(request.person.id) is None:
        return show_skills(request, services)
    services.stores.skills.share(request.person.id, services.clock())
    return _told(request, services, texts.SHARE_DONE)


def unshare(request: Request, services: Services) -> Reply:
    """Nobody sees them any more, from now on."""
    if refusal := permitted(request, Permission.SKILLS_OWN):
        return refusal
    assert request.person is not None  # noqa: S101 (the permission needs somebody known)
    services.stores.skills.stop_sharing(request.person.id)
    return _told(request, services, texts.UNSHARE_DONE)


def list_team(request: Request, services: Services) -> Reply:
    """Who in the own 課 shows their levels."""
    if refusal := permitted(request, Permission.SKILLS_SHARED):
        return refusal
    managed = own_departments(request.person, Permission.SKILLS_SHARED)
    people = [
        person
        for person in services.stores.directory.list_people()
        if person.department_id in managed and services.stores.skills.shared_since(person.id)
    ]
    if not people:
        return Reply(title=texts.TEAM_TITLE, parts=(Paragraph(text=texts.TEAM_NONE),))
    actions = tuple(
        Action(name="skills_of", label=person.name, value=person.id) for person in people[:MOST_PEOPLE]
    )
    return Reply(title=texts.TEAM_TITLE, actions=actions)


def show_person(request: Request, services: Services) -> Reply:
    """The levels of somebody in the own 課 who shows them; that it was looked at is recorded."""
    person = _shown_by(request, services)
    page = page_of(services, person.id) if isinstance(person, Person) else None
    if not isinstance(person, Person) or page is None:
        return person if isinstance(person, Reply) else turned_away(NotAllowed(texts.NOT_SHARED))
    _record(services, request, "skills.view", person)
    comment = Action(name="skills_comment", label=texts.COMMENT, value=person.id)
    return Reply(title=texts.of_person(person.name), parts=tuple(level_parts(page)), actions=(comment,))


def comment(request: Request, services: Services) -> Reply:
    """The 所属長's word to somebody who shows their levels; never a level."""
    person = _shown_by(request, services)
    if isinstance(person, Reply):
        return person
    text = text_of(request, "text")
    if not is_filled(request, "text") or (error := _mistake(text)):
        return Reply(form=_form(person, text, error if is_filled(request, "text") else ""))
    assert request.person is not None  # noqa: S101 (whoever may see it is known)
    word = Comment(person_id=person.id, by=request.person.id, at=services.clock(), text=text)
    told = Reply(
        title=texts.COMMENT_TOLD,
        parts=(Paragraph(text=text),),
        actions=(Action(name="skills", label=texts.TITLE),),
    )
    key = f"skill-comment/{word.at.isoformat()}/{word.by}"
    messages = list(notices(services, [person], key, told))

    def work(stores: Stores) -> None:
        stores.skills.add_comment(word)
        for message in messages:
            stores.outbox.put(message)

    services.stores.transaction(work)
    return Reply(parts=(Paragraph(text=texts.COMMENT_SENT),))


def _told(request: Request, services: Services, text: str) -> Reply:
    page = show_skills(request, services)
    return page.model_copy(update={"parts": (Paragraph(text=text), *page.parts)})


def _shown_by(request: Request, services: Services) -> Person | Reply:
    """The person in `value`, if they are of a 課 of this 所属長 and show their levels now; else what to say."""
    if refusal := permitted(request, Permission.SKILLS_SHARED):
        return refusal
    managed = own_departments(request.person, Permission.SKILLS_SHARED)
    person = services.stores.directory.person(request.value)
    if person is None or person.department_id not in managed:
        return turned_away(NotAllowed(texts.NOT_SHARED))
    shown = services.stores.skills.shared_since(person.id) is not None
    return person if shown else turned_away(NotAllowed(texts.NOT_SHARED))


def _mistake(text: str) -> str:
    if not text:
        return texts.COMMENT_EMPTY
    if len(text) > LONGEST:
        return texts.COMMENT_LONG
    return texts.PERSONAL_NUMBER if holds_personal_number(text) else ""


def _form(person: Person, text: str, error: str) -> Form:
    field = FormField(
        id="text",
        label=texts.COMMENT_LABEL,
        kind="long_text",
        required=True,
        value=text,
        error=error,
        max_length=LONGEST,
    )
    return Form(
        name="skills_comment",
        title=texts.COMMENT,
        fields=(field,),
        submit=texts.COMMENT_SEND,
        value=person.id,
    )


def _record(services: Services, request: Request, action: str, person: Person) -> None:
    actor = request.person.id if request.person else ""
    event = AuditEvent(at=services.clock(), actor=actor, action=action, target=person.id)
    services.stores.audit.append(event)
