"""Who sits before the local chat: one of the synthetic people of the directory, or someone it does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.texts.ja import web as texts
from staff.model import Person, Role
from staff.store import Directory

COOKIE = "dxbot_person"
GUEST_ID = "guest"
EACH_ROLE = 3


@dataclass(frozen=True)
class Seat:
    """One entry of the person switch. `person` is None for the guest."""

    id: str
    role: str
    name: str
    department: str
    person: Person | None = None


GUEST = Seat(GUEST_ID, texts.GUEST, "", "")


def list_seats(directory: Directory) -> list[Seat]:
    """The people to choose from, by role, a few of each, then the guest."""
    departments = {department.id: department.name for department in directory.list_departments()}
    people = [person for role in Role for person in directory.list_synthetic(role, EACH_ROLE)]
    return [*(seat_of(person, departments) for person in people), GUEST]


def choose_seat(seats: Sequence[Seat], person: Person | None, cookie: str | None) -> Seat:
    """Who the page is for: the chosen person, the guest if so chosen, else the first of the list."""
    if person is not None:
        found = next((seat for seat in seats if seat.id == person.id), None)
        return found or seat_of(person, {})
    return GUEST if cookie == GUEST_ID else seats[0]


def find_synthetic(directory: Directory, person_id: str | None) -> Person | None:
    """A synthetic person by id; None for anyone else, real people included."""
    if not person_id or len(person_id) > 64 or not person_id.isprintable():
        return None
    person = directory.person(person_id)
    return person if person is not None and person.synthetic else None


def seat_of(person: Person, departments: Mapping[str, str]) -> Seat:
    """A person as the page's header shows them; `departments` are names by id."""
    department = departments.get(person.department_id, "") if person.posts else ""
    return Seat(person.id, person.main_role.label, person.name, department, person)
