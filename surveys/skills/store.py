"""What skills ask of storage. Everything goes with its person when that person is removed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from surveys.skills.assessment import Assessment, Comment, ExpertProfile, PlanItem, Training
from surveys.skills.development import DevelopmentGoals
from surveys.skills.reading import SkillSets


class SkillStore(SkillSets, DevelopmentGoals, Protocol):
    """Assessments with their history, plans, sharing, trainings, expert profiles, and the goals of the 育成計画."""

    def add_assessment(self, assessment: Assessment) -> bool:
        """Keep an assessment, in the place of an earlier one of the same round; False when there is one of that time."""

    def latest_assessment(self, person_id: str) -> Assessment | None:
        """The newest one of a person."""

    def list_assessments(self, person_id: str) -> Sequence[Assessment]:
        """All of a person, the newest first."""

    def list_latest(self, until: datetime | None = None) -> Sequence[Assessment]:
        """The newest of everybody (made before `until`), by 職員番号."""

    def save_plan(self, person_id: str, items: Sequence[PlanItem]) -> None:
        """The person's plan, in order, in the place of an earlier one."""

    def list_plan(self, person_id: str) -> Sequence[PlanItem]:
        """The person's plan, in order; empty when none was taken on."""

    def tick(self, person_id: str, resource_id: str, done_on: date | None) -> bool:
        """Mark a step done, or open again; False when it is not in the plan."""

    def count_demand(self) -> Sequence[tuple[str, int]]:
        """How many people have each resource open in their plan, as (resource, people), most wanted first."""

    def share(self, person_id: str, at: datetime) -> None:
        """Let the person's 所属長 see their levels from now on."""

    def stop_sharing(self, person_id: str) -> None:
        """Let nobody see them any more; the comments of 所属長 go."""

    def shared_since(self, person_id: str) -> datetime | None:
        """Since when the person shares; None when they don't."""

    def add_comment(self, comment: Comment) -> None:
        """Keep what a 所属長 wrote."""

    def list_comments(self, person_id: str) -> Sequence[Comment]:
        """What was written to a person, the newest first."""

    def add_trainings(self, trainings: Iterable[Training]) -> int:
        """Keep trainings; those known already are left as they are. Returns how many are new."""

    def list_trainings(self, person_id: str) -> Sequence[Training]:
        """A person's trainings, the newest first."""

    def save_profile(self, profile: ExpertProfile) -> None:
        """Show somebody as an expert, in the place of what they showed before."""

    def remove_profile(self, person_id: str) -> bool:
        """Show them no longer; False when they were not shown."""

    def find_profile(self, person_id: str) -> ExpertProfile | None:
        """What somebody shows."""

    def list_profiles(self) -> Sequence[ExpertProfile]:
        """Everybody who is shown, by 職員番号."""
