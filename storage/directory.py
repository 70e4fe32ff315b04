"""People, departments and chat users (staff.store.Directory)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from bot.texts.ja import storage as texts
from staff.calendar import JAPAN
from staff.granting import with_grants
from staff.model import Department, Person, Role, email_key
from storage.columns import to_json
from storage.session import Row, Session, Tx

_INSERT_DEPARTMENT = "insert into departments (id, position, body) values (:id, :position, :body)"
# A chat user was matched by an address: when the address changes hands, the match is void.
_FORGET_USERS = """
delete from chat_users where person_id in (
    select id from people where id = :id and coalesce(email_key, '') <> coalesce(:email_key, '')
)
"""
_FREE_EMAIL = "update people set email_key = null where id = :id"
_UPSERT_PERSON = """
insert into people (id, email_key, synthetic_role, body) values (:id, :email_key, :synthetic_role, :body)
on conflict (id) do update set email_key = excluded.email_key, synthetic_role = excluded.synthetic_role,
  body = excluded.body
"""
_LINK = """
insert into chat_users (channel, chat_user, person_id)
select :channel, :user, id from people where id = :person_id
on conflict (channel, chat_user) do update set person_id = excluded.person_id
returning person_id
"""
_LINKED = """
select chat_users.chat_user, people.body, people.grants from people
join chat_users on chat_users.person_id = people.id
where chat_users.channel = :channel and chat_users.chat_user in ({users})
"""
_MOST_AT_ONCE = 32
# Whoever holds a role has its name in quotes there; so may somebody of that very name, who is told apart afterwards.
_HOLDERS = "select id, body, grants from people where body like :quoted or grants like :quoted order by id"


_OPEN_PERIOD = """
insert into post_periods (person_id, department_id, valid_from, valid_until)
values (:person_id, :department_id, :day, '9999-12-31')
on conflict (person_id, department_id, valid_from) do update set valid_until = excluded.valid_until
"""
_CLOSE_PERIOD = """
update post_periods set valid_until = :day
where person_id = :person_id and department_id = :department_id and valid_until = '9999-12-31'
"""
_MEMBERS = """
select department_id, person_id from post_periods where valid_from <= :day and :day < valid_until
order by department_id, person_id
"""


# Whoever comes back is no leaver; whoever goes is kept aside until the term for leavers is over.
_RETURN = "delete from leavers where person_id = :id"
_LEAVE = """
insert into leavers (person_id, left_on, body) select id, :day, body from people where id = :id
on conflict (person_id) do update set left_on = excluded.left_on, body = excluded.body
"""


class SqlDirectory:
    """The directory as last imported."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list_people(self) -> list[Person]:
        """Everyone, by 職員番号."""
        return [_person(row) for row in self._session.query("select body, grants from people order by id")]

    def list_imported(self) -> list[Person]:
        """Everyone as last imported, without granted roles."""
        rows = self._session.query("select body from people order by id")
        return [Person.model_validate_json(row["body"]) for row in rows]

    def count_people(self) -> int:
        """How many people there are."""
        return int(self._session.query("select count(*) as n from people")[0]["n"])

    def list_synthetic(self, role: Role, limit: int) -> list[Person]:
        """The first synthetic people whose main role is this, by 職員番号."""
        sql = "select body, grants from people where synthetic_role = :role order by id limit :limit"
        return [_person(row) for row in self._session.query(sql, {"role": role, "limit": limit})]

    def list_holders(self, role: Role, *, but: Collection[str] = ()) -> list[Person]:
        """Everyone who holds a role, by 職員番号, but for those named; nobody else is read whole."""
        rows = self._session.query(_HOLDERS, {"quoted": f'%"{role}"%'})
        people = (_person(row) for row in rows if row["id"] not in but)
        return [person for person in people if role in person.roles]

    def list_departments(self) -> list[Department]:
        """Every department, in the order they were saved in."""
        rows = self._session.query("select body from departments order by position")
        return [Department.model_validate_json(row["body"]) for row in rows]

    def person(self, person_id: str) -> Person | None:
        """One person by 職員番号."""
        return self._one("select body, grants from people where id = :value", person_id)

    def person_by_email(self, email: str) -> Person | None:
        """One person by e-mail, letter case ignored."""
        key = email_key(email)
        return self._one("select body, grants from people where email_key = :value", key) if key else None

    def save(
        self,
        departments: Sequence[Department],
        people: Iterable[Person],
        leavers: Iterable[str],
        on: date | None = None,
    ) -> None:
        """Put in the whole list of departments, add or change `people`, remove `leavers` and their chat users.

        Chat users of people whose address changed are forgotten: they are matched again by the new address.
        """
        places: list[dict[str, str | int]] = [
            {"id": department.id, "position": position, "body": to_json(department)}
            for position, department in enumerate(departments)
        ]
        people = list(people)
        rows = [
            {
                "id": person.id,
                "email_key": email_key(person.email) or None,
                "synthetic_role": person.main_role if person.synthetic else None,
                "body": to_json(person),
            }
            for person in people
        ]
        gone = [{"id": person_id} for person_id in leavers]

        def work(tx: Tx) -> None:
            if on is not None:
                _keep_history(tx, people, [row["id"] for row in gone], on.isoformat())
            tx.query("delete from departments")
            tx.query_many(_INSERT_DEPARTMENT, places)
            day = (on or datetime.now(JAPAN).date()).isoformat()
            tx.query_many(_LEAVE, [{"id": row["id"], "day": day} for row in gone])
            tx.query_many("delete from people where id = :id", gone)
            tx.query_many(_RETURN, [{"id": str(row["id"])} for row in rows])
            tx.query_many(_FORGET_USERS, [{"id": row["id"], "email_key": row["email_key"]} for row in rows])
            # Two people may exchange addresses: no address may stand twice in between.
            tx.query_many(_FREE_EMAIL, [{"id": row["id"]} for row in rows])
            tx.query_many(_UPSERT_PERSON, rows)

        self._session.transaction(work)

    def members_on(self, day: date) -> dict[str, tuple[str, ...]]:
        """Who was in which 課 on a day: department → 職員番号."""
        members: dict[str, list[str]] = {}
        for row in self._session.query(_MEMBERS, {"day": day.isoformat()}):
            members.setdefault(row["department_id"], []).append(row["person_id"])
        return {id_: tuple(people) for id_, people in members.items()}

    def link_user(self, channel: str, user: str, person_id: str) -> None:
        """Remember that a channel's user is this person. Raises LookupError when the directory lacks them."""
        params = {"channel": channel, "user": user, "person_id": person_id}
        if not self._session.transaction(lambda tx: tx.query(_LINK, params)):
            raise LookupError(texts.unknown_person(person_id))

    def linked_person(self, channel: str, user: str) -> Person | None:
        """Who a channel's user is, as far as remembered."""
        return self.linked_people(channel, [user]).get(user)

    def linked_people(self, channel: str, users: Collection[str]) -> dict[str, Person]:
        """As `linked_person` for several users at once; those not remembered are left out."""
        wanted = sorted(set(users))
        found: dict[str, Person] = {}
        for start in range(0, len(wanted), _MOST_AT_ONCE):
            some = {f"user{at}": user for at, user in enumerate(wanted[start : start + _MOST_AT_ONCE])}
            rows = self._session.query(_linked(len(some)), {"channel": channel, **some})
            found |= {row["chat_user"]: _person(row) for row in rows}
        return found

    def _one(self, sql: str, value: str) -> Person | None:
        rows = self._session.query(sql, {"value": value})
        return _person(rows[0]) if rows else None


def _keep_history(tx: Tx, people: Sequence[Person], leavers: Sequence[str], day: str) -> None:
    """Close and open the periods of everybody whose 課 change on that day."""
    open_: dict[str, set[str]] = {}
    for row in tx.query("select person_id, department_id from post_periods where valid_until = '9999-12-31'"):
        open_.setdefault(row["person_id"], set()).add(row["department_id"])
    closing, opening = [], []
    wanted = {person.id: {post.department_id for post in person.posts} for person in people}
    wanted |= {person_id: set() for person_id in leavers}
    for person_id, now in wanted.items():
        before = open_.get(person_id, set())
        closing += [{"person_id": person_id, "department_id": one, "day": day} for one in before - now]
        opening += [{"person_id": person_id, "department_id": one, "day": day} for one in now - before]
    tx.query_many(_CLOSE_PERIOD, closing)
    tx.query_many(_OPEN_PERIOD, opening)


@lru_cache(_MOST_AT_ONCE)
def _linked(count: int) -> str:
    return _LINKED.format(users=", ".join(f":user{at}" for at in range(count)))


def _person(row: Row) -> Person:
    person = Person.model_validate_json(row["body"])
    if row["grants"] is None:
        return person
    return with_grants(person, ((Role(role), department) for role, department in json.loads(row["grants"])))
