"""Roadmaps of any framework and catalogue: nothing reached is suggested, no prerequisite broken, the target or what is missing."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from surveys.skills.catalogue import Catalogue, Kind, Raise, Resource
from surveys.skills.framework import Area, Framework, Level, Requirement, Skill, Tier
from surveys.skills.roadmap import Roadmap, list_gaps, plan_roadmap

IDS = [f"s{number}" for number in range(6)]


def framework_of(targets: list[int], requires: dict[int, list[Requirement]]) -> Framework:
    skills = tuple(
        Skill(
            id=id_,
            area="a",
            name=f"スキル{id_}",
            anchors=("あ", "い", "う", "え", "お"),
            targets={"t": target},
            requires=tuple(requires.get(number, ())),
        )
        for number, (id_, target) in enumerate(zip(IDS, targets, strict=True))
    )
    levels = tuple(Level(level=number, label=f"段階{number}") for number in range(5))
    return Framework(
        id="f",
        version="1",
        title="枠組み",
        levels=levels,
        tiers=(Tier(id="t", label="区分"),),
        areas=(Area(id="a", label="分野"),),
        skills=skills,
    )


_RAISES = st.builds(
    lambda skill, ends: Raise(skill=skill, from_=min(ends), to=max(ends)),
    st.sampled_from(IDS),
    st.lists(st.integers(0, 4), min_size=2, max_size=2, unique=True),
)
_CATALOGUES = st.lists(
    st.tuples(st.lists(_RAISES, min_size=1, max_size=3), st.integers(1, 20)), max_size=25
).map(
    lambda found: Catalogue(
        resources=tuple(
            Resource(
                id=f"r{number}", title=f"学び{number}", kind=Kind.COURSE, hours=hours, raises=tuple(raises)
            )
            for number, (raises, hours) in enumerate(found)
        )
    )
)
_REQUIRES = st.dictionaries(
    st.integers(0, 5),
    st.lists(
        st.builds(
            lambda skill, level, at: Requirement(skill=skill, level=level, from_=at),
            st.sampled_from(IDS),
            st.integers(1, 4),
            st.integers(1, 4),
        ),
        max_size=2,
    ),
)
_LEVELS = st.dictionaries(st.sampled_from(IDS), st.integers(0, 4))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Framework, Catalogue, dict[str, int]]:
    targets = draw(st.lists(st.integers(0, 4), min_size=6, max_size=6))
    try:
        framework = framework_of(targets, draw(_REQUIRES))
    except ValidationError:  # circular prerequisites are refused when a framework is read
        assume(False)
        raise
    return framework, draw(_CATALOGUES), draw(_LEVELS)


def walk(framework: Framework, roadmap: Roadmap, levels: dict[str, int]) -> dict[str, int]:
    """Go the way step by step, checking each, and return the levels at its end."""
    now = dict(levels)
    for step in roadmap.steps:
        assert step.gains, "a step that raises nothing was suggested"
        before = dict(now)
        for gain in step.gains:
            assert before.get(gain.skill, 0) == gain.level < gain.to
            for need in framework.by_id[gain.skill].needs(gain.to):
                assert before.get(need.skill, 0) >= need.level
            now[gain.skill] = gain.to
    return now


@given(cases())
@settings(max_examples=300, deadline=None)
def test_the_way_is_sound_and_ends_at_the_target_or_says_what_is_missing(
    case: tuple[Framework, Catalogue, dict[str, int]],
) -> None:
    framework, catalogue, levels = case
    roadmap = plan_roadmap(framework, catalogue, levels, "t")
    at_the_end = walk(framework, roadmap, levels)
    missing = {gain.skill for gain in roadmap.missing}
    for gap in list_gaps(framework, levels, "t"):
        assert (at_the_end[gap.skill.id] >= gap.target) == (gap.skill.id not in missing)


@given(cases())
@settings(max_examples=100, deadline=None)
def test_what_is_missing_is_missing_in_the_catalogue(
    case: tuple[Framework, Catalogue, dict[str, int]],
) -> None:
    framework, catalogue, levels = case
    roadmap = plan_roadmap(framework, catalogue, levels, "t")
    for gain in roadmap.missing:
        leads_on = [
            one
            for resource in catalogue.by_skill.get(gain.skill, ())
            for one in resource.raises
            if one.skill == gain.skill and one.from_ <= gain.level < one.to
        ]
        unmet = [need for one in leads_on for need in framework.by_id[gain.skill].needs(one.to)]
        assert not leads_on or unmet, "a resource without prerequisites leads on"


@given(cases(), st.sets(st.sampled_from([f"r{number}" for number in range(25)])))
@settings(max_examples=50, deadline=None)
def test_what_is_to_be_avoided_is_not_suggested(
    case: tuple[Framework, Catalogue, dict[str, int]], avoided: set[str]
) -> None:
    framework, catalogue, levels = case
    roadmap = plan_roadmap(framework, catalogue, levels, "t", avoided)
    assert not avoided & {step.resource.id for step in roadmap.steps}


def test_a_resource_that_leads_too_far_does_not_go_round_in_circles() -> None:
    framework = framework_of(
        [2, 0, 0, 0, 0, 0],
        {
            0: [Requirement(skill="s1", level=1, from_=2)],
            1: [Requirement(skill="s0", level=2, from_=3)],
        },
    )
    far = Resource(
        id="far", title="遠くまで", kind=Kind.COURSE, hours=1, raises=(Raise(skill="s1", from_=0, to=3),)
    )
    own = Resource(
        id="own", title="自分", kind=Kind.COURSE, hours=1, raises=(Raise(skill="s0", from_=0, to=2),)
    )
    roadmap = plan_roadmap(framework, Catalogue(resources=(far, own)), {"s0": 0}, "t")
    assert roadmap.steps == ()
    assert [(gain.skill, gain.level, gain.to) for gain in roadmap.missing] == [("s0", 0, 2)]
