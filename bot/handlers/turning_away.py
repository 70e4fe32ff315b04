"""Keeping on record that somebody was turned away for want of a permission."""

from __future__ import annotations

from bot.faults import report
from bot.services import Services
from staff.model import Person
from staff.store import AuditEvent

MOST_TARGET = 200


def record_refusal(services: Services, person: Person | None, channel: str, target: str) -> None:
    """Record who was refused what, and where. A fault here never costs the refusal."""
    event = AuditEvent(
        at=services.clock(),
        actor=person.id if person else "",
        action="permission.refused",
        target=target[:MOST_TARGET],
        channel=channel,
    )
    try:
        services.stores.audit.append(event)
    except Exception as error:  # the database may be away for a while
        report("recording a refusal", error)
