"""Who answers which round: everything a request about a survey must pass first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.handlers.console import public_address
from bot.handlers.refusing import permitted, refused
from bot.messages import Paragraph, Reply, Request, link_to
from bot.services import Services
from bot.texts.ja import surveys as texts
from bot.texts.ja.ask import day
from bot.texts.ja.digest import day_alone
from staff.calendar import JAPAN, date_in_japan
from staff.model import Person
from staff.permissions import Permission
from surveys.definition import Definition, Identity
from surveys.links import digest, new_token
from surveys.question import Attribute
from surveys.round import Member, Round, State

LINK_PATH = "/s/"


@dataclass(frozen=True)
class Seat:
    """A person before an open round that asks them."""

    request: Request
    services: Services
    round: Round
    member: Member

    @property
    def definition(self) -> Definition:
        """The round's survey."""
        return self.round.definition

    @property
    def attributes(self) -> dict[Attribute, str]:
        """What is stored of the directory: ids as they were when the round opened."""
        return self.round.attributes_of(self.member)

    @property
    def shown_attributes(self) -> list[tuple[str, str]]:
        """The same in words, as (name, value)."""
        names = {department.id: department.name for department in self.round.departments}
        return [
            (
                texts.ATTRIBUTE_NAMES[attribute.value],
                self.member.role.label if attribute is Attribute.ROLE else names.get(value, value),
            )
            for attribute, value in self.attributes.items()
        ]

    def value(self, place: int | str = "") -> str:
        """What buttons and forms of this round carry."""
        return f"{self.round.id}/{place}" if place != "" else self.round.id


def seat_at(request: Request, services: Services) -> Seat | Reply:
    """The seat for the round named in the request's value; else what to say instead."""
    if refusal := permitted(request, Permission.SURVEY_ANSWER):
        return refusal
    assert request.person is not None  # noqa: S101 (the permission needs somebody known)
    round_ = services.stores.surveys.find_round(request.value.partition("/")[0])
    if round_ is None:
        return refused(texts.NO_SUCH_ROUND)
    if refusal := _not_now(services, round_, request.person.id):
        return refusal
    member = services.stores.surveys.find_member(round_.id, request.person.id)
    if member is None:
        return refused(texts.NOT_ASKED.format(title=round_.definition.title))
    if request.channel not in round_.definition.allowed_channels:
        return personal_link(round_, request.person, request, services)
    return Seat(request, services, round_, member)


def place_in(value: str) -> int:
    """The page or revision behind the round's id; -1 where there is none."""
    place = value.partition("/")[2]
    return int(place) if place.isascii() and place.isdigit() and len(place) < 10 else -1


def until(at: datetime) -> str:
    """A closing time as people write it."""
    local = at.astimezone(JAPAN)
    return f"{day(date_in_japan(at))} {local.hour}:{local.minute:02d}"


def soon(at: datetime) -> str:
    """A closing time to come: everybody knows of which year."""
    local = at.astimezone(JAPAN)
    return f"{day_alone(date_in_japan(at))} {local.hour}:{local.minute:02d}"


def closed_reply(services: Services, round_: Round, person_id: str) -> Reply:
    """The round takes no answers any more; what this person sent before stands."""
    told = texts.CLOSED.format(title=round_.definition.title, until=until(round_.closes_at))
    stands = services.stores.surveys.has_answered(round_.id, person_id)
    return refused(told + texts.STILL_STANDS if stands else told)


def personal_link(round_: Round, person: Person, request: Request, services: Services) -> Reply:
    """A link to the survey's own page for this person. The reply is not to be stored: it holds the key."""
    title = texts.LINK_TITLE.format(title=round_.definition.title)
    if not request.private:
        return Reply(title=title, parts=(Paragraph(text=texts.LINK_IN_PRIVATE),))
    if not (base := public_address(services.settings)):
        return Reply(title=title, parts=(Paragraph(text=texts.NO_ADDRESS, tone="warning"),))
    token = new_token()
    services.stores.surveys.add_link(digest(token), round_.id, person.id, round_.closes_at)
    return Reply(
        title=title,
        parts=(
            Paragraph(text=texts.LINK_WHY),
            Paragraph(text=texts.LINK_KEEP),
            Paragraph(text=texts.LINK_UNTIL.format(until=until(round_.closes_at)), tone="note"),
        ),
        actions=(link_to(f"{base}{LINK_PATH}{token}", texts.OPEN_PAGE),),
        fleeting=True,
    )


def is_anonymous(round_: Round) -> bool:
    """Whether nobody can tell whose a submission is."""
    return round_.definition.identity is Identity.ANONYMOUS


def _not_now(services: Services, round_: Round, person_id: str) -> Reply | None:
    now = services.clock()
    if round_.state is State.CLOSED or now >= round_.closes_at:
        return closed_reply(services, round_, person_id)
    if not round_.takes_answers(now):
        return refused(texts.NOT_OPEN_YET.format(title=round_.definition.title, since=until(round_.opens_at)))
    return None
