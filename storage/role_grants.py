"""Granted roles (staff.granting.RoleGrants)."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date

from bot.texts.ja import storage as texts
from staff.granting import RoleGrant
from storage.columns import to_iso
from storage.session import Row, Session, Tx

_ADD = """
insert into role_grants (id, person_id, granted_at, body)
select :id, id, :granted_at, :body from people where id = :person_id
returning id
"""
_LIST = "select body from role_grants where :person = '' or person_id = :person order by granted_at, id"
_LAY = "update people set grants = :grants where id = :id"


class SqlRoleGrants:
    """The grants, and beside each person those that count now."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list_grants(self, person_id: str = "") -> list[RoleGrant]:
        """A person's grants, or everybody's, oldest first."""
        return [_grant(row) for row in self._session.query(_LIST, {"person": person_id})]

    def add(self, grant: RoleGrant) -> None:
        """Keep a grant. Raises LookupError when the directory lacks the person."""
        params = {
            "id": grant.id,
            "person_id": grant.person_id,
            "granted_at": to_iso(grant.granted_at),
            "body": grant.model_dump_json(),
        }
        if not self._session.transaction(lambda tx: tx.query(_ADD, params)):
            raise LookupError(texts.unknown_person(grant.person_id))

    def remove(self, grant_id: str) -> RoleGrant | None:
        """Take a grant back; None when there is none of that id."""
        sql = "delete from role_grants where id = :id returning body"
        rows = self._session.transaction(lambda tx: tx.query(sql, {"id": grant_id}))
        return _grant(rows[0]) if rows else None

    def put_in_force(self, day: date) -> int:
        """Lay exactly the grants of that day beside their people; for how many people something changed."""
        return self._session.transaction(lambda tx: _lay(tx, day))


def _lay(tx: Tx, day: date) -> int:
    wanted: dict[str, list[list[str]]] = defaultdict(list)
    for row in tx.query(_LIST, {"person": ""}):
        grant = _grant(row)
        if grant.in_force(day):
            wanted[grant.person_id].append([grant.role.value, grant.department_id])
    present = {
        row["id"]: row["grants"] for row in tx.query("select id, grants from people where grants is not null")
    }
    laid = {person: json.dumps(grants, ensure_ascii=False) for person, grants in wanted.items()}
    changed = [
        {"id": person, "grants": laid.get(person)}
        for person in present.keys() | laid.keys()
        if present.get(person) != laid.get(person)
    ]
    tx.query_many(_LAY, changed)
    return len(changed)


def _grant(row: Row) -> RoleGrant:
    return RoleGrant.model_validate_json(row["body"])
