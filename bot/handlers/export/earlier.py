"""Which files were made before: read from the audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.handlers.export.making import ACTION
from bot.services import Services
from bot.texts.ja import export as texts
from staff.store import AuditFilter, AuditRecord

MOST = 50


@dataclass(frozen=True)
class Earlier:
    """One file: who had it made when, of what, and what for. Names as they are now."""

    at: datetime
    who: str
    what: str
    round_id: str
    format: str
    rows: str
    purpose: str


def list_earlier(services: Services) -> list[Earlier]:
    """The newest first."""
    return [_earlier(services, one) for one in services.stores.audit.search(AuditFilter(action=ACTION), MOST)]


def _earlier(services: Services, record: AuditRecord) -> Earlier:
    event = record.event
    level = str(event.detail.get("level", ""))
    return Earlier(
        event.at,
        _who(services, event.actor),
        texts.CHOICES.get(f"{event.action.removeprefix(ACTION)}/{level}", event.action),
        "" if event.target == level else event.target,
        str(event.detail.get("format", "")),
        f"{event.detail.get('rows', 0):,}",
        str(event.detail.get("purpose", "")),
    )


def _who(services: Services, actor: str) -> str:
    if "/" in actor:
        return texts.ON_SERVER
    person = services.stores.directory.person(actor)
    return person.name if person else texts.SOMEBODY.format(person=actor)
