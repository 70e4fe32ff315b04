"""Changing the directory: a shown diff is applied as a whole, on record, and the operators are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.delivery import Message
from bot.messages import Paragraph, Reply
from bot.services import Services, Stores
from bot.texts.ja import directory_admin as texts
from staff.diff import DirectoryDiff, apply_diff, compare, describe, describe_planned, read_roster
from staff.importing import read_directory
from staff.model import Role
from staff.planning import PlannedChange, keep_until_their_day, roster_on
from staff.store import AuditEvent


@dataclass(frozen=True)
class Reading:
    """A directory file worked out against the directory as it is: what changes now, what waits, what to tell."""

    diff: DirectoryDiff
    planned: tuple[PlannedChange, ...]
    notes: tuple[str, ...]

    def lines(self) -> list[str]:
        """Everything there is to see before it is applied."""
        waiting = describe_planned(self.planned, self.diff.after.departments)
        return [*self.notes, *describe(self.diff), *waiting]


def read_files(services: Services, files: Sequence[tuple[str, bytes]]) -> Reading:
    """Read directory files given as (name, content). Raises DirectoryFileError with every problem."""
    before = read_roster(services.stores.directory)
    read = read_directory(files, before.departments, services.today())
    after = keep_until_their_day(read.roster, read.planned, before)
    return Reading(compare(before, after), read.planned, read.notes)


def import_directory(
    services: Services,
    diff: DirectoryDiff,
    actor: str,
    planned: Sequence[PlannedChange] = (),
    *,
    leavers_confirmed: bool = False,
) -> None:
    """Apply `diff` in one transaction with its audit event and a message to each operator there is afterwards.

    What is `planned` waits in the place of what waited before. Raises TooManyLeavers, NoOperatorLeft or DirectoryChanged,
    with nothing changed.
    """
    at = services.clock()

    def work(stores: Stores) -> None:
        apply_diff(stores, diff, actor, at, leavers_confirmed=leavers_confirmed)
        if list(planned) != stores.planned_changes.list_planned():
            stores.planned_changes.replace_planned(planned)
            stores.audit.append(_planned_event(planned, actor, at))
        for message in _messages(diff, at):
            stores.outbox.put(message)

    services.stores.transaction(work)


def apply_due(services: Services) -> DirectoryDiff | None:
    """What was planned up to today takes force, and whoever's 課 ended follows it; None when nothing changes.

    Run twice, or by two workers, it does it once.
    """
    at, today = services.clock(), services.today()

    def work(stores: Stores) -> DirectoryDiff | None:
        before = read_roster(stores.directory)
        due = stores.planned_changes.list_planned(today)
        diff = compare(before, roster_on(today, before, due))
        stores.planned_changes.remove_until(today)
        if diff.empty:
            return None
        apply_diff(stores, diff, "worker", at, leavers_confirmed=True, action="directory.due")
        for message in _messages(diff, at):
            stores.outbox.put(message)
        return diff

    return services.stores.transaction(work)


def _planned_event(planned: Sequence[PlannedChange], actor: str, at: datetime) -> AuditEvent:
    detail: dict[str, str | int] = {"planned": len(planned)}
    return AuditEvent(at=at, actor=actor, action="directory.plan", target="directory", detail=detail)


def changed_count(diff: DirectoryDiff) -> int:
    """How many people stay and are changed in any way."""
    pairs = (*diff.moves, *diff.role_changes, *diff.other_changes)
    return len({person.id for person, _ in pairs})


def _messages(diff: DirectoryDiff, at: datetime) -> Iterator[Message]:
    if diff.empty:
        return
    counts = texts.IMPORT_COUNTS.format(
        joined=len(diff.joiners), changed=changed_count(diff), left=len(diff.leavers)
    )
    note = Paragraph(text=texts.IMPORT_NEXT, tone="note")
    reply = Reply(title=texts.IMPORT_TITLE, parts=(Paragraph(text=counts), note))
    for person in diff.after.people:
        if Role.OPERATOR in person.roles:
            key = f"directory-import/{at.isoformat()}/{person.id}"
            yield Message(key=key, channel="web", recipient=person.id, reply=reply, due_at=at)
