"""Editing on the web: forms, versions, two editors at once, deleting, going back, changed sources."""

from __future__ import annotations

import pytest

from bot.services import Services
from bot.texts.ja import editing as texts
from bot.texts.ja import knowledge_pages as words
from bot.texts.ja.importing import owner_unknown
from knowledge.article import Article, Layer, Passage
from tests.handlers.learning_city import Seat
from tests.knowledge.plans import article, made_up_plan, revised_plan
from tests.web.city import HR, LEADER, MANAGER, OPERATOR, STAFF
from tests.web.conftest import Client
from tests.web.html import Html
from tests.web.knowledge.conftest import COUNTER, Open

ID = COUNTER.id
NEW_TEXT = "平日の8時30分から17時15分までです。"


def answered(services: Services, question: str) -> str:
    services.knowledge.refresh()
    answer = services.knowledge.whole.answer(question)
    return "\n".join(excerpt.text for excerpt in answer.excerpts) if answer.outcome == "answer" else ""


async def test_an_edit_is_a_version_and_is_answered_from(opened: Open, services: Services) -> None:
    leader = await opened(LEADER)
    form = await leader.edit(ID)
    assert form["body"] == COUNTER.body and form["aliases"] == "受付時間"
    page = await leader.post("/knowledge/edit", **{**form, "body": NEW_TEXT, "reason": "時間の変更"})
    assert words.done("saved-1") in page.text and NEW_TEXT in page.text
    assert "17時15分" in answered(services, "窓口の受付時間は")
    history = await leader.get("/knowledge/history", id=ID)
    assert "時間の変更" in history.text and LEADER.name in history.text
    assert len(history.all("li", class_="removed")) == len(history.all("li", class_="added")) == 1
    event = services.stores.audit.list_events(1)[0]
    assert (event.actor, event.action, event.target) == (LEADER.id, "knowledge.edit", ID)
    assert event.detail == {"version": 1, "fields": "body"}


async def test_every_field_can_be_edited_and_what_is_not_touched_stays(
    opened: Open, services: Services
) -> None:
    operator = await opened(OPERATOR)
    changed = {
        "title": "窓口の時間",
        "reading": "まどぐちのじかん",
        "aliases": "開庁時間\n受付時間",
        "questions": "何時に閉まりますか",
        "body": "【概要】平日です。\n土日は休みです。",
        "owner": "職員課",
        "review_on": "2027-04-01",
        "document": "手引",
        "section": "3",
        "edition": "第2版",
    }
    form = await operator.edit(ID)
    await operator.post("/knowledge/edit", **{**form, **changed})
    again = await operator.edit(ID)
    assert {name: again[name] for name in changed} == changed
    version = services.stores.versions.latest(ID)
    assert version is not None and version.article is not None
    assert version.article.kind == COUNTER.kind
    assert version.article.passages == (
        Passage(text="平日です。", label="概要"),
        Passage(text="土日は休みです。"),
    )
    assert version.beneath == COUNTER


async def test_an_owner_whom_the_directory_does_not_know_is_named(opened: Open) -> None:
    operator, warning = await opened(OPERATOR), owner_unknown("市民なんとか課")
    form = await operator.edit(ID)
    assert "職員名簿にありません" not in (await operator.get("/knowledge/article", id=ID)).text
    page = await operator.post("/knowledge/edit", **{**form, "owner": "市民なんとか課"})
    assert words.done("saved-1") in page.text and warning in page.text
    assert warning in (await operator.get("/knowledge/edit", id=ID)).text
    assert warning not in (await (await opened(STAFF)).get("/knowledge/article", id=ID)).text


async def test_a_review_that_is_overdue_is_told(opened: Open) -> None:
    operator = await opened(OPERATOR)
    form = await operator.edit(ID)
    for day, told in (("2099-01-01", False), ("2020-01-01", True)):
        page = await operator.post("/knowledge/edit", **{**form, "review_on": day})
        assert (words.REVIEW_OVERDUE in page.text) is told
        form = await operator.edit(ID)


async def test_the_official_words_stay_and_get_names_beside_them(opened: Open, services: Services) -> None:
    operator = await opened(OPERATOR)
    form = await operator.edit("term:bpr")
    assert form["body"] == ""
    await operator.post("/knowledge/edit", **{**form, "aliases": "しごと見直し", "reading": "びーぴーあーる"})
    page = await operator.get("/knowledge/article", id="term:bpr")
    assert "Business Process Re-engineeringの略。" in page.text and "しごと見直し" in page.text
    assert "Re-engineeringの略。" in answered(services, "しごと見直しとは何ですか")
    official = services.stores.articles.list_under("term:bpr")[0]
    assert official.passages[0].text.startswith("Business") and "しごと見直し" not in official.aliases


async def test_mistakes_return_to_their_fields_and_nothing_is_saved(opened: Open, services: Services) -> None:
    leader = await opened(LEADER)
    form = await leader.edit(ID)
    wrong = {**form, "title": " ", "review_on": "来年", "body": NEW_TEXT}
    page = await leader.post("/knowledge/edit", 422, **wrong)
    invalid = [each["name"] for tag in ("input", "textarea") for each in page.all(tag, aria_invalid="true")]
    assert sorted(invalid) == ["review_on", "title"]
    assert NEW_TEXT in page.text
    assert services.stores.versions.latest(ID) is None
    unchanged = await leader.post("/knowledge/edit", 422, **form)
    assert texts.NOTHING_CHANGED in unchanged.text


async def test_the_second_of_two_editors_sees_the_difference_and_both_changes_are_kept(
    opened: Open, services: Services
) -> None:
    first, second = await opened(LEADER), await opened(MANAGER)
    forms = await first.edit(ID), await second.edit(ID)
    await first.post("/knowledge/edit", **{**forms[0], "body": NEW_TEXT})
    mine = {**forms[1], "aliases": "開庁時間"}
    refused = await second.post("/knowledge/edit", 409, **mine)
    assert texts.CLASH in refused.text and "開庁時間" in refused.text
    assert NEW_TEXT in refused.text, "what the first changed is put in where the second changed nothing"
    assert not refused.all("textarea", aria_invalid="true")
    stamp = refused.one("input", name="stamp")["value"]
    await second.post("/knowledge/edit", **{**mine, "body": NEW_TEXT, "stamp": stamp})
    version = services.stores.versions.latest(ID)
    assert version is not None and version.number == 2 and version.article is not None
    assert version.article.body == NEW_TEXT and version.article.aliases == ("開庁時間",)


async def test_where_both_changed_one_field_the_second_chooses(opened: Open, services: Services) -> None:
    first, second = await opened(LEADER), await opened(MANAGER)
    forms = await first.edit(ID), await second.edit(ID)
    await first.post("/knowledge/edit", **{**forms[0], "body": NEW_TEXT})
    refused = await second.post("/knowledge/edit", 409, **{**forms[1], "body": "平日の9時からです。"})
    assert [each["name"] for each in refused.all("textarea", aria_invalid="true")] == ["body"]
    assert NEW_TEXT in refused.text and "平日の9時からです。" in refused.text
    assert len(services.stores.versions.list_versions(ID)) == 1


async def test_an_import_during_an_edit_is_not_overwritten(opened: Open, services: Services) -> None:
    leader = await opened(LEADER)
    form = await leader.edit(ID)
    newer = COUNTER.model_copy(update={"title": "窓口の受付時間（新）"})
    services.stores.articles.replace_source("窓口.csv", [newer])
    page = await leader.post("/knowledge/edit", 409, **{**form, "body": NEW_TEXT})
    assert "窓口の受付時間（新）" in page.text
    assert services.stores.versions.latest(ID) is None


async def test_going_back_makes_a_new_version_and_a_deletion_can_be_undone(
    opened: Open, services: Services
) -> None:
    leader = await opened(LEADER)
    form = await leader.edit(ID)
    await leader.post("/knowledge/edit", **{**form, "body": NEW_TEXT})
    article = await leader.get("/knowledge/article", id=ID)
    deleted = await leader.post(
        "/knowledge/delete", id=ID, stamp=article.one("input", name="stamp")["value"], reason="廃止"
    )
    assert words.DELETED in deleted.text
    assert answered(services, "窓口の受付時間は") == ""
    stamp = deleted.all("input", name="stamp")[0]["value"]
    await leader.post("/knowledge/rollback", id=ID, stamp=stamp, number="1")
    assert "17時15分" in answered(services, "窓口の受付時間は")
    stamp = (await leader.edit(ID))["stamp"]
    await leader.post("/knowledge/rollback", id=ID, stamp=stamp, number="0")
    assert "17時まで" in answered(services, "窓口の受付時間は")
    numbers = [version.number for version in services.stores.versions.list_versions(ID)]
    assert numbers == [4, 3, 2, 1]
    actions = [event.action for event in services.stores.audit.list_events(4)]
    assert actions == ["knowledge.rollback", "knowledge.rollback", "knowledge.delete", "knowledge.edit"]


async def test_a_reason_that_is_too_long_changes_nothing(opened: Open, services: Services) -> None:
    leader = await opened(LEADER)
    form, too_long = await leader.edit(ID), "長" * 501
    page = await leader.post("/knowledge/edit", 422, **{**form, "body": NEW_TEXT, "reason": too_long})
    assert page.one("input", name="reason", value=too_long)["aria-invalid"] == "true"
    refused = await leader.post("/knowledge/delete", 422, id=ID, stamp=form["stamp"], reason=too_long)
    assert refused.one("input", name="reason", value=too_long)["aria-invalid"] == "true"
    assert "500 字までで書いてください。" in refused.text
    assert services.stores.versions.latest(ID) is None
    await leader.post("/knowledge/edit", **{**form, "body": NEW_TEXT, "reason": "長" * 500})
    assert services.stores.versions.list_versions(ID)[0].reason == "長" * 500


async def test_a_long_history_is_shown_a_page_at_a_time(opened: Open) -> None:
    leader = await opened(LEADER)
    for number in range(23):
        form = await leader.edit(ID)
        await leader.post(
            "/knowledge/edit", **{**form, "body": f"{NEW_TEXT}{number:02}", "reason": f"見直し{number:02}"}
        )
    newest = await leader.get("/knowledge/history", id=ID)
    assert newest.text.count(words.NEWEST) == 1
    assert "見直し22" in newest.text and "見直し03" in newest.text and "見直し02" not in newest.text
    assert newest.text.count(words.REVERT) == 19, "to all but the newest"
    oldest = await leader.get("/knowledge/history", id=ID, number="2")
    assert "見直し02" in oldest.text and "見直し00" in oldest.text and "見直し03" not in oldest.text
    assert words.NEWEST not in oldest.text
    assert oldest.text.count(words.REVERT) == 3


async def test_going_back_from_an_old_page_is_refused(opened: Open) -> None:
    leader = await opened(LEADER)
    form = await leader.edit(ID)
    await leader.post("/knowledge/edit", **{**form, "body": NEW_TEXT})
    page = await leader.post("/knowledge/rollback", 409, id=ID, stamp=form["stamp"], number="0")
    assert texts.OUTDATED in page.text
    page = await leader.post(
        "/knowledge/rollback", 404, id=ID, stamp=(await leader.edit(ID))["stamp"], number="9"
    )
    assert "9 版はありません" in page.text


async def test_a_changed_source_is_told_and_can_be_merged(opened: Open, services: Services) -> None:
    leader = await opened(LEADER)
    form = await leader.edit(ID)
    await leader.post("/knowledge/edit", **{**form, "aliases": "開庁時間"})
    services.stores.articles.replace_source(
        "窓口.csv", [COUNTER.model_copy(update={"passages": (Passage(text=NEW_TEXT),)})]
    )
    page = await leader.get("/knowledge/article", id=ID)
    assert words.SOURCE_CHANGED in page.text and NEW_TEXT in page.text
    assert "17時まで" in answered(services, "窓口の受付時間は"), "the edit goes on standing"
    listed = await leader.get("/knowledge/proposals")
    assert words.CHANGED_TITLE in listed.text
    merged = await leader.get("/knowledge/edit", id=ID, merge="1")
    assert NEW_TEXT in merged.text and "開庁時間" in merged.text
    form = await leader.edit(ID)
    await leader.post("/knowledge/edit", **{**form, "body": NEW_TEXT})
    assert words.SOURCE_CHANGED not in (await leader.get("/knowledge/article", id=ID)).text
    assert "17時15分" in answered(services, "窓口の受付時間は")


async def test_looking_at_a_changed_source_and_saving_the_edit_as_it_is_settles_it(
    opened: Open, services: Services
) -> None:
    leader = await opened(LEADER)
    await leader.post("/knowledge/edit", **{**(await leader.edit(ID)), "aliases": "開庁時間"})
    services.stores.articles.replace_source("窓口.csv", [])
    assert words.SOURCE_GONE in (await leader.get("/knowledge/article", id=ID)).text
    await leader.post("/knowledge/edit", **(await leader.edit(ID)))
    assert words.SOURCE_CHANGED not in (await leader.get("/knowledge/article", id=ID)).text


@pytest.mark.parametrize("person", [STAFF, HR])
async def test_others_may_read_and_not_change(opened: Open, services: Services, person: object) -> None:
    assert person in (STAFF, HR)
    browser = await opened(STAFF if person is STAFF else HR)
    page = await browser.get("/knowledge/article", id=ID)
    assert COUNTER.body in page.text and words.EDIT not in page.text
    for path in ("/knowledge/edit", "/knowledge/delete", "/knowledge/rollback"):
        refused = await browser.post(path, 403, id=ID, stamp="0-0", number="0", title="x", body="x")
        assert "市民窓口課" in refused.text
    assert (await browser.get("/knowledge/edit", 403, id=ID)).all("h1")
    assert services.stores.versions.latest(ID) is None


async def test_a_leader_changes_their_own_articles_only_and_gives_none_away(opened: Open) -> None:
    leader = await opened(LEADER)
    refused = await leader.post("/knowledge/edit", 403, id="term:bpr", stamp="x", title="x")
    assert "デジタル推進室" in refused.text
    form = await leader.edit(ID)
    refused = await leader.post("/knowledge/edit", 403, **{**form, "owner": "職員課"})
    assert "職員課" in refused.text


async def test_guests_are_told_they_must_be_registered(opened: Open) -> None:
    guest = await opened(None)
    for path in ("/knowledge", "/knowledge/article", "/knowledge/proposals", "/knowledge/new"):
        page = await guest.get(path, 403, id=ID)
        assert "職員名簿への登録" in page.text


async def test_search_finds_by_name_question_and_owner(opened: Open) -> None:
    staff = await opened(STAFF)
    for query in (
        "受付時間",
        "ウケツケ時間".replace("ウケツケ", "受付"),
        "何時まで",
        "市民窓口課",
        "desk-hours",
    ):
        page = await staff.get("/knowledge", q=query)
        assert COUNTER.title in page.text, query
    assert words.NO_ENTRIES in (await staff.get("/knowledge", q="宇宙旅行")).text
    everything = await staff.get("/knowledge")
    assert "<b>しるし</b>&言語" in everything.text


async def test_unknown_ids_are_said_politely(opened: Open) -> None:
    operator = await opened(OPERATOR)
    for path in ("/knowledge/article", "/knowledge/edit", "/knowledge/history", "/knowledge/proposal"):
        page = await operator.get(path, 404, id="<b>無い</b>")
        assert "<b>無い</b>" in page.text


async def test_other_sites_and_other_machines_cannot_post(client: Client, services: Services) -> None:
    services.stores.articles.replace_source("窓口.csv", [COUNTER])
    fields = {"id": ID, "stamp": "0-0"}
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://evil.example"},
        {"Host": "evil.example"},
    ):
        for path in ("edit", "delete", "rollback", "new", "phrasing", "approve", "reject"):
            response = await client.post(f"/knowledge/{path}", data=fields, headers=headers)
            assert response.status == 403, path
            Html(await response.text()).assert_clean()
    response = await client.post("/knowledge/edit", json=fields)
    assert response.status == 415
    assert services.stores.versions.latest(ID) is None


async def test_a_deleted_article_is_listed_for_those_who_may_bring_it_back(
    opened: Open, services: Services
) -> None:
    leader, staff, operator = await opened(LEADER), await opened(STAFF), await opened(OPERATOR)
    new = {
        "title": "駐輪場の場所",
        "body": "本庁舎の北側にあります。",
        "owner": "市民窓口課",
        "act": "publish",
    }
    await leader.post("/knowledge/new", **new)
    (version,) = services.stores.versions.list_latest()
    page = await leader.get("/knowledge/article", id=version.article_id)
    stamp = page.one("input", name="stamp")["value"]
    gone = await leader.post("/knowledge/delete", id=version.article_id, stamp=stamp)
    for browser, sees in ((leader, True), (operator, True), (staff, False)):
        assert (words.DELETED_TITLE in (await browser.get("/knowledge/proposals")).text) is sees
    stamp = gone.all("input", name="stamp")[0]["value"]
    await leader.post("/knowledge/delete", 404, id=version.article_id, stamp=stamp)
    await leader.post("/knowledge/rollback", id=version.article_id, stamp=stamp, number="1")
    assert "北側" in answered(services, "駐輪場の場所は")


async def test_an_edit_beside_the_documents_words_is_flagged_when_these_change(
    opened: Open, services: Services
) -> None:
    operator = await opened(OPERATOR)
    form = await operator.edit("term:bpr")
    await operator.post("/knowledge/edit", **{**form, "body": "仕事を組み立て直すことです。"})
    newer = [
        article.model_copy(update={"passages": (Passage(text="業務を根本から見直すこと。"),)})
        for article in services.stores.articles.list_articles("見本")
    ]
    assert words.SOURCE_CHANGED not in (await operator.get("/knowledge/article", id="term:bpr")).text
    services.stores.articles.replace_source("見本", newer)
    page = await operator.get("/knowledge/article", id="term:bpr")
    assert words.SOURCE_CHANGED in page.text and len(page.all("li", class_="added")) == 1
    await operator.post("/knowledge/edit", **(await operator.edit("term:bpr")))
    assert words.SOURCE_CHANGED not in (await operator.get("/knowledge/article", id="term:bpr")).text


async def test_a_deletion_that_came_too_late_keeps_its_reason(opened: Open, services: Services) -> None:
    leader = await opened(LEADER)
    form = await leader.edit(ID)
    await leader.post("/knowledge/edit", **{**form, "body": NEW_TEXT})
    late = await leader.post("/knowledge/delete", 409, id=ID, stamp=form["stamp"], reason="廃止したため")
    assert texts.OUTDATED in late.text and NEW_TEXT in late.text
    assert late.one("input", name="reason", value="廃止したため")
    stamp = late.one("input", name="stamp")["value"]
    await leader.post("/knowledge/delete", id=ID, stamp=stamp, reason="廃止したため")
    assert services.stores.versions.list_versions(ID)[0].reason == "廃止したため"


async def test_going_back_too_late_leads_back_to_the_history(opened: Open) -> None:
    leader = await opened(LEADER)
    form = await leader.edit(ID)
    await leader.post("/knowledge/edit", **{**form, "body": NEW_TEXT})
    page = await leader.post("/knowledge/rollback", 409, id=ID, stamp=form["stamp"], number="0")
    assert page.one("a", href=f"/knowledge/history?id={ID}")


async def test_what_was_written_for_another_office_is_kept(opened: Open, services: Services) -> None:
    leader = await opened(LEADER)
    form = await leader.edit(ID)
    for path, sent in (
        ("/knowledge/edit", {**form, "body": NEW_TEXT, "owner": "職員課"}),
        (
            "/knowledge/new",
            {"kind": "faq", "title": "別の題", "body": NEW_TEXT, "owner": "職員課", "act": "publish"},
        ),
    ):
        page = await leader.post(path, 403, **sent)
        assert NEW_TEXT in page.text, path
        owner = page.one("input", name="owner", value="職員課")
        assert owner["aria-invalid"] == "true" and "担当課（職員課）" in page.text
    assert services.stores.versions.list_latest() == []
    refused = [event for event in services.stores.audit.list_events() if event.action == "permission.refused"]
    assert {event.target for event in refused} == {"/knowledge/edit", "/knowledge/new"}


@pytest.fixture
def revised(services: Services) -> Article:
    """Two editions of a plan, and an explanation written for the older one."""
    old = article(made_up_plan(), "jikko-1")
    plain = old.model_copy(
        update={
            "layer": Layer.EDITORIAL,
            "passages": (Passage(text="窓口で書かずに済ませます。"),),
            "owner": "市民窓口課",
        }
    )
    services.stores.articles.replace_source("new", revised_plan().articles)
    services.stores.articles.replace_source("old", made_up_plan().articles)
    services.stores.articles.replace_source("plain", [plain])
    services.knowledge.refresh()
    return plain


async def test_an_explanation_that_a_new_edition_left_out_is_flagged_until_it_is_mended(
    opened: Open, services: Services, revised: Article
) -> None:
    leader, staff = await opened(LEADER), await opened(STAFF)
    assert words.REVISED_LIST_TITLE in (await leader.get("/knowledge/proposals")).text
    page = await leader.get("/knowledge/article", id=revised.id)
    assert "6割程度" in str(page.all("li", class_="removed")) + page.text and "8割程度" in page.text
    newest = revised_plan().articles[0].source.edition
    assert words.revised(revised.source.edition, newest) in page.text
    for path in ("/knowledge/proposals", "/knowledge/article"):
        seen = await staff.get(path, id=revised.id)
        assert words.REVISED_LIST_TITLE not in seen.text and words.REVISED_CHANGES not in seen.text
    mended = {**await leader.edit(revised.id), "body": "窓口で書かずに8割を済ませます。", "edition": newest}
    await leader.post("/knowledge/edit", **mended)
    services.knowledge.refresh()
    assert words.REVISED_LIST_TITLE not in (await leader.get("/knowledge/proposals")).text
    assert words.REVISED_CHANGES not in (await leader.get("/knowledge/article", id=revised.id)).text
    assert "8割を済ませます" in Seat(services, STAFF).send("article", revised.id).text
