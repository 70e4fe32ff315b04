"""Holds: the city's record rules keep data of a kind, or of one round, beyond its term."""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import uuid4

from bot.texts.ja import privacy as texts
from staff.model import Person
from staff.permissions import Permission, require
from staff.privacy.register import REGISTER
from staff.privacy.store import Hold, Records
from staff.store import AuditEvent, AuditLog

T = TypeVar("T")

KINDS = tuple(dict.fromkeys(item.kind for item in REGISTER))
LONGEST_REASON = 200


class HoldingStores(Protocol):
    """The stores that holds are written to, over one database."""

    @property
    def records(self) -> Records:
        """Holds."""

    @property
    def audit(self) -> AuditLog:
        """The audit chain."""

    def transaction(self, work: Callable[[HoldingStores], T]) -> T:
        """Run `work` with stores that share one transaction."""


class HoldRefused(Exception):
    """A hold cannot be placed or lifted like that; the text says why."""


def is_held(records: Records, kind: str, round_id: str = "") -> bool:
    """Whether a kind is held: as a whole, or (where one is named) for that round."""
    return any(one.kind == kind and one.round_id in ("", round_id) for one in records.list_holds())


def place_hold(
    stores: HoldingStores,
    by: Person | str,
    kind: str,
    reason: str,
    now: datetime,
    round_id: str = "",
    rounds: Container[str] = (),
) -> Hold:
    """Hold deletions of a kind, or of one round among `rounds`, on record.

    `by` is a person, or the operator on the host. Raises NotAllowed, HoldRefused.
    """
    actor = _admitted(by)
    if kind not in KINDS:
        raise HoldRefused(texts.no_such_kind(KINDS))
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise HoldRefused(texts.HOLD_REASON.format(longest=LONGEST_REASON))
    if round_id and kind != "answers":
        raise HoldRefused(texts.HOLD_ROUND)
    if round_id and round_id not in rounds:
        raise HoldRefused(texts.HOLD_NO_ROUND)
    hold = Hold(
        id=uuid4().hex[:8],
        kind=kind,
        round_id=round_id,
        reason=reason.strip(),
        placed_by=actor,
        placed_at=now,
    )

    def work(inside: HoldingStores) -> None:
        inside.records.place_hold(hold)
        inside.audit.append(_event("records.hold", actor, hold, now))

    stores.transaction(work)
    return hold


def lift_hold(stores: HoldingStores, by: Person | str, hold_id: str, now: datetime) -> Hold:
    """Lift a hold, on record: what is due goes with the next round of the worker. Raises NotAllowed, HoldRefused."""
    actor = _admitted(by)

    def work(inside: HoldingStores) -> Hold:
        hold = inside.records.lift_hold(hold_id, actor, now)
        if hold is None:
            raise HoldRefused(texts.NO_HOLD.format(id=hold_id))
        inside.audit.append(_event("records.release", actor, hold, now))
        return hold

    return stores.transaction(work)


def _admitted(by: Person | str) -> str:
    if isinstance(by, str):
        return by
    require(by, Permission.RECORDS_HOLD)
    return by.id


def _event(action: str, actor: str, hold: Hold, at: datetime) -> AuditEvent:
    detail: dict[str, str | int] = {"kind": hold.kind, **({"round": hold.round_id} if hold.round_id else {})}
    return AuditEvent(at=at, actor=actor, action=action, target=f"hold/{hold.id}", detail=detail)
