"""AI・RPA事例 through the router: registered, approved, found by asking, counted."""

from __future__ import annotations

from datetime import date

import pytest

from bot.handlers.editing import delete_article, editor_of, look, save_article
from bot.messages import Reply
from bot.services import Services
from bot.texts.ja import cases as texts
from knowledge.cases import Tally, tally
from storage.stores import SqlStores
from tests.handlers.learning_city import Seat, open_city
from tests.web.city import LEADER, MANAGER, OPERATOR, STAFF

MINUTES: dict[str, str | list[str]] = {
    "work": "会議録の作成",
    "tool": "ai",
    "stage": "verified",
    "started_on": "2026-07-01",
    "hours_before": "１２０",
    "hours_after": "30",
    "built": "録音から下書きを作り、担当が直します。",
    "link": "共有フォルダー/AI/会議録",
    "contact": "DX推進リーダー",
}


@pytest.fixture
def city(stores: SqlStores) -> Services:
    return open_city(stores)


def register(services: Services, value: str = "0123456789ab/1", **changed: str) -> Reply:
    return Seat(services, LEADER).send("case_register", value, **{**MINUTES, **changed})


def test_a_case_is_registered_approved_found_and_counted(city: Services) -> None:
    leader, operator, staff = Seat(city, LEADER), Seat(city, OPERATOR), Seat(city, STAFF)
    assert leader.send("case_register").form is not None
    assert register(city).title == texts.SENT_TITLE
    waiting = city.stores.cases.list_waiting()
    assert [case.work for case in waiting] == ["会議録の作成"]
    assert texts.NONE_YET in staff.send("cases").text
    operator.send("proposal_approve", waiting[0].proposal_id)
    city.knowledge.refresh()
    listed = staff.send("cases")
    assert "令和8年度は1業務、年間90時間の削減です。" in listed.text
    shown = staff.send("article", waiting[0].article_id)
    assert "録音から下書きを作り" in shown.text
    asked = staff.send("ask", "", "会議録の作成をAIで自動化した課はありますか")
    assert asked.answer is not None
    assert asked.answer.outcome == "answer"
    assert "会議録の作成にAIを使っています" in asked.text


def test_hours_count_only_when_approved_and_the_last_approved_version_stands(city: Services) -> None:
    register(city)
    first = city.stores.cases.list_waiting()[0]
    Seat(city, OPERATOR).send("proposal_approve", first.proposal_id)
    register(city, f"{first.id}/2", hours_after="10")
    assert [case.number for case in city.stores.cases.list_waiting()] == [2]
    assert tally(city.stores.cases.list_approved(), city.today()) == Tally(2026, 1, 90)
    Seat(city, OPERATOR).send("proposal_approve", city.stores.cases.list_waiting()[0].proposal_id)
    assert tally(city.stores.cases.list_approved(), city.today()) == Tally(2026, 1, 110)
    assert tally(city.stores.cases.list_approved(), date(2027, 4, 1)) == Tally(2027, 0, 0)


def test_a_rejected_case_counts_nothing(city: Services) -> None:
    register(city)
    waiting = city.stores.cases.list_waiting()[0]
    for reason, told in (("", "理由を入力"), ("長" * 301, "300文字以内にしてください（今は301文字です）")):
        again = Seat(city, OPERATOR).send("proposal_reject", waiting.proposal_id, reason=reason)
        assert again.form is not None and told in again.form.fields[0].error
        assert again.form.fields[0].value == reason[:300]
    assert city.stores.cases.list_waiting() == [waiting]
    Seat(city, OPERATOR).send("proposal_reject", waiting.proposal_id, reason="件数を書いてください。")
    assert city.stores.cases.list_approved() == []
    assert city.stores.cases.list_waiting() == []


@pytest.mark.parametrize(
    "field, value, said",
    [
        ("work", "", texts.EMPTY),
        ("work", "長" * 61, "60"),
        ("tool", "magic", texts.CHOOSE),
        ("stage", "", texts.CHOOSE),
        ("contact", "山田さん", texts.CHOOSE),
        ("started_on", "2026-02-30", texts.NOT_A_DATE),
        ("started_on", "2030-01-01", texts.FUTURE),
        ("started_on", "", texts.START_WANTED),
        ("hours_before", "-1", texts.NOT_A_NUMBER),
        ("hours_before", "nan", texts.NOT_A_NUMBER),
        ("hours_after", "", texts.HOURS_WANTED),
        ("built", "番号は 1234 5678 9018 です", texts.PERSONAL_NUMBER),
    ],
)
def test_mistakes_return_to_their_field_and_nothing_is_kept(
    city: Services, field: str, value: str, said: str
) -> None:
    form = register(city, **{field: value}).form
    assert form is not None
    errors = {one.id: one.error for one in form.fields if one.error}
    assert said in errors[field]
    assert next(one.value for one in form.fields if one.id == "link") == MINUTES["link"]
    assert city.stores.cases.list_waiting() == []


def test_only_the_own_department_updates_a_case(city: Services) -> None:
    register(city)
    case = city.stores.cases.list_waiting()[0]
    assert case.department_id == LEADER.department_id != OPERATOR.department_id
    assert Seat(city, OPERATOR).send("case_register", case.id).text.startswith(texts.NOT_YOURS)
    assert Seat(city, LEADER).send("case_register", "0123456789ac").text.startswith(texts.GONE)
    assert Seat(city, None).send("case_register").form is None


def test_a_second_click_makes_no_second_case(city: Services) -> None:
    form = Seat(city, LEADER).send("case_register").form
    assert form is not None
    assert register(city, form.value) == register(city, form.value)
    assert [(case.id, case.number) for case in city.stores.cases.list_waiting()] == [(form.value[:12], 1)]


def test_a_forged_id_is_refused(city: Services) -> None:
    form = register(city, "../../etc/1").form
    assert form is not None
    assert city.stores.cases.list_waiting() == []


@pytest.mark.parametrize("hidden", ["restricted", "deleted"])
def test_a_case_is_listed_to_those_who_can_open_it(city: Services, hidden: str) -> None:
    operator, staff, guest = Seat(city, OPERATOR), Seat(city, STAFF), Seat(city, None)
    before = [seat.send("cases") for seat in (staff, guest)]
    register(city)
    case = city.stores.cases.list_waiting()[0]
    operator.send("proposal_approve", case.proposal_id)
    city.knowledge.refresh()
    assert case.work in staff.send("cases").text
    editor = editor_of(city, OPERATOR)
    if hidden == "deleted":
        delete_article(city, editor, case.article_id, "", "")
    else:
        stamp = look(city, editor, case.article_id).stamp
        save_article(city, editor, case.article_id, stamp, {"visible_to": "デジタル推進室"}, "")
    city.knowledge.refresh()
    assert [seat.send("cases") for seat in (staff, guest)] == before
    assert (case.work in operator.send("cases").text) is (hidden == "restricted")


def test_of_two_who_update_a_case_the_second_is_shown_the_difference(city: Services) -> None:
    register(city)
    case = city.stores.cases.list_waiting()[0]
    colleague = Seat(city, MANAGER)
    assert register(city, f"{case.id}/2", hours_after="10").title == texts.SENT_TITLE
    told = {**MINUTES, "built": "様式をそろえました。", "hours_after": "10"}
    second = colleague.send("case_register", f"{case.id}/2", **told)
    assert second.form is not None
    fields = {field.id: field for field in second.form.fields}
    assert fields["built"].value == told["built"]
    assert [field.id for field in fields.values() if field.error] == ["built"]
    assert str(MINUTES["built"]) in fields["built"].error
    assert colleague.fill(second).title == texts.SENT_TITLE
    versions = [(one.number, one.built) for one in city.stores.cases.list_waiting()]
    assert versions[-1] == (3, told["built"]) and len(versions) == 3
