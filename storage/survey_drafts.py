"""Drafts and links (surveys.store.Drafts and Links)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from storage.columns import to_iso, to_json
from storage.session import Row, Tx
from storage.survey_respondents import own_submission
from storage.survey_rounds import RoundTables, find_round
from surveys.round import State
from surveys.submission import Draft

_IS_ASKED = "select answered from survey_people where round_id = :round_id and person_id = :person_id"
_FIND_DRAFT = "select body from survey_drafts where round_id = :round_id and person_id = :person_id"
_SAVE_DRAFT = """
insert into survey_drafts (round_id, person_id, revision, body) values (:round_id, :person_id, :revision, :body)
on conflict (round_id, person_id) do update set revision = excluded.revision, body = excluded.body
"""
DROP_DRAFT = "delete from survey_drafts where round_id = :round_id and person_id = :person_id"
_ADD_LINK = """
insert into survey_links (digest, round_id, person_id, expires_at)
values (:digest, :round_id, :person_id, :expires_at)
"""
_FIND_LINK = "select round_id, person_id from survey_links where digest = :digest and expires_at > :now"


class DraftTables(RoundTables):
    """Drafts as JSON under their person; links as hashes."""

    def find_draft(self, round_id: str, person_id: str) -> Draft | None:
        """The draft."""
        rows = self._session.query(_FIND_DRAFT, {"round_id": round_id, "person_id": person_id})
        return Draft.model_validate_json(rows[0]["body"]) if rows else None

    def change_draft(self, round_id: str, person_id: str, change: Callable[[Draft], Draft]) -> Draft | None:
        """Change the draft, or begin one; None when nothing can be answered any more."""

        def work(tx: Tx) -> Draft | None:
            before = _begun(tx, round_id, person_id)
            if before is None:
                return None
            after = change(before)
            if after == before:
                return before
            after = after.model_copy(update={"revision": before.revision + 1})
            row: Row = {"round_id": round_id, "person_id": person_id, "revision": after.revision}
            tx.query(_SAVE_DRAFT, row | {"body": to_json(after)})
            return after

        return self._session.transaction(work)

    def drop_draft(self, round_id: str, person_id: str) -> None:
        """Remove the draft."""
        here = {"round_id": round_id, "person_id": person_id}
        self._session.transaction(lambda tx: tx.query(DROP_DRAFT, here))

    def add_link(self, digest: str, round_id: str, person_id: str, expires_at: datetime) -> None:
        """Keep a link's hash."""
        row = {
            "digest": digest,
            "round_id": round_id,
            "person_id": person_id,
            "expires_at": to_iso(expires_at),
        }
        self._session.transaction(lambda tx: tx.query(_ADD_LINK, row))

    def find_link(self, digest: str, now: datetime) -> tuple[str, str] | None:
        """The round and person of a link that is still good."""
        rows = self._session.query(_FIND_LINK, {"digest": digest, "now": to_iso(now)})
        return (rows[0]["round_id"], rows[0]["person_id"]) if rows else None


def _begun(tx: Tx, round_id: str, person_id: str) -> Draft | None:
    """The draft as it stands, or the one that begins."""
    here = {"round_id": round_id, "person_id": person_id}
    found = find_round(tx, round_id)
    asked = tx.query(_IS_ASKED, here)
    if found is None or found.state is not State.OPEN or not asked:
        return None
    if rows := tx.query(_FIND_DRAFT, here):
        return Draft.model_validate_json(rows[0]["body"])
    if asked[0]["answered"] and not found.definition.can_be_edited:
        return None
    sent = own_submission(tx, found, person_id)
    answers, revision = (sent.answers, sent.revision) if sent else ({}, 0)
    return Draft(round_id=round_id, person_id=person_id, revision=revision + 1, answers=answers)
