"""Whom each training could take a step further, from published figures, beside the seats to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from surveys.disclosure import Publication, Table
from surveys.skills.asking import TIER
from surveys.skills.catalogue import Catalogue, Raise, Resource
from surveys.skills.city_map import at_least
from surveys.skills.framework import Framework


@dataclass(frozen=True)
class Demand:
    """A resource with `people`: respondents below their tier's target whom it takes further, of tiers whose figures are shown.

    `at_least` when others are hidden. `seats` None: no limit; `dated`: whether it is held at all.
    """

    resource: Resource
    people: int
    at_least: bool
    seats: int | None
    dated: bool


def training_demand(
    framework: Framework, catalogue: Catalogue, publications: Sequence[Publication], now: datetime
) -> list[Demand]:
    """For each resource that raises a rated skill with published figures, most people first."""
    tables = {
        table.question: table
        for publication in publications
        for table in publication.tables
        if table.by == (TIER,)
    }
    rated = {skill.id for skill in framework.skills if not skill.checks}
    found = []
    for resource in catalogue.resources:
        counts = [
            _raised(framework, one, tables[one.skill])
            for one in resource.raises
            if one.skill in tables and one.skill in rated
        ]
        if counts:
            people, hidden = max(counts)
            upcoming = resource.upcoming(now)
            seats = [session.seats for session in upcoming]
            known = None if None in seats else sum(one or 0 for one in seats)
            found.append(Demand(resource, people, hidden, known, bool(upcoming)))
    return sorted(found, key=lambda one: -one.people)


def _raised(framework: Framework, one: Raise, table: Table) -> tuple[int, bool]:
    """How many it takes further towards their target, and whether a tier is missing."""
    people, hidden = 0, False
    for tier in framework.tiers:
        target = framework.by_id[one.skill].targets[tier.id]
        top = min(one.to, target)
        row = next((row for row in table.rows if row.members == (tier.id,)), None)
        if top <= one.from_ or row is None or not row.base:
            hidden |= top > one.from_ and row is not None and row.base is None
            continue
        from_here = row.base if one.from_ == 0 else at_least(table, row, one.from_)
        beyond = at_least(table, row, top)
        if from_here is None or beyond is None:
            hidden = True
        else:
            people += from_here - beyond
    return people, hidden
