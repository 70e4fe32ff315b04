"""Which surveys can be opened by name: those that ship as files, and the self-assessment over the framework in use."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services import Stores
from surveys.definition import Definition
from surveys.loading import list_surveys, load_definition
from surveys.skills.asking import SURVEY_ID, survey_of
from surveys.skills.reading import skill_set_in_use


def definition_named(name: str, stores: Stores) -> Definition:
    """A survey by its name or file. Raises DefinitionError."""
    if name == SURVEY_ID:
        return survey_of(skill_set_in_use(stores.skills).framework)
    return load_definition(name)


def named_surveys(stores: Stores) -> Sequence[tuple[str, str]]:
    """Each survey that has a name, with its title."""
    return [(name, definition_named(name, stores).title) for name in (*list_surveys(), SURVEY_ID)]
