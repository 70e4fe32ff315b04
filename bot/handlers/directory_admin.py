"""Changing the directory: a shown diff is applied as a whole, on record, and the operators are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.delivery import Message
from bot.messages import Paragraph, Reply
from bot.services import Services, Stores
from bot.texts.ja import directory_admin as texts
from staff.diff import DirectoryDiff, apply_diff
from staff.model import Role


def import_directory(
    services: Services, diff: DirectoryDiff, actor: str, *, leavers_confirmed: bool = False
) -> None:
    """Apply `diff` in one transaction with its audit event and a message to each operator there is afterwards.

    Raises TooManyLeavers or DirectoryChanged, with nothing changed. An empty diff does nothing.
    """
    at = services.clock()

    def work(stores: Stores) -> None:
        apply_diff(stores, diff, actor, at, leavers_confirmed=leavers_confirmed)
        for message in _messages(diff, at):
            stores.outbox.put(message)

    services.stores.transaction(work)


def changed_count(diff: DirectoryDiff) -> int:
    """How many people stay and are changed in any way."""
    pairs = (*diff.moves, *diff.role_changes, *diff.other_changes)
    return len({person.id for person, _ in pairs})


def _messages(diff: DirectoryDiff, at: datetime) -> Iterator[Message]:
    if diff.empty:
        return
    counts = texts.IMPORT_COUNTS.format(
        joined=len(diff.joiners), changed=changed_count(diff), left=len(diff.leavers)
    )
    note = Paragraph(text=texts.IMPORT_NEXT, tone="note")
    reply = Reply(title=texts.IMPORT_TITLE, parts=(Paragraph(text=counts), note))
    for person in diff.after.people:
        if Role.OPERATOR in person.roles:
            key = f"directory-import/{at.isoformat()}/{person.id}"
            yield Message(key=key, channel="web", recipient=person.id, reply=reply, due_at=at)
