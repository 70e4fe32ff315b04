from typing import Any

import numpy as np
import pytest

from staff.model import Department
from surveys.columns import columns_of
from surveys.definition import Identity
from surveys.disclosure import CITY, DIVISION, SECTION, Declared, Publication, publish
from surveys.question import Attribute as Kept
from surveys.round import ResponseCount
from surveys.snapshot import read_snapshot, write_snapshot
from surveys.tabulating import PILOT, ROLE, Tabulation, tabulate
from tests.surveys.rounds import counted, sheets, work_round
from tests.surveys.samples import survey


def tabulated(**changes: Any) -> Tabulation:
    found = sheets()
    return tabulate(work_round(**changes), found, counted(found))


def test_counts_each_question_a_matrix_row_by_row_and_no_text() -> None:
    made = tabulated().microdata
    assert [one.question.id for one in made.answers] == ["K", "W", "F", "X.doc", "X.call", "N", "R", "S"]


def test_an_answer_that_is_none_in_the_figures_is_no_valid_answer() -> None:
    found = sheets()
    valid = tabulated().microdata.of("K").valid
    assert valid.tolist() == [sheet.answers["K"] != "no" for sheet in found]


def test_what_is_counted_is_worked_out_once_for_each_questionnaire() -> None:
    """A file of a round asks for every table of it."""
    one, read_again = (work_round().definition for _ in range(2))
    other = work_round(title="別の題").definition
    assert columns_of(one) is columns_of(read_again)
    assert columns_of(other) is not columns_of(one) and columns_of(other) == columns_of(one)


def test_numbers_fall_into_the_ranges_of_the_definition() -> None:
    column = next(one for one in columns_of(work_round().definition) if one.id == "N")
    assert list(column.labels.values()) == ["0日", "0.5〜5日", "5.5〜10日", "10.5日以上"]
    made = tabulated().microdata.of("N")
    assert made.values is not None
    assert (made.ticks.argmax(axis=1) == np.digitize(made.values, [0.5, 5.5, 10.5])).all()


@pytest.mark.parametrize(
    ("fields", "labels"),
    [
        ({"minimum": 0, "step": 0.5, "bins": [0, 0.7, 2.2]}, ["0〜0.5時間", "1〜2時間", "2.2時間以上"]),
        ({"minimum": 0, "bins": [0, 1, 3]}, ["0時間以上1時間未満", "1時間以上3時間未満", "3時間以上"]),
        ({"bins": [1, 5]}, ["5時間未満", "5時間以上"]),
        ({"minimum": 1, "step": 2, "bins": [0, 3, 4, 8]}, ["1時間", "3時間", "5〜7時間", "8時間以上"]),
    ],
)
def test_a_range_is_named_by_the_numbers_that_fall_into_it(fields: dict[str, Any], labels: list[str]) -> None:
    question = {"id": "N", "type": "number", "text": "時間", "unit": "時間", **fields}
    (column,) = columns_of(survey(questions=[question]))
    assert list(column.labels.values()) == labels


@pytest.mark.parametrize(
    ("unit", "left"), [("課", {CITY, DIVISION, ROLE}), ("部", {CITY, ROLE}), ("全庁", set())]
)
def test_what_is_never_shown_by_a_unit_is_not_shown_by_a_finer_one(unit: str, left: set[str]) -> None:
    questions = [
        one | ({"never_by": [unit]} if one["id"] == "F" else {})
        for one in work_round().definition.model_dump(mode="json", exclude_unset=True)["questions"]
    ]
    declared = tabulated(questions=questions, breakdowns=[], tables=[]).declared
    assert {way for one in declared if one.question == "F" for way in one.by} == left


def test_a_follow_up_knows_which_answers_lead_to_it() -> None:
    asked = tabulated().microdata.of("R").question.asked_if
    assert asked is not None
    assert (asked.question, asked.options) == ("N", frozenset("123"))


def test_declares_units_breakdowns_and_cross_tables() -> None:
    declared = tabulated().declared
    assert {one.by for one in declared if one.question == "F"} == {(CITY,), (DIVISION,), (SECTION,), ("K",)}
    assert Declared("W", ("K",)) in declared
    assert not any(one.by == (SECTION,) for one in declared if one.question == "S")


def test_breaks_down_by_role_where_nothing_is_named() -> None:
    ways = {one.by for one in tabulated(breakdowns=[], tables=[]).declared}
    assert ways == {(CITY,), (DIVISION,), (SECTION,), (ROLE,)}


def test_scales_have_low_middle_and_high_by_section() -> None:
    groups = next(one.groups for one in tabulated().declared if one.question == "F" and one.by == (SECTION,))
    assert [label for label, _ in groups] == ["不満・やや不満", "普通", "やや満足・満足"]


def test_compares_pilots_where_there_are_enough_on_either_side() -> None:
    found = sheets()
    round_ = work_round()
    few = round_.model_copy(update={"pilots": frozenset({"D11"})})
    enough = round_.model_copy(update={"pilots": frozenset({"D11", "D12", "D21"})})
    assert not any(one.by == (PILOT,) for one in tabulate(few, found, counted(found)).declared)
    assert any(one.by == (PILOT,) for one in tabulate(enough, found, counted(found)).declared)


def test_an_anonymous_round_is_counted_by_division_only() -> None:
    round_ = work_round(identity=Identity.ANONYMOUS, attributes=["division"])
    found = sheets()
    made = tabulate(round_, found, counted(found))
    assert [one.id for one in made.microdata.sections] == ["D1", "D2"]
    assert not any(SECTION in one.by for one in made.declared)
    assert set(made.public.responses) == {"D1", "D2"}


@pytest.mark.parametrize("changes", [{}, {"identity": Identity.ANONYMOUS, "attributes": ["division"]}])
def test_a_division_of_one_section_is_given_with_another_where_sections_never_are(
    changes: dict[str, Any],
) -> None:
    """Two 部 of three 課, and two of one."""
    round_, found = work_round(**changes), [*sheets(), *sheets(2)]
    for place, new in enumerate(("D3", "D4")):
        moved = found[place * 60 : place * 60 + 30]
        for at, sheet in enumerate(moved, place * 60):
            found[at] = sheet.model_copy(
                update={"attributes": {**sheet.attributes, Kept.SECTION: new, Kept.DIVISION: new}}
            )
    heads = {**round_.headcounts, "D3": 30, "D4": 30}
    units = (*round_.departments, *(Department(id=one, name=one) for one in ("D3", "D4")))
    made = tabulate(round_.model_copy(update={"headcounts": heads, "departments": units}), found, [])
    answer = publish(made.microdata, [Declared("S", (DIVISION,))], [], made.public)
    assert isinstance(answer, Publication)
    rows = [one.members for one in answer.tables[-1].rows if one.base]
    assert rows == [("D1",), ("D2",), ("D3", "D4")]


@pytest.mark.parametrize(("small", "named"), [(20, 7), (3, 7 + 8 + 9 + 2)])
def test_people_outside_the_sections_of_a_division_are_told_apart_from_all_of_it(
    small: int, named: int
) -> None:
    """D1 has 20 people of its own beside its 課. Its id names them where every 課 stands alone, else all of D1."""
    answered = {"D1": 7, "D11": 8, "D12": 9, "D13": 2}
    asked = {"D1": 20, "D11": 20, "D12": 20, "D13": small}
    counts = [
        ResponseCount(section_id=section, division_id="D1", asked=asked[section], answered=count)
        for section, count in answered.items()
    ]
    for given in (counts, counts[::-1]):
        responses = tabulate(work_round(), [], given).public.responses
        assert responses["D1"] == named
        assert responses["D11"] == 8 and responses["D12"] == 9
        assert ("D13" in responses) is (small > 5)


def test_a_division_that_is_one_section_is_counted_once() -> None:
    one = ResponseCount(section_id="D1", division_id="D1", asked=20, answered=7)
    assert tabulate(work_round(), [], [one]).public.responses == {"D1": 7}


def test_a_round_that_nobody_answered_publishes_nothing() -> None:
    made = tabulate(work_round(), [], counted([]))
    answer = publish(made.microdata, made.declared, [], made.public)
    assert isinstance(answer, Publication)
    assert answer.tables == ()


def test_a_snapshot_is_read_as_it_was_written() -> None:
    made = tabulated().microdata
    again = read_snapshot(write_snapshot(made))
    assert again.fingerprint() == made.fingerprint()
    assert [one.question for one in again.answers] == [one.question for one in made.answers]
