"""What people took on to learn, and which trainings they attended (part of surveys.skills.store.SkillStore)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from storage.session import Row, Session, Tx
from surveys.skills.assessment import PlanItem, Training

_ADD_ITEM = """
insert into skill_plans (person_id, resource_id, position, accepted_on, done_on)
values (:person, :resource, :position, :accepted_on, :done_on)
"""
_TICK = """
update skill_plans set done_on = :done_on where person_id = :person and resource_id = :resource
returning resource_id
"""
_DEMAND = """
select resource_id, count(*) as people from skill_plans where done_on is null
group by resource_id order by people desc, resource_id
"""
_ADD_TRAINING = """
insert into trainings (person_id, attended_on, title, resource_id) values (:person, :attended_on, :title, :resource)
on conflict (person_id, attended_on, title) do nothing
returning person_id
"""


class SkillPlanTables:
    """Plans as one row a step, trainings as one row each."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save_plan(self, person_id: str, items: Sequence[PlanItem]) -> None:
        """The person's plan, in order, in the place of an earlier one."""

        def work(tx: Tx) -> None:
            tx.query("delete from skill_plans where person_id = :person", {"person": person_id})
            tx.query_many(_ADD_ITEM, [_row(person_id, place, item) for place, item in enumerate(items)])

        self._session.transaction(work)

    def list_plan(self, person_id: str) -> list[PlanItem]:
        """The person's plan, in order."""
        sql = "select * from skill_plans where person_id = :person order by position"
        return [_item(row) for row in self._session.query(sql, {"person": person_id})]

    def tick(self, person_id: str, resource_id: str, done_on: date | None) -> bool:
        """Mark a step done, or open again; False when it is not in the plan."""
        row = {
            "person": person_id,
            "resource": resource_id,
            "done_on": done_on.isoformat() if done_on else None,
        }
        return bool(self._session.transaction(lambda tx: tx.query(_TICK, row)))

    def count_demand(self) -> list[tuple[str, int]]:
        """How many people have each resource open in their plan, most wanted first."""
        return [(row["resource_id"], int(row["people"])) for row in self._session.query(_DEMAND)]

    def add_trainings(self, trainings: Iterable[Training]) -> int:
        """Keep trainings; those known already are left as they are. Returns how many are new."""
        rows: list[Row] = [
            {
                "person": one.person_id,
                "attended_on": one.attended_on.isoformat(),
                "title": one.title,
                "resource": one.resource_id,
            }
            for one in trainings
        ]
        return self._session.transaction(lambda tx: sum(len(tx.query(_ADD_TRAINING, row)) for row in rows))

    def list_trainings(self, person_id: str) -> list[Training]:
        """A person's trainings, the newest first."""
        sql = "select * from trainings where person_id = :person order by attended_on desc, title"
        return [
            Training(
                person_id=row["person_id"],
                title=row["title"],
                attended_on=date.fromisoformat(row["attended_on"]),
                resource_id=row["resource_id"],
            )
            for row in self._session.query(sql, {"person": person_id})
        ]


def _row(person_id: str, place: int, item: PlanItem) -> Row:
    return {
        "person": person_id,
        "resource": item.resource_id,
        "position": place,
        "accepted_on": item.accepted_on.isoformat(),
        "done_on": item.done_on.isoformat() if item.done_on else None,
    }


def _item(row: Row) -> PlanItem:
    return PlanItem(
        resource_id=row["resource_id"],
        accepted_on=date.fromisoformat(row["accepted_on"]),
        done_on=date.fromisoformat(row["done_on"]) if row["done_on"] else None,
    )
