"""What conversations are about (knowledge.subjects.Subjects)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from storage.columns import checked, to_iso
from storage.session import Row, Session, Tx

_REMEMBER = """
insert into subjects (conversation, articles, until) values (:conversation, :articles, :until)
on conflict (conversation) do update set articles = excluded.articles, until = excluded.until
"""
_RECALL = "select articles from subjects where conversation = :conversation and until > :now"
_FORGET = "delete from subjects where until <= :now"


class SqlSubjects:
    """Ids as JSON under the conversation's key; a row outlives its time only until the next one is written."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def remember(self, conversation: str, article_ids: Sequence[str], now: datetime, until: datetime) -> None:
        """Keep these articles as the conversation's subject until then; what ran out by `now` is removed."""
        row: Row = {
            "conversation": conversation,
            "articles": checked(json.dumps(list(article_ids), ensure_ascii=False)),
            "until": to_iso(until),
        }

        def work(tx: Tx) -> None:
            tx.query(_FORGET, {"now": to_iso(now)})
            tx.query(_REMEMBER, row)

        self._session.transaction(work)

    def recall(self, conversation: str, now: datetime) -> tuple[str, ...]:
        """The articles the conversation is about; empty when there are none, or their time ran out."""
        rows = self._session.query(_RECALL, {"conversation": conversation, "now": to_iso(now)})
        return tuple(json.loads(rows[0]["articles"])) if rows else ()
