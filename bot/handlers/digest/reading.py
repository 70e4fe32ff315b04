"""What a reader does with the digest: reads the rest, and says when and where it shall come."""

from __future__ import annotations

import re
from datetime import date

from bot.handlers.digest.composing import compose, compose_whole
from bot.handlers.digest.gathering import load_ground, make_issue, own_part
from bot.handlers.digest.sending import day_of
from bot.handlers.forms import is_filled, text_of
from bot.handlers.refusing import permitted, refused
from bot.messages import Action, Choice, Form, FormField, Paragraph, Reply, Request
from bot.services import Services, Stores
from bot.texts.ja import digest as texts
from bot.texts.ja.ask import day as japanese_day
from knowledge.initiatives.issue import Issue, OwnPart
from staff.calendar import iso_week
from staff.model import Person, Role
from staff.permissions import Permission
from staff.store import AuditEvent
from staff.weekly import Subscription, monday_of, parse_time

_CHANNEL = re.compile(r"[CG][A-Z0-9]{5,20}")
DIRECT, CHANNEL = "dm", "channel"


def show_more(request: Request, services: Services) -> Reply:
    """Everything of a week's issue; without a week this week's, or the newest there is."""
    if refusal := permitted(request, Permission.DIGEST_READ):
        return refusal
    store = services.stores.digests
    week = request.value or iso_week(services.today())
    issue = store.issue(week) or (
        None if request.value else next(map(store.issue, store.list_weeks(1)), None)
    )
    if issue is None:
        return refused(texts.NO_ISSUE)
    whole = compose_whole(issue, part_of(services, issue, request.person))
    note = Paragraph(text=texts.WEB.format(week=issue.week), tone="note")
    settings = (Action(name="digest_settings", label=texts.SETTINGS_LABEL),) if _reads(request.person) else ()
    return whole.model_copy(update={"parts": (*whole.parts, note), "actions": (*whole.actions, *settings)})


def part_of(services: Services, issue: Issue, person: Person | None) -> OwnPart:
    """A reader's own part as it stands now in the week itself, later as it was sent."""
    if person is None or not _reads(person):
        return OwnPart()
    if issue.week == iso_week(services.today()):
        return own_part(person, load_ground(services, services.today()))
    return services.stores.digests.copy(issue.week, person.id) or OwnPart()


def preview(services: Services, week: str, person: Person) -> tuple[Issue, OwnPart, Reply]:
    """What a reader gets, or would get by what stands now. Raises ValueError for a week there is not."""
    monday_of(week)
    day = day_of(services, week)
    ground = load_ground(services, day)
    issue = services.stores.digests.issue(week) or make_issue(services, week, day, ground)
    own = services.stores.digests.copy(week, person.id) or own_part(person, ground)
    return issue, own, compose(issue, own)


def issue_of(services: Services, week: str) -> Issue:
    """A week's issue as it was sent, or as it would be by what stands now. Raises ValueError for a week there is not."""
    day = day_of(services, week)
    found = services.stores.digests.issue(week)
    return found or make_issue(services, week, day, load_ground(services, day))


def change_settings(request: Request, services: Services) -> Reply:
    """The form for when and where; filled in, it is kept from the next issue on."""
    if refusal := permitted(request, Permission.DIGEST_READ):
        return refusal
    person = request.person
    assert person is not None  # noqa: S101 (the permission needs somebody known)
    if not is_filled(request, "at"):
        return Reply(form=settings_form(services, services.stores.digests.subscription(person.id)))
    values = {name: text_of(request, name) for name in ("at", "place", "channel", "paused_until")}
    subscription, mistakes = read_settings(services, person.id, values)
    if subscription is None:
        current = services.stores.digests.subscription(person.id)
        return Reply(form=settings_form(services, current, values, mistakes))
    event = AuditEvent(at=services.clock(), actor=person.id, action="digest.settings", target=person.id)

    def work(stores: Stores) -> None:
        stores.digests.save_subscription(subscription)
        stores.audit.append(event)

    services.stores.transaction(work)
    place = texts.SETTINGS_PLACE_CHANNEL if subscription.place else texts.SETTINGS_PLACE_DM
    until = subscription.paused_until
    paused = texts.PAUSED.format(day=japanese_day(until)) if until else ""
    said = texts.settings_kept(f"{subscription.at:%H:%M}", place, paused)
    return Reply(title=texts.SETTINGS_TITLE, parts=(Paragraph(text=said),))


def read_settings(
    services: Services, person_id: str, values: dict[str, str]
) -> tuple[Subscription | None, dict[str, str]]:
    """A reader's wishes, or what is wrong with the fields."""
    mistakes: dict[str, str] = {}
    hours = services.working_hours
    bounds = {"start": f"{hours.start:%H:%M}", "end": f"{hours.end:%H:%M}"}
    at, until = None, None
    try:
        at = parse_time(values["at"])
    except ValueError:
        mistakes["at"] = texts.SETTINGS_TIME_WRONG.format(**bounds)
    if at is not None and not hours.contain(at):
        mistakes["at"] = texts.SETTINGS_TIME_WRONG.format(**bounds)
    wants_channel = values.get("place") == CHANNEL
    if wants_channel and not _CHANNEL.fullmatch(values.get("channel", "")):
        mistakes["channel"] = texts.SETTINGS_CHANNEL_WRONG
    try:
        until = date.fromisoformat(values["paused_until"]) if values.get("paused_until") else None
    except ValueError:
        mistakes["paused_until"] = texts.SETTINGS_PAUSE_WRONG
    if mistakes or at is None:
        return None, mistakes
    place = f"slack/{values['channel']}" if wants_channel else ""
    return Subscription(person_id=person_id, at=at, place=place, paused_until=until), {}


def settings_form(
    services: Services,
    current: Subscription,
    values: dict[str, str] | None = None,
    mistakes: dict[str, str] | None = None,
) -> Form:
    """The form, with what stands or what was typed."""
    hours, wrong = services.working_hours, mistakes or {}
    stands = {
        "at": f"{current.at:%H:%M}",
        "place": CHANNEL if current.place else DIRECT,
        "channel": current.place.removeprefix("slack/"),
        "paused_until": current.paused_until.isoformat() if current.paused_until else "",
    }
    typed = stands | (values or {})
    places = ((DIRECT, texts.SETTINGS_PLACE_DM), (CHANNEL, texts.SETTINGS_PLACE_CHANNEL))
    hint = texts.SETTINGS_TIME_HINT.format(start=f"{hours.start:%H:%M}", end=f"{hours.end:%H:%M}")
    return Form(
        name="digest_settings",
        title=texts.SETTINGS_TITLE,
        intro=texts.SETTINGS_INTRO,
        fields=(
            FormField(
                id="at",
                label=texts.SETTINGS_TIME,
                required=True,
                value=typed["at"],
                hint=hint,
                error=wrong.get("at", ""),
            ),
            FormField(
                id="place",
                label=texts.SETTINGS_PLACE,
                kind="single",
                required=True,
                choices=tuple(Choice(value=value, label=label) for value, label in places),
                value=typed["place"],
            ),
            FormField(
                id="channel",
                label=texts.SETTINGS_CHANNEL,
                value=typed["channel"],
                hint=texts.SETTINGS_CHANNEL_HINT,
                error=wrong.get("channel", ""),
            ),
            FormField(
                id="paused_until",
                label=texts.SETTINGS_PAUSE,
                kind="date",
                value=typed["paused_until"],
                hint=texts.SETTINGS_PAUSE_HINT,
                error=wrong.get("paused_until", ""),
            ),
        ),
        submit=texts.SETTINGS_SUBMIT,
    )


def _reads(person: Person | None) -> bool:
    return person is not None and Role.LEADER in person.roles
