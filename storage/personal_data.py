"""One person's data, along the register (staff.privacy.store.PersonalData)."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from secrets import token_hex

from staff.model import Person
from staff.privacy.item import Place, Under
from staff.privacy.register import REGISTER
from staff.privacy.store import Holding
from staff.privacy.subject import Subject
from storage.columns import checked
from storage.personal_rows import (
    OWN_INQUIRIES,
    asker_codes,
    is_for,
    judge_codes,
    like,
    mentions,
    patterns_of,
    respondents,
    rows_about,
)
from storage.schema_reading import columns_of
from storage.session import Row, Session, Tx

_PEOPLE = """
select body from people where id = :id
union all select body from leavers where person_id = :id
union all select body from planned_changes where person_id = :id
"""
_USERS = """
select chat_user from chat_users where person_id = :id union select chat_user from conversations where person_id = :id
"""
# Their columns hold codes, no 職員番号.
_UNDER_CODES = (Under.RESPONDENT, Under.ASKER_CODE, Under.JUDGE_CODE)
_BETWEEN_WORDS = r"[^0-9A-Za-z]"


class SqlPersonalData:
    """Rows found by the places of the register."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def subject(self, person_id: str) -> Subject:
        """By what a person is known."""
        here = {"id": person_id}
        people = [_person(row["body"]) for row in self._session.query(_PEOPLE, here)]
        known = [one for one in people if one is not None]
        names = tuple(dict.fromkeys(one.name for one in known))
        return Subject(
            person_id,
            names,
            tuple(dict.fromkeys(one.email for one in known if one.email)),
            tuple(sorted(row["chat_user"] for row in self._session.query(_USERS, here))),
            self._has_namesake(person_id, names),
        )

    def holdings(self, subject: Subject) -> list[Holding]:
        """Every row that has to do with somebody."""
        return [
            Holding(item.id, place.table, whose, _read(row))
            for item in REGISTER
            for place in item.places
            for whose, row in rows_about(self._session, place, subject)
        ]

    def erase(self, subject: Subject, items: Collection[str] | None = None) -> dict[str, int]:
        """Remove a person's rows and make the rest nameless, in one transaction."""
        mark = f"x-{token_hex(6)}"
        wanted = [item for item in REGISTER if items is None or item.id in items]

        def work(tx: Tx) -> dict[str, int]:
            touched = dict.fromkeys((item.id for item in wanted), 0)
            # What a row is found by may be in another table: those of the directory go last.
            for item in sorted(
                wanted, key=lambda one: one.id in ("directory", "leavers", "asked", "contacts")
            ):
                for place in item.places:
                    touched[item.id] += _erase(tx, place, subject, mark, alone=items is not None)
            return touched

        return self._session.transaction(work)

    def find(self, text: str, *, alone: bool = False) -> list[str]:
        """The tables that hold a text."""
        wanted = patterns_of([text])
        columns = columns_of(self._session)
        held = " union all ".join(  # names of the schema
            f"select '{table}' as name where exists (select 1 from \"{table}\" where {_any_like(each, len(wanted))})"  # noqa: S608
            for table, each in columns.items()
        )
        found = [row["name"] for row in self._session.query(held, wanted)]
        return [one for one in found if not alone or self._stands_alone(text, one, columns[one])]

    def _stands_alone(self, text: str, table: str, columns: Sequence[str]) -> bool:
        """Whether a text stands in a table as a word or number of its own."""
        whole = re.compile(f"(?:^|{_BETWEEN_WORDS}){re.escape(text)}(?:$|{_BETWEEN_WORDS})")
        wanted = patterns_of([text])
        sql = f'select * from "{table}" where {_any_like(columns, len(wanted))}'  # noqa: S608  names of the schema
        return any(
            whole.search(row[column] or "") for row in self._session.query(sql, wanted) for column in columns
        )

    def secret(self) -> bytes:
        """The key of the list of erased people."""
        rows = self._session.query("select secret from erasure_keys where name = 'people'")
        return bytes.fromhex(rows[0]["secret"])

    def known_ids(self) -> set[str]:
        """Every 職員番号 in a column of its own."""
        tables = [
            (place.table, column)
            for item in REGISTER
            for place in item.places
            if place.under not in _UNDER_CODES
            for column in (*place.owned, *place.named)
        ]
        return {
            str(row["id"])
            for table, column in tables
            for row in self._session.query(f"select distinct {column} as id from {table}")  # noqa: S608  literals of ours
            if row["id"]
        }

    def _has_namesake(self, person_id: str, names: Sequence[str]) -> bool:
        mine = {_joined(name) for name in names}
        return bool(mine) and any(
            row["id"] != person_id and (other := _person(row["body"])) and _joined(other.name) in mine
            for row in self._session.query("select id, body from people")
        )


def _erase(tx: Tx, place: Place, subject: Subject, mark: str, *, alone: bool) -> int:
    if place.frozen:
        return 0
    gone = _remove(tx, place, subject)
    if alone:  # somebody deletes their own: what others wrote stays
        return gone
    for column in place.named:
        if place.under not in _UNDER_CODES:
            sql = f"update {place.table} set {column} = :mark where {column} = :id returning {column}"  # noqa: S608
            gone += len(tx.query(sql, {"mark": mark, "id": subject.person_id}))
    for row in mentions(tx, place, subject):
        for column in place.told:
            _rewrite(tx, place.table, column, row[column], subject, mark)
        gone += 1
    return gone


def _rewrite(tx: Tx, table: str, column: str, text: str | None, subject: Subject, mark: str) -> None:
    nameless = checked(subject.nameless(text or "", mark))
    if text and nameless != text:
        sql = f"update {table} set {column} = :new where {column} = :old"  # noqa: S608  literals of ours
        tx.query(sql, {"new": nameless, "old": text})


def _remove(tx: Tx, place: Place, subject: Subject) -> int:
    """Remove the rows that are somebody's; how many."""
    match place.under:
        case Under.RESPONDENT:
            sql = "delete from survey_submissions where round_id = :round and respondent = :name returning round_id"
            return sum(len(tx.query(sql, one)) for one in respondents(tx, subject))
        case Under.ASKER_CODE:
            sql = "delete from unanswered_questions where asker = :code returning id"
            return sum(len(tx.query(sql, each)) for each in asker_codes(tx, subject))
        case Under.JUDGE_CODE:
            sql = "delete from feedback where asker = :code returning code"
            return sum(len(tx.query(sql, each)) for each in judge_codes(tx, subject))
        case Under.ASKING:  # whoever waits for the answer goes along
            sql = f"delete from inquiries where id in ({OWN_INQUIRIES}) returning id"  # noqa: S608  a literal of ours
            return len(tx.query(sql, {"id": subject.person_id}))
        case Under.RECIPIENT:
            keys = [{"key": row["key"]} for row in mentions(tx, place, subject) if is_for(row, subject)]
            tx.query_many("delete from outbox where key = :key", keys)
            return len(keys)
        case Under.MENTION:
            keys = [{"key": row["key"]} for row in mentions(tx, place, subject)]
            tx.query_many(f"delete from {place.table} where key = :key", keys)  # noqa: S608  a literal of ours
            return len(keys)
        case Under.ANY:
            return len(tx.query(f"delete from {place.table} returning id"))  # noqa: S608  as above
    if not place.owned:
        return 0
    condition = " or ".join(f"{column} = :id" for column in place.owned)
    sql = f"delete from {place.table} where {condition} returning {place.owned[0]}"  # noqa: S608  literals of ours
    return len(tx.query(sql, {"id": subject.person_id}))


def _any_like(columns: Sequence[str], count: int) -> str:
    return " or ".join(like(column, count) for column in columns)


def _read(row: Row) -> Row:
    return {name: _value(value) for name, value in row.items()}


def _value(value: object) -> object:
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _person(body: str) -> Person | None:
    """The person in a row of the directory, or in a planned change; None for somebody who leaves."""
    held = json.loads(body)
    told = held.get("person", held) if "effective_on" in held else held
    return Person.model_validate(told) if told else None


def _joined(name: str) -> str:
    return "".join(name.split())
