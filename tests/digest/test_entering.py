"""Adding and changing initiatives by the form: every mistake at its field, every change on record with its dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Form, Reply
from bot.texts.ja import initiatives as texts
from knowledge.initiatives.changes import changes
from knowledge.initiatives.demo import demo_initiatives
from knowledge.initiatives.entering import FIELDS, InitiativeMistakes, read_initiative, written
from knowledge.initiatives.initiative import Direction, Initiative, Kpi, Milestone, Target
from knowledge.initiatives.reading import pack_initiatives
from staff.calendar import BusinessCalendar
from storage.stores import SqlStores
from tests.digest.town import ONLINE, TELEWORK, Town
from tests.web.city import HR, LEADER, MANAGER, OPERATOR

FULL = Initiative(
    id="full",
    title="処理日数の短縮",
    plan="計画",
    owner="職員課",
    kpi=Kpi(
        name="日数",
        unit="日",
        direction=Direction.DOWN,
        note="平均",
        targets=(Target(fiscal_year=2026, value=7.5, split={"職員課": 7.5}), Target(fiscal_year=2027)),
    ),
    milestones=(
        Milestone(text="調査", column="令和8年度", due_on=date(2026, 6, 1), done_on=date(2026, 6, 3)),
        Milestone(text="令和の「改正」: 対応（第1期）"),
    ),
    starts_on=date(2026, 4, 1),
)


@pytest.fixture
def town(sqlite_stores: SqlStores) -> Town:
    made = Town(sqlite_stores)
    made.begin(ONLINE, TELEWORK)
    return made


def form_of(reply: Reply) -> Form:
    assert reply.form is not None, reply.text
    return reply.form


def filled(form: Form, **changed: str) -> dict[str, str]:
    typed = {field.id: field.value if isinstance(field.value, str) else "" for field in form.fields}
    return typed | changed


def errors(reply: Reply) -> dict[str, str]:
    return {field.id: field.error for field in form_of(reply).fields if field.error}


@pytest.mark.parametrize(
    "one",
    [
        *pack_initiatives(("fujisawa",)),
        *demo_initiatives(date(2026, 11, 24), BusinessCalendar()),
        ONLINE,
        TELEWORK,
        FULL,
    ],
    ids=lambda one: one.id,
)
def test_a_form_sent_back_as_it_was_changes_nothing(one: Initiative) -> None:
    assert read_initiative(written(one), one.id, one) == one


def test_what_was_typed_is_what_stands() -> None:
    typed = written(ONLINE) | {
        "targets": "令和８年度：１３０手続\n2027: 90\n令和10年度: 数値なし",
        "milestones": "2027/1/20 転出届の受付開始（済 2027-01-18）\n令和9年度 その他の手続\nまとめ",
    }
    made = read_initiative(typed, "new", None)
    assert made.kpi
    assert [(one.fiscal_year, one.value) for one in made.kpi.targets] == [
        (2026, 130),
        (2027, 90),
        (2028, None),
    ]
    assert [(one.text, one.column, one.due_on, one.done_on) for one in made.milestones] == [
        ("転出届の受付開始", "", date(2027, 1, 20), date(2027, 1, 18)),
        ("その他の手続", "令和9年度", None, None),
        ("まとめ", "", None, None),
    ]


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"title": ""}, "title", texts.FIELD_MISSING),
        ({"owner": "まぼろし課"}, "owner", "まぼろし課"),
        ({"role": "mayor"}, "role", texts.FIELD_MISSING),
        ({"starts_on": ""}, "starts_on", texts.FIELD_MISSING),
        ({"ends_on": "いつか"}, "ends_on", texts.DAY_UNREADABLE),
        ({"ends_on": "2020-01-01"}, "ends_on", texts.ENDS_BEFORE),
        ({"targets": "令和9年度: 120件"}, "targets", "単位は「手続」"),
        ({"targets": "そのうち"}, "targets", texts.TARGET_FORM),
        ({"targets": "令和9年度: 1\n2027: 2"}, "targets", texts.YEAR_TWICE),
        ({"milestones": "2026-13-40 受付"}, "milestones", texts.STEP_FORM),
        ({"kpi_name": ""}, "kpi_name", texts.KPI_NAME_MISSING),
        ({"title": "あ" * 121}, "title", "120文字"),
        ({"reason": ""}, "reason", texts.PAGE_REASON_MISSING),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_is_kept(
    town: Town, changed: dict[str, str], field: str, said: str
) -> None:
    form = form_of(town.send(OPERATOR, "initiative_enter", ONLINE.id))
    reply = town.send(
        OPERATOR, "initiative_enter", form.value, **filled(form, **{"reason": "見直し", **changed})
    )
    found = errors(reply)
    assert list(found) == [field]
    assert said in found[field]
    assert len(town.stores.initiatives.list_versions(ONLINE.id)) == 1


def test_a_moved_date_is_told_with_what_it_was(town: Town) -> None:
    form = form_of(town.send(OPERATOR, "initiative_enter", ONLINE.id))
    steps = filled(form)["milestones"].replace("2026-12-10", "2027-01-20")
    typed = filled(form, milestones=steps, reason="端末の納品の遅れ")
    told = "工程表「転出届の受付開始」: 令和8年12月10日 → 令和9年1月20日"
    assert told in town.send(OPERATOR, "initiative_enter", form.value, **typed).text
    newest, first = town.stores.initiatives.list_versions(ONLINE.id)
    assert (newest.reason, newest.by) == ("端末の納品の遅れ", OPERATOR.id)
    assert changes(first.initiative, newest.initiative) == (told,)
    again = town.send(OPERATOR, "initiative_enter", form.value, **typed)  # somebody else saved in between
    assert texts.PAGE_OVERTAKEN in again.text
    assert "2027-01-20" in filled(form_of(again))["milestones"]
    form = form_of(again)
    same = town.send(OPERATOR, "initiative_enter", form.value, **filled(form, reason="念のため"))
    assert "変わったところがありません" in same.text
    assert len(town.stores.initiatives.list_versions(ONLINE.id)) == 2


def test_a_new_one_carries_an_earlier_one_on(town: Town) -> None:
    form = form_of(town.send(OPERATOR, "initiative_enter"))
    typed = filled(
        form, title="オンライン化の仕上げ", plan="次の次の計画", owner="職員課", follows=ONLINE.id, ends_on=""
    )
    said = town.send(OPERATOR, "initiative_enter", "", **typed)
    assert "「オンライン化の仕上げ」を加えました。" in said.text
    assert "次の計画へ引き継ぎ" in said.text
    by_title = {one.initiative.title: one.initiative for one in town.stores.initiatives.list_latest()}
    assert by_title["オンライン化の仕上げ"].follows == ONLINE.id
    assert by_title[ONLINE.title].state == "carried_over"


@pytest.mark.parametrize("person", [LEADER, MANAGER, HR, None])
def test_others_may_not(town: Town, person: object) -> None:
    assert town.send(person, "initiative_enter", ONLINE.id).form is None  # type: ignore[arg-type]
    assert town.send(person, "initiative_enter", "", title="題").form is None  # type: ignore[arg-type]
    assert len(town.stores.initiatives.list_latest()) == 2


def test_reading_never_fails_otherwise() -> None:
    with pytest.raises(InitiativeMistakes) as wrong:
        read_initiative({}, "x", None)
    assert set(wrong.value.by_field) == {"title", "plan", "owner", "role", "cadence", "starts_on"}


@given(
    st.fixed_dictionaries({}, optional={name: st.text(max_size=30) for name in FIELDS}), st.text(max_size=20)
)
def test_any_words_are_an_initiative_or_are_told_what_is_wrong(typed: dict[str, str], line: str) -> None:
    lines = {"targets": f"令和{line}年度: {line}", "milestones": f"2027-{line} {line}（済 {line}）"}
    for values in (typed, written(ONLINE) | typed, written(FULL) | lines):
        try:
            made = read_initiative(values, "x", None)
        except InitiativeMistakes as wrong:
            assert set(wrong.by_field) <= set(FIELDS)
            assert all(said.endswith("。") for said in wrong.by_field.values())
        else:
            assert read_initiative(written(made), "x", made) == made
