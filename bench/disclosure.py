"""Disclosure control under attack, what it still shows, and how long it takes.

`DXBOT_BENCH_CITIES` sets how many random cities are attacked (200). Ended before its end, it takes up where it was: the scores of
the cities are kept in var/bench, as long as the code is the same.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any

import numpy as np

from bench.disclosure_attack import Attack
from bench.disclosure_baselines import naive, row_and_column
from bench.disclosure_city import Case
from bench.disclosure_demo import demo_rounds
from bench.disclosure_kept import Score, scores
from bench.disclosure_model import UNKNOWN, Asked, Insider, Scene
from bench.disclosure_random import later_wave, random_case, without
from bench.harness import Cell, Result
from surveys.disclosure import DIVISION, SECTION, Answers, Microdata, Publication, Refusal, publish

CITIES = 200
_COMPARED = 5
_TOLD_EVERY = 10
_WHOLE_EVERY, _WHOLE_COUNTS = 10, 20
Baseline = Callable[[Microdata, Sequence[Mapping[str, Any]]], list[dict[str, Any]]]


def measure() -> Result:
    """Attack random cities; publish the demo city; the same for what is usually done."""
    cities = int(os.environ.get("DXBOT_BENCH_CITIES", CITIES))
    compared = range(0, cities, _COMPARED)
    with ProcessPoolExecutor(2) as pool:
        ours = heard("ours", scores(pool, "ours", attack_ours, range(cities)), cities)
        primary, lines = (
            heard(name, scores(pool, name, partial(attack_baseline, method), compared), len(compared))
            for name, method in (("primary only", naive), ("row and column", row_and_column))
        )
    shares, tables = _demo(big=False)
    big, _ = _demo(big=True)
    rows: list[tuple[Cell, ...]] = [
        ("LP audit (ours)", len(ours), *_summed(ours), *shares),
        ("LP audit, 150 課 of 19 answers", "", "", "", *big),
        ("primary only", len(primary), *_summed(primary), *_baseline_shares(naive, tables), 0.0),
        ("row and column", len(lines), *_summed(lines), *_baseline_shares(row_and_column, tables), 0.0),
    ]
    columns = ("method", "cities", "counts attacked", "violations", "部 shown %", "課 shown %", "s to close")
    return Result("disclosure", "Disclosure control: attack, cells shown, time", columns, tuple(rows))


def heard(name: str, scores: Iterable[Score], cities: int) -> list[Score]:
    """The scores, telling how far it is on the error stream."""
    found: list[Score] = []
    for score in scores:
        found.append(score)
        if len(found) % _TOLD_EVERY == 0 or len(found) == cities:
            told = _total(found)
            print(f"{name}: {len(found)}/{cities} cities, {told.violations} violations", file=sys.stderr)
    return found


def attack_ours(seed: int) -> Score:
    """A random city, attacked with what its rounds published."""
    return _total(
        [
            score
            for case, publications in published_waves(seed)
            for score in attacks_on(case, [one.model_dump_json() for one in publications], seed)
        ]
    )


def published_waves(seed: int) -> Iterator[tuple[Case, list[Publication]]]:
    """A random city: two publications of one round, a submission deleted between, and a second wave."""
    case = random_case(seed)
    first, second = case.declared[::2], case.declared[1::2]
    publications = [_published(publish(case.microdata, first, [], case.public))]
    chance = np.random.default_rng(seed)
    gone = np.arange(len(case.microdata.section)) == chance.integers(len(case.microdata.section))
    answer = publish(without(case.microdata, gone), second, publications, case.public)
    if not isinstance(answer, Refusal):
        raise TypeError("a further publication was made from other answers than the first")
    for declared in second:
        added = publish(case.microdata, [declared], publications, case.public)
        publications += [added] if isinstance(added, Publication) else []
    wave = later_wave(case, seed)
    later = _published(publish(wave.microdata, wave.declared, publications, wave.public))
    yield case, publications
    yield wave, [later]


def attack_baseline(method: Baseline, seed: int) -> Score:
    """The same city with its results hidden in the usual way."""
    case = random_case(seed)
    tables = _published(publish(case.microdata, case.declared, [], case.public)).model_dump()["tables"]
    return _total(attacks_on(case, [json.dumps({"tables": method(case.microdata, tables)})], seed))


def _published(answer: Publication | Refusal) -> Publication:
    if isinstance(answer, Refusal):
        raise TypeError(answer.reason)
    return answer


def attacks_on(case: Case, texts: Sequence[str], seed: int) -> list[Score]:
    """By an outsider, by two respondents, and for some cities in whole numbers."""
    attack = Attack(scene_of(case), texts)
    chance = np.random.default_rng(seed)
    people = [insider_of(case, int(chance.integers(len(case.microdata.section)))) for _ in range(2)]
    found = [attack.findings(who) for who in (None, *people)]
    if seed % _WHOLE_EVERY == 0:
        found.append(attack.findings(people[0], whole=True, only=_WHOLE_COUNTS))
    return [Score(count, len(violations)) for count, violations in found]


def scene_of(case: Case) -> Scene:
    """What everybody knows of a city and its questionnaire."""
    questions = {}
    for answers in case.microdata.answers:
        question = answers.question
        asked = question.asked_if
        questions[question.id] = Asked(
            question.options,
            question.several,
            question.exclusive,
            question.most,
            question.threshold,
            (asked.question, asked.options) if asked else None,
            bool(answers.valid.all()),
            _ranges(answers),
        )
    return Scene(
        {section.id: section.division for section in case.microdata.sections},
        case.public.headcounts,
        case.public.responses,
        questions,
        {one.id: one.values for one in case.microdata.attributes},
        {one.id: one.question for one in case.microdata.attributes if one.question},
        case.public.told,
    )


def _ranges(answers: Answers) -> tuple[tuple[float, float] | None, ...]:
    """The least and the greatest value behind each option."""
    if answers.values is None:
        return ()
    found = []
    for option in range(answers.ticks.shape[1]):
        given = answers.values[answers.ticks[:, option] & ~np.isnan(answers.values)]
        found.append((float(given.min()), float(given.max())) if len(given) else None)
    return tuple(found)


def insider_of(case: Case, place: int) -> Insider:
    """What a respondent knows of himself."""
    microdata = case.microdata
    return Insider(
        microdata.sections[microdata.section[place]].id,
        {one.id: (*one.values, UNKNOWN)[one.codes[place]] for one in microdata.attributes},
        {
            one.question.id: frozenset(
                option
                for option, ticked in zip(one.question.options, one.ticks[place], strict=True)
                if ticked
            )
            for one in microdata.answers
        },
    )


def shown(tables: Sequence[Mapping[str, Any]], level: str) -> Counter[str]:
    """How many cells of single groups of a level are in which state."""
    return Counter(
        cell["state"]
        for table in tables
        if list(table["by"]) == [level]
        for row in table["rows"]
        if len(row["members"]) == 1
        for cell in row["cells"]
    )


def _demo(*, big: bool) -> tuple[tuple[float, float, float], list[tuple[Microdata, list[dict[str, Any]]]]]:
    tables, seconds = [], []
    for case in demo_rounds(big=big):
        started = time.perf_counter()
        found = _published(publish(case.microdata, case.declared, [], case.public))
        seconds.append(time.perf_counter() - started)
        tables.append((case.microdata, found.model_dump(mode="json")["tables"]))
    every = [table for _, some in tables for table in some]
    return (_share(every, DIVISION), _share(every, SECTION), max(seconds)), tables


def _baseline_shares(
    method: Baseline, tables: Sequence[tuple[Microdata, list[dict[str, Any]]]]
) -> tuple[float, float]:
    every = [table for microdata, some in tables for table in method(microdata, some)]
    return _share(every, DIVISION), _share(every, SECTION)


def _share(tables: Sequence[Mapping[str, Any]], level: str) -> float:
    states = shown(tables, level)
    return 100 * states["shown"] / states.total()


def _summed(scores: Sequence[Score]) -> tuple[int, int]:
    total = _total(scores)
    return total.attacked, total.violations


def _total(scores: Sequence[Score]) -> Score:
    return Score(sum(one.attacked for one in scores), sum(one.violations for one in scores))
