"""What an import would change in the directory, shown before it is applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.texts.ja import staff as texts
from staff.calendar import date_in_japan
from staff.granting import operators
from staff.model import Department, Person, Role, Roster
from staff.planning import PlannedChange
from staff.store import AuditEvent, AuditLog, Directory

T = TypeVar("T")
MAX_LEAVER_SHARE = 0.3


class StaffStores(Protocol):
    """The stores the staff domain writes to, over one database."""

    @property
    def directory(self) -> Directory:
        """People and departments."""

    @property
    def audit(self) -> AuditLog:
        """The audit chain."""

    def transaction(self, work: Callable[[StaffStores], T]) -> T:
        """Run `work` with stores that share one transaction."""


class TooManyLeavers(Exception):
    """More than 30% of the staff would leave, and nobody has confirmed that."""


class NoOperatorLeft(Exception):
    """Nobody would be left who can give roles."""


class DirectoryChanged(Exception):
    """The directory is no longer what the shown changes were worked out from."""


@dataclass(frozen=True)
class DirectoryDiff:
    """The changes from `before` to `after`. A person may stand in several of the lists of pairs."""

    before: Roster
    after: Roster
    joiners: tuple[Person, ...]
    leavers: tuple[Person, ...]
    moves: tuple[tuple[Person, Person], ...]
    role_changes: tuple[tuple[Person, Person], ...]
    other_changes: tuple[tuple[Person, Person], ...]
    departments_added: tuple[Department, ...]
    departments_removed: tuple[Department, ...]
    departments_changed: tuple[tuple[Department, Department], ...]

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return self.before == self.after

    @property
    def too_many_leavers(self) -> bool:
        """Whether so many people leave that the file may hold only a part of the staff."""
        return len(self.leavers) > MAX_LEAVER_SHARE * len(self.before.people)


def read_roster(directory: Directory) -> Roster:
    """The directory as it is now."""
    return Roster(tuple(directory.list_departments()), tuple(directory.list_imported()))


def compare(before: Roster, after: Roster) -> DirectoryDiff:
    """Work out the changes between two directories."""
    old = {person.id: person for person in before.people}
    new = {person.id: person for person in after.people}
    pairs = [(old[id_], new[id_]) for id_ in new if id_ in old and old[id_] != new[id_]]
    places = {department.id: department for department in before.departments}
    new_places = {department.id: department for department in after.departments}
    return DirectoryDiff(
        before=before,
        after=after,
        joiners=tuple(new[id_] for id_ in new if id_ not in old),
        leavers=tuple(old[id_] for id_ in old if id_ not in new),
        moves=tuple(pair for pair in pairs if _places(pair[0]) != _places(pair[1])),
        role_changes=tuple(pair for pair in pairs if pair[0].roles != pair[1].roles or _same_places(*pair)),
        other_changes=tuple(pair for pair in pairs if _contact(pair[0]) != _contact(pair[1])),
        departments_added=tuple(new_places[id_] for id_ in new_places if id_ not in places),
        departments_removed=tuple(places[id_] for id_ in places if id_ not in new_places),
        departments_changed=tuple(
            (places[id_], new_places[id_])
            for id_ in new_places
            if id_ in places and places[id_] != new_places[id_]
        ),
    )


def apply_diff(
    stores: StaffStores,
    diff: DirectoryDiff,
    actor: str,
    at: datetime,
    *,
    leavers_confirmed: bool = False,
    action: str = "directory.import",
) -> None:
    """Make the directory what `diff.after` says, with an audit event, in one transaction.

    Raises TooManyLeavers, NoOperatorLeft or DirectoryChanged, with nothing changed. An empty diff does nothing.
    """
    if diff.too_many_leavers and not leavers_confirmed:
        raise TooManyLeavers(texts.too_many_leavers(len(diff.leavers), len(diff.before.people)))
    if diff.empty:
        return

    def work(inside: StaffStores) -> None:
        if read_roster(inside.directory) != diff.before:
            raise DirectoryChanged(texts.DIRECTORY_CHANGED)
        old = {person.id: person for person in diff.before.people}
        changed = [person for person in diff.after.people if old.get(person.id) != person]
        had_operators = bool(operators(inside.directory.list_people()))
        leavers = [person.id for person in diff.leavers]
        inside.directory.save(diff.after.departments, changed, leavers, date_in_japan(at))
        if had_operators and not operators(inside.directory.list_people()):
            raise NoOperatorLeft(texts.LAST_OPERATOR_LEAVES)
        inside.audit.append(_event(diff, actor, at, action))

    stores.transaction(work)


def describe(diff: DirectoryDiff, limit: int = 20) -> list[str]:
    """The changes in Japanese, a line each; at most `limit` of each kind, with how many there are."""
    if diff.empty:
        return [texts.NOTHING_CHANGES]
    lines: list[str] = []
    for kind, details in _details(diff).items():
        if details:
            lines.append(texts.count_line(texts.DIFF_TITLES[kind], len(details)))
            lines.extend(details[:limit])
            if len(details) > limit:
                lines.append(texts.more_lines(len(details) - limit))
    return lines


def _details(diff: DirectoryDiff) -> dict[str, list[str]]:
    old, new = diff.before.department_names, diff.after.department_names
    return {
        "joiners": [texts.person_line(who.id, who.name, _place(who, new)) for who in diff.joiners],
        "leavers": [texts.person_line(who.id, who.name, _place(who, old)) for who in diff.leavers],
        "moves": [texts.change_line(b.id, b.name, _place(a, old), _place(b, new)) for a, b in diff.moves],
        "role_changes": [
            texts.change_line(b.id, b.name, _role_names(a), _role_names(b)) for a, b in diff.role_changes
        ],
        "other_changes": [
            texts.change_line(b.id, b.name, f"{a.name} {a.email}", f"{b.name} {b.email}")
            for a, b in diff.other_changes
        ],
        "departments_added": [texts.department_line(_period(one, new)) for one in diff.departments_added],
        "departments_removed": [texts.department_line(_period(one, old)) for one in diff.departments_removed],
        "departments_changed": [
            texts.department_change_line(_period(a, old), _period(b, new))
            for a, b in diff.departments_changed
        ],
    }


def _places(person: Person) -> tuple[str, frozenset[str]]:
    return person.department_id, frozenset(post.department_id for post in person.posts)


def _same_places(before: Person, after: Person) -> bool:
    return _places(before) == _places(after) and before.posts != after.posts


def _contact(person: Person) -> tuple[str, str, bool]:
    return person.name, person.email, person.synthetic


def _place(person: Person, names: Mapping[str, str]) -> str:
    return "、".join(names.get(post.department_id, post.department_id) for post in person.posts)


def _role_names(person: Person) -> str:
    return "、".join(role.label for role in Role if role in person.roles)


def _period(department: Department, names: Mapping[str, str]) -> str:
    begin = department.valid_from.isoformat() if department.valid_from else ""
    end = (department.valid_until - timedelta(days=1)).isoformat() if department.valid_until else ""
    return texts.period(names.get(department.id, department.name), begin, end)


def describe_planned(
    planned: Sequence[PlannedChange], departments: Sequence[Department], limit: int = 20
) -> list[str]:
    """What waits for its day, a line each."""
    names = Roster(tuple(departments), ()).department_names
    lines = [
        texts.planned_line(
            one.effective_on.isoformat(),
            one.person_id,
            one.person.name if one.person else "",
            _place(one.person, names) if one.person else texts.LEAVES,
        )
        for one in planned[:limit]
    ]
    if len(planned) > limit:
        lines.append(texts.more_lines(len(planned) - limit))
    return [texts.count_line(texts.PLANNED_TITLE, len(planned)), *lines] if planned else []


def _event(diff: DirectoryDiff, actor: str, at: datetime, action: str) -> AuditEvent:
    counts = {kind: len(lines) for kind, lines in _details(diff).items()}
    return AuditEvent(at=at, actor=actor, action=action, target="directory", detail=dict(counts))
