"""Reading a framework and its catalogue from YAML: what ships, or the city's own folder."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from bot.texts.ja import skills as texts
from bot.written.records import RecordError, read_record
from surveys.skills.catalogue import Catalogue, unknown_skills
from surveys.skills.framework import Framework, vanished

SHIPPED = Path(__file__).parents[1] / "content" / "skills"
FRAMEWORK, CATALOGUE = "framework.yaml", "catalogue.yaml"


class SkillSet(BaseModel):
    """A framework with what staff can learn from."""

    model_config = ConfigDict(frozen=True)

    framework: Framework
    catalogue: Catalogue


class SkillSets(Protocol):
    """Every skill set the city took into use."""

    def add_set(self, body: str, at: datetime) -> int:
        """Take a skill set into use, as JSON; returns its number, counted from 1."""

    def newest_number(self) -> int:
        """The number of the one in use; 0 while it is the one that ships."""

    def find_set(self, number: int) -> str:
        """One of them as JSON. Raises KeyError."""


def read_skill_set(folder: Path = SHIPPED, last: Framework | None = None) -> SkillSet:
    """The framework and catalogue in a folder, checked against each other and against the `last` version in use.

    Raises RecordError with a line for every mistake; what was in use before stays.
    """
    found = SkillSet(
        framework=read_record(folder / FRAMEWORK, Framework),
        catalogue=read_record(folder / CATALOGUE, Catalogue),
    )
    errors = [f"{CATALOGUE}: {line}" for line in unknown_skills(found.catalogue, found.framework)]
    if last and (gone := vanished(found.framework, last)):
        errors.append(f"{FRAMEWORK}: {texts.vanished(gone)}")
    if errors:
        raise RecordError(errors)
    return found


def skill_set_in_use(store: SkillSets) -> SkillSet:
    """The newest skill set of the city, or the one that ships."""
    number = store.newest_number()
    return _parsed(store.find_set(number)) if number else _shipped()


@lru_cache(maxsize=2)
def _parsed(body: str) -> SkillSet:
    return SkillSet.model_validate_json(body)


@lru_cache(maxsize=1)
def _shipped() -> SkillSet:
    return read_skill_set()
