"""What stands filled in when a person opens a round for the first time: the last self-assessment, to be changed where it moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.handlers.survey_seat import Seat
from bot.services import Stores
from staff.model import Person
from surveys.skills.asking import SURVEY_ID, TIER, answers_of, tier_of
from surveys.skills.reading import skill_set_in_use
from surveys.submission import Value

Beginner = Callable[[Stores, Person], Mapping[str, Value]]


def first_answers(seat: Seat) -> dict[str, Value]:
    """Answers to begin from, of those that the round's own questions can take; empty for most surveys."""
    begin, person = BEGINNERS.get(seat.round.survey_id), seat.request.person
    if begin is None or person is None:
        return {}
    known = seat.definition.by_id
    return {
        name: value
        for name, value in begin(seat.services.stores, person).items()
        if name in known and value in {option.id for option in known[name].choices}
    }


def _last_levels(stores: Stores, person: Person) -> Mapping[str, Value]:
    """The person's newest levels under today's ids; at the first time their tier as the directory has it."""
    framework = skill_set_in_use(stores.skills).framework
    last = stores.skills.latest_assessment(person.id)
    return {TIER: tier_of(framework, person)} if last is None else answers_of(framework, last)


BEGINNERS: Mapping[str, Beginner] = {SURVEY_ID: _last_levels}
