"""What initiatives ask of storage, and which stand: a pack's own, unless people changed them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from knowledge.editing.store import LAST
from knowledge.initiatives.initiative import Initiative, InitiativeVersion
from knowledge.initiatives.progress import ProgressReport


class Overtaken(Exception):
    """Somebody else saved in the meantime: what was to follow the newest does so no more."""


class InitiativeStore(Protocol):
    """Initiatives in every version, and their reports. Nothing is changed or removed."""

    def save_version(self, version: InitiativeVersion) -> None:
        """Add the version that follows the newest. Raises Overtaken."""

    def list_versions(
        self, initiative_id: str, newest: int = LAST, limit: int = LAST
    ) -> Sequence[InitiativeVersion]:
        """An initiative's versions from the number `newest` down, at most `limit` of them, the newest first."""

    def find_latest(self, initiative_id: str) -> InitiativeVersion | None:
        """The newest version of one initiative, if people changed it."""

    def list_latest(self) -> Sequence[InitiativeVersion]:
        """The newest version of each initiative that people changed, by id."""

    def add_report(self, report: ProgressReport) -> None:
        """Add the report that follows the newest. Raises Overtaken."""

    def list_reports(self, initiative_id: str, limit: int = 100) -> Sequence[ProgressReport]:
        """An initiative's reports, the newest first."""

    def list_all_reports(self, each: int = 12) -> Mapping[str, Sequence[ProgressReport]]:
        """The newest reports of every initiative, the newest first."""


def merge_initiatives(packs: Iterable[Initiative], latest: Iterable[InitiativeVersion]) -> list[Initiative]:
    """The initiatives that stand: the packs' in their order, changed ones in their place, then the added ones."""
    changed = {version.initiative.id: version.initiative for version in latest}
    standing = [changed.pop(initiative.id, initiative) for initiative in packs]
    return [*standing, *changed.values()]
