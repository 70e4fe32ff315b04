"""How each channel's users are reached (bot.delivery.Conversations)."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from bot.delivery import ConversationReference
from storage.columns import checked, from_iso, to_iso
from storage.session import Row, Session

_SAVE = """
insert into conversations (channel, chat_user, person_id, reference, updated_at)
values (:channel, :user, (select id from people where id = :person_id), :reference, :at)
on conflict (channel, chat_user) do update set reference = excluded.reference, updated_at = excluded.updated_at,
  person_id = coalesce(excluded.person_id, conversations.person_id)
"""
_FIND = "select * from conversations where channel = :channel and chat_user in ({users})"
_MOST_AT_ONCE = 200
_OF_PERSON = """
select * from conversations where channel = :channel and person_id = :person_id order by updated_at desc, chat_user
"""
_FORGET = "delete from conversations where channel = :channel and chat_user = :user"


class SqlConversations:
    """References as plain JSON; a person who leaves the directory takes theirs along."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(
        self, channel: str, user: str, person_id: str | None, reference: Mapping[str, Any], at: datetime
    ) -> None:
        """Remember how a user is reached; a known person stays known when `person_id` is None."""
        row: Row = {
            "channel": channel,
            "user": user,
            "person_id": person_id,
            "reference": checked(json.dumps(reference, ensure_ascii=False, sort_keys=True)),
            "at": to_iso(at),
        }
        self._session.transaction(lambda tx: tx.query(_SAVE, row))

    def find(self, channel: str, user: str) -> ConversationReference | None:
        """How one user is reached."""
        return self.find_each(channel, [user]).get(user)

    def find_each(self, channel: str, users: Collection[str]) -> dict[str, ConversationReference]:
        """How several users are reached; those not kept are left out."""
        wanted = sorted(set(users))
        found: dict[str, ConversationReference] = {}
        for start in range(0, len(wanted), _MOST_AT_ONCE):
            some = {f"user{at}": user for at, user in enumerate(wanted[start : start + _MOST_AT_ONCE])}
            rows = self._session.query(_finding(len(some)), {"channel": channel, **some})
            found |= {row["chat_user"]: _reference(row) for row in rows}
        return found

    def list_for(self, channel: str, person_id: str) -> list[ConversationReference]:
        """How one person is reached on a channel, the newest first."""
        rows = self._session.query(_OF_PERSON, {"channel": channel, "person_id": person_id})
        return [_reference(row) for row in rows]

    def forget(self, channel: str, user: str) -> None:
        """Remove a user's reference (the bot was uninstalled)."""
        self._session.transaction(lambda tx: tx.query(_FORGET, {"channel": channel, "user": user}))


@lru_cache(_MOST_AT_ONCE)
def _finding(count: int) -> str:
    return _FIND.format(users=", ".join(f":user{at}" for at in range(count)))


def _reference(row: Row) -> ConversationReference:
    return ConversationReference(
        channel=row["channel"],
        user=row["chat_user"],
        person_id=row["person_id"],
        reference=json.loads(row["reference"]),
        updated_at=from_iso(row["updated_at"]),
    )
