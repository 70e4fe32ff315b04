"""Inquiries and their askers (knowledge.learning.inquiry.InquiryStore)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from knowledge.learning.inquiry import Asker, Inquiry, State
from storage.columns import to_iso, to_json
from storage.session import Row, Session, Tx

_ADD = """
insert into inquiries (id, state, asked_at, body) values (:id, :state, :asked_at, :body)
on conflict (id) do nothing
returning id
"""
_ADD_ASKER = """
insert into inquiry_askers (inquiry_id, person_id, channel, recipient)
values (:inquiry_id, :person_id, :channel, :recipient)
"""
_FIND = "select body from inquiries where id = :id"
_FIND_OPEN = "select body from inquiries where id = :id and state = 'open'"
_LIST = """
select body from inquiries where state = coalesce(:state, state) order by asked_at desc, id desc limit :limit
"""
_COUNT_OPEN = """
select count(*) as open from inquiry_askers join inquiries on inquiries.id = inquiry_askers.inquiry_id
where inquiry_askers.person_id = :person_id and inquiries.state = 'open'
"""
_UPDATE = "update inquiries set state = :state, body = :body where id = :id"
_TAKE_ASKER = """
delete from inquiry_askers where inquiry_id = :id returning person_id, channel, recipient
"""
_FORGET = "delete from inquiries where asked_at < :before returning id"


class InquiryTables:
    """Inquiries as JSON under their state; askers in a table of their own, emptied as they are told."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_inquiry(self, inquiry: Inquiry, asker: Asker) -> bool:
        """Keep an open inquiry with its asker; False when one of that id is there already."""
        row: Row = _row(inquiry) | {"asked_at": to_iso(inquiry.asked_at)}
        waiting = {
            "inquiry_id": inquiry.id,
            "person_id": asker.person_id,
            "channel": asker.channel,
            "recipient": asker.recipient,
        }

        def work(tx: Tx) -> bool:
            added = bool(tx.query(_ADD, row))
            if added:
                tx.query(_ADD_ASKER, waiting)
            return added

        return self._session.transaction(work)

    def find_inquiry(self, inquiry_id: str) -> Inquiry | None:
        """One inquiry."""
        return _found(self._session, inquiry_id)

    def list_inquiries(self, state: State | None = None, limit: int = 200) -> list[Inquiry]:
        """Inquiries, the newest first."""
        rows = self._session.query(_LIST, {"state": state.value if state else None, "limit": limit})
        return [Inquiry.model_validate_json(row["body"]) for row in rows]

    def count_open_of(self, person_id: str) -> int:
        """How many inquiries of this person wait for an answer."""
        return int(self._session.query(_COUNT_OPEN, {"person_id": person_id})[0]["open"])

    def answer_inquiry(self, answered: Inquiry) -> bool:
        """Keep the answer of an open inquiry; False when it is not open any more: somebody else was first."""
        return self._change_open(
            answered.id,
            lambda inquiry: answered.model_copy(
                update={"owner": inquiry.owner, "department_id": inquiry.department_id, "asked_by": ""}
            ),
        )

    def move_inquiry(self, inquiry_id: str, owner: str, department_id: str, *, expected: str) -> bool:
        """Give an open inquiry of the 課 `expected` to another; False when it is elsewhere by now, or not open."""

        def moved(inquiry: Inquiry) -> Inquiry | None:
            if inquiry.owner != expected:
                return None
            return inquiry.model_copy(update={"owner": owner, "department_id": department_id})

        return self._change_open(inquiry_id, moved)

    def close_inquiry(self, inquiry_id: str) -> bool:
        """End an open inquiry without an answer; False when it is not open."""
        return self._change_open(
            inquiry_id, lambda inquiry: inquiry.model_copy(update={"state": State.CLOSED, "asked_by": ""})
        )

    def take_asker(self, inquiry_id: str) -> Asker | None:
        """Whoever asked, removed from the store; None when nobody is to be told any more."""
        rows = self._session.transaction(lambda tx: tx.query(_TAKE_ASKER, {"id": inquiry_id}))
        return Asker(**rows[0]) if rows else None

    def forget_inquiries(self, before: datetime) -> int:
        """Remove what was asked before that time; return how much."""
        time = {"before": to_iso(before)}
        return len(self._session.transaction(lambda tx: tx.query(_FORGET, time)))

    def _change_open(self, inquiry_id: str, change: Callable[[Inquiry], Inquiry | None]) -> bool:
        def work(tx: Tx) -> bool:
            rows = tx.query(_FIND_OPEN, {"id": inquiry_id})
            after = change(Inquiry.model_validate_json(rows[0]["body"])) if rows else None
            if after is not None:
                tx.query(_UPDATE, _row(after))
            return after is not None

        return self._session.transaction(work)


def _row(inquiry: Inquiry) -> Row:
    return {"id": inquiry.id, "state": inquiry.state.value, "body": to_json(inquiry)}


def _found(session: Session, inquiry_id: str) -> Inquiry | None:
    rows = session.query(_FIND, {"id": inquiry_id})
    return Inquiry.model_validate_json(rows[0]["body"]) if rows else None
