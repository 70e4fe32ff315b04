"""Who can be chosen: synthetic people only, a few of each role."""

from __future__ import annotations

from bot.web.people import EACH_ROLE, GUEST, choose_seat, find_synthetic, list_seats
from staff.model import Person, Post, Role
from storage.stores import SqlStores
from tests.web.city import DEPARTMENTS, HR, LEADER, MANAGER, OPERATOR, REAL, STAFF, settle


def test_seats_go_by_role_and_end_with_the_guest(sqlite_stores: SqlStores) -> None:
    settle(sqlite_stores)
    seats = list_seats(sqlite_stores.directory)
    assert [seat.person for seat in seats] == [STAFF, LEADER, MANAGER, HR, OPERATOR, None]
    assert [seat.role for seat in seats[:2]] == ["職員", "DX推進リーダー"]
    assert seats[0].department == "市民窓口課"


def test_a_large_city_shows_a_few_of_each_role(sqlite_stores: SqlStores) -> None:
    crowd = [STAFF.model_copy(update={"id": f"8{n:05}", "email": f"c{n}@city.example"}) for n in range(50)]
    sqlite_stores.directory.save(DEPARTMENTS, [*crowd, LEADER, REAL], [])
    seats = list_seats(sqlite_stores.directory)
    assert [seat.role for seat in seats] == ["職員"] * EACH_ROLE + ["DX推進リーダー", GUEST.role]


def test_a_person_in_two_posts_sits_by_the_weightier_role() -> None:
    posts = (
        Post(department_id="D11"),
        Post(department_id="D22", roles=frozenset({Role.STAFF, Role.OPERATOR})),
    )
    assert STAFF.model_copy(update={"posts": posts}).main_role is Role.OPERATOR
    assert STAFF.model_copy(update={"posts": ()}).main_role is Role.STAFF


def test_only_synthetic_people_are_found(sqlite_stores: SqlStores) -> None:
    settle(sqlite_stores)
    directory = sqlite_stores.directory
    assert find_synthetic(directory, STAFF.id) == STAFF
    for person_id in (REAL.id, "", None, "no", "90\0", "\udcff", "9" * 65):
        assert find_synthetic(directory, person_id) is None


def test_a_chosen_person_beyond_the_list_keeps_the_seat(sqlite_stores: SqlStores) -> None:
    settle(sqlite_stores)
    seats = list_seats(sqlite_stores.directory)
    other = Person(
        id="8", name="別の人", email="b@city.example", posts=(Post(department_id="D11"),), synthetic=True
    )
    assert choose_seat(seats, other, "8").person == other
    assert choose_seat(seats, None, "guest") is GUEST
    assert choose_seat(seats, None, "?").person == STAFF
