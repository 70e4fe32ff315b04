"""The week's digest by the clock: sent when it is time, owners nudged before, 所属長 and デジタル推進室 told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.delivery import Message
from bot.handlers.digest.sending import send_due
from bot.handlers.digest.summary import summaries
from bot.handlers.digest.telling import alerts, nudges, unread
from bot.services import Services


def send_digests(services: Services) -> Mapping[str, int]:
    """Put the digests that are due; returns how many are new, and how many could not be read whole."""
    sent = send_due(services)
    if sent.broken:
        _put(services, unread(services, sent.broken))
    return {"digests": sent.put, "broken": sent.broken}


def nudge_owners(services: Services) -> Mapping[str, int]:
    """Ask owners for reports on the afternoon before."""
    return {"nudges": _put(services, nudges(services))}


def summarise_month(services: Services) -> Mapping[str, int]:
    """Tell 所属長 how the month went."""
    return {"summaries": _put(services, summaries(services))}


def watch_digests(services: Services) -> Mapping[str, int]:
    """Tell デジタル推進室 when the digest did not go out."""
    return {"alerts": _put(services, alerts(services))}


def _put(services: Services, messages: Sequence[Message]) -> int:
    if not messages:
        return 0
    return services.stores.transaction(lambda stores: sum(stores.outbox.put(one) for one in messages))
