"""Small random cities that assessed themselves: levels by 課, 部 and tier, numbers of 課, and people who are glad to be asked."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any

import numpy as np

from bench.disclosure import insider_of, scene_of
from bench.disclosure_attack import Attack
from bench.disclosure_city import Case, one_of
from bench.disclosure_kept import Score
from bench.harness import Result
from surveys.disclosure import (
    CITY,
    DIVISION,
    SECTION,
    Answers,
    Attribute,
    Declared,
    Microdata,
    Presence,
    Publication,
    PublicKnowledge,
    Question,
    Section,
    publish,
)

CITIES = 60
TIER = "tier"
LEVELS = ("0", "1", "2", "3", "4")
ABLE = frozenset(LEVELS[3:])
_TELLING = 0.15
_OPTIONS = (("目標未満", LEVELS[:2]), ("目標以上", LEVELS[2:]))
Changed = Callable[[dict[str, Any], Case], dict[str, Any]]


def measure() -> Result:
    """Attack cities as published, and the same with every number of 課 as it is."""
    cities = int(os.environ.get("DXBOT_BENCH_CITIES", CITIES))
    rows = []
    with ProcessPoolExecutor(2) as pool:
        for name, change in (("ranges (ours)", None), ("exact numbers", exact)):
            scores = list(pool.map(partial(attack, change=change), range(cities)))
            print(f"{name}: {cities} cities", file=sys.stderr)
            opened = sum(one.violations > 0 for one in scores)
            total = (sum(one.attacked for one in scores), sum(one.violations for one in scores))
            rows.append((name, cities, *total, opened))
    columns = ("numbers of 課", "cities", "counts attacked", "violations", "cities opened")
    return Result("skills-disclosure", "Skills: everything published, under attack", columns, tuple(rows))


def attack(seed: int, change: Changed | None = None) -> Score:
    """One city, by an outsider and two respondents; all of them have read every finder profile and take its levels as known."""
    case = skills_case(seed)
    answer = publish(case.microdata, case.declared, [], case.public, presences=case.presences)
    if not isinstance(answer, Publication):
        raise TypeError(answer.reason)
    read = answer.model_dump(mode="json")
    told = Publication.model_validate(change(read, case) if change else read).model_dump_json()
    scene = scene_of(case)
    attacker = Attack(scene, [told])
    chance = np.random.default_rng(seed)
    people = [insider_of(case, int(chance.integers(len(case.microdata.section)))) for _ in range(2)]
    found = [attacker.findings(who) for who in (None, *people)]
    return Score(sum(count for count, _ in found), sum(len(some) for _, some in found))


def exact(published: dict[str, Any], case: Case) -> dict[str, Any]:
    """The numbers themselves in the place of the ranges."""
    microdata = case.microdata
    counts = {one["question"]: _able(microdata, one["question"]) for one in published["present"]}
    for one in published["present"]:
        able = counts[one["question"]]
        one["some"] = _only(int((able > 0).sum()))
        one["alone"] = _only(int((able == 1).sum()))
    for each in published["reliance"]:
        inside = np.array([section.division == each["division"] for section in microdata.sections])
        each["pairs"] = _only(sum(int((able[inside] == 1).sum()) for able in counts.values()))
    return published


def skills_case(seed: int) -> Case:
    """A city of 2 or 3 部 with 2 to 6 課 each, two skills and a tier; the same seed gives the same city."""
    chance = np.random.default_rng([seed, 6])
    sections = tuple(
        Section(f"{division}-{place}", f"部{division}")
        for division in range(chance.integers(2, 4))
        for place in range(chance.integers(2, 7))
    )
    heads = np.maximum(2, chance.lognormal(chance.uniform(1.8, 3.2), 0.6, len(sections)).astype(int))
    answered = np.maximum(1, chance.binomial(heads, chance.uniform(0.5, 0.95)))
    section = np.repeat(np.arange(len(sections)), answered)
    count = len(section)
    tier = one_of(chance, np.ones(count, dtype=bool), np.tile([0.7, 0.15, 0.15], (count, 1)))
    talent = chance.normal(0, 0.6, len(sections))[section] + 0.8 * tier[:, 1] + 1.5 * tier[:, 2]
    answers = [Answers(Question(TIER, ("general", "leader", "expert")), tier)]
    for number in range(2):
        level = np.clip(np.rint(talent + chance.normal(chance.uniform(0.3, 1.6), 0.8, count)), 0, 4).astype(
            int
        )
        ticks = np.eye(len(LEVELS), dtype=bool)[level] & (chance.random(count) < 0.95)[:, None]
        answers.append(Answers(Question(f"技{number}", LEVELS), ticks))
    codes = tier.argmax(axis=1).astype(np.int64)
    microdata = Microdata(
        f"技量{seed}",
        sections,
        section,
        (Attribute(TIER, answers[0].question.options, codes, TIER),),
        tuple(answers),
    )
    skills = [one.question.id for one in answers[1:]]
    declared = [Declared(TIER, (CITY,))]
    for skill in skills:
        declared += [
            Declared(skill, (CITY,)),
            Declared(skill, (DIVISION,)),
            Declared(skill, (SECTION,), _OPTIONS),
        ]
        declared.append(Declared(skill, (TIER,)))
    public = PublicKnowledge(
        {one.id: int(head) for one, head in zip(sections, heads, strict=True)},
        {one.id: int(number) for one, number in zip(sections, answered, strict=True)},
        _told(chance, microdata, skills),
    )
    return Case(microdata, tuple(declared), public, tuple(Presence(skill, ABLE) for skill in skills))


def _told(
    chance: np.random.Generator, microdata: Microdata, skills: list[str]
) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    """Of those who can work alone some offer to be asked, and the attacker takes their level as known."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for skill in skills:
        ticks = microdata.of(skill).ticks
        for person in np.flatnonzero(ticks[:, 3:].any(axis=1) & (chance.random(len(ticks)) < _TELLING)):
            home = microdata.sections[microdata.section[person]].id
            level = LEVELS[int(ticks[person].argmax())]
            here = found.setdefault(skill, {}).setdefault(home, {})
            here[level] = here.get(level, 0) + 1
    return found


def _able(microdata: Microdata, skill: str) -> np.ndarray:
    held = microdata.of(skill).ticks[:, 3:].any(axis=1)
    return np.bincount(microdata.section[held], minlength=len(microdata.sections))


def _only(number: int) -> dict[str, int]:
    return {"low": number, "high": number}
