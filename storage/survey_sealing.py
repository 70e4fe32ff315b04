"""What closing a round does to its answers: nothing stays by which somebody could be found again.

Drafts, links and the pseudonyms' secret go. Submissions are written anew under random names in the order of their content, the
audience in the order of 職員番号, each in one statement of one transaction: neither row ids nor PostgreSQL's row versions tell who
answered when. Named rounds keep their people.
"""

from __future__ import annotations

from secrets import token_hex

from storage.session import Row, Tx
from storage.survey_heaps import pile, take_heaps
from surveys.definition import Identity
from surveys.round import Round

_PUT = """
insert into survey_submissions (round_id, respondent, revision, sent_at, body)
values (:round_id, :respondent, 0, null, :body)
"""
_PUT_PERSON = """
insert into survey_people (round_id, person_id, section_id, division_id, role, answered)
values (:round_id, :person_id, :section_id, :division_id, :role, :answered)
"""


def seal(tx: Tx, closed: Round) -> None:
    """Seal a round that has just been closed."""
    here = {"round_id": closed.id}
    for table in ("survey_drafts", "survey_links", "survey_keys"):
        tx.query(f"delete from {table} where round_id = :round_id", here)  # noqa: S608  a literal of ours
    tx.query("delete from survey_mutes where round_id = :round_id", here)
    if closed.definition.identity is Identity.NAMED:
        return
    bodies = [
        row["body"]
        for row in tx.query("select body from survey_submissions where round_id = :round_id", here)
    ]
    tx.query("delete from survey_submissions where round_id = :round_id", here)
    tx.query_many(_PUT, [{**here, "respondent": name, "body": body} for name, body in _renamed(bodies)])
    pile(tx, closed.id, 0, take_heaps(tx, closed.id))
    people: list[Row] = tx.query(
        "select * from survey_people where round_id = :round_id order by person_id", here
    )
    tx.query("delete from survey_people where round_id = :round_id", here)
    tx.query_many(_PUT_PERSON, people)


def _renamed(bodies: list[str]) -> list[tuple[str, str]]:
    return sorted(zip((token_hex(16) for _ in bodies), bodies, strict=True))
