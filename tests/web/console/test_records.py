"""保存と消去: the holds of the city's record rules, and the proofs of what was deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from bot.app import create_app
from bot.jobs.retention import forget_expired
from knowledge.learning.unanswered import Reason, keep_question
from staff.privacy.holding import is_held, place_hold
from storage.stores import SqlStores
from tests.handlers.learning_city import NOW, later
from tests.surveys.content import shipped
from tests.surveys.samples import planned
from tests.web.city import OPERATOR, settle
from tests.web.conftest import make_services
from tests.web.console.test_matrix import AUDITOR
from tests.web.console.test_pages import Browser

PATH = "/console/records"
Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(stores: SqlStores, aiohttp_client: AiohttpClient) -> Client:
    settle(stores)
    stores.directory.save((), (AUDITOR,), [])
    return await aiohttp_client(create_app(make_services(stores)))


async def test_a_hold_keeps_a_kind_until_it_is_released_and_the_proof_is_shown(
    stores: SqlStores, client: Client
) -> None:
    desk = Browser(client, OPERATOR)
    keep_question(stores.learning, "1", "名刺の作り方", Reason.UNKNOWN, "職員課", NOW)
    worker = later(make_services(stores), NOW + timedelta(days=400))
    elsewhere = await client.post(
        f"{PATH}/hold", data={"kind": "audit", "reason": "x"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert elsewhere.status == 403
    placed = await desk.post(f"{PATH}/hold", {"kind": "questions", "reason": "情報公開請求 <12号>"})
    assert "保留を置きました" in placed.text
    (hold,) = stores.records.list_holds()
    assert (hold.kind, hold.reason, hold.placed_by) == ("questions", "情報公開請求 <12号>", OPERATOR.id)
    told = (await desk.get(PATH)).text
    assert all(
        one in told for one in ("質問と評価", "情報公開請求 <12号>", OPERATOR.name, "まだ何も消していません")
    )
    assert forget_expired(worker)["questions"] == 0

    unsure = await desk.post(f"{PATH}/release", {"id": hold.id}, 422)
    assert "外していません" in unsure.text
    assert stores.records.list_holds() == [hold]
    sure = {"id": hold.id, "sure": "yes"}
    assert "保留を外しました" in (await desk.post(f"{PATH}/release", sure)).text
    assert "もう外れている" in (await desk.post(f"{PATH}/release", sure, 404)).text
    actions = [one.action for one in stores.audit.list_events(20) if one.action.startswith("records.")]
    assert actions == ["records.release", "records.hold"]

    assert forget_expired(worker)["questions"] == 1
    page = await desk.get(PATH)
    assert "質問と評価期限10これから" in page.text
    stores.records.mark_cleaned(worker.clock() + timedelta(days=1), worker.clock())
    assert "これから" not in (await desk.get(PATH)).text


async def test_one_round_of_a_survey_is_held(stores: SqlStores, client: Client) -> None:
    round_ = planned(shipped("telework-usage"))
    stores.surveys.plan_round(round_)
    desk = Browser(client, OPERATOR)
    offered = await desk.get(PATH)
    assert offered.one("option", value=round_.id)
    fields = {"kind": "answers", "reason": "公文書", "round": round_.id}
    page = await desk.post(f"{PATH}/hold", fields)
    assert f"この回だけ: {round_.definition.title}" in page.text
    assert is_held(stores.records, "answers", round_.id)
    assert not is_held(stores.records, "answers", "round-2")
    wrong = await desk.post(f"{PATH}/hold", {**fields, "kind": "audit"}, 422)
    assert "調査の回答（answers）だけです" in wrong.text


async def test_what_makes_no_sense_is_told_and_nothing_that_was_typed_is_lost(
    stores: SqlStores, client: Client
) -> None:
    desk = Browser(client, OPERATOR)
    for fields, told in (
        ({"kind": "nothing", "reason": "公文書"}, "その種類はありません"),
        ({"kind": "audit", "reason": " "}, "理由を 200 字まで"),
        ({"kind": "answers", "reason": "公文書", "round": "ない回"}, "その調査の回はありません"),
    ):
        page = await desk.post(f"{PATH}/hold", fields, 422)
        assert told in page.text
        assert page.one("input", name="reason")["value"] == fields["reason"]
    assert stores.records.list_holds() == []


async def test_the_auditor_reads_and_places_nothing(stores: SqlStores, client: Client) -> None:
    hold = place_hold(stores, "cli/test", "audit", "公文書", NOW)
    desk = Browser(client, AUDITOR)
    page = await desk.get(PATH)
    assert "監査の記録" in page.text and "cli/test" in page.text
    assert not page.all("form", action=f"{PATH}/hold") and not page.all("form", action=f"{PATH}/release")
    await desk.post(f"{PATH}/hold", {"kind": "audit", "reason": "公文書"}, 403)
    await desk.post(f"{PATH}/release", {"id": hold.id, "sure": "yes"}, 403)
    assert stores.records.list_holds() == [hold]
    refused = [one.target for one in stores.audit.list_events(2)]
    assert refused == [f"{PATH}/release", f"{PATH}/hold"]
