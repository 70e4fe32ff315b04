"""What conversations are about (knowledge.subjects.Subjects)."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import datetime
from threading import Event, Lock, Thread

from storage.columns import checked, to_iso
from storage.session import Row, Session, Tx

log = logging.getLogger(__name__)

LATE_SECONDS = 0.2
_MOST_WAITING = 10_000
_REMEMBER = """
insert into subjects (conversation, articles, until) values (:conversation, :articles, :until)
on conflict (conversation) do update set articles = excluded.articles, until = excluded.until
"""
_RECALL = "select articles, until from subjects where conversation = :conversation"
_FORGET = "delete from subjects where until <= :now"


class SqlSubjects:
    """Ids as JSON under the conversation's key; a row outlives its time only until the next one is written."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def remember(self, conversation: str, article_ids: Sequence[str], now: datetime, until: datetime) -> None:
        """Keep these articles as the conversation's subject until then; what ran out by `now` is removed."""
        self._write([_row(conversation, article_ids, until)], now)

    def recall(self, conversation: str, now: datetime) -> tuple[str, ...]:
        """The articles the conversation is about; empty when there are none, or their time ran out."""
        rows = self._session.query(_RECALL, {"conversation": conversation})
        return _articles(rows[0], now) if rows else ()

    def _write(self, rows: Sequence[Row], now: datetime) -> None:
        def work(tx: Tx) -> None:
            tx.query(_FORGET, {"now": to_iso(now)})
            tx.query_many(_REMEMBER, sorted(rows, key=lambda row: str(row["conversation"])))

        self._session.transaction(work)


class LateSubjects(SqlSubjects):
    """The same without anybody waiting: what is remembered is written within LATE_SECONDS, all of it at once.

    This process sees it at once, others when it is written. What a crash loses is no more than which article the next
    「それはいつから?」 means. `close` before the database is closed.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._lock = Lock()
        self._waiting: dict[str, tuple[tuple[str, ...], datetime]] = {}
        self._now: datetime | None = None
        self._writing: Thread | None = None
        self._remembered = Event()
        self._closed = Event()

    def remember(self, conversation: str, article_ids: Sequence[str], now: datetime, until: datetime) -> None:
        """As SqlSubjects, later."""
        with self._lock:
            if len(self._waiting) >= _MOST_WAITING:  # the database has been away for long
                self._waiting.clear()
            self._waiting[conversation], self._now = (tuple(article_ids), until), now
            if self._writing is None:
                self._writing = Thread(target=self._write_late, name="dxbot-subjects", daemon=True)
                self._writing.start()
        if not self._remembered.is_set():
            self._remembered.set()

    def recall(self, conversation: str, now: datetime) -> tuple[str, ...]:
        """As SqlSubjects, with what is not written yet."""
        waiting = self._waiting.get(conversation)
        if waiting is None:
            return super().recall(conversation, now)
        article_ids, until = waiting
        return article_ids if until > now else ()

    def _write_late(self) -> None:
        while not self._closed.is_set():
            self._remembered.wait()
            self._closed.wait(LATE_SECONDS)
            self._remembered.clear()
            self.flush()

    def close(self) -> None:
        """Write what waits, and let the thread end that would have."""
        self._closed.set()
        self._remembered.set()
        if self._writing is not None:
            self._writing.join()
        self.flush()

    def flush(self) -> None:
        """Write what waits. What cannot be written goes with the next that is remembered."""
        with self._lock:
            waiting, now = dict(self._waiting), self._now
        if not waiting or now is None:
            return
        try:
            self._write([_row(conversation, *subject) for conversation, subject in waiting.items()], now)
        except Exception as error:  # the database may be away for a while
            log.warning("subjects of conversations are not kept yet: %s", type(error).__name__)
            return
        with self._lock:
            for conversation, subject in waiting.items():
                if self._waiting.get(conversation) is subject:
                    del self._waiting[conversation]


def _row(conversation: str, article_ids: Sequence[str], until: datetime) -> Row:
    return {
        "conversation": conversation,
        "articles": checked(json.dumps(list(article_ids), ensure_ascii=False)),
        "until": to_iso(until),
    }


def _articles(row: Row, now: datetime) -> tuple[str, ...]:
    return tuple(json.loads(row["articles"])) if row["until"] > to_iso(now) else ()
