"""Signing in by a code on both databases: of guesses at the same moment no more get through than of one after the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from staff.access.signing_in import TRIES_OF_PERSON, WINDOW, Limits, SignIn, SignInRefused, TooManyTries
from staff.model import Department, Person, Post
from storage.stores import SqlStores

NOW = datetime(2026, 11, 24, tzinfo=UTC)
PERSON = Person(id="1", name="見本 一", email="p1@example.lg.jp", posts=(Post(department_id="A"),))
WRONG = "2222-2222-2222"
AT_ONCE = 4 * TRIES_OF_PERSON


@pytest.fixture
def desk(stores: SqlStores) -> SignIn:
    stores.directory.save([Department(id="A", name="見本課")], [PERSON], [])
    return SignIn(stores, Limits(timedelta(hours=1), timedelta(hours=10)), lambda: NOW)


def test_guesses_at_once_are_counted_before_they_are_looked_at(desk: SignIn) -> None:
    together = Barrier(AT_ONCE)

    def guess(number: int) -> type[Exception]:
        together.wait()
        with pytest.raises(SignInRefused) as refused:
            desk.by_code(PERSON.id, WRONG, f"192.0.2.{number}")
        return type(refused.value)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(guess, range(AT_ONCE)))
    assert answers.count(SignInRefused) == TRIES_OF_PERSON
    assert answers.count(TooManyTries) == AT_ONCE - TRIES_OF_PERSON
    assert [one.action for one in desk.stores.audit.list_events()] == ["access.refused"] * TRIES_OF_PERSON


def test_only_misses_count(desk: SignIn) -> None:
    codes = desk.print_codes(PERSON.id, "cli/root")
    for code in codes[: TRIES_OF_PERSON + 1]:
        desk.by_code(PERSON.id, code, "192.0.2.1")
    for _ in range(TRIES_OF_PERSON - 1):
        with pytest.raises(SignInRefused):
            desk.by_code(PERSON.id, WRONG, "192.0.2.1")
    desk.by_code(PERSON.id, codes[-1], "192.0.2.1")
    for number in range(2):
        with pytest.raises(TooManyTries if number else SignInRefused):
            desk.by_code(PERSON.id, WRONG, "192.0.2.1")
    later = SignIn(desk.stores, desk.limits, lambda: NOW + WINDOW)
    later.by_code(PERSON.id, codes[-2], "192.0.2.1")
