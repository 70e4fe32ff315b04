"""The goals of the 育成計画 (surveys.skills.development.DevelopmentGoals)."""

from __future__ import annotations

from collections.abc import Sequence

from storage.session import Session, Tx
from surveys.skills.development import Goal

_ADD = """
insert into development_goals (year, skill, tier, level, people) values (:year, :skill, :tier, :level, :people)
"""
_DROP = "delete from development_goals where year = :year and skill = :skill"


class DevelopmentGoalTable:
    """One row a goal."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save_goals(self, year: int, skill: str, goals: Sequence[Goal]) -> None:
        """The goals of a 年度 for a skill (or, with an empty one, for tiers at all), in the place of the earlier ones."""

        def work(tx: Tx) -> None:
            tx.query(_DROP, {"year": year, "skill": skill})
            tx.query_many(_ADD, [goal.model_dump() for goal in goals])

        self._session.transaction(work)

    def list_goals(self) -> list[Goal]:
        """All, by 年度."""
        rows = self._session.query("select * from development_goals order by year, skill, tier, level")
        return [Goal.model_validate(dict(row)) for row in rows]
