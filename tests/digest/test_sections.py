"""Sections that other domains fill: questions put to the reader's 課, and how many answered running surveys."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.handlers.digest.composing import compose_whole
from bot.handlers.digest.reading import preview
from bot.texts.ja import digest as texts
from knowledge.learning.inquiry import Asker, Inquiry
from staff.model import Person, Post, Role
from storage.stores import SqlStores
from surveys.definition import Identity
from tests.digest.town import Town
from tests.handlers.test_cases import MINUTES
from tests.surveys.city import open_round
from tests.surveys.samples import NOW, survey
from tests.web.city import DEPARTMENTS, LEADER, OPERATOR, STAFF

WEEK = "2026-W48"


@pytest.fixture
def town(sqlite_stores: SqlStores) -> Town:
    return Town(sqlite_stores, now=NOW + timedelta(hours=1))


def ask(town: Town, question: str, department: str, owner: str) -> Inquiry:
    inquiry = Inquiry(question=question, owner=owner, department_id=department, asked_at=town.now)
    town.stores.learning.add_inquiry(inquiry, Asker(STAFF.id, "web", STAFF.id))
    return inquiry


def test_questions_to_the_own_section_are_told_with_a_button_and_never_who_asked(town: Town) -> None:
    asked = ask(town, "住民票の写しの郵送の送料は", "D11", "市民窓口課")
    ask(town, "研修の申込みは", "D21", "職員課")
    issue, own, first = preview(town.services, WEEK, LEADER)
    assert "1. 質問への回答「住民票の写しの郵送の送料は」" in first.text
    assert "研修の申込み" not in first.text + compose_whole(issue, own).text
    for told in (first.text, issue.model_dump_json(), own.model_dump_json()):
        assert STAFF.id not in told
        assert STAFF.name not in told
    answer = next(action for action in first.actions if action.name == "inquiry")
    assert answer.value == asked.id
    assert asked.question in town.send(LEADER, answer.name, answer.value).text


def test_surveys_tell_sections_of_five_and_more_and_none_of_an_anonymous_round(town: Town) -> None:
    def of(department: str, count: int, first: int) -> list[Person]:
        post = Post(department_id=department, roles=frozenset({Role.STAFF}))
        return [
            Person(id=f"{number}", name="職員", email=f"p{number}@x.example", posts=(post,), synthetic=True)
            for number in range(first, first + count)
        ]

    more = [*of("D11", 1, 800001), *of("D21", 3, 810001)]  # with who is there already: five, and four
    town.stores.directory.save(DEPARTMENTS, more, [])
    open_round(town.stores, survey(id="named", title="記名の調査", identity=Identity.NAMED.value), "named")
    open_round(
        town.stores,
        survey(id="nameless", title="無記名の調査", identity=Identity.ANONYMOUS.value),
        "nameless",
    )
    issue, own, first = preview(town.services, WEEK, LEADER)
    rows = {one.title: [(row.name, row.asked) for row in one.rows] for one in issue.surveys}
    # 課 of four and of one stand as their 部, as 「回答の数」 shows them.
    assert rows == {"記名の調査": [("市民窓口課", 5), ("総務部", 5), ("総務部", 5)], "無記名の調査": []}
    assert "記名の調査: 0／10人が回答（12月1日（火）まで）、市民窓口課は0／5人" in first.text
    assert "無記名の調査: 0／10人が回答（12月1日（火）まで）\n" in f"{first.text}\n"
    assert compose_whole(issue, own).text.count("回答は任意です") == 2


def test_an_approved_case_of_ai_or_rpa_is_told_and_opens(town: Town) -> None:
    town.send(LEADER, "case_register", "0123456789ab/1", **MINUTES)
    assert texts.CASE not in preview(town.services, WEEK, LEADER)[2].text  # nobody approved it yet
    (waiting,) = town.stores.cases.list_waiting()
    town.send(OPERATOR, "proposal_approve", waiting.proposal_id)
    town.services.knowledge.refresh()
    issue, own, first = preview(town.services, WEEK, LEADER)
    assert f"{texts.CASE}: 会議録の作成" in first.text
    (read,) = [action for action in compose_whole(issue, own).actions if action.name == "article"]
    assert "録音から下書きを作り" in town.send(LEADER, read.name, read.value).text
