"""People, departments and roles."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from pydantic import BaseModel, ConfigDict


class Role(StrEnum):
    """What a person may do in this product, beyond being a member of staff."""

    STAFF = "staff"
    LEADER = "leader"
    MANAGER = "manager"
    HR = "hr"
    AUDITOR = "auditor"
    OPERATOR = "operator"

    @property
    def label(self) -> str:
        """The Japanese name shown to people."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.STAFF: "職員",
    Role.LEADER: "DX推進リーダー",
    Role.MANAGER: "所属長（DX推進マネージャー）",
    Role.HR: "職員課",
    Role.AUDITOR: "監査",
    Role.OPERATOR: "デジタル推進室",
}


def email_key(email: str) -> str:
    """The form in which two spellings of one address are equal."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


class Department(BaseModel):
    """A 課 (with its 部 as parent) or a 部 (no parent), in force from `valid_from` until before `valid_until`.

    `successors` (ids) took its work over when it ended: one where it was renamed or merged, several where it was split,
    the first of them in charge of what cannot be divided.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    parent_id: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    successors: tuple[str, ...] = ()

    def in_force(self, day: date) -> bool:
        """Whether the department exists on `day`."""
        began = self.valid_from is None or self.valid_from <= day
        return began and (self.valid_until is None or day < self.valid_until)


class Post(BaseModel):
    """A person's place in one department, with the roles held there."""

    model_config = ConfigDict(frozen=True)

    department_id: str
    roles: frozenset[Role] = frozenset({Role.STAFF})


class Person(BaseModel):
    """A member of staff. `id` is the 職員番号, always text; the first post is the main one, the rest are 兼務."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    email: str
    posts: tuple[Post, ...]
    synthetic: bool = False

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held in any post."""
        return frozenset(role for post in self.posts for role in post.roles)

    @property
    def main_role(self) -> Role:
        """The role that says most about what the person may do: Role lists them by weight."""
        weight = list(Role).index
        return max(self.roles, key=weight, default=Role.STAFF)

    @property
    def department_id(self) -> str:
        """The main post's department."""
        return self.posts[0].department_id


@dataclass(frozen=True)
class Roster:
    """The whole directory at one time: departments in the city's own order, people by 職員番号."""

    departments: tuple[Department, ...]
    people: tuple[Person, ...]

    @cached_property
    def department_names(self) -> Mapping[str, str]:
        """Each department's id with its name, a 課 as 部/課."""
        by_id = {department.id: department for department in self.departments}
        return {id_: department_name(department, by_id) for id_, department in by_id.items()}


def department_name(department: Department, by_id: Mapping[str, Department]) -> str:
    """部/課, or the 部 alone."""
    parent = by_id.get(department.parent_id or "")
    return f"{parent.name}/{department.name}" if parent else department.name
