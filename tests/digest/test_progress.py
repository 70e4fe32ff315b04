"""Reporting progress through the router: kept, refused with its field, said again, never carried over."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Reply, Table
from bot.texts.ja import initiatives as texts
from knowledge.initiatives.initiative import InitiativeVersion, State
from knowledge.initiatives.progress import Standing, read_figure, standing
from knowledge.initiatives.reading import InitiativeFileError, pack_initiatives, read_initiatives
from knowledge.initiatives.succession import succession
from storage.stores import SqlStores
from tests.digest.town import ONLINE, TELEWORK, Town, jst
from tests.web.city import HR, LEADER, MANAGER, OPERATOR, STAFF

GOOD = {"status": "on_track", "value": "80手続", "as_of": "2026-11-20", "done": "窓口で試しました"}


@pytest.fixture
def town(sqlite_stores: SqlStores) -> Town:
    made = Town(sqlite_stores)
    made.begin(ONLINE, TELEWORK)
    return made


def errors(reply: Reply) -> dict[str, str]:
    assert reply.form is not None, reply.text
    return {field.id: field.error for field in reply.form.fields if field.error}


def test_a_leader_reports_and_the_history_shows_what_changed(town: Town) -> None:
    form = town.send(LEADER, "progress_report", ONLINE.id).form
    assert form
    assert texts.FIRST_REPORT in form.intro
    said = town.send(LEADER, "progress_report", ONLINE.id, **GOOD)
    assert "🟢順調" in said.text
    assert "令和8年12月24日" in said.text  # the next one
    town.now = jst("2026-12-24 10:00")
    town.send(
        MANAGER,
        "progress_report",
        ONLINE.id,
        status="off_track",
        value="９０",
        as_of="2026-12-20",
        blocked="担当が足りません",
    )
    town.now = jst("2027-01-20 10:00")
    assert "変化なし" in town.send(LEADER, "progress_same", ONLINE.id).text
    history = town.send(STAFF, "progress_history", ONLINE.id).text
    assert "🟢順調 → 🔴要対応" in history
    assert "90手続" in history
    reports = town.stores.initiatives.list_reports(ONLINE.id)
    assert [(one.number, one.unchanged, one.value, one.as_of) for one in reports] == [
        (3, True, 90.0, date(2026, 12, 20)),
        (2, False, 90.0, date(2026, 12, 20)),
        (1, False, 80.0, date(2026, 11, 20)),
    ]


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"value": "80件"}, "value", "単位は「手続」です"),
        ({"value": "多数"}, "value", "数として読めません"),
        ({"value": "-3"}, "value", texts.OUT_OF_RANGE),
        ({"value": "9" * 40}, "value", texts.OUT_OF_RANGE),
        ({"as_of": "2026-11-25"}, "as_of", texts.AS_OF_IN_FUTURE),
        ({"as_of": "きのう"}, "as_of", texts.AS_OF_UNREADABLE),
        ({"as_of": ""}, "as_of", texts.AS_OF_MISSING),
        ({"status": "green"}, "status", texts.NO_STATUS),
        ({"status": "off_track"}, "blocked", texts.SAY_WHY),
        ({"split": "市民窓口課: 50\n職員課: 20"}, "split", "合計は70手続"),
        ({"split": "市民窓口課 80"}, "split", "読めません"),
        ({"split": "まぼろし課: 80"}, "split", "まぼろし課"),
        ({"split": "職員課: 40\n職員課: 40"}, "split", "2回"),
        ({"done": "あ" * 1001}, "done", "1000文字"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    town: Town, changed: dict[str, str], field: str, said: str
) -> None:
    found = errors(town.send(LEADER, "progress_report", ONLINE.id, **(GOOD | changed)))
    assert list(found) == [field]
    assert said in found[field]
    assert town.stores.initiatives.list_reports(ONLINE.id) == []


def test_the_split_by_department_is_shown(town: Town) -> None:
    split = "市民窓口課: 50\n職員課: 10"
    town.report("on_track", "60", "2026-11-10", "2026-11-12 10:00", split=split)
    shown = town.send(STAFF, "progress_history", ONLINE.id)
    (table,) = [
        part for part in shown.parts if isinstance(part, Table) and part.columns == texts.SPLIT_COLUMNS
    ]
    assert table.rows == (("市民窓口課", "50手続"), ("職員課", "10手続"))


def test_a_value_is_split_by_department(town: Town) -> None:
    town.send(LEADER, "progress_report", ONLINE.id, **GOOD, split="市民窓口課: 50\n職員課：30手続")
    (report,) = town.stores.initiatives.list_reports(ONLINE.id)
    assert report.split == {"市民窓口課": 50.0, "職員課": 30.0}


@pytest.mark.parametrize("person", [STAFF, HR, None])
def test_others_may_not_report(town: Town, person: object) -> None:
    for name in ("progress_report", "progress_same"):
        reply = town.send(person, name, ONLINE.id, **(GOOD if name == "progress_report" else {}))  # type: ignore[arg-type]
        assert reply.form is None
    assert town.stores.initiatives.list_reports(ONLINE.id) == []


def test_unchanged_needs_a_report_before_and_is_kept_once_a_day(town: Town) -> None:
    assert town.send(LEADER, "progress_same", ONLINE.id).form is not None
    town.send(LEADER, "progress_report", ONLINE.id, **GOOD)
    for _ in range(2):
        assert "変化なし" in town.send(LEADER, "progress_same", ONLINE.id).text
    assert len(town.stores.initiatives.list_reports(ONLINE.id)) == 2


def test_a_report_too_old_is_unreported_and_a_closed_initiative_never_is(town: Town) -> None:
    town.report("on_track", "80", "2026-10-20", "2026-10-20 10:00")
    (last,) = town.stores.initiatives.list_reports(ONLINE.id)
    assert standing(ONLINE, last, date(2026, 11, 19)) is Standing.REPORTED
    assert standing(ONLINE, last, date(2026, 11, 20)) is Standing.UNREPORTED
    assert standing(ONLINE, None, date(2026, 11, 20)) is Standing.UNREPORTED
    closed = ONLINE.model_copy(update={"state": State.CLOSED, "closed_on": date(2026, 11, 1)})
    assert standing(closed, last, date(2026, 11, 20)) is Standing.ENDED
    assert standing(ONLINE, last, date(2028, 4, 1)) is Standing.UNDECIDED
    town.stores.initiatives.save_version(InitiativeVersion(number=2, at=town.now, by="x", initiative=closed))
    assert texts.NOT_OPEN in town.send(OPERATOR, "progress_report", ONLINE.id).text


def test_the_plan_that_is_over_asks_nobody_for_reports() -> None:
    seven = pack_initiatives(("fujisawa",))
    assert len(seven) == 7
    assert {standing(one, None, date(2026, 11, 24)) for one in seven} == {Standing.UNDECIDED}
    by_id = {one.id: one for one in seven}
    online = by_id["jikko-3"].kpi
    assert online
    assert [online.target(year) for year in (2021, 2022, 2023, 2025, 2030)] == [None, 401, 490, 723, 723]
    assert by_id["jikko-5"].milestones == ()
    assert by_id["jikko-5"].blank == ("工程表",)


def test_what_became_of_a_plan_in_the_next_is_told() -> None:
    day = date(2026, 11, 24)
    seven = list(pack_initiatives(("fujisawa",)))
    assert succession(seven, day) is None
    over = [one.model_copy(update={"state": State.CLOSED}) if one.id == "jikko-1" else one for one in seven]
    carried = ONLINE.model_copy(update={"follows": "jikko-3", "title": "行政手続のオンライン化"})
    between = succession([*over, carried, TELEWORK], day)
    assert between
    ((old, new, changes),) = between.carried
    assert (old.id, new.id) == ("jikko-3", ONLINE.id)
    assert "担当: デジタル推進室 → 市民窓口課" in changes
    assert "KPI: オンライン化する手続の数 723手続 → オンライン化した手続の数 200手続" in changes
    assert [one.id for one in between.joined] == [TELEWORK.id]
    assert [one.id for one in between.ended] == ["jikko-1"]
    assert "jikko-1" not in [one.id for one in between.waiting]


def test_a_file_of_initiatives_names_every_mistake_with_its_line() -> None:
    text = """initiatives:
- id: a
  title: 一つ目
  plan: 計画
  starts_on: 2026-04-01
- id: a
  title: 二つ目
  plan: 計画
  starts_on: 2026-04-01
- id: b
  titel: 綴り
  plan: 計画
  starts_on: いつか
"""
    with pytest.raises(InitiativeFileError) as wrong:
        read_initiatives(text.encode(), "plan.yaml")
    said = "\n".join(wrong.value.problems)
    assert "6 行目" in said
    assert "titel" in said
    assert "starts_on" in said


@given(st.text(max_size=40), st.sampled_from(["", "手続", "%"]))
def test_any_text_is_a_figure_or_says_why_not(text: str, unit: str) -> None:
    try:
        value = read_figure(text, unit)
    except ValueError as error:
        assert str(error).endswith("。")
    else:
        assert value >= 0
