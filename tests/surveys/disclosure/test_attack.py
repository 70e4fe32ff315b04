"""The attack of bench/ on a few random cities; `python -m bench disclosure` runs two hundred."""

import json

import pytest

from bench.disclosure import attack_baseline, attack_ours, insider_of, scene_of
from bench.disclosure_attack import Attack
from bench.disclosure_baselines import naive, row_and_column
from bench.disclosure_city import Case
from bench.disclosure_skills import attack as attack_skills
from bench.disclosure_skills import exact, skills_case
from surveys.disclosure import (
    SECTION,
    Declared,
    Present,
    Publication,
    PublicKnowledge,
    Question,
    Range,
    Refusal,
    publish,
)
from tests.surveys.disclosure.rounds import OPTIONS, one_answer


@pytest.mark.parametrize("seed", [1, 11, 100])
def test_nothing_is_given_away(seed: int) -> None:
    score = attack_ours(seed)
    assert score.attacked > 100
    assert score.violations == 0


@pytest.mark.parametrize("method", [naive, row_and_column])
def test_the_attack_breaks_what_is_usually_done(method: object) -> None:
    assert attack_baseline(method, 11).violations > 0  # type: ignore[arg-type]


def test_numbers_of_sections_give_nothing_away_where_exact_ones_do() -> None:
    """With every finder profile known as well; `python -m bench skills-disclosure` attacks sixty cities."""
    ranges = attack_skills(4)
    assert ranges.attacked > 100
    assert ranges.violations == 0
    assert attack_skills(4, change=exact).violations > 0


def test_numbers_lie_in_their_ranges() -> None:
    case = skills_case(4)
    found = publish(case.microdata, case.declared, [], case.public, presences=case.presences)
    assert isinstance(found, Publication)
    true = exact(found.model_dump(mode="json"), case)
    assert len(found.present) == len(case.presences)
    assert {one.division for one in found.reliance} == {one.division for one in case.microdata.sections}
    pairs = [(one.some, number["some"]) for one, number in zip(found.present, true["present"], strict=True)]
    pairs += [
        (one.alone, number["alone"]) for one, number in zip(found.present, true["present"], strict=True)
    ]
    pairs += [
        (one.pairs, number["pairs"]) for one, number in zip(found.reliance, true["reliance"], strict=True)
    ]
    for range_, number in pairs:
        assert range_.low <= number["low"] <= range_.high


def test_a_further_table_keeps_the_numbers_published_before() -> None:
    case = skills_case(4)
    first = publish(case.microdata, case.declared[:-1], [], case.public, presences=case.presences)
    assert isinstance(first, Publication)
    further = publish(case.microdata, case.declared[-1:], [first], case.public)
    if isinstance(further, Publication):
        assert (further.present, further.reliance) == ((), ())
        read = [one.model_dump_json() for one in (first, further)]
        assert Attack(scene_of(case), read).findings(None)[1] == []
    narrow = first.model_copy(update={"present": tuple(_only(one) for one in first.present)})
    assert isinstance(publish(case.microdata, case.declared[-1:], [narrow], case.public), Refusal)


def _only(one: Present) -> Present:
    """A number that no proof can move."""
    at = Range(low=one.some.low, high=one.some.low)
    return one.model_copy(update={"some": at, "alone": at})


def hand_made(cells: list[list[int | None]]) -> Attack:
    """Two 課 of one 部 with a table by 課, None where hidden, and all totals shown."""
    counts = {"総務-人事": (12, 9, 3), "総務-文書": (10, 11, 7)}
    case = Case(
        one_answer(counts, Question("Q", OPTIONS)),
        (Declared("Q", (SECTION,)),),
        PublicKnowledge({"総務-人事": 30, "総務-文書": 30}, {}),
    )

    def line(member: str, values: list[int | None], base: int) -> dict[str, object]:
        found = [{"state": "hidden" if one is None else "shown", "value": one} for one in values]
        return {"members": [member], "second": [], "base": base, "cells": found, "together": [], "mean": None}

    def page(by: str, rows: list[dict[str, object]]) -> dict[str, object]:
        return {"question": "Q", "by": [by], "groups": [], "columns": OPTIONS, "threshold": 5, "rows": rows}

    tables = [
        page("部", [line("総務", [22, 20, 10], 52)]),
        page("課", [line("総務-人事", cells[0], 24), line("総務-文書", cells[1], 28)]),
    ]
    return Attack(scene_of(case), [json.dumps({"tables": tables})])


def test_the_attack_solves_a_lone_hidden_count() -> None:
    _, found = hand_made([[12, 9, None], [10, 11, 7]]).findings(None)
    assert [(one.low, one.high) for one in found] == [(3, 3)]


def test_the_attack_leaves_four_hidden_counts_alone() -> None:
    count, found = hand_made([[12, None, None], [10, None, None]]).findings(None)
    assert (count, found) == (4, [])


def test_an_insider_knows_his_own_answers() -> None:
    counts = {"総務-人事": (12, 9, 3), "総務-文書": (10, 11, 7)}
    case = Case(one_answer(counts, Question("Q", OPTIONS)), (), PublicKnowledge())
    who = insider_of(case, 0)
    assert (who.section, who.ticked) == ("総務-人事", {"Q": frozenset({"賛成"})})
