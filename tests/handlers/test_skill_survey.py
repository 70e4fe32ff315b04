"""The self-assessment answered as a survey becomes part of the person's history."""

from __future__ import annotations

import pytest

from bot.messages import Form, Reply, row_id
from bot.services import Services
from bot.texts.ja import skill_page as texts
from bot.texts.ja import surveys as survey_texts
from storage.stores import SqlStores
from surveys.skills.asking import NO, YES, survey_of
from surveys.skills.reading import read_skill_set
from tests.surveys.city import Seat, city, open_round, staff

FRAMEWORK = read_skill_set().framework
CHECKS = {
    f"{skill.id}.{check.id}": YES if check.answer else NO
    for skill in FRAMEWORK.skills
    for check in skill.checks
}


@pytest.fixture
def services(stores: SqlStores) -> Services:
    made = city(stores)
    open_round(stores, survey_of(FRAMEWORK))
    return made


def filled(form: Form, level: str) -> dict[str, str | list[str]]:
    """A page with every skill at one level, every check right, and an example."""
    values: dict[str, str | list[str]] = {}
    for field in form.fields:
        if field.kind == "matrix":
            values |= {row_id(field, row): CHECKS[row_id(field, row)] for row in field.rows}
        elif field.kind == "single":
            values[field.id] = "leader" if field.id == "tier" else level
        else:
            values[field.id] = "毎月の集計を直した"
    return values


def answer(seat: Seat, first: Reply, level: str) -> Reply:
    """Fill every page and send."""
    reply = first
    while reply.form is not None and reply.form.name == "survey_page":
        reply = seat.send("survey_page", reply.form.value, "", **filled(reply.form, level))
    assert reply.form is not None
    return seat.send(reply.form.name, reply.form.value)


def test_from_the_invitation_to_my_page(services: Services) -> None:
    seat = staff(services)
    invitation = seat.send("skills")
    notice = seat.press(invitation, texts.ASSESS)
    assert "人事評価・昇任・異動の判断には使いません" in notice.text
    done = answer(seat, seat.press(notice, survey_texts.START), "2")
    assert done.title == survey_texts.RECEIPT_TITLE
    page = seat.send("skills")
    assert "DX推進リーダーの目標: 23項目のうち" in page.text
    (kept,) = services.stores.skills.list_assessments(seat.person.id)  # type: ignore[union-attr]
    assert set(kept.levels.values()) == {2, 3}
    assert kept.levels["security"] == 3
    assert kept.evidence["tech"] == "毎月の集計を直した"
    assert kept.department_id == "D11"
    assert texts.ASSESS not in [action.label for action in page.actions]


def test_an_edit_is_not_a_second_assessment(services: Services) -> None:
    seat = staff(services)
    done = answer(seat, seat.press(seat.send("survey_start", "round-1"), survey_texts.START), "1")
    answer(seat, seat.press(done, survey_texts.EDIT), "3")
    (kept,) = services.stores.skills.list_assessments(seat.person.id)  # type: ignore[union-attr]
    assert set(kept.levels.values()) == {3}
