"""Rounds are planned, opened, reminded of and closed: by the worker's clock, or by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from bot.delivery import Message, Reminding
from bot.handlers.notices import notices, tell_operators
from bot.handlers.survey_seat import until
from bot.messages import Action, Paragraph, Reply
from bot.services import Services, Stores
from bot.texts.ja import survey_rounds as run_texts
from bot.texts.ja import surveys as texts
from staff.calendar import date_in_japan
from staff.model import Person
from staff.store import AuditEvent
from surveys.opening import OpeningError, open_with
from surveys.rates import standing, whole
from surveys.round import Round, State
from surveys.schedule import (
    is_working_time,
    last_reminder,
    plan_next,
    put_off,
    reminder_days,
    told_apart,
)

WORKER = "worker"
MOST_UNKNOWN = 10
MOST_REMINDERS = 5


def run_rounds(services: Services) -> Mapping[str, int]:
    """Close what is over, open what is due, remind where it is time; returns how much was done.

    Run twice, or by several workers, it does each once.
    """
    return {
        "closed": sum(close(services, one, WORKER) for one in _over(services)),
        "opened": sum(_open_or_tell(services, one) for one in _due(services)),
        "reminders": sum(remind(services, one) or 0 for one in _to_remind(services)),
    }


def plan(services: Services, planned: Round, actor: str) -> bool:
    """Add a planned round; False when one of that id is there already."""
    planned = _told_apart(services.stores, planned)

    def work(stores: Stores) -> bool:
        if not stores.surveys.plan_round(planned):
            return False
        record(services, stores, actor, "survey.plan", planned)
        return True

    return services.stores.transaction(work)


def begin(services: Services, planned: Round, actor: str) -> int | None:
    """Plan a round, and open it at once when its time has come; returns how many are asked, 0 of one that opens later.

    None when one of that id is there already. Raises OpeningError, and nothing is planned then.
    """
    if planned.opens_at > services.clock():
        return 0 if plan(services, planned, actor) else None
    return open_now(services, planned, actor, is_new=True)


def open_now(services: Services, planned: Round, actor: str, *, is_new: bool = False) -> int | None:
    """Open a planned round and announce it; returns how many are asked, None when another was first.

    One that `is_new` is planned in the same transaction. Raises OpeningError.
    """
    planned = _told_apart(services.stores, planned) if is_new else planned
    directory = services.stores.directory
    people = directory.list_people()
    opening = open_with(
        planned,
        people,
        directory.list_departments(),
        frozenset(services.stores.surveys.list_absent()),
        services.today(),
    )
    asked = {member.person_id for member in opening.members}
    messages = list(_announcements(services, opening.round, [one for one in people if one.id in asked]))
    following = plan_next(planned, services.calendar)  # with the 課 of its own day

    def work(stores: Stores) -> bool:
        if is_new and not stores.surveys.plan_round(planned):
            return False
        if is_new:
            record(services, stores, actor, "survey.plan", planned)
        if not stores.surveys.open_round(opening.round, opening.members):
            return False
        for message in messages:
            stores.outbox.put(message)
        if following is not None:
            stores.surveys.plan_round(_told_apart(stores, following))
        record(services, stores, actor, "survey.open", planned, asked=len(asked))
        return True

    return len(asked) if services.stores.transaction(work) else None


def close(services: Services, round_: Round, actor: str) -> bool:
    """Close an open round; False when it is closed already."""

    def work(stores: Stores) -> bool:
        if not stores.surveys.close_round(round_.id, services.clock()):
            return False
        record(services, stores, actor, "survey.close", round_)
        return True

    return services.stores.transaction(work)


def drop(services: Services, round_: Round, actor: str) -> bool:
    """Remove a planned round, or an open one that nobody has answered; False when it is neither.

    Announcements and reminders of it that have not gone out are dropped at their turn.
    """

    def work(stores: Stores) -> bool:
        asked, _ = whole(stores.surveys.count_responses(round_.id))
        if not stores.surveys.drop_round(round_.id):
            return False
        record(services, stores, actor, "survey.drop", round_, people=asked)
        return True

    return services.stores.transaction(work)


def to_stay(services: Services, round_: Round) -> str:
    """Why a round cannot be dropped; "" where it can."""
    _, answered = standing(round_, services.stores.surveys.count_responses(round_.id))
    closed = round_.state is State.CLOSED
    if not (closed or answered):
        return ""
    return run_texts.not_to_drop(round_.definition.title, answered, closed=closed)


def set_absent(services: Services, ids: Sequence[str], actor: str) -> list[str]:
    """Put the list of people on leave (職員番号) in the place of the one before; returns who is unknown, with nothing changed."""
    known = {person.id for person in services.stores.directory.list_people()}
    unknown = sorted(set(ids) - known)[:MOST_UNKNOWN]
    event = AuditEvent(at=services.clock(), actor=actor, action="survey.absent", target="surveys")

    def work(stores: Stores) -> None:
        stores.surveys.set_absent(ids)
        stores.audit.append(event)

    if not unknown:
        services.stores.transaction(work)
    return unknown


def remind(services: Services, round_: Round) -> int | None:
    """Remind whoever has not answered and does not mind, today or, after working hours, when they begin; returns how many.

    None when it was done for that day, or as often as one round may remind. Nobody gets two reminders on one
    day, however many rounds wait for them.
    """
    store, day = services.stores.surveys, date_in_japan(services.working_moment())
    mark = f"remind/{day}"
    marks = store.list_marks(round_.id)
    if mark in marks or len(marks) >= MOST_REMINDERS:
        return None
    muted = store.list_muted(round_.id)
    waiting = {one.person_id for one in store.list_waiting(round_.id)} - muted
    people = [one for one in services.stores.directory.list_people() if one.id in waiting]
    reply = _reminder(services, round_, day)
    messages = list(_about(services, round_, people, f"survey-reminder/{day}", reply))

    def work(stores: Stores) -> int | None:
        if not stores.surveys.mark(round_.id, mark):
            return None
        return sum(stores.outbox.put(message) for message in messages)

    return services.stores.transaction(work)


def is_wanted(services: Services, message: Message) -> bool:
    """Whether an announcement or reminder may still go out: the round takes answers, and whoever is reminded has not answered
    or muted it since.
    """
    one, now = message.reminds, services.clock()
    if one is None or not one.announces:
        return one is None or services.stores.surveys.wants_reminder(one.round_id, one.person_id, now)
    round_ = services.stores.surveys.find_round(one.round_id)
    return round_ is not None and round_.takes_answers(now)


def record(
    services: Services, stores: Stores, actor: str, action: str, round_: Round, **detail: str | int
) -> None:
    """Write down who did what with a round."""
    event = AuditEvent(at=services.clock(), actor=actor, action=action, target=round_.id, detail=detail)
    stores.audit.append(event)


def _told_apart(stores: Stores, planned: Round) -> Round:
    return told_apart(planned, stores.surveys.list_rounds(survey_id=planned.survey_id))


def _over(services: Services) -> list[Round]:
    now = services.clock()
    return [one for one in services.stores.surveys.list_rounds(State.OPEN) if one.closes_at <= now]


def _due(services: Services) -> list[Round]:
    now = services.clock()
    return [one for one in services.stores.surveys.list_rounds(State.PLANNED) if one.opens_at <= now]


def _to_remind(services: Services) -> list[Round]:
    if not is_working_time(services.clock(), services.calendar):
        return []
    today = services.today()
    found = services.stores.surveys.list_rounds(State.OPEN)
    return sorted(
        (one for one in found if today in reminder_days(one, services.calendar)),
        key=lambda one: one.closes_at,
    )


def _open_or_tell(services: Services, planned: Round) -> bool:
    try:
        on_time = put_off(planned, services.clock(), services.calendar)
        return open_now(services, on_time, WORKER) is not None
    except OpeningError as error:
        text = run_texts.TROUBLE.format(title=planned.definition.title, id=planned.id, reason=error)
        reply = Reply(
            title=run_texts.TROUBLE_TITLE,
            parts=(Paragraph(text=text), Paragraph(text=run_texts.TROUBLE_NEXT, tone="note")),
        )
        tell_operators(services, f"survey/{planned.id}/trouble/{services.today()}", reply)
        return False


def _announcements(services: Services, round_: Round, people: Iterable[Person]) -> Iterator[Message]:
    """By the time of opening: a round that was dropped may open again under its id."""
    key = f"survey/{round_.id}/{round_.opens_at:%Y%m%d%H%M%S}/open"
    return _about(services, round_, people, key, _announcement(round_), announces=True)


def _about(
    services: Services,
    round_: Round,
    people: Iterable[Person],
    key: str,
    reply: Reply,
    *,
    announces: bool = False,
) -> Iterator[Message]:
    for person in people:
        about = Reminding(round_id=round_.id, person_id=person.id, announces=announces)
        for message in notices(services, [person], key, reply):
            yield message.model_copy(update={"reminds": about})


def _announcement(round_: Round) -> Reply:
    definition = round_.definition
    ends = texts.ANNOUNCE_UNTIL.format(until=until(round_.closes_at), minutes=definition.minutes)
    return Reply(
        title=texts.ANNOUNCE_TITLE.format(title=definition.title),
        parts=(
            Paragraph(text=texts.ANNOUNCE.format(purpose=definition.purpose)),
            Paragraph(text=ends),
            Paragraph(text=texts.VOLUNTARY, tone="note"),
        ),
        actions=(Action(name="survey_start", label=texts.ANSWER, value=round_.id),),
    )


def _reminder(services: Services, round_: Round, day: date) -> Reply:
    is_last = day == last_reminder(round_, services.calendar)
    ends = (texts.REMIND_LAST if is_last else texts.REMIND).format(until=until(round_.closes_at))
    return Reply(
        title=texts.REMIND_TITLE.format(title=round_.definition.title),
        parts=(Paragraph(text=ends), Paragraph(text=texts.VOLUNTARY, tone="note")),
        actions=(
            Action(name="survey_start", label=texts.ANSWER, value=round_.id),
            Action(name="survey_mute", label=texts.MUTE, value=round_.id),
        ),
    )
