"""Erasing people: everything of theirs along the register, on record, remembered outside, and looked for afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import uuid4

from bot.texts.ja import privacy as texts
from staff.granting import operators
from staff.privacy.erased_list import Erased, ErasedList, hashed
from staff.privacy.item import Under
from staff.privacy.register import REGISTER
from staff.privacy.store import Deletion, Holding, PersonalData, Records
from staff.privacy.subject import Subject, words_of
from staff.store import AuditEvent, AuditLog, Directory

T = TypeVar("T")

# Published and anonymous figures name nobody: what stands there stands.
STANDING = frozenset(
    place.table for item in REGISTER for place in item.places if place.frozen and place.under is Under.NOBODY
)
# Items in which people write in their own words.
WRITTEN = frozenset({"questions", "inquiries", "answers", "drafts", "assessments", "profiles"})


class ErasingStores(Protocol):
    """The stores that erasing writes to, over one database."""

    @property
    def personal_data(self) -> PersonalData:
        """Everything on one person."""

    @property
    def records(self) -> Records:
        """Holds and proofs."""

    @property
    def directory(self) -> Directory:
        """People and departments."""

    @property
    def audit(self) -> AuditLog:
        """The audit chain."""

    def transaction(self, work: Callable[[ErasingStores], T]) -> T:
        """Run `work` with stores that share one transaction."""


class HeldBack(Exception):
    """The city's record rules, or the last operator's role, hold what would go; the text says which, and what to do."""


@dataclass(frozen=True)
class Outlook:
    """What there is on somebody, and the texts that must be nowhere once they are erased."""

    subject: Subject
    holdings: Sequence[Holding]
    words: Sequence[str] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows by item of the register."""
        return Counter(one.item for one in self.holdings)

    @property
    def needles(self) -> tuple[str, ...]:
        """What tells who it is, and what they wrote."""
        return tuple(dict.fromkeys((*self.subject.identities, *self.words)))


def look(stores: ErasingStores, person_id: str) -> Outlook:
    """Everything on one person."""
    data = stores.personal_data
    subject = data.subject(person_id)
    holdings = data.holdings(subject)
    written = [one for one in holdings if one.whose == "own" and one.item in WRITTEN]
    words = dict.fromkeys(word for one in written for word in words_of(one.row))
    # An answer that stands in the round itself is an option, which others choose too.
    return Outlook(subject, holdings, [one for one in words if "survey_rounds" not in data.find(one)])


def erase_person(
    stores: ErasingStores,
    erased_list: ErasedList,
    outlook: Outlook,
    by: str,
    now: datetime,
    cause: str,
    items: Collection[str] | None = None,
) -> Mapping[str, int]:
    """Erase somebody, or (`items`) a part of what is theirs; by item how many rows were touched.

    Remembered in the list first: a backup from before can only bring back what the list then takes away again. Raises
    HeldBack and ErasedListError with nothing erased.
    """
    subject = outlook.subject
    refuse_held(stores.records, items)
    entry = Erased(hashed(stores.personal_data.secret(), subject.person_id), now, tuple(sorted(items or ())))
    erased_list.add([entry])

    def work(inside: ErasingStores) -> Mapping[str, int]:
        inside.audit.append(
            AuditEvent(
                at=now,
                actor=by,
                action="privacy.erase",
                target=f"person/{subject.person_id}",
                detail={"cause": cause, **({"items": "、".join(sorted(items))} if items else {})},
            )
        )
        had = operators(inside.directory.list_people())
        touched = inside.personal_data.erase(subject, items)
        if [one.id for one in had] == [subject.person_id] and items is None:
            raise HeldBack(texts.LAST_OPERATOR)
        prove(inside, "person", cause, sum(touched.values()), 0, now)
        return touched

    return stores.transaction(work)


def refuse_held(records: Records, items: Collection[str] | None) -> None:
    """Raise HeldBack when a hold stands on what would go."""
    kinds = {item.kind for item in REGISTER if items is None or item.id in items}
    held = [one for one in records.list_holds() if one.kind in kinds]
    if held:
        raise HeldBack(texts.held_back([(one.kind, one.reason) for one in held]))


def erase_again(
    stores: ErasingStores, erased_list: ErasedList, since: datetime, now: datetime
) -> Mapping[str, int]:
    """After a backup was restored: erase once more whoever was erased after it was made. How many people, and rows."""
    secret = stores.personal_data.secret()
    people = {hashed(secret, one): one for one in stores.personal_data.known_ids()}
    rows = 0
    again: set[str] = set()
    for entry in erased_list.since(since):
        person_id = people.get(entry.person)
        if person_id is None:
            continue
        subject = stores.personal_data.subject(person_id)
        touched = stores.transaction(
            lambda inside, subject=subject, entry=entry: inside.personal_data.erase(  # type: ignore[misc]
                subject, entry.items or None
            )
        )
        rows, again = rows + sum(touched.values()), again | {entry.person}
    if again:
        prove(stores, "person", "restore", rows, 0, now)
    return {"people": len(again), "rows": rows}


def prove(stores: ErasingStores, kind: str, cause: str, removed: int, remaining: int, now: datetime) -> None:
    """Keep that something was deleted."""
    stores.records.add_deletion(
        Deletion(id=uuid4().hex, at=now, kind=kind, cause=cause, removed=removed, remaining=remaining)
    )


def tables_with(data: PersonalData, subject: Subject, texts_: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """In which tables each text still stands, as a word or number of its own."""
    numbers = {subject.person_id, *subject.chat_users}
    return {text: data.find(text, alone=text in numbers) for text in texts_}
