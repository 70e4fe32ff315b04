"""Skills (surveys.skills.store.SkillStore): assessments, and what people allow others to see of them."""

from __future__ import annotations

from datetime import datetime

from storage.columns import from_iso, to_iso, to_json
from storage.development_goals import DevelopmentGoalTable
from storage.session import Row, Tx
from storage.skill_plans import SkillPlanTables
from surveys.skills.assessment import Assessment, Comment, ExpertProfile

_ADD = """
insert into assessments (person_id, at, round_id, body) values (:person, :at, :round, :body)
on conflict (person_id, at) do nothing
returning person_id
"""
_DROP_OF_ROUND = "delete from assessments where person_id = :person and round_id = :round"
_OF_PERSON = "select body from assessments where person_id = :person order by at desc limit :limit"
_LATEST = """
select body from assessments as newest
where at = (
  select max(at) from assessments where person_id = newest.person_id and at < coalesce(:until, '9999')
)
order by person_id
"""
_SHARE = """
insert into shared_levels (person_id, since) values (:person, :since) on conflict (person_id) do nothing
"""
_COMMENT = """
insert into skill_comments (person_id, at, written_by, body) values (:person, :at, :by, :body)
on conflict (person_id, at, written_by) do nothing
"""
_PROFILE = """
insert into expert_profiles (person_id, body) values (:person, :body)
on conflict (person_id) do update set body = excluded.body
"""

_NEWEST_SET = "select coalesce(max(number), 0) as number from skill_sets"
_ADD_SET = "insert into skill_sets (number, at, body) values (:number, :at, :body)"


class SqlSkills(SkillPlanTables, DevelopmentGoalTable):
    """Assessments as JSON by person and time; sharing, comments and profiles beside them."""

    def add_assessment(self, assessment: Assessment) -> bool:
        """Keep an assessment, in the place of an earlier one of the same round; False when there is one of that time."""
        row: Row = {
            "person": assessment.person_id,
            "at": to_iso(assessment.at),
            "round": assessment.round_id,
            "body": to_json(assessment, without_defaults=True),
        }

        def work(tx: Tx) -> bool:
            if assessment.round_id:
                tx.query(_DROP_OF_ROUND, {name: row[name] for name in ("person", "round")})
            return bool(tx.query(_ADD, row))

        return self._session.transaction(work)

    def latest_assessment(self, person_id: str) -> Assessment | None:
        """The newest one of a person."""
        return next(iter(self._list(person_id, 1)), None)

    def list_assessments(self, person_id: str) -> list[Assessment]:
        """All of a person, the newest first."""
        return self._list(person_id, 1000)

    def list_latest(self, until: datetime | None = None) -> list[Assessment]:
        """The newest of everybody (made before `until`), by 職員番号."""
        rows = self._session.query(_LATEST, {"until": to_iso(until) if until else None})
        return [Assessment.model_validate_json(row["body"]) for row in rows]

    def share(self, person_id: str, at: datetime) -> None:
        """Let the person's 所属長 see their levels from now on."""
        row = {"person": person_id, "since": to_iso(at)}
        self._session.transaction(lambda tx: tx.query(_SHARE, row))

    def stop_sharing(self, person_id: str) -> None:
        """Let nobody see them any more; the comments of 所属長 go."""

        def work(tx: Tx) -> None:
            for table in ("shared_levels", "skill_comments"):
                tx.query(f"delete from {table} where person_id = :person", {"person": person_id})  # noqa: S608

        self._session.transaction(work)

    def shared_since(self, person_id: str) -> datetime | None:
        """Since when the person shares; None when they don't."""
        sql = "select since from shared_levels where person_id = :person"
        rows = self._session.query(sql, {"person": person_id})
        return from_iso(rows[0]["since"]) if rows else None

    def add_comment(self, comment: Comment) -> None:
        """Keep what a 所属長 wrote."""
        row: Row = {
            "person": comment.person_id,
            "at": to_iso(comment.at),
            "by": comment.by,
            "body": to_json(comment),
        }
        self._session.transaction(lambda tx: tx.query(_COMMENT, row))

    def list_comments(self, person_id: str) -> list[Comment]:
        """What was written to a person, the newest first."""
        sql = "select body from skill_comments where person_id = :person order by at desc"
        rows = self._session.query(sql, {"person": person_id})
        return [Comment.model_validate_json(row["body"]) for row in rows]

    def save_profile(self, profile: ExpertProfile) -> None:
        """Show somebody as an expert, in the place of what they showed before."""
        row = {"person": profile.person_id, "body": to_json(profile)}
        self._session.transaction(lambda tx: tx.query(_PROFILE, row))

    def remove_profile(self, person_id: str) -> bool:
        """Show them no longer; False when they were not shown."""
        sql = "delete from expert_profiles where person_id = :person returning person_id"
        return bool(self._session.transaction(lambda tx: tx.query(sql, {"person": person_id})))

    def find_profile(self, person_id: str) -> ExpertProfile | None:
        """What somebody shows."""
        sql = "select body from expert_profiles where person_id = :person"
        rows = self._session.query(sql, {"person": person_id})
        return ExpertProfile.model_validate_json(rows[0]["body"]) if rows else None

    def list_profiles(self) -> list[ExpertProfile]:
        """Everybody who is shown, by 職員番号."""
        rows = self._session.query("select body from expert_profiles order by person_id")
        return [ExpertProfile.model_validate_json(row["body"]) for row in rows]

    def add_set(self, body: str, at: datetime) -> int:
        """Take a skill set into use, as JSON; returns its number, counted from 1."""

        def work(tx: Tx) -> int:
            number = int(tx.query(_NEWEST_SET)[0]["number"]) + 1
            tx.query(_ADD_SET, {"number": number, "at": to_iso(at), "body": body})
            return number

        return self._session.transaction(work)

    def newest_number(self) -> int:
        """The number of the one in use; 0 while it is the one that ships."""
        return int(self._session.query(_NEWEST_SET)[0]["number"])

    def find_set(self, number: int) -> str:
        """One of them as JSON. Raises KeyError."""
        rows = self._session.query("select body from skill_sets where number = :number", {"number": number})
        if not rows:
            raise KeyError(number)
        return str(rows[0]["body"])

    def _list(self, person_id: str, limit: int) -> list[Assessment]:
        rows = self._session.query(_OF_PERSON, {"person": person_id, "limit": limit})
        return [Assessment.model_validate_json(row["body"]) for row in rows]
