"""Feedback on answers (knowledge.learning.feedback.FeedbackStore)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from knowledge.learning.feedback import ArticleFeedback, Feedback
from storage.asker_keys import AskerKeyTable
from storage.session import Row

_SAVE = """
insert into feedback (code, article_id, asker, period, verdict, given_on)
values (:code, :article_id, :asker, :period, :verdict, :given_on)
on conflict (code) do update set verdict = excluded.verdict, given_on = excluded.given_on
"""
# Codes of two quarters cannot be compared: the most of any one. Verdicts from before there were codes count nobody.
_COUNT = """
select article_id, sum(solved) as solved, sum(wrong) as wrong, max(askers) as askers from (
  select article_id, sum(case when verdict = 'solved' then 1 else 0 end) as solved,
    sum(case when verdict = 'wrong' then 1 else 0 end) as wrong, count(distinct nullif(asker, '')) as askers
  from feedback where given_on >= :since group by article_id, period
) as quarters
group by article_id order by wrong desc, solved desc, article_id
"""
_FORGET = "delete from feedback where given_on < :before returning code"


class FeedbackTables(AskerKeyTable):
    """Verdicts under codes."""

    def save_feedback(self, feedback: Feedback) -> None:
        """Keep a verdict; a later one of the same code takes its place."""
        row: Row = asdict(feedback) | {
            "verdict": feedback.verdict.value,
            "given_on": feedback.given_on.isoformat(),
        }
        self._session.transaction(lambda tx: tx.query(_SAVE, row))

    def count_feedback(self, since: date) -> list[ArticleFeedback]:
        """Verdicts by article given on or after that day, the most often wrong first."""
        rows = self._session.query(_COUNT, {"since": since.isoformat()})
        return [
            ArticleFeedback(row["article_id"], int(row["solved"]), int(row["wrong"]), int(row["askers"]))
            for row in rows
        ]

    def forget_feedback(self, before: date) -> int:
        """Remove what was given before that day; return how much."""
        day = {"before": before.isoformat()}
        return len(self._session.transaction(lambda tx: tx.query(_FORGET, day)))
