"""The catalogue: what staff can learn from, which levels it raises, and when it is held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import AwareDatetime, Field, model_validator

from bot.texts.ja import skills as texts
from surveys.skills.framework import Framework, Frozen, Id, LevelNumber


class Kind(StrEnum):
    """How one learns."""

    COURSE = "course"
    ONLINE = "online"
    READING = "reading"
    PRACTICE = "practice"
    SHADOW = "shadow"


class Raise(Frozen):
    """Takes a skill from level `from_` (or above) to level `to`."""

    skill: Id
    from_: LevelNumber = Field(alias="from")
    to: Annotated[int, Field(ge=1, le=4)]

    @model_validator(mode="after")
    def _upwards(self) -> Raise:
        if self.to <= self.from_:
            raise ValueError(texts.raise_downwards(self.skill, self.from_, self.to))
        return self


class Session(Frozen):
    """A date on which a course is held; `seats` None when there is no limit, `taken` those given away already.

    `departments` are the names of the 課 it is meant for; none means all.
    """

    starts_at: AwareDatetime
    ends_at: AwareDatetime
    place: str = ""
    seats: Annotated[int, Field(ge=1)] | None = None
    taken: Annotated[int, Field(ge=0)] = 0
    departments: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _forwards(self) -> Session:
        if self.ends_at <= self.starts_at:
            raise ValueError(texts.SESSION_BACKWARDS)
        if self.seats is not None and self.taken > self.seats:
            raise ValueError(texts.session_overfull(self.taken, self.seats))
        return self

    @property
    def left(self) -> int | None:
        """The seats that are free; None when there is no limit."""
        return None if self.seats is None else self.seats - self.taken


class Resource(Frozen):
    """Something to learn from. `hours` are a guide; `link` is where it is found, if it has a place; `apply` how one applies."""

    id: Id
    title: Annotated[str, Field(min_length=1, max_length=100)]
    kind: Kind
    hours: Annotated[float, Field(gt=0, le=500)]
    raises: Annotated[tuple[Raise, ...], Field(min_length=1)]
    link: str = ""
    apply: Annotated[str, Field(max_length=100)] = ""
    sessions: tuple[Session, ...] = ()

    def upcoming(self, now: datetime) -> tuple[Session, ...]:
        """Its dates that have not begun, the next first."""
        return tuple(
            sorted((one for one in self.sessions if one.starts_at > now), key=lambda one: one.starts_at)
        )


class Catalogue(Frozen):
    """All resources."""

    resources: tuple[Resource, ...]

    @model_validator(mode="after")
    def _unique(self) -> Catalogue:
        ids = [one.id for one in self.resources]
        if twice := [id_ for id_ in dict.fromkeys(ids) if ids.count(id_) > 1]:
            raise ValueError("\n".join(texts.id_twice(texts.RESOURCE, id_) for id_ in twice))
        return self

    @cached_property
    def by_id(self) -> Mapping[str, Resource]:
        """The resources by id."""
        return {one.id: one for one in self.resources}

    @cached_property
    def by_skill(self) -> Mapping[str, tuple[Resource, ...]]:
        """The resources that raise each skill."""
        found: dict[str, list[Resource]] = {}
        for resource in self.resources:
            for one in resource.raises:
                found.setdefault(one.skill, []).append(resource)
        return {skill: tuple(resources) for skill, resources in found.items()}


def unknown_skills(catalogue: Catalogue, framework: Framework) -> list[str]:
    """A sentence for each resource that raises a skill the framework does not have."""
    return [
        texts.unknown_raise(resource.title, one.skill)
        for resource in catalogue.resources
        for one in resource.raises
        if one.skill not in framework.by_id
    ]
