"""The audit chain (staff.store.AuditLog)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, datetime
from secrets import token_hex

from bot.texts.ja import storage as texts
from staff.chain import PRUNE, Anchor, Base, Check, Entry, digest
from staff.store import AuditEvent, AuditFilter, AuditRecord
from storage.columns import checked, from_iso, to_iso
from storage.session import Params, Row, Session, Tx

PAGE = 1000
PERSON = "person/"

# The update locks the head's row: on PostgreSQL two appends cannot both follow the same entry.
_ADVANCE = "update audit_head set length = length + 1 where name = 'audit' returning length, hash"
_INSERT = """
insert into audit_events (position, at, actor, action, target, detail, channel, hash)
values (:position, :at, :actor, :action, :target, :detail, :channel, :hash)
"""
_LIST = """
select e.*, k.person_id as actor_id, t.person_id as target_id from audit_events e
left join audit_people k on k.pseudonym = e.actor
left join audit_people t on t.pseudonym = substr(e.target, 8) and substr(e.target, 1, 7) = 'person/'
where e.position < :before and e.at >= :since and e.at < :until
  and (:actor = '' or e.actor = :actor) and (:action = '' or e.action like :action)
  and (:channel = '' or e.channel = :channel)
order by e.position desc limit :limit
"""
_PAGE = """
select * from audit_events where position > :after and position <= :last order by position limit :page
"""
_SURPLUS = """
select min(position) as position from audit_events
where position > (select length from audit_head where name = 'audit') or position <= :base
"""
_PSEUDONYM = "select pseudonym from audit_people where person_id = :id"
_NEW_PSEUDONYM = """
insert into audit_people (person_id, pseudonym) select id, :pseudonym from people where id = :id
on conflict (person_id) do nothing
"""
_PRUNED = """
select position, hash from audit_events where position = (
  select coalesce(min(position), (select length + 1 from audit_head where name = 'audit')) - 1
  from audit_events where at >= :before
)
"""


class SqlAudit:
    """Events, each with a SHA-256 over itself and the hash before; the head keeps the chain's length and end.

    People stand in it under pseudonyms: deleting a person's key leaves the chain whole and tells no name.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def append(self, event: AuditEvent) -> str:
        """Add an event and return its hash."""
        return self._session.transaction(lambda tx: _append(tx, event))

    def list_events(self, limit: int = 100) -> list[AuditEvent]:
        """The newest events first."""
        return [record.event for record in self.search(AuditFilter(), limit)]

    def search(self, wanted: AuditFilter, limit: int = 100) -> list[AuditRecord]:
        """The newest entries that fit, people by their 職員番号 as long as their key is there."""
        actor = wanted.actor
        if actor:
            keys = self._session.query(_PSEUDONYM, {"id": actor})
            actor = str(keys[0]["pseudonym"]) if keys else actor
        params: Params = {
            "before": wanted.before or 2**60,
            "since": to_iso(wanted.since) if wanted.since else "",
            "until": to_iso(wanted.until) if wanted.until else "9999",
            "actor": actor,
            "action": f"{wanted.action}%" if wanted.action else "",
            "channel": wanted.channel,
            "limit": limit,
        }
        return [_record(row) for row in self._session.query(_LIST, params)]

    def verify(self, anchor: Anchor | None = None) -> int:
        """Check every kept entry, the links, the head, and the anchors; return how many entries are kept.

        `anchor` is one from off the machine; those kept here are checked too. Raises ValueError naming the first broken
        entry.
        """
        heads = self._session.query("select length, hash from audit_head where name = 'audit'")
        bases = self._session.query("select position, hash from audit_base")
        if not heads or len(bases) != 1:
            raise ValueError(texts.HEAD_MISSING)
        length, end = int(heads[0]["length"]), str(heads[0]["hash"])
        base = Base(int(bases[0]["position"]), str(bases[0]["hash"]))
        kept = [one for one in self.list_anchors() if one.last >= base.position]
        check = Check(base, [*kept, anchor] if anchor else kept)
        for row in self._entries(base.position, length):
            check.follow(_entry(row))
        check.finish(length, end)
        surplus = self._session.query(_SURPLUS, {"base": base.position})[0]["position"]
        if surplus is not None:
            raise ValueError(texts.broken_entry(surplus, texts.ENTRY_SURPLUS))
        return length - base.position

    def anchor(self) -> Anchor:
        """What the log is now."""
        row = self._session.query(
            "select h.length, h.hash, b.position from audit_head h, audit_base b where h.name = 'audit'"
        )[0]
        return Anchor(int(row["position"]) + 1, int(row["length"]), str(row["hash"]))

    def keep_anchor(self, day: date, anchor: Anchor) -> bool:
        """Keep the anchor of a day; False when that day has one already."""
        params: Params = {"day": day.isoformat(), **asdict(anchor)}
        sql = """
        insert into audit_anchors (day, first, last, hash) values (:day, :first, :last, :hash)
        on conflict (day) do nothing returning day
        """
        return bool(self._session.transaction(lambda tx: tx.query(sql, params)))

    def list_anchors(self) -> list[Anchor]:
        """The kept anchors, oldest first."""
        rows = self._session.query("select first, last, hash from audit_anchors order by day")
        return [Anchor(int(row["first"]), int(row["last"]), str(row["hash"])) for row in rows]

    def prune(self, before: datetime, at: datetime) -> int:
        """Remove entries from before that time, from the oldest on, on record; return how many went."""
        return self._session.transaction(lambda tx: _prune(tx, before, at))

    def forget_person(self, person_id: str) -> bool:
        """Delete a person's key: their entries stay and name nobody. False when there was none."""
        sql = "delete from audit_people where person_id = :id returning person_id"
        return bool(self._session.transaction(lambda tx: tx.query(sql, {"id": person_id})))

    def _entries(self, after: int, last: int) -> Iterator[Row]:
        while rows := self._session.query(_PAGE, {"after": after, "last": last, "page": PAGE}):
            yield from rows
            after = rows[-1]["position"]


def _append(tx: Tx, event: AuditEvent) -> str:
    actor, target = _disguise(tx, event.actor), event.target
    if target.startswith(PERSON):
        target = PERSON + _disguise(tx, target.removeprefix(PERSON), unknown_too=True)
    head = tx.query(_ADVANCE)[0]
    entry = Entry(
        position=head["length"],
        at=to_iso(event.at),
        actor=actor,
        action=event.action,
        target=target,
        detail=checked(json.dumps(event.detail, ensure_ascii=False, sort_keys=True)),
        channel=event.channel,
        hash="",
    )
    entry = replace(entry, hash=digest(entry, head["hash"]))
    tx.query(_INSERT, asdict(entry))
    tx.query("update audit_head set hash = :hash where name = 'audit'", {"hash": entry.hash})
    return entry.hash


def _disguise(tx: Tx, person_id: str, *, unknown_too: bool = False) -> str:
    """The pseudonym of a 職員番号; anything else (the host, the worker) as it is.

    `unknown_too`: somebody whom the directory does not know any more gets one whose key is kept nowhere.
    """
    if not person_id or "/" in person_id:
        return person_id
    known = tx.query(_PSEUDONYM, {"id": person_id})
    if not known:
        tx.query(_NEW_PSEUDONYM, {"id": person_id, "pseudonym": f"p-{token_hex(8)}"})
        known = tx.query(_PSEUDONYM, {"id": person_id})
    if known:
        return str(known[0]["pseudonym"])
    return f"p-{token_hex(8)}" if unknown_too else person_id


def _prune(tx: Tx, before: datetime, at: datetime) -> int:
    last = tx.query(_PRUNED, {"before": to_iso(before)})
    if not last:
        return 0
    through, hash_ = int(last[0]["position"]), str(last[0]["hash"])
    gone = tx.query(
        "delete from audit_events where position <= :through returning position", {"through": through}
    )
    tx.query("update audit_base set position = :position, hash = :hash", {"position": through, "hash": hash_})
    detail: dict[str, str | int] = {"through": through, "hash": hash_, "entries": len(gone)}
    _append(tx, AuditEvent(at=at, actor="worker", action=PRUNE, target="audit", detail=detail))
    return len(gone)


def _entry(row: Row) -> Entry:
    names = ("position", "at", "actor", "action", "target", "detail", "channel", "hash")
    return Entry(**{name: row[name] for name in names})


def _record(row: Row) -> AuditRecord:
    event = AuditEvent(
        at=from_iso(row["at"]),
        actor=row["actor_id"] or row["actor"],
        action=row["action"],
        target=PERSON + row["target_id"] if row["target_id"] else row["target"],
        detail=json.loads(row["detail"]),
        channel=row["channel"],
    )
    return AuditRecord(position=int(row["position"]), event=event)
