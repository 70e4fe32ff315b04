"""Proposals on the web: who proposes, who decides, what is answered from, who is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.messages import Reply
from bot.services import Services
from bot.texts.ja import editing as texts
from bot.texts.ja import knowledge_pages as words
from knowledge.editing.store import Proposal, ProposalState
from tests.web.city import HR, LEADER, MANAGER, OPERATOR, STAFF
from tests.web.knowledge.conftest import COUNTER, Open
from tests.web.knowledge.test_editing import NEW_TEXT, answered

PHRASING = "役所の扉が閉まる頃合いは"
DRAFT = {
    "kind": "faq",
    "title": "駐輪場の場所",
    "body": "本庁舎の北側にあります。",
    "questions": "自転車はどこに止めますか",
    "owner": "市民窓口課",
    "reason": "よく聞かれます",
}


def waiting(services: Services) -> list[Proposal]:
    return list(services.stores.proposals.list_proposals(ProposalState.WAITING))


def told(services: Services) -> dict[str, Reply]:
    """What lies in the outbox for each person, the newest of several; taking it empties the outbox."""
    found: dict[str, Reply] = {}
    while claimed := services.stores.outbox.claim("test", datetime.now(UTC), 60):
        found[claimed.message.recipient] = claimed.message.reply
    return found


async def test_a_phrasing_is_answered_from_only_after_the_owner_approved_it(
    opened: Open, services: Services
) -> None:
    staff, leader = await opened(STAFF), await opened(LEADER)
    page = await staff.post("/knowledge/phrasing", id=COUNTER.id, phrasing=PHRASING)
    assert words.done("proposed") in page.text
    assert answered(services, PHRASING) == ""
    (proposal,) = waiting(services)
    asked = told(services)
    assert set(asked) == {LEADER.id, MANAGER.id, OPERATOR.id}
    assert {action.value for reply in asked.values() for action in reply.actions} == {proposal.id}
    listed = await leader.get("/knowledge/proposals")
    assert PHRASING in listed.text
    shown = await leader.get("/knowledge/proposal", id=proposal.id)
    assert [each["class"] for each in shown.all("li", class_="added")] == ["added"]
    stamp = shown.all("input", name="stamp")[0]["value"]
    await leader.post("/knowledge/approve", id=proposal.id, stamp=stamp, word="ありがとう")
    assert "17時まで" in answered(services, PHRASING)
    text = told(services)[STAFF.id].text
    assert texts.TOLD_APPROVED in text and PHRASING in text and "ありがとう" in text
    actions = [(event.actor, event.action) for event in services.stores.audit.list_events(2)]
    assert actions == [(LEADER.id, "knowledge.approve"), (STAFF.id, "knowledge.propose")]


async def test_a_new_article_is_proposed_mended_and_approved(opened: Open, services: Services) -> None:
    staff, operator = await opened(STAFF), await opened(OPERATOR)
    await staff.post("/knowledge/new", **DRAFT, act="propose")
    assert "北側" not in answered(services, "駐輪場の場所は")
    (proposal,) = waiting(services)
    assert proposal.article is not None and proposal.proposed_by == STAFF.id
    mended = {"title": "駐輪場の場所", "body": "本庁舎の東側にあります。", "owner": "市民窓口課"}
    page = await operator.post("/knowledge/approve", id=proposal.id, stamp="", **mended)
    assert words.done("approved-1") in page.text
    assert "東側" in answered(services, "駐輪場の場所は")
    assert texts.TOLD_APPROVED in told(services)[STAFF.id].text


async def test_a_rejection_needs_a_reason_and_tells_it(opened: Open, services: Services) -> None:
    staff, leader = await opened(STAFF), await opened(LEADER)
    await staff.post("/knowledge/new", **DRAFT)
    (proposal,) = waiting(services)
    page = await leader.post("/knowledge/reject", 422, id=proposal.id, reason=" ")
    assert texts.REASON_NEEDED in page.text
    await leader.post("/knowledge/reject", id=proposal.id, reason="別の記事にあります")
    text = told(services)[STAFF.id].text
    assert texts.TOLD_REJECTED in text and "別の記事にあります" in text
    assert answered(services, "駐輪場の場所は") == ""
    mine = await staff.get("/knowledge/proposal", id=proposal.id)
    assert "別の記事にあります" in mine.text and words.APPROVE not in mine.text


@pytest.mark.parametrize(
    "path, field, act", [("new", "reason", "propose"), ("approve", "word", ""), ("reject", "reason", "")]
)
async def test_words_that_are_too_long_return_to_their_field_uncut(
    opened: Open, services: Services, path: str, field: str, act: str
) -> None:
    staff, leader = await opened(STAFF), await opened(LEADER)
    await staff.post("/knowledge/new", **DRAFT)
    (proposal,) = waiting(services)
    sent = {**DRAFT, "title": "別の題", "act": act} if path == "new" else {"id": proposal.id, "stamp": ""}
    page = await leader.post(f"/knowledge/{path}", 422, **{**sent, field: "長" * 501})
    written = page.one("input", name=field, value="長" * 501)
    assert written["aria-invalid"] == "true" and "500 字までで書いてください。" in page.text
    assert page.one("p", id=written["aria-describedby"].split()[-1])["class"] == "field-error"
    assert waiting(services) == [proposal]


async def test_many_proposals_are_shown_a_page_at_a_time(opened: Open) -> None:
    staff, operator = await opened(STAFF), await opened(OPERATOR)
    for number in range(53):
        await staff.post("/knowledge/new", **{**DRAFT, "title": f"駐輪場{number:02}"}, act="propose")
    first, last = (
        await operator.get("/knowledge/proposals"),
        await operator.get("/knowledge/proposals", number="2"),
    )
    assert "駐輪場00" in first.text and "駐輪場49" in first.text and "駐輪場50" not in first.text
    assert "駐輪場50" in last.text and "駐輪場52" in last.text and "駐輪場49" not in last.text


async def test_a_decision_is_made_once(opened: Open, services: Services) -> None:
    operator = await opened(OPERATOR)
    await operator.post("/knowledge/new", **DRAFT)
    (proposal,) = waiting(services)
    await operator.post("/knowledge/approve", id=proposal.id, stamp="")
    for path in ("approve", "reject"):
        page = await operator.post(f"/knowledge/{path}", 409, id=proposal.id, reason="遅れて", stamp="")
        assert "承認済み" in page.text
    (version,) = services.stores.versions.list_versions(proposal.article_id)
    assert version.article is not None and version.article.title == DRAFT["title"]


async def test_who_does_not_own_it_cannot_decide_nor_see_it(opened: Open, services: Services) -> None:
    staff, leader, hr = await opened(STAFF), await opened(LEADER), await opened(HR)
    await hr.post("/knowledge/new", **{**DRAFT, "owner": "職員課"})
    (proposal,) = waiting(services)
    for browser in (staff, leader):
        assert DRAFT["title"] not in (await browser.get("/knowledge/proposals")).text
        await browser.get("/knowledge/proposal", 403, id=proposal.id)
        for path in ("approve", "reject"):
            await browser.post(f"/knowledge/{path}", 403, id=proposal.id, stamp="", reason="だめ")
    own = await hr.get("/knowledge/proposals")
    assert DRAFT["title"] in own.text
    assert len(waiting(services)) == 1


async def test_an_article_that_changed_meanwhile_is_looked_at_again(opened: Open, services: Services) -> None:
    leader = await opened(LEADER)
    await leader.post("/knowledge/phrasing", id=COUNTER.id, phrasing=PHRASING)
    (proposal,) = waiting(services)
    shown = await leader.get("/knowledge/proposal", id=proposal.id)
    stamp = shown.all("input", name="stamp")[0]["value"]
    await leader.post("/knowledge/edit", **{**(await leader.edit(COUNTER.id)), "body": NEW_TEXT})
    page = await leader.post("/knowledge/approve", 409, id=proposal.id, stamp=stamp)
    assert texts.OUTDATED in page.text and len(waiting(services)) == 1
    fresh = (await leader.get("/knowledge/proposal", id=proposal.id)).all("input", name="stamp")[0]["value"]
    await leader.post("/knowledge/approve", id=proposal.id, stamp=fresh)
    assert "17時15分" in answered(services, PHRASING), "the edit is kept beside the phrasing"


async def test_those_with_the_right_publish_at_once_and_others_cannot(
    opened: Open, services: Services
) -> None:
    staff, leader = await opened(STAFF), await opened(LEADER)
    await staff.post("/knowledge/new", 403, **DRAFT, act="publish")
    page = await leader.post("/knowledge/new", **DRAFT, act="publish")
    assert DRAFT["body"] in page.text
    again = await leader.post("/knowledge/new", 422, **DRAFT, act="publish")
    assert texts.TITLE_TAKEN in again.text
    page = await leader.post("/knowledge/new", 422, **{**DRAFT, "title": ""}, act="publish")
    assert page.one("input", name="title", aria_invalid="true")
    await leader.post("/knowledge/new", 404, **{**DRAFT, "kind": "魔法"})


async def test_a_phrasing_is_bounded(opened: Open, services: Services) -> None:
    staff = await opened(STAFF)
    for phrasing in (" ", "長" * 201):
        page = await staff.post("/knowledge/phrasing", 422, id=COUNTER.id, phrasing=phrasing)
        assert words.PHRASING_LENGTH in page.text
        assert page.one("input", name="phrasing", value=phrasing)["aria-invalid"] == "true"
    assert waiting(services) == []


@pytest.mark.parametrize(
    "written",
    ["0466-25-1111へかけた田中花子さんの窓口", "番号 1234 5678 9018 の窓口", "a.tanaka@city.example の窓口"],
)
async def test_personal_details_are_not_proposed(opened: Open, services: Services, written: str) -> None:
    staff, leader = await opened(STAFF), await opened(LEADER)
    page = await staff.post("/knowledge/phrasing", 422, id=COUNTER.id, phrasing=written)
    assert page.one("input", name="phrasing", value=written)["aria-invalid"] == "true"
    for browser, act in ((staff, "propose"), (leader, "publish")):
        page = await browser.post("/knowledge/new", 422, **{**DRAFT, "questions": written, "act": act})
        assert page.one("textarea", name="questions")["aria-invalid"] == "true"
    await staff.post("/knowledge/new", 422, **{**DRAFT, "body": "見本の番号 1234 5678 9018"}, act="propose")
    form = await leader.edit(COUNTER.id)
    await leader.post("/knowledge/edit", 422, **{**form, "questions": written})
    assert waiting(services) == [] and services.stores.versions.list_latest() == []
    await staff.post("/knowledge/new", **{**DRAFT, "body": "窓口の電話は0466-25-1111です。"}, act="propose")
    assert len(waiting(services)) == 1, "a 課 may tell its telephone number"


async def test_what_an_approver_mended_is_kept_when_the_article_changed_meanwhile(
    opened: Open, services: Services
) -> None:
    leader = await opened(LEADER)
    await leader.post("/knowledge/phrasing", id=COUNTER.id, phrasing=PHRASING)
    (proposal,) = waiting(services)
    form = await leader.edit(COUNTER.id)
    await leader.post("/knowledge/edit", **{**form, "body": NEW_TEXT})
    mended = {name: text for name, text in form.items() if name not in {"id", "stamp", "reason"}}
    stale = {**mended, "questions": "直した言い方", "id": proposal.id, "stamp": form["stamp"]}
    page = await leader.post("/knowledge/approve", 409, **stale)
    assert texts.OUTDATED in page.text and "直した言い方" in page.text
    assert len(waiting(services)) == 1
