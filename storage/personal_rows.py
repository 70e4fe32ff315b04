"""Finding the rows that have to do with somebody, by the places of the register."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from knowledge.learning.askers import code
from staff.privacy.item import Place, Under
from staff.privacy.store import Whose
from staff.privacy.subject import Subject
from storage.session import Params, Row, Session
from storage.survey_respondents import respondent_of
from storage.survey_rounds import parse_round

CHATS = ("slack", "teams")
_ROUNDS = """
select survey_rounds.id, survey_rounds.body from survey_rounds
join survey_people on survey_people.round_id = survey_rounds.id
where survey_people.person_id = :id
"""


def rows_about(session: Session, place: Place, subject: Subject) -> Iterator[tuple[Whose, Row]]:
    """The rows of a place that have to do with somebody, each once, with whose they are."""
    seen: set[str] = set()
    found: tuple[tuple[Whose, list[Row]], ...] = (
        ("own", _owned(session, place, subject)),
        ("named", _by_columns(session, place.table, place.named, subject.person_id)),
        ("mentioned", mentions(session, place, subject)),
    )
    for whose, rows in found:
        for row in rows:
            if (key := repr(row)) not in seen:
                seen.add(key)
                yield whose, row


def _owned(session: Session, place: Place, subject: Subject) -> list[Row]:
    match place.under:
        case Under.RESPONDENT:
            return [row for one in respondents(session, subject) for row in session.query(_SUBMISSION, one)]
        case Under.ASKER_CODE:
            return [row for each in asker_codes(session, subject) for row in session.query(_QUESTIONS, each)]
        case Under.ASKING:
            return session.query(_ASKING, {"id": subject.person_id})
        case Under.JUDGE_CODE:
            return [row for each in judge_codes(session, subject) for row in session.query(_VERDICTS, each)]
        case Under.RECIPIENT:
            return [row for row in mentions(session, place, subject) if is_for(row, subject)]
        case Under.PSEUDONYM:
            return session.query(_AUDIT, {"id": subject.person_id})
    return _by_columns(session, place.table, place.owned, subject.person_id)


_SUBMISSION = "select * from survey_submissions where round_id = :round and respondent = :name"
_QUESTIONS = "select * from unanswered_questions where asker = :code"
OWN_INQUIRIES = "select inquiry_id from inquiry_askers where person_id = :id"
_ASKING = f"select * from inquiries where id in ({OWN_INQUIRIES})"  # noqa: S608  a literal of ours
_VERDICTS = "select * from feedback where asker = :code"
_AUDIT = """
select position, at, action, channel, actor, target from audit_events
where actor = (select pseudonym from audit_people where person_id = :id)
  or target = 'person/' || (select pseudonym from audit_people where person_id = :id)
order by position
"""


def _by_columns(session: Session, table: str, columns: Sequence[str], person_id: str) -> list[Row]:
    if not columns:
        return []
    condition = " or ".join(f"{column} = :id" for column in columns)
    return session.query(f"select * from {table} where {condition}", {"id": person_id})  # noqa: S608  literals of ours


def mentions(session: Session, place: Place, subject: Subject) -> list[Row]:
    """Rows whose texts tell who it is. The database narrows them down, the subject decides."""
    if not place.told:
        return []
    patterns = _patterns_about(subject)
    condition = " or ".join(like(column, len(patterns)) for column in place.told)
    rows = session.query(f"select * from {place.table} where {condition}", patterns)  # noqa: S608  as above
    return [row for row in rows if any(subject.is_in(row[name] or "") for name in place.told)]


def respondents(session: Session, subject: Subject) -> list[Row]:
    """Each round that asked the person, and under which name their submission lies there."""
    rounds = [parse_round(row) for row in session.query(_ROUNDS, {"id": subject.person_id})]
    return [{"round": one.id, "name": respondent_of(session, one, subject.person_id)} for one in rounds]


def asker_codes(session: Session, subject: Subject) -> list[Row]:
    """The codes that this quarter's secret gives the person, and their users of chats."""
    return [{"code": code(key, "asker", one)} for key in _keys(session) for one in _askers(subject)]


def judge_codes(session: Session, subject: Subject) -> list[Row]:
    """The codes under which the person judged answers this quarter, one for each article that anybody judged."""
    judged = [row["article_id"] for row in session.query("select distinct article_id from feedback")]
    return [
        {"code": code(key, "judge", one, article)}
        for key in _keys(session)
        for one in _askers(subject)
        for article in judged
    ]


def _keys(session: Session) -> list[bytes]:
    return [bytes.fromhex(row["secret"]) for row in session.query("select secret from asker_keys")]


def _askers(subject: Subject) -> list[str]:
    return [subject.person_id, *(f"{way}:{user}" for way in CHATS for user in subject.chat_users)]


def is_for(row: Row, subject: Subject) -> bool:
    """Whether a message of the outbox goes to the person, by its recipient or, once it is emptied, by its key."""
    body = json.loads(row["body"]) if row["body"] else {}
    recipients = {subject.person_id, f"@{subject.person_id}", *subject.chat_users}
    return body.get("recipient") in recipients or str(row["key"]).endswith(f"/{subject.person_id}")


def _patterns_about(subject: Subject) -> Params:
    """The fewest patterns that let through whatever may tell who it is: a name with anything between its parts."""
    plain = [_escaped(one) for one in (subject.person_id, *subject.addresses, *subject.chat_users)]
    names = [
        "%".join(_escaped(form(part)) for part in name.split())
        for name in subject.names
        if subject.spellings
        for form in (str, _as_json)
    ]
    return _numbered([*plain, *names])


def _as_json(text: str) -> str:
    return json.dumps(text)[1:-1]


def patterns_of(texts: Sequence[str]) -> Params:
    """Texts as LIKE looks for them, as they are and as JSON may escape them."""
    return _numbered([_escaped(form) for text in texts for form in (text, _as_json(text))])


def _numbered(patterns: Sequence[str]) -> Params:
    return {f"p{place}": f"%{one}%" for place, one in enumerate(dict.fromkeys(patterns))}


def like(column: str, count: int) -> str:
    """A condition: the column holds one of that many texts."""
    return " or ".join(f"\"{column}\" like :p{place} escape '~'" for place in range(count))


def _escaped(text: str) -> str:
    return re.sub(r"([~%_])", r"~\1", text)
