"""Putting a week's digest into the outbox: once for each reader, however often and by however many it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.delivery import Message
from bot.faults import report
from bot.handlers.digest.composing import compose
from bot.handlers.digest.gathering import Ground, load_ground, make_issue, own_part
from bot.reaching import WEB, Address, addresses_of
from bot.services import Services, Stores
from knowledge.initiatives.issue import Issue, OwnPart
from staff.calendar import date_in_japan, iso_week
from staff.model import Person, Role
from staff.weekly import Subscription, delivery_day, monday_of

AT_ONCE = 500


@dataclass(frozen=True)
class Sent:
    """What putting a week's digests came to: new ones, those there before, pauses, broken parts; `later` are not due yet."""

    put: int = 0
    held: int = 0
    paused: int = 0
    broken: int = 0
    later: int = 0


def key_of(week: str, person_id: str) -> str:
    """The one key of a week's digest for a reader."""
    return f"{prefix_of(week)}{person_id}"


def prefix_of(week: str) -> str:
    """What the keys of a week's digests begin with."""
    return f"digest/{week}/"


def readers(people: Sequence[Person]) -> list[Person]:
    """Who gets the digest: every DX推進リーダー."""
    return [person for person in people if Role.LEADER in person.roles]


def day_of(services: Services, week: str) -> date:
    """The day a week's digest goes out, or its Monday where the whole week is closed. Raises ValueError."""
    return delivery_day(week, services.calendar) or monday_of(week)


def send_due(services: Services) -> Sent:
    """Put the digests of this week whose time has come. Of a week that is over nothing is sent any more."""
    now = services.clock()
    week = iso_week(date_in_japan(now))
    day = delivery_day(week, services.calendar)
    if day is None or date_in_japan(now) < day:
        return Sent()
    return send(services, week, only_due=True)


def send(
    services: Services, week: str, *, person_ids: frozenset[str] | None = None, only_due: bool = False
) -> Sent:
    """Put a week's digests, of some readers or of all. What was put before stays as it is."""
    day = day_of(services, week)
    people = services.stores.directory.list_people()
    held = set(services.stores.outbox.list_keys(prefix_of(week)))
    subscriptions = services.stores.digests.list_subscriptions()
    waiting, counted = [], {"held": 0, "paused": 0, "later": 0}
    for person in readers(people):
        if person_ids is not None and person.id not in person_ids:
            continue
        subscription = subscriptions.get(person.id) or Subscription(person_id=person.id)
        if key_of(week, person.id) in held:
            counted["held"] += 1
        elif subscription.is_paused(day):
            counted["paused"] += 1
        elif only_due and services.clock() < subscription.moment(day):
            counted["later"] += 1
        else:
            waiting.append((person, subscription))
    issue = services.stores.digests.issue(week)
    if not waiting and (issue is not None or counted["later"] or not _begun(services, week)):
        return Sent(**counted)
    ground = load_ground(services, day, people)
    if issue is None:
        issue = services.stores.digests.add_issue(make_issue(services, week, day, ground))
    put = broken = 0
    for start in range(0, len(waiting), AT_ONCE):
        new, failed = _put(services, issue, ground, waiting[start : start + AT_ONCE])
        put, broken = put + new, broken + failed
    return Sent(put=put, broken=broken, **counted)


def _begun(services: Services, week: str) -> bool:
    day = delivery_day(week, services.calendar)
    return day is not None and services.clock() >= Subscription(person_id="").moment(day)


def _put(
    services: Services, issue: Issue, ground: Ground, some: Sequence[tuple[Person, Subscription]]
) -> tuple[int, int]:
    """Compose before the transaction, then keep messages and copies in it."""
    parts: dict[str, OwnPart] = {}
    messages: list[Message] = []
    due_at = services.working_moment()
    last = monday_of(issue.week) + timedelta(days=6)
    if date_in_japan(due_at) > last:  # the week is over before the city hall opens again
        return 0, 0
    for person, subscription in some:
        try:
            address = _address(services, person, subscription)
            parts[person.id] = part = _part(person, ground)
            message = Message(
                key=key_of(issue.week, person.id),
                channel=address.channel,
                recipient=address.recipient,
                reply=compose(issue, part),
                due_at=due_at,
                in_hours=address.channel != WEB,
            )
        except Exception as error:  # one reader's broken data doesn't stop the others
            report(f"digest {issue.week} of a reader", error)
            parts.pop(person.id, None)
            continue
        messages.append(message)

    def work(stores: Stores) -> int:
        stores.digests.save_copies(issue.week, parts)
        return sum(stores.outbox.put(message) for message in messages)

    put = services.stores.transaction(work)
    unread = sum(part.broken for part in parts.values())
    return put, unread + len(some) - len(messages)


def _part(person: Person, ground: Ground) -> OwnPart:
    try:
        return own_part(person, ground)
    except Exception as error:  # the shared part still goes out, and says so
        report("a reader's part of the digest", error)
        return OwnPart(broken=True)


def _address(services: Services, person: Person, subscription: Subscription) -> Address:
    channel, _, recipient = subscription.place.partition("/")
    if recipient:
        return Address(channel, recipient)
    return next(iter(addresses_of(person.id, services)))
