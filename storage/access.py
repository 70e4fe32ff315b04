"""Links, codes and sessions (staff.access.store.Access)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.texts.ja import storage as texts
from staff.access.store import Session as WebSession
from storage.columns import from_iso, to_iso
from storage.session import Row, Session, Tx

_ADD_LINK = """
insert into sign_in_links (token_hash, person_id, expires_at)
select :token_hash, id, :expires_at from people where id = :person_id
returning person_id
"""
_OWNER = "select person_id from sign_in_links where token_hash = :token_hash and expires_at > :now"
_USE_LINK = (
    "delete from sign_in_links where token_hash = :token_hash and expires_at > :now returning person_id"
)
_KNOWN = "select id from people where id = :person_id"
_ADD_CODE = (
    "insert into sign_in_codes (person_id, code_hash, expires_at) values (:person_id, :code_hash, :until)"
)
_USE_CODE = """
delete from sign_in_codes where person_id = :person_id and code_hash = :code_hash and expires_at > :now
returning person_id
"""
_COUNT_CODES = "select count(*) as n from sign_in_codes where person_id = :person_id and expires_at > :now"
_OPEN = """
insert into web_sessions (token_hash, person_id, method, opened_at, seen_at)
select :token_hash, id, :method, :opened_at, :seen_at from people where id = :person_id
returning person_id
"""


class SqlAccess:
    """What people sign in with."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_link(self, token_hash: str, person_id: str, expires_at: datetime) -> None:
        """Keep a link. Raises LookupError when the directory lacks the person."""
        params = {"token_hash": token_hash, "person_id": person_id, "expires_at": to_iso(expires_at)}
        self._keep(_ADD_LINK, params, person_id)

    def link_owner(self, token_hash: str, now: datetime) -> str | None:
        """Whose link it is, as long as it is good."""
        rows = self._session.query(_OWNER, {"token_hash": token_hash, "now": to_iso(now)})
        return str(rows[0]["person_id"]) if rows else None

    def use_link(self, token_hash: str, now: datetime) -> str | None:
        """Whose link it was: the row goes, so that of two at once one gets it."""
        params = {"token_hash": token_hash, "now": to_iso(now)}
        rows = self._session.transaction(lambda tx: tx.query(_USE_LINK, params))
        return str(rows[0]["person_id"]) if rows else None

    def replace_codes(self, person_id: str, code_hashes: Sequence[str], expires_at: datetime) -> None:
        """Keep new codes in the place of the old. Raises LookupError when the directory lacks the person."""
        until = to_iso(expires_at)
        rows = [{"person_id": person_id, "code_hash": hash_, "until": until} for hash_ in code_hashes]

        def work(tx: Tx) -> None:
            if not tx.query(_KNOWN, {"person_id": person_id}):
                raise LookupError(texts.unknown_person(person_id))
            tx.query("delete from sign_in_codes where person_id = :person_id", {"person_id": person_id})
            tx.query_many(_ADD_CODE, rows)

        self._session.transaction(work)

    def use_code(self, person_id: str, code_hash: str, now: datetime) -> bool:
        """Whether it was one of the person's codes; the row goes."""
        params = {"person_id": person_id, "code_hash": code_hash, "now": to_iso(now)}
        return bool(self._session.transaction(lambda tx: tx.query(_USE_CODE, params)))

    def count_codes(self, person_id: str, now: datetime) -> int:
        """How many codes a person has left."""
        return int(self._session.query(_COUNT_CODES, {"person_id": person_id, "now": to_iso(now)})[0]["n"])

    def open_session(self, session: WebSession) -> None:
        """Keep a session. Raises LookupError when the directory lacks the person."""
        params = {
            "token_hash": session.token_hash,
            "person_id": session.person_id,
            "method": session.method,
            "opened_at": to_iso(session.opened_at),
            "seen_at": to_iso(session.seen_at),
        }
        self._keep(_OPEN, params, session.person_id)

    def session(self, token_hash: str) -> WebSession | None:
        """The session behind a cookie."""
        rows = self._session.query(
            "select * from web_sessions where token_hash = :hash", {"hash": token_hash}
        )
        return _session(rows[0]) if rows else None

    def touch_session(self, token_hash: str, at: datetime) -> None:
        """Remember that a session was used."""
        self._do("update web_sessions set seen_at = :at where token_hash = :hash", token_hash, at)

    def close_session(self, token_hash: str) -> None:
        """End a session."""
        params = {"hash": token_hash}
        self._session.transaction(
            lambda tx: tx.query("delete from web_sessions where token_hash = :hash", params)
        )

    def close_sessions_of(self, person_id: str) -> int:
        """End a person's sessions and take back their links; how many sessions there were."""
        params = {"person_id": person_id}

        def work(tx: Tx) -> int:
            tx.query("delete from sign_in_links where person_id = :person_id", params)
            gone = tx.query(
                "delete from web_sessions where person_id = :person_id returning token_hash", params
            )
            return len(gone)

        return self._session.transaction(work)

    def count_sessions(self, seen_since: datetime) -> int:
        """How many sessions were used since then."""
        params = {"since": to_iso(seen_since)}
        rows = self._session.query("select count(*) as n from web_sessions where seen_at >= :since", params)
        return int(rows[0]["n"])

    def add_attempt(self, key: str, at: datetime) -> None:
        """Count one attempt."""
        self._do("insert into sign_in_attempts (key, at) values (:hash, :at)", key, at)

    def count_attempts(self, key: str, since: datetime) -> int:
        """How many attempts there were since then."""
        sql = "select count(*) as n from sign_in_attempts where key = :key and at > :since"
        return int(self._session.query(sql, {"key": key, "since": to_iso(since)})[0]["n"])

    def forget_expired(self, now: datetime, sessions_before: datetime, attempts_before: datetime) -> int:
        """Remove what nobody can use any more; how many rows went."""
        statements = (
            ("delete from sign_in_links where expires_at <= :at returning 1 as gone", now),
            ("delete from sign_in_codes where expires_at <= :at returning 1 as gone", now),
            ("delete from web_sessions where opened_at < :at returning 1 as gone", sessions_before),
            ("delete from sign_in_attempts where at < :at returning 1 as gone", attempts_before),
        )

        def work(tx: Tx) -> int:
            return sum(len(tx.query(sql, {"at": to_iso(at)})) for sql, at in statements)

        return self._session.transaction(work)

    def _keep(self, sql: str, params: dict[str, str], person_id: str) -> None:
        if not self._session.transaction(lambda tx: tx.query(sql, params)):
            raise LookupError(texts.unknown_person(person_id))

    def _do(self, sql: str, hash_: str, at: datetime) -> None:
        params = {"hash": hash_, "at": to_iso(at)}
        self._session.transaction(lambda tx: tx.query(sql, params))


def _session(row: Row) -> WebSession:
    return WebSession(
        token_hash=row["token_hash"],
        person_id=row["person_id"],
        method=row["method"],
        opened_at=from_iso(row["opened_at"]),
        seen_at=from_iso(row["seen_at"]),
    )
