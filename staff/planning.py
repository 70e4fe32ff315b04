"""人事異動 that is known before its day: it waits, and takes force by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from staff.model import Person, Roster
from staff.succession import follow_succession


class PlannedChange(BaseModel):
    """What a person will be from a day on; `person` is None for somebody who is gone by then."""

    model_config = ConfigDict(frozen=True)

    effective_on: date
    person_id: str
    person: Person | None = None


class PlannedChanges(Protocol):
    """What waits for its day."""

    def list_planned(self, until: date | None = None) -> list[PlannedChange]:
        """What waits, earliest first; up to `until`, that day included."""

    def replace_planned(self, changes: Sequence[PlannedChange]) -> None:
        """Let exactly these wait."""

    def remove_until(self, day: date) -> None:
        """Take away what took force."""


def keep_until_their_day(read: Roster, planned: Iterable[PlannedChange], present: Roster) -> Roster:
    """A roster as read, with those still in it whom the file has only from a later day on."""
    listed = {person.id for person in read.people}
    later = {change.person_id for change in planned} - listed
    staying = [person for person in present.people if person.id in later]
    return Roster(read.departments, tuple(sorted((*read.people, *staying), key=lambda person: person.id)))


def roster_on(day: date, roster: Roster, planned: Iterable[PlannedChange]) -> Roster:
    """A roster once everything has taken force that was planned up to a day, and whoever's 課 ended has followed it."""
    people = {person.id: person for person in roster.people}
    for change in sorted(planned, key=lambda one: one.effective_on):
        if change.effective_on > day:
            continue
        if change.person is None:
            people.pop(change.person_id, None)
        else:
            people[change.person_id] = change.person
    by_id = {one.id: one for one in roster.departments}
    moved = (follow_succession(person, by_id, day) for person in people.values())
    return Roster(roster.departments, tuple(sorted(moved, key=lambda person: person.id)))


class DirectoryDrafts(Protocol):
    """Uploaded directory files between being looked at and being applied; for an hour, and for who uploaded them."""

    def put(self, draft_id: str, by: str, at: datetime, files: Sequence[tuple[str, bytes]]) -> None:
        """Keep files as (name, content), in the place of what this person uploaded before."""

    def find(self, draft_id: str, by: str, since: datetime) -> list[tuple[str, bytes]]:
        """The files; none when there are none, they are somebody else's, or from before."""

    def remove(self, by: str) -> None:
        """Forget what somebody uploaded."""

    def forget(self, before: datetime) -> int:
        """Remove what was uploaded before that time; how much went."""
