"""What somebody asks to have as a file: checked, and who may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.texts.ja import export as texts
from bot.written.personal_number import holds_personal_number
from staff.permissions import Permission

LONGEST_PURPOSE = 100


class ExportError(Exception):
    """What is asked for cannot be made; the text says why and what to do."""


class What(StrEnum):
    """Which results."""

    SKILLS = "skills"
    TELEWORK = "telework"


class Level(StrEnum):
    """Which view of them."""

    AGGREGATE = "aggregate"
    HISTORY = "history"
    PLAN = "plan"
    INDIVIDUAL = "individual"
    TEXTS = "texts"


# The purpose notice of the self-assessment lets 職員課 see who can do what alone; those of telework name nobody.
NEEDED: Mapping[tuple[What, Level], Permission] = {
    (What.SKILLS, Level.AGGREGATE): Permission.EXPORT_MAKE,
    (What.SKILLS, Level.HISTORY): Permission.EXPORT_MAKE,
    (What.SKILLS, Level.PLAN): Permission.EXPORT_MAKE,
    (What.SKILLS, Level.INDIVIDUAL): Permission.EXPORT_PEOPLE,
    (What.TELEWORK, Level.AGGREGATE): Permission.EXPORT_MAKE,
    (What.TELEWORK, Level.HISTORY): Permission.EXPORT_MAKE,
    (What.TELEWORK, Level.TEXTS): Permission.EXPORT_TEXTS,
}


_NOT_MADE = {
    Level.INDIVIDUAL: texts.NO_ROWS,
    Level.PLAN: texts.NO_PLAN,
    Level.TEXTS: texts.NO_TEXTS,
}


@dataclass(frozen=True)
class Wanted:
    """What is asked for. An empty `round_id` is the newest published round."""

    what: What
    level: Level
    purpose: str
    round_id: str = ""

    @property
    def needs(self) -> Permission:
        """What somebody must be allowed to. Raises ExportError for a view that there is not."""
        if (self.what, self.level) not in NEEDED:
            raise ExportError(_NOT_MADE[self.level])
        return NEEDED[self.what, self.level]


def read_wanted(what: str, level: str, purpose: str, round_id: str = "") -> Wanted:
    """What was typed or chosen. Raises ExportError saying what to mend."""
    if what not in list(What):
        raise ExportError(texts.NO_SUCH_WHAT)
    if level not in list(Level):
        raise ExportError(texts.NO_SUCH_LEVEL)
    clean = " ".join(purpose.split())
    if not clean:
        raise ExportError(texts.PURPOSE_EMPTY)
    if len(clean) > LONGEST_PURPOSE or not clean.isprintable():
        raise ExportError(texts.PURPOSE_LONG.format(most=LONGEST_PURPOSE))
    if holds_personal_number(clean):
        raise ExportError(texts.PERSONAL_NUMBER)
    wanted = Wanted(What(what), Level(level), clean, round_id.strip())
    _ = wanted.needs
    return wanted
