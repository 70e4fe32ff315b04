"""調査: what is open for a person, and what they must know before they begin."""

from __future__ import annotations

from bot.handlers.refusing import permitted, refused
from bot.handlers.survey_seat import Seat, is_anonymous, seat_at, soon, until
from bot.messages import Action, Items, Paragraph, Part, Reply, Request
from bot.services import Services
from bot.texts.ja import surveys as texts
from staff.permissions import Permission, allowed
from surveys.round import Round


def list_surveys(request: Request, services: Services) -> Reply:
    """The open rounds that ask this person, each with a button."""
    if refusal := permitted(request, Permission.SURVEY_ANSWER):
        return refusal
    assert request.person is not None  # noqa: S101 (the permission needs somebody known)
    store = services.stores.surveys
    open_rounds = [
        (round_, answered)
        for round_, answered in store.list_open_for(request.person.id)
        if round_.takes_answers(services.clock())
    ]
    others = [Action(name="survey_rates", label=texts.SEE_RATES)] if _sees_rates(request) else []
    if any(request.person.id in store.list_muted(one) for one in ("", *(one.id for one, _ in open_rounds))):
        others.append(Action(name="survey_unmute", label=texts.UNMUTE))
    if not open_rounds:
        return Reply(title=texts.LIST_TITLE, parts=(Paragraph(text=texts.NONE_OPEN),), actions=tuple(others))
    lines, actions = [], []
    for round_, answered in open_rounds:
        drafted = store.find_draft(round_.id, request.person.id) is not None
        lines.append(f"{_listed(round_)}: {_standing(answered=answered, drafted=drafted)}")
        if not (answered and is_anonymous(round_)):
            label = texts.GO_ON if drafted else texts.EDIT if answered else texts.ANSWER
            actions.append(
                Action(
                    name="survey_start",
                    label=f"{label}: {round_.definition.title}",
                    value=round_.id,
                    opens_form=True,
                )
            )
    return Reply(title=texts.LIST_TITLE, parts=(Items(items=tuple(lines)),), actions=(*actions, *others))


def start_survey(request: Request, services: Services) -> Reply:
    """The purpose notice: what for, what is stored, who reads it, how long; then the first page."""
    seat = seat_at(request, services)
    if isinstance(seat, Reply):
        return seat
    if is_anonymous(seat.round) and services.stores.surveys.has_answered(
        seat.round.id, seat.member.person_id
    ):
        return Reply(parts=(Paragraph(text=texts.ANONYMOUS_ALREADY.format(title=seat.definition.title)),))
    details = Action(name="survey_notice", label=texts.DETAILS, value=seat.value(), opens_form=True)
    return Reply(title=seat.definition.title, parts=notice(seat), actions=(_start(seat), details))


def show_notice(request: Request, services: Services) -> Reply:
    """The rest of the purpose notice: how answers are kept apart from names, what becomes of drafts, whom to ask."""
    seat = seat_at(request, services)
    if isinstance(seat, Reply):
        return seat
    return Reply(title=texts.DETAILS_TITLE, parts=details(seat), actions=(_start(seat),))


def notice(seat: Seat) -> tuple[Part, ...]:
    """What a person must know before the first question, in half a minute."""
    definition = seat.definition
    names = [texts.ATTRIBUTE_NAMES[attribute] for attribute in definition.kept_attributes]
    editing = texts.EDITABLE if definition.can_be_edited else texts.NOT_EDITABLE
    told = [
        (texts.PURPOSE, definition.purpose),
        (texts.NOT_USED, definition.not_used_for),
        (texts.READERS, definition.readers),
        (texts.IDENTITY, texts.IDENTITIES[definition.identity]),
        (texts.STORED, texts.stored_of(names, definition.kept_days)),
        (texts.UNTIL, editing.format(until=soon(seat.round.closes_at))),
    ]
    return (
        *(Paragraph(label=label, text=text) for label, text in told if text),
        Paragraph(text=texts.VOLUNTARY_HERE + texts.CHAT_NOTE.get(seat.request.channel, ""), tone="note"),
    )


def details(seat: Seat) -> tuple[Part, ...]:
    """What the notice leaves out."""
    definition = seat.definition
    places = "・".join(texts.PLACES[channel] for channel in reversed(definition.allowed_channels))
    counts = [question.smallest_count for question in definition.questions]
    told = [
        (texts.IDENTITY, texts.IDENTITIES_IN_FULL[definition.identity]),
        (texts.SHOWN, texts.hidden_below(min(counts), max(counts))),
        (texts.DRAFTS, texts.DRAFT_NOTE.format(places=places)),
        (texts.KEPT, texts.KEPT_IN_FULL.format(kept=texts.how_long(definition.kept_days))),
        (texts.CONTACT, definition.contact),
    ]
    return tuple(Paragraph(label=label, text=text) for label, text in told if text)


def _start(seat: Seat) -> Action:
    begun = seat.services.stores.surveys.find_draft(seat.round.id, seat.member.person_id) is not None
    label = texts.GO_ON if begun else texts.START
    return Action(name="survey_show", label=label, value=seat.value(), opens_form=True, main=True)


def mute_round(request: Request, services: Services) -> Reply:
    """No reminder of this round any more."""
    if refusal := permitted(request, Permission.SURVEY_ANSWER):
        return refusal
    assert request.person is not None  # noqa: S101 (as above)
    round_ = services.stores.surveys.find_round(request.value)
    if round_ is None or services.stores.surveys.find_member(round_.id, request.person.id) is None:
        return refused(texts.NO_SUCH_ROUND)
    services.stores.surveys.mute(request.person.id, round_.id)
    more = Action(name="survey_mute_all", label=texts.MUTE_ALL)
    back = Action(name="survey_unmute", label=texts.UNMUTE)
    return Reply(parts=(Paragraph(text=texts.MUTED),), actions=(more, back))


def mute_all(request: Request, services: Services) -> Reply:
    """No reminder of any round any more."""
    if refusal := permitted(request, Permission.SURVEY_ANSWER):
        return refusal
    assert request.person is not None  # noqa: S101 (as above)
    services.stores.surveys.mute(request.person.id)
    back = Action(name="survey_unmute", label=texts.UNMUTE)
    return Reply(parts=(Paragraph(text=texts.MUTED_ALL),), actions=(back,))


def unmute(request: Request, services: Services) -> Reply:
    """Reminders again."""
    if refusal := permitted(request, Permission.SURVEY_ANSWER):
        return refusal
    assert request.person is not None  # noqa: S101 (as above)
    services.stores.surveys.unmute(request.person.id)
    return Reply(parts=(Paragraph(text=texts.UNMUTED),))


def _sees_rates(request: Request) -> bool:
    return allowed(request.person, Permission.SURVEY_RATES_OWN)


def _listed(round_: Round) -> str:
    definition = round_.definition
    return texts.LISTED.format(
        title=definition.title, until=until(round_.closes_at), minutes=definition.minutes
    )


def _standing(*, answered: bool, drafted: bool) -> str:
    if drafted:
        return texts.DRAFTED_AGAIN if answered else texts.DRAFTED
    return texts.DONE if answered else texts.NOT_YET
