"""A city that assessed itself three times, the last round published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from staff.demo import synthetic_city
from storage.database import open_database
from storage.migrations import migrate
from storage.stores import SqlStores
from surveys.publishing import publish_round
from surveys.skills import demo
from surveys.skills.asking import SURVEY_ID
from surveys.skills.reading import SkillSet, read_skill_set

TODAY = date(2026, 11, 24)
SKILLS = ("sheet", "security")


def small() -> SkillSet:
    """The shipped skill set with two skills only: publishing all would take longer than a test may."""
    shipped = read_skill_set()
    kept = tuple(
        skill.model_copy(update={"requires": ()}) for skill in shipped.framework.skills if skill.id in SKILLS
    )
    return shipped.model_copy(update={"framework": shipped.framework.model_copy(update={"skills": kept})})


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStores]:
    """A city of 400 with three rounds, the last one published."""
    path: Path = tmp_path_factory.mktemp("skills") / "city.db"
    with open_database(f"sqlite:///{path}") as database, pytest.MonkeyPatch.context() as patch:
        migrate(database)
        stores = SqlStores(database)
        stores.directory.save(*synthetic_city(400, 1), [])
        patch.setattr(demo, "read_skill_set", small)
        assert len(demo.fill_skills(stores, TODAY, 1)) == 3
        last = stores.surveys.list_rounds(survey_id=SURVEY_ID)[-1]
        assert publish_round(last, stores.surveys, stores.publications, last.closes_at)
        yield stores
