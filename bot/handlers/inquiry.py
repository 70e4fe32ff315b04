"""担当に聞く: a question is masked, shown, confirmed, and put to the 課 that owns it."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from bot.delivery import Message
from bot.handlers.afterwards import asker_of, join, split
from bot.handlers.consultation import desk_for
from bot.handlers.forms import text_of
from bot.handlers.inquired import owner_of
from bot.handlers.notices import notices
from bot.handlers.refusing import permitted, refused
from bot.messages import Action, Choice, Form, FormField, Paragraph, Reply, Request
from bot.services import Services, Stores
from bot.texts.ja import learning as texts
from knowledge.asking.question import clean, holds_personal_number
from knowledge.learning.askers import code, period_of
from knowledge.learning.inquiry import MAX_QUESTION, Asker, Inquiry, State, inquiry_behind
from knowledge.learning.masking import Masked, mask
from knowledge.learning.routing import Route, read_channels, route_to
from knowledge.view import View
from staff.calendar import date_in_japan
from staff.model import Person, Role
from staff.permissions import Permission

MOST_OPEN = 20
MOST_MASKED = 2 * MAX_QUESTION  # marks may be longer than what they stand for


def inquire(request: Request, services: Services) -> Reply:
    """The form with the question prefilled; filled in, what will be sent."""
    if refusal := permitted(request, Permission.INQUIRY_ASK):
        return refusal
    seen = services.seen_by(request.person)
    article_id, question = split(request.value)
    if "question" not in request.values:
        return Reply(form=_ask_form(services, seen, article_id, mask(question).text[:MAX_QUESTION]))
    typed = text_of(request, "question")
    if error := _mistake(typed):
        return Reply(form=_ask_form(services, seen, article_id, typed, error))
    return desk_for(typed, services, searchable=False) or _preview(services, seen, article_id, typed)


def send_inquiry(request: Request, services: Services) -> Reply:
    """The confirmed question goes to the 課. Sending the same one again on the same day changes nothing."""
    if refusal := permitted(request, Permission.INQUIRY_ASK):
        return refusal
    person = request.person
    assert person is not None  # noqa: S101 (the permission needs somebody known)
    article_id, question = split(request.value)
    if error := _mistake(question, MOST_MASKED):
        return refused(error)
    if desk := desk_for(question, services, searchable=False):
        return desk
    if not text_of(request, "name"):
        return _preview(services, services.seen_by(person), article_id, question)
    waiting = services.stores.learning.count_open_of(person.id)
    if waiting >= MOST_OPEN:
        return refused(texts.TOO_MANY_OPEN.format(count=waiting))
    return _put(
        request, services, person, _inquiry(request, services, person, article_id, mask(question).text)
    )


def route_for(services: Services, owner: str) -> Route:
    """Where a question for `owner` goes today."""
    directory = services.stores.directory
    role = Role(services.settings.expert_role)
    day = services.today()
    return route_to(owner, directory.list_departments(), directory.list_people(), day, role)


def told_experts(services: Services, inquiry: Inquiry, route: Route, key: str) -> list[Message]:
    """The messages that put a question before the experts: to the channel set for the 課, else to its people."""
    place = read_channels(services.settings.inquiry_channels).get(inquiry.owner)
    if place is None:
        told = (
            notices(services, [person], key, expert_reply(services.seen_by(person), inquiry))
            for person in route.people
        )
        return [message for messages in told for message in messages]
    reply = expert_reply(services.seen_by(None), inquiry)  # anybody may be in a channel
    channel, recipient = place
    return [
        Message(
            key=f"{key}/channel", channel=channel, recipient=recipient, reply=reply, due_at=services.clock()
        )
    ]


def expert_reply(seen: View, inquiry: Inquiry) -> Reply:
    """A question as an expert sees it."""
    about = seen.title_of(inquiry.article_id)
    notes = [texts.EXPERT_OWNER.format(owner=inquiry.owner)]
    notes += [texts.EXPERT_ABOUT.format(title=about)] if about else []
    notes += [texts.EXPERT_AGAIN] if inquiry_behind(inquiry.article_id) and not about else []
    notes += [] if inquiry.asked_by else [texts.EXPERT_ANONYMOUS]
    who = [Paragraph(label=texts.EXPERT_FROM, text=inquiry.asked_by)] if inquiry.asked_by else []
    return Reply(
        title=texts.EXPERT_TITLE,
        parts=(
            Paragraph(label=texts.EXPERT_QUESTION, text=inquiry.question),
            *who,
            *(Paragraph(text=note, tone="note") for note in notes),
        ),
        actions=(
            Action(name="inquiry_answer", label=texts.ANSWER, value=inquiry.id),
            Action(name="inquiry_move", label=texts.MOVE, value=inquiry.id),
            Action(name="inquiry_close", label=texts.CLOSE, value=inquiry.id),
        ),
    )


def _mistake(question: str, limit: int = MAX_QUESTION) -> str:
    if not clean(question):
        return texts.QUESTION_MISSING
    if len(question) > limit:
        return texts.QUESTION_TOO_LONG.format(limit=MAX_QUESTION, count=len(question))
    return texts.NO_PERSONAL_NUMBER if holds_personal_number(clean(question)) else ""


def _ask_form(services: Services, seen: View, article_id: str, question: str, error: str = "") -> Form:
    owner = _owner(services, seen, article_id, question)
    field = FormField(
        id="question",
        label=texts.ASK_QUESTION,
        kind="long_text",
        required=True,
        value=question,
        hint=texts.ASK_QUESTION_HINT,
        error=error,
        max_length=MAX_QUESTION,
    )
    prefilled = mask(question).text[:MAX_QUESTION]  # for where the form is opened by a button of its own
    return Form(
        name="inquire",
        title=texts.ASK_FORM_TITLE,
        intro=texts.ASK_FORM_INTRO.format(owner=owner),
        fields=(field,),
        submit=texts.ASK_NEXT,
        value=join(article_id, prefilled),
    )


def _preview(services: Services, seen: View, article_id: str, question: str) -> Reply:
    """The form that shows the masked question and sends it when it is confirmed."""
    masked: Masked = mask(question)
    intro = texts.CONFIRM_INTRO.format(
        owner=_owner(services, seen, article_id, masked.text), question=masked.text
    )
    if masked.details:
        intro += texts.CONFIRM_MASKED.format(details="・".join(masked.details))
    name = FormField(
        id="name",
        label=texts.CONFIRM_NAME,
        kind="single",
        required=True,
        choices=(
            Choice(value="no", label=texts.CONFIRM_NAME_NO),
            Choice(value="yes", label=texts.CONFIRM_NAME_YES),
        ),
        value="no",
        hint=texts.CONFIRM_NAME_HINT,
    )
    form = Form(
        name="inquire_send",
        title=texts.CONFIRM_TITLE,
        intro=intro,
        fields=(name,),
        submit=texts.CONFIRM_SEND,
        value=join(article_id, masked.text),
    )
    return Reply(form=form)


def _owner(services: Services, seen: View, article_id: str, question: str) -> str:
    """The 課 for a question: of the article it is about, else by its words."""
    if article_id:
        return owner_of(services, seen, article_id)
    return seen.answer(clean(question)[:MAX_QUESTION]).owner


def _inquiry(request: Request, services: Services, person: Person, article_id: str, question: str) -> Inquiry:
    at = services.clock()
    owner = _owner(services, services.seen_by(person), article_id, question)
    return Inquiry(
        id=_id_of(services, at, asker_of(request), question),
        question=question,
        article_id=article_id,
        owner=owner,
        department_id=route_for(services, owner).department_id,
        asked_at=at,
        asked_by=_name(services, person) if text_of(request, "name") == "yes" else "",
    )


def _id_of(services: Services, at: datetime, asker: str, question: str) -> str:
    """The id of this person's question on this day: the same while it waits, another once it was answered or ended."""
    learning = services.stores.learning
    parts = (learning.key(period_of(at)), "inquiry", asker, question, date_in_japan(at).isoformat())
    ids = (code(*parts, *([str(number)] if number else []))[:16] for number in count())
    return next(
        id_ for id_ in ids if (held := learning.find_inquiry(id_)) is None or held.state is State.OPEN
    )


def _name(services: Services, person: Person) -> str:
    departments = {one.id: one.name for one in services.stores.directory.list_departments()}
    department = departments.get(person.department_id, "")
    return f"{person.name}（{department}）" if department else person.name


def _put(request: Request, services: Services, person: Person, inquiry: Inquiry) -> Reply:
    route = route_for(services, inquiry.owner)
    messages = told_experts(services, inquiry, route, f"inquiry/{inquiry.id}/asked")
    if not messages:
        return refused(texts.NO_EXPERT)
    recipient = person.id if request.channel == "web" else request.user
    asker = Asker(person.id, request.channel, recipient)

    def work(stores: Stores) -> bool:
        if not stores.learning.add_inquiry(inquiry, asker):
            return False
        for message in messages:
            stores.outbox.put(message)
        return True

    kept = services.stores.transaction(work)
    text = texts.ASKED.format(owner=inquiry.owner) if kept else texts.ASKED_ALREADY
    return Reply(title=texts.ASKED_TITLE, parts=(Paragraph(text=text),))
