"""The framework and catalogue that ship: whole, asked in five minutes, and leading everywhere."""

from __future__ import annotations

import pytest

from surveys.skills.framework import HIGHEST_BY_CHECK
from surveys.skills.reading import read_skill_set
from surveys.skills.roadmap import plan_roadmap

SHIPPED = read_skill_set()
TIERS = [tier.id for tier in SHIPPED.framework.tiers]


def test_it_is_short_enough_for_five_minutes() -> None:
    assert len(SHIPPED.framework.skills) <= 24
    assert all(len(skill.checks) <= 4 for skill in SHIPPED.framework.skills)
    rated = [skill for skill in SHIPPED.framework.skills if not skill.checks]
    checked = [check for skill in SHIPPED.framework.skills for check in skill.checks]
    read = [text for skill in rated for text in (skill.name, *skill.anchors)] + [one.text for one in checked]
    assert sum(map(len, read)) <= 2000


def test_anchors_are_fit_for_every_channel_and_say_what_one_does() -> None:
    for skill in SHIPPED.framework.skills:
        assert len(set(skill.anchors)) == 5
        assert all(6 <= len(anchor) <= 17 for anchor in skill.anchors), skill.name


@pytest.mark.parametrize("tier", TIERS)
def test_from_nothing_every_target_can_be_reached(tier: str) -> None:
    levels = {skill.id: 0 for skill in SHIPPED.framework.skills}
    roadmap = plan_roadmap(SHIPPED.framework, SHIPPED.catalogue, levels, tier)
    assert roadmap.missing == ()
    assert roadmap.steps


def test_security_and_personal_data_are_checked_not_rated() -> None:
    checked = {skill.id for skill in SHIPPED.framework.skills if skill.checks}
    assert checked == {"security", "personal-data"}
    for skill in SHIPPED.framework.skills:
        if skill.checks:
            assert {check.answer for check in skill.checks} == {True, False}
            assert [skill.level_by_checks(right) for right in range(5)] == [0, 0, 1, 2, HIGHEST_BY_CHECK]
