"""The audit chain (staff.store.AuditLog)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256

from bot.texts.ja import storage as texts
from staff.store import AuditEvent
from storage.columns import checked, from_iso, to_iso
from storage.session import Row, Session, Tx

PAGE = 1000

# The update locks the head's row: on PostgreSQL two appends cannot both follow the same entry.
_ADVANCE = "update audit_head set length = length + 1 where name = 'audit' returning length, hash"
_INSERT = """
insert into audit_events (position, at, actor, action, target, detail, hash)
values (:position, :at, :actor, :action, :target, :detail, :hash)
"""
_NEWEST = "select * from audit_events order by position desc limit :limit"
_PAGE = """
select * from audit_events where position > :after and position <= :last order by position limit :page
"""
_SURPLUS = """
select min(position) as position from audit_events
where position > (select length from audit_head where name = 'audit') or position < 1
"""


class SqlAudit:
    """Events, each with a SHA-256 over itself and the hash before; the head keeps the chain's length and end."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def append(self, event: AuditEvent) -> str:
        """Add an event and return its hash."""
        return self._session.transaction(lambda tx: _append(tx, event))

    def list_events(self, limit: int = 100) -> list[AuditEvent]:
        """The newest events first."""
        return [_event(row) for row in self._session.query(_NEWEST, {"limit": limit})]

    def verify(self) -> int:
        """Check every entry, the links and the head; return the length.

        Raises ValueError naming the first broken entry.
        """
        heads = self._session.query("select length, hash from audit_head where name = 'audit'")
        if not heads:
            raise ValueError(texts.HEAD_MISSING)
        length, end = int(heads[0]["length"]), str(heads[0]["hash"])
        position, before = 0, ""
        for row in self._entries(length):
            position += 1
            before = _check(row, position, before)
        if position < length:
            raise ValueError(texts.broken_entry(position + 1, texts.ENTRY_MISSING))
        if before != end:
            raise ValueError(texts.broken_entry(length, texts.HEAD_CHANGED))
        self._check_surplus()
        return length

    def _entries(self, last: int) -> Iterator[Row]:
        after = 0
        while rows := self._session.query(_PAGE, {"after": after, "last": last, "page": PAGE}):
            yield from rows
            after = rows[-1]["position"]

    def _check_surplus(self) -> None:
        surplus = self._session.query(_SURPLUS)[0]["position"]
        if surplus is not None:
            raise ValueError(texts.broken_entry(surplus, texts.ENTRY_SURPLUS))


def _append(tx: Tx, event: AuditEvent) -> str:
    head = tx.query(_ADVANCE)[0]
    row: Row = {
        "position": head["length"],
        "at": to_iso(event.at),
        "actor": event.actor,
        "action": event.action,
        "target": event.target,
        "detail": checked(json.dumps(event.detail, ensure_ascii=False, sort_keys=True)),
    }
    row["hash"] = _digest(row, head["hash"])
    tx.query(_INSERT, row)
    tx.query("update audit_head set hash = :hash where name = 'audit'", {"hash": row["hash"]})
    return str(row["hash"])


def _digest(row: Row, before: str) -> str:
    parts = [before, row["position"], row["at"], row["actor"], row["action"], row["target"], row["detail"]]
    return sha256(json.dumps(parts).encode()).hexdigest()


def _check(row: Row, position: int, before: str) -> str:
    if row["position"] != position:
        raise ValueError(texts.broken_entry(position, texts.ENTRY_MISSING))
    if row["hash"] != _digest(row, before):
        raise ValueError(texts.broken_entry(position, texts.ENTRY_CHANGED))
    return str(row["hash"])


def _event(row: Row) -> AuditEvent:
    return AuditEvent(
        at=from_iso(row["at"]),
        actor=row["actor"],
        action=row["action"],
        target=row["target"],
        detail=json.loads(row["detail"]),
    )
