"""Reading a framework and its catalogue from YAML: what ships, or the city's own folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.texts.ja import skills as texts
from bot.written.records import RecordError, read_record
from surveys.skills.catalogue import Catalogue, unknown_skills
from surveys.skills.framework import Framework, vanished

SHIPPED = Path(__file__).parents[1] / "content" / "skills"
FRAMEWORK, CATALOGUE = "framework.yaml", "catalogue.yaml"


@dataclass(frozen=True)
class SkillSet:
    """A framework with what staff can learn from."""

    framework: Framework
    catalogue: Catalogue


def read_skill_set(folder: Path = SHIPPED, last: Framework | None = None) -> SkillSet:
    """The framework and catalogue in a folder, checked against each other and against the `last` version in use.

    Raises RecordError with a line for every mistake; what was in use before stays.
    """
    found = SkillSet(read_record(folder / FRAMEWORK, Framework), read_record(folder / CATALOGUE, Catalogue))
    errors = [f"{CATALOGUE}: {line}" for line in unknown_skills(found.catalogue, found.framework)]
    if last and (gone := vanished(found.framework, last)):
        errors.append(f"{FRAMEWORK}: {texts.vanished(gone)}")
    if errors:
        raise RecordError(errors)
    return found
