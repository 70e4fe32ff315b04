"""Under which name a person's submission lies, and reading it back."""

from __future__ import annotations

import hmac
from hashlib import sha256
from secrets import token_hex

from storage.columns import from_iso
from storage.session import Session
from surveys.definition import Identity
from surveys.round import Round
from surveys.submission import Sheet, Submission

FIND = """
select revision, sent_at, body from survey_submissions where round_id = :round_id and respondent = :respondent
"""
_MAKE_KEY = """
insert into survey_keys (round_id, secret) values (:round_id, :secret) on conflict (round_id) do nothing
"""
_KEY = "select secret from survey_keys where round_id = :round_id"


def own_submission(session: Session, found: Round, person_id: str) -> Submission | None:
    """The person's own submission; None when there is none, or nobody can tell."""
    respondent = respondent_of(session, found, person_id)
    rows = session.query(FIND, {"round_id": found.id, "respondent": respondent}) if respondent else []
    if not rows:
        return None
    sheet = sheet_of(rows[0]["body"])
    return Submission(
        round_id=found.id,
        person_id=person_id,
        revision=rows[0]["revision"],
        sent_at=from_iso(rows[0]["sent_at"]),
        attributes=sheet.attributes,
        answers=sheet.answers,
    )


def respondent_of(session: Session, found: Round, person_id: str, *, make: bool = False) -> str:
    """Under which name the person's submission lies; "" where nobody can tell."""
    if found.definition.identity is Identity.NAMED:
        return person_id
    if found.definition.identity is Identity.ANONYMOUS:
        return ""
    here = {"round_id": found.id}
    rows = session.query(_KEY, here)
    if not rows and make:
        session.query(_MAKE_KEY, here | {"secret": token_hex(32)})
        rows = session.query(_KEY, here)
    if not rows:
        return ""
    return hmac.new(bytes.fromhex(rows[0]["secret"]), person_id.encode(), sha256).hexdigest()


def sheet_of(body: str, person_id: str = "") -> Sheet:
    """A stored submission from its JSON."""
    return Sheet.model_validate_json(body).model_copy(update={"person_id": person_id})
