"""Whose articles somebody may change and decide on: everybody's for デジタル推進室, their own 課's for leaders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.texts.ja import editing as texts
from knowledge.visibility import HOST, Viewer
from staff.model import Department, Person
from staff.permissions import NotAllowed, Permission, allowed, own_departments, require
from staff.succession import names_in_charge


@dataclass(frozen=True)
class Editor:
    """Somebody at work on the knowledge. `by` is what versions and the audit log call them.

    `person` is None for somebody the directory does not know; `on_host` is the operator at the command line.
    """

    by: str
    person: Person | None = None
    departments: Sequence[Department] = ()
    on_host: bool = False

    @property
    def viewer(self) -> Viewer:
        """What they see of the knowledge; the operator at the command line sees all of it."""
        return HOST if self.on_host else Viewer.of(self.person, self.departments)

    def may_change(self, owner: str) -> bool:
        """Whether they may change, approve or reject what belongs to `owner`, a 課 by name."""
        if self.on_host or allowed(self.person, Permission.KNOWLEDGE_EDIT):
            return True
        return allowed(self.person, Permission.KNOWLEDGE_EDIT_OWN) and owner in self._own_names()

    @property
    def holds_own(self) -> bool:
        """Whether there is a 課 whose articles they may change."""
        return bool(self._own_names())

    def require_change(self, owner: str) -> None:
        """Raise NotAllowed, saying who may, unless they may change what belongs to `owner`."""
        if self.may_change(owner):
            return
        if self.person is None:
            require(None, Permission.KNOWLEDGE_EDIT)
        raise NotAllowed(texts.not_yours(owner))

    def require(self, permission: Permission) -> None:
        """Raise NotAllowed unless they have the permission; the operator at the command line has them all."""
        if not self.on_host:
            require(self.person, permission)

    def _own_names(self) -> frozenset[str]:
        return names_in_charge(own_departments(self.person, Permission.KNOWLEDGE_EDIT_OWN), self.departments)
