"""Response counts add up, and no row has fewer than five people."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from surveys.definition import Identity
from surveys.rates import own_rate, shown_rates, whole
from surveys.round import ResponseCount
from tests.surveys.samples import planned, survey

ROUND = planned(survey())
ANONYMOUS = planned(survey(identity=Identity.ANONYMOUS))


def count(section: str, asked: int, answered: int) -> ResponseCount:
    return ResponseCount(section_id=section, division_id=section[:1], asked=asked, answered=answered)


def test_a_section_stands_for_itself_where_all_of_its_division_are_large() -> None:
    counts = [count("a1", 9, 3), count("a2", 5, 0), count("b1", 20, 4), count("b2", 4, 4)]
    rates = {rate.departments: (rate.asked, rate.answered) for rate in shown_rates(ROUND, counts)}
    assert rates == {("a1",): (9, 3), ("a2",): (5, 0), ("b",): (24, 8)}
    found = own_rate(shown_rates(ROUND, counts), "b2", "b")
    assert found is not None
    assert found.asked == 24


def test_an_anonymous_round_shows_divisions() -> None:
    counts = [count("a1", 9, 3), count("a2", 15, 1)]
    assert [rate.departments for rate in shown_rates(ANONYMOUS, counts)] == [("a",)]


@st.composite
def counts(draw: st.DrawFn) -> list[ResponseCount]:
    sections = draw(
        st.lists(st.sampled_from([d + s for d in "abcd" for s in "1234"]), unique=True, min_size=1)
    )
    made = []
    for section in sections:
        asked = draw(st.integers(1, 12))
        made.append(count(section, asked, draw(st.integers(0, asked))))
    return made


@given(counts(), st.booleans())
def test_rows_add_up_and_are_large_enough(found: list[ResponseCount], anonymous: bool) -> None:
    rates = shown_rates(ANONYMOUS if anonymous else ROUND, found)
    assert (sum(rate.asked for rate in rates), sum(rate.answered for rate in rates)) == whole(found)
    assert len(rates) == 1 or all(rate.asked >= 5 for rate in rates)
    assert all(own_rate(rates, one.section_id, one.division_id) for one in found)
