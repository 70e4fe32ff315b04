"""Questions that nobody could answer (knowledge.learning.unanswered.UnansweredStore)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from knowledge.learning.unanswered import Reason, UnansweredQuestion
from storage.asker_keys import AskerKeyTable
from storage.session import Row, Tx

_ADD = """
insert into unanswered_questions (id, question, reason, owner, asker, period, asked_on, approved)
values (:id, :question, :reason, :owner, :asker, :period, :asked_on, :approved)
on conflict (id) do nothing
returning id
"""
_LIST = "select * from unanswered_questions order by asked_on desc, id desc limit :limit"
_APPROVE = "update unanswered_questions set approved = 1 where id = :id returning id"
_DISCARD = "delete from unanswered_questions where id = :id returning id"
_FORGET = "delete from unanswered_questions where asked_on < :before returning id"


class QuestionTables(AskerKeyTable):
    """Masked questions, by day and id: in which order they came on a day is not kept."""

    def add_question(self, question: UnansweredQuestion) -> bool:
        """Keep a question; False when one of that id is there already."""
        row: Row = asdict(question) | {
            "reason": question.reason.value,
            "asked_on": question.asked_on.isoformat(),
            "approved": int(question.approved),
        }
        return bool(self._session.transaction(lambda tx: tx.query(_ADD, row)))

    def list_questions(self, limit: int = 5000) -> list[UnansweredQuestion]:
        """The questions by day and id, the newest `limit` of them."""
        rows = self._session.query(_LIST, {"limit": limit})
        return [_question(row) for row in reversed(rows)]

    def approve_questions(self, ids: Sequence[str]) -> int:
        """Let the digest tell questions; return how many there were."""
        return self._change(_APPROVE, ids)

    def discard_questions(self, ids: Sequence[str]) -> int:
        """Remove questions; return how many there were."""
        return self._change(_DISCARD, ids)

    def forget_questions(self, before: date) -> int:
        """Remove what was asked before that day; return how much."""
        day = {"before": before.isoformat()}
        return len(self._session.transaction(lambda tx: tx.query(_FORGET, day)))

    def _change(self, statement: str, ids: Sequence[str]) -> int:
        def work(tx: Tx) -> int:
            return sum(len(tx.query(statement, {"id": id_})) for id_ in ids)

        return self._session.transaction(work)


def _question(row: Row) -> UnansweredQuestion:
    return UnansweredQuestion(
        **row
        | {
            "reason": Reason(row["reason"]),
            "asked_on": date.fromisoformat(row["asked_on"]),
            "approved": bool(row["approved"]),
        }
    )
