"""わたしの課・部・全庁: the numbers of the published tables, put together alike, and what is not told is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from bot.charts.chart import HIDDEN, Chart
from bot.handlers.own_results import own_reply
from bot.jobs.results import publish_results
from bot.messages import Reply
from bot.services import Services
from bot.texts.ja import results as texts
from storage.stores import SqlStores
from surveys.beside import HELD_BACK, beside
from surveys.disclosure import CITY, DIVISION, SECTION, Cell, Row, State, Table, Together
from surveys.results import Reading
from surveys.waves import Wave
from tests.handlers.test_survey_results import manager
from tests.surveys.city import Seat, city
from tests.surveys.rounds import answer_round, work_round
from tests.surveys.samples import NOW
from tests.web.city import STAFF

SCALE = ("不満", "やや不満", "普通", "やや満足", "満足")
GROUPS = (("不満", SCALE[:2]), ("普通", SCALE[2:3]), ("満足", SCALE[3:]))


def cells(*values: int | None) -> tuple[Cell, ...]:
    return tuple(Cell(state=State.HIDDEN if value is None else State.SHOWN, value=value) for value in values)


def table(by: str, *rows: Row, groups: Sequence[tuple[str, tuple[str, ...]]] = ()) -> Table:
    columns = tuple(label for label, _ in groups) or SCALE
    return Table(
        question="F", by=(by,), groups=tuple(groups), columns=columns, several=False, threshold=5, rows=rows
    )


def wave(*tables: Table) -> Wave:
    return Wave(work_round(), {(one.question, one.by): one for one in tables})


WHOLE = table(CITY, Row(members=(CITY,), base=200, cells=cells(20, 40, 60, 50, 30)))
OF_DIVISION = table(DIVISION, Row(members=("D1",), base=100, cells=cells(10, None, 30, 25, 15)))


def never_by_section(made: Wave) -> Wave:
    """The same round, its questionnaire not asking for any table by 課."""
    definition = made.round.definition
    questions = [one.model_copy(update={"never_by": (SECTION,)}) for one in definition.questions]
    changed = definition.model_copy(update={"questions": tuple(questions)})
    return Wave(made.round.model_copy(update={"definition": changed}), made.tables)


def shares(made: Wave, section: str = "D11") -> Mapping[str, tuple[int | str | None, ...]]:
    found = beside(made.round, made.tables, made.columns["F"], section, Reading())
    assert found is not None
    return {one.by: one.shares for one in found.sides} | {"answers": found.answers}


def test_answers_are_put_together_as_the_tables_by_section_have_them() -> None:
    of_section = table(SECTION, Row(members=("D11",), base=20, cells=cells(5, 6, 9)), groups=GROUPS)
    found = shares(wave(WHOLE, OF_DIVISION, of_section))
    assert found[SECTION] == (25, 30, 45)
    assert found[DIVISION] == (HELD_BACK, 30, 40), "a sum with something withheld in it is withheld"
    assert found[CITY] == (30, 30, 40)


def test_what_one_row_tells_together_is_told_together_of_all() -> None:
    row = Row(
        members=("D11", "D12"),
        base=40,
        cells=(*(Cell(state=State.MERGED),) * 2, *cells(10)),
        together=(Together(columns=(0, 1), cell=cells(30)[0]),),
    )
    alone = Row(members=("D11",), base=None, cells=(Cell(state=State.MERGED),) * 3)
    made = wave(WHOLE, OF_DIVISION, table(SECTION, alone, row, groups=GROUPS))
    found = shares(made)
    assert found["answers"] == ("不満＋やや不満＋普通の合計", "やや満足・満足")
    assert (found[SECTION], found[DIVISION], found[CITY]) == ((75, 25), (HELD_BACK, 40), (60, 40))
    (chart,) = charts(own_reply(made, manager("D11"), Reading(), ()))
    assert chart.series[0].name == "1の1課＋1の2課 (40人)"


def test_sides_of_which_all_is_withheld_are_a_sentence() -> None:
    hidden = cells(*[None] * len(SCALE))
    city_row, own = Row(members=(CITY,), base=200, cells=hidden), Row(members=("D1",), base=100, cells=hidden)
    reply = own_reply(wave(table(CITY, city_row), table(DIVISION, own)), manager("D11"), Reading(), ())
    assert charts(reply) == []
    assert "有効回答は200人" in reply.text and "すべて秘匿" in reply.text


def test_all_divisions_together_are_not_a_side_beside_the_city() -> None:
    hidden = cells(*[None] * len(SCALE))
    alone = [Row(members=(name,), base=100, cells=hidden) for name in ("D1", "D2")]
    whole = Row(members=("D1", "D2"), base=200, cells=cells(20, 40, 60, 50, 30))
    found = shares(wave(WHOLE, table(DIVISION, *alone, whole)))
    assert found[DIVISION] == (HELD_BACK,) * len(SCALE)
    only = table(DIVISION, *(one.model_copy(update={"base": None}) for one in alone), whole)
    made = wave(WHOLE, only)
    assert beside(made.round, made.tables, made.columns["F"], "D11", Reading()) is None


@pytest.mark.parametrize(
    ("count", "said"), [(3, "わたしの部をふくむ3つの部"), (16, "わたしの部をふくむ16の部")]
)
def test_divisions_told_as_one_are_counted(count: int, said: str) -> None:
    members = tuple(f"D{number}" for number in range(1, count + 1))
    others = Row(members=("D99",), base=50, cells=cells(5, 10, 15, 10, 10))
    row = Row(members=members, base=150, cells=cells(15, 30, 45, 40, 20))
    (chart,) = charts(own_reply(wave(WHOLE, table(DIVISION, row, others)), manager("D11"), Reading(), ()))
    assert chart.series[0].name == f"{said} (150人)"


def test_a_question_that_is_never_by_section_or_a_section_too_small_says_so() -> None:
    left_out = own_reply(wave(WHOLE, OF_DIVISION), manager("D11"), Reading(), ())
    assert texts.OWN_NOT_PUBLISHED in left_out.text and texts.OWN_NEVER_BY_SECTION not in left_out.text
    never = own_reply(never_by_section(wave(WHOLE, OF_DIVISION)), manager("D11"), Reading(), ())
    assert texts.OWN_NEVER_BY_SECTION in never.text and texts.OWN_NOT_PUBLISHED not in never.text
    assert [one.name for one in charts(never)[0].series] == ["第1部 (100人)", "全庁 (200人)"]
    assert charts(never)[0].series[0].values.count(HIDDEN) == 1 and "秘匿" in charts(never)[0].alt
    small = Row(members=("D11",), base=None, cells=(Cell(state=State.MERGED),) * 3)
    of_section = table(SECTION, small, groups=GROUPS)
    assert (
        texts.OWN_TOO_SMALL in own_reply(wave(WHOLE, OF_DIVISION, of_section), STAFF_11, Reading(), ()).text
    )
    nothing = own_reply(wave(WHOLE), manager("D11"), Reading(), ())
    assert nothing.text == f"{texts.OWN}\n{texts.OWN_NOTHING}"


STAFF_11 = manager("D11")


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    made = city(sqlite_stores, NOW + timedelta(days=8))
    answer_round(sqlite_stores.surveys, work_round(share="readers"))
    assert publish_results(made)["published"] == 1
    return made


def charts(reply: Reply) -> list[Chart]:
    return [part for part in reply.parts if isinstance(part, Chart)]


@pytest.mark.parametrize("channel", ["web", "slack", "teams"])
def test_a_manager_presses_a_button_and_sees_the_own_section_beside_the_others(
    services: Services, channel: str
) -> None:
    seat = Seat(services, manager("D11"), channel)
    shown = seat.press(seat.send("results_show", "round-1"), texts.OWN)
    assert 0 < len(charts(shown)) <= 4
    for chart in charts(shown):
        assert chart.style == "grouped" and chart.series[-1].name.startswith("全庁 (")
        assert any("第1部" in one.name for one in chart.series)
        assert not any("1の2課" in one.name and "1の1課" not in one.name for one in chart.series)
    assert seat.press(shown, texts.BACK).title == "働き方の調査 試行 round-1"


def test_who_may_not_see_the_results_sees_none_of_this(services: Services) -> None:
    assert charts(Seat(services, STAFF).send("results_own", "round-1")) == []
    (refusal, *_) = services.stores.audit.list_events(1)
    assert (refusal.action, refusal.target) == ("permission.refused", "results_own")
    of_later = Seat(services, manager("D99")).send("results_show", "round-1")
    assert of_later.actions and texts.OWN not in [one.label for one in of_later.actions]
