"""The page for files: who may have what, the purpose, progress, the download, and what is on record."""

from __future__ import annotations

import asyncio
import csv
import io
import re
import threading
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from urllib.parse import unquote

import openpyxl
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from bot.app import create_app
from bot.exporting import Making, Refused
from bot.handlers.export import making as making_module
from bot.handlers.export.chat import PATH
from bot.handlers.own_data import own_counts
from bot.jobs.retention import forget_sign_ins
from bot.sealed_files import MadeFile, row_key
from bot.services import Services
from bot.sheets.xlsx import write_xlsx
from bot.texts.ja import export as texts
from bot.web.console import exports
from bot.web.people import COOKIE
from staff.model import Person
from staff.privacy.erasing import erase_person, look
from storage.stores import SqlStores
from surveys.skills.asking import assessment_of
from tests.surveys.export.city import FRAMEWORK, publish_own_words, publish_skills, publish_telework
from tests.web.city import HR, LEADER, MANAGER, OPERATOR, STAFF, settle
from tests.web.conftest import make_services
from tests.web.html import Html

Client = TestClient[web.Request, web.Application]
FORM = {"what": "skills/aggregate", "format": "xlsx", "purpose": "研修計画の案を作る"}


class Clock:
    now = datetime(2026, 12, 10, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other programs may be at work on this machine too."""
    monkeypatch.setattr(exports, "WAIT_SECONDS", 30.0)


@pytest.fixture
def city(sqlite_stores: SqlStores, clock: Clock) -> Services:
    settle(sqlite_stores)
    publish_skills(sqlite_stores)
    publish_telework(sqlite_stores)
    return make_services(sqlite_stores, clock)


@pytest.fixture
async def client(city: Services, aiohttp_client: AiohttpClient) -> Client:
    return await aiohttp_client(create_app(city))


async def ask(client: Client, who: Person = HR, /, **fields: str) -> tuple[int, str, str]:
    """Send the form: the status, where it leads, and the page."""
    response = await client.post(
        PATH, data={**FORM, **fields}, cookies={COOKIE: who.id}, allow_redirects=False
    )
    return response.status, response.headers.get("Location", ""), await response.text()


async def page(client: Client, path: str = PATH, who: Person = HR, status: int = 200) -> str:
    response = await client.get(path, cookies={COOKIE: who.id})
    text = await response.text()
    assert response.status == status, text
    Html(text).assert_clean()
    return text


async def test_a_file_from_the_form_to_the_download_and_the_list(client: Client, city: Services) -> None:
    status, place, _ = await ask(client)
    assert status == 303
    ready = await page(client, place)
    assert texts.READY_TITLE in ready
    (link,) = re.findall(r'href="(/console/exports/[^"]+/file)"', ready)
    response = await client.get(link, cookies={COOKIE: HR.id})
    assert response.headers["Cache-Control"] == "no-store"
    told = response.headers["Content-Disposition"]
    assert unquote(told.partition("filename*=UTF-8''")[2]) == "skills_令和8年度_R8-12-10.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(await response.read()))
    legend = {row[0].value: row[1].value for row in book[texts.SHEET_LEGEND].iter_rows()}
    assert (legend[texts.MADE_BY], legend[texts.PURPOSE]) == ("職員課", FORM["purpose"])
    (event,) = city.stores.audit.list_events(1)
    assert (event.actor, event.action, event.target, event.channel) == (
        HR.id,
        "export.skills",
        "skills-1",
        "web",
    )
    assert event.detail == {"level": "aggregate", "format": "xlsx", "rows": 39, "purpose": FORM["purpose"]}
    listed = await page(client)
    assert HR.name in listed and FORM["purpose"] in listed and texts.CHOICES["skills/aggregate"] in listed


async def test_names_are_for_hr_alone(client: Client, city: Services) -> None:
    told = assessment_of(FRAMEWORK, LEADER, {"sheet": "4"}, city.clock(), "skills-1")
    city.stores.skills.add_assessment(told)
    assert texts.CHOICES["skills/individual"] in await page(client)
    assert 'value="skills/individual"' not in await page(client, who=OPERATOR)
    status, _, refused = await ask(client, OPERATOR, what="skills/individual")
    assert status == 403 and "職員課" in refused
    (event,) = city.stores.audit.list_events(1)
    assert (event.actor, event.action, event.target) == (OPERATOR.id, "permission.refused", PATH)
    _, place, _ = await ask(client, what="skills/individual", format="csv")
    response = await client.get(f"{place}/file", cookies={COOKIE: HR.id})
    rows = list(csv.reader(io.StringIO((await response.read()).decode("utf-8-sig"))))
    assert rows[1] == ["市民自治部", "市民窓口課", FRAMEWORK.by_id["sheet"].name, "900002", "若葉 健"]
    (event,) = city.stores.audit.list_events(1)
    assert (event.action, event.target) == ("export.skills", "individual")


async def test_own_words_are_those_of_the_screen_without_section_or_number(
    client: Client, city: Services
) -> None:
    publish_own_words(city.stores, {STAFF.id: "=1+1 の端末が重い", LEADER.id: "印鑑を\nなくしたい"})
    _, place, _ = await ask(client, OPERATOR, what="telework/texts", round="needs-1")
    response = await client.get(f"{place}/file", cookies={COOKIE: OPERATOR.id})
    content = await response.read()
    assert "自由記述" in unquote(response.headers["Content-Disposition"])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == [texts.SHEET_LEGEND, texts.SHEET_TEXTS]
    rows = [[cell.value for cell in row] for row in book[texts.SHEET_TEXTS].iter_rows(min_row=2)]
    assert [row[2] for row in rows] == ["=1+1 の端末が重い", "印鑑を\nなくしたい"], (
        "in the order of the words"
    )
    cells = [cell for name in book.sheetnames for row in book[name].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}, "no formula"
    told = " ".join(str(cell.value) for cell in cells)
    for who in (STAFF, LEADER):
        assert who.id not in told and who.name not in told
        assert not any(post.department_id in told for post in who.posts)
    (event,) = city.stores.audit.list_events(1)
    assert (event.actor, event.action, event.target) == (OPERATOR.id, "export.telework", "needs-1")
    assert event.detail["level"] == "texts" and event.detail["rows"] == 2


async def test_own_words_go_with_the_answers(client: Client, city: Services) -> None:
    publish_own_words(city.stores, {STAFF.id: "端末が重い"})
    city.stores.surveys.forget_answers("needs-1")
    _, place, _ = await ask(client, what="telework/texts", round="needs-1")
    assert texts.NOTHING_SAID in await page(client, place, status=422)
    assert (await ask(client, MANAGER, what="telework/texts", round="needs-1"))[0] == 403


async def test_own_words_of_an_anonymous_round_are_not_made_a_file(client: Client, city: Services) -> None:
    publish_own_words(city.stores, {}, identity="anonymous", attributes=["division"])
    _, place, _ = await ask(client, what="telework/texts", round="needs-1")
    assert texts.TEXTS_ANONYMOUS in await page(client, place, status=422)
    assert not any(one.action.startswith("export.") for one in city.stores.audit.list_events(10))


@pytest.mark.parametrize("who", [STAFF, LEADER, MANAGER])
async def test_others_are_refused_on_record(client: Client, city: Services, who: Person) -> None:
    await page(client, who=who, status=403)
    assert (await ask(client, who))[0] == 403
    assert [one.action for one in city.stores.audit.list_events(2)] == ["permission.refused"] * 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"purpose": " "}, texts.PURPOSE_EMPTY),
        ({"purpose": "123456789018 のため"}, texts.PERSONAL_NUMBER),
        ({"what": "telework/individual"}, "1人ずつのファイルはありません"),
        ({"what": "../x"}, texts.NO_SUCH_WHAT),
        ({"format": "exe"}, texts.NO_SUCH_FORMAT),
        ({"round": "../../etc/passwd"}, "公表された回はありません"),
        ({"what": "telework/aggregate", "round": "skills-1"}, "対象の調査ではありません"),
    ],
)
async def test_mistakes_are_told_and_the_form_keeps_what_was_typed(
    client: Client, city: Services, fields: dict[str, str], said: str
) -> None:
    status, _, told = await ask(client, HR, **fields)
    assert status == 400
    assert said in told
    assert texts.MISTAKES in told
    assert city.stores.audit.list_events(1) == [], "nothing was made"


async def test_another_round_of_telework_by_choice(client: Client, city: Services) -> None:
    publish_telework(city.stores, "needs-1", "telework-usage")
    assert "usage-1" in await page(client)
    _, place, _ = await ask(client, what="telework/aggregate", round="usage-1")
    await page(client, place)
    assert city.stores.audit.list_events(1)[0].target == "usage-1"


async def test_a_file_is_its_owners_and_goes_after_ten_minutes(client: Client, clock: Clock) -> None:
    _, place, _ = await ask(client)
    await page(client, place, OPERATOR, 404)
    await page(client, f"{place}/file", OPERATOR, 404)
    clock.now += timedelta(minutes=11)
    assert texts.GONE in await page(client, place, status=404)
    await page(client, f"{place}/file", status=404)


async def test_a_role_taken_away_takes_its_files_at_once(
    client: Client, other: Client, city: Services
) -> None:
    told = assessment_of(FRAMEWORK, LEADER, {"sheet": "4"}, city.clock(), "skills-1")
    city.stores.skills.add_assessment(told)
    _, place, _ = await ask(client, what="skills/individual", format="csv")
    _, aggregates, _ = await ask(client, OPERATOR)
    (post,) = HR.posts
    moved = HR.model_copy(update={"posts": (post.model_copy(update={"roles": OPERATOR.roles}),)})
    people = [moved if one.id == HR.id else one for one in city.stores.directory.list_people()]
    city.stores.directory.save(city.stores.directory.list_departments(), people, [])
    for process in (client, other):
        for path in ("", "/file"):
            assert texts.READY_TITLE not in await page(process, f"{place}{path}", status=403)
            event = city.stores.audit.list_events(1)[0]
            assert (event.actor, event.action) == (HR.id, "permission.refused")
            assert event.target == f"{PATH}/{{making}}{path}", "the key of a file goes nowhere"
        assert texts.READY_TITLE in await page(process, aggregates, OPERATOR)


@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd", "%2e%2e", "x%00", "%e2%80%ae"])
async def test_no_name_leads_to_a_file_of_the_machine(client: Client, name: str) -> None:
    response = await client.get(f"{PATH}/{name}/file", cookies={COOKIE: HR.id})
    assert response.status == 404


async def test_a_long_one_shows_how_far_it_is(client: Client) -> None:
    begun, go_on = threading.Event(), threading.Event()
    really = write_xlsx

    def slowly(book: object, target: object, progress: object) -> None:
        progress(20, 43)  # type: ignore[operator]
        begun.set()
        assert go_on.wait(10)
        really(book, target, progress)  # type: ignore[arg-type]

    with patch.object(making_module, "write_xlsx", slowly), patch.object(exports, "WAIT_SECONDS", 0.1):
        _, place, _ = await ask(client)
        assert await asyncio.to_thread(begun.wait, 10)
        told = await page(client, place)
        assert texts.MAKING_TITLE in told
        assert texts.MAKING_TEXT.format(total=43, done=20) in told
        assert 'value="20"' in told
        await page(client, f"{place}/file", status=404)
        go_on.set()
        while texts.READY_TITLE not in (told := await page(client, place)):
            assert texts.MAKING_TITLE in told


async def test_a_fault_is_told_and_nothing_is_on_record(client: Client, city: Services) -> None:
    with patch.object(making_module, "write_xlsx", side_effect=OSError("disk full")):
        _, place, _ = await ask(client)
        assert texts.FAILED in await page(client, place, status=422)
    assert city.stores.audit.list_events(1) == []


async def test_what_cp932_lacks_is_listed_or_replaced_by_choice(client: Client, city: Services) -> None:
    odd = LEADER.model_copy(update={"name": "𠮷田 健"})
    people = [odd if one.id == odd.id else one for one in city.stores.directory.list_people()]
    city.stores.directory.save(city.stores.directory.list_departments(), people, [])
    told = assessment_of(FRAMEWORK, odd, {"sheet": "4"}, city.clock(), "skills-1")
    city.stores.skills.add_assessment(told)
    fields = {"what": "skills/individual", "format": "csv", "encoding": "cp932"}
    _, place, _ = await ask(client, HR, **fields)
    refused = await page(client, place, status=422)
    assert "2行目「氏名」: 𠮷（U+20BB7）" in refused
    assert city.stores.audit.list_events(1) == []
    _, place, _ = await ask(client, HR, **fields, replace="yes")
    assert texts.REPLACED.format(count=1) in await page(client, place)
    response = await client.get(f"{place}/file", cookies={COOKIE: HR.id})
    assert "〓田 健" in (await response.read()).decode("cp932")


async def test_nothing_can_be_made_before_a_round_is_published(
    sqlite_stores: SqlStores, aiohttp_client: AiohttpClient
) -> None:
    settle(sqlite_stores)
    client: Client = await aiohttp_client(create_app(make_services(sqlite_stores)))
    assert texts.EARLIER_NONE in await page(client)
    status, _, told = await ask(client)
    assert status == 400 and texts.NO_ROUND in told


@pytest.fixture
async def other(
    city: Services, sqlite_stores: SqlStores, clock: Clock, aiohttp_client: AiohttpClient
) -> Client:
    """A second process behind the same address: it shares the database with the city's and nothing else."""
    assert city.stores is sqlite_stores
    return await aiohttp_client(create_app(make_services(sqlite_stores, clock)))


async def test_another_process_hands_the_file_out(
    client: Client, other: Client, city: Services, clock: Clock
) -> None:
    _, place, _ = await ask(client, format="csv", encoding="cp932")
    ready = await page(client, place)
    assert await page(other, place) == ready
    files = []
    for process in (client, other):
        response = await process.get(f"{place}/file", cookies={COOKIE: HR.id})
        assert response.status == 200
        files.append((response.headers["Content-Disposition"], await response.read()))
    assert files[0] == files[1] and len(files[0][1]) > 100
    await page(other, place, OPERATOR, status=404)
    await page(other, f"{place}x", status=404)
    assert [event.action for event in city.stores.audit.list_events()].count("export.skills") == 1
    clock.now += timedelta(minutes=11)
    await page(other, place, status=404)
    assert forget_sign_ins(city)["files"] == 1


async def test_another_process_tells_how_far_a_file_is_and_when_its_process_ended(
    client: Client, other: Client, city: Services, clock: Clock
) -> None:
    told, go_on = threading.Event(), threading.Event()

    def work(making: Making) -> MadeFile:
        clock.now += timedelta(seconds=2)
        making.tell(1200, 4000)
        told.set()
        assert go_on.wait(30)
        raise Refused("回が選べません。")

    making = city.exports.start(city.stores.sealed_files, HR.id, city.clock, work, "")
    assert told.wait(30)
    place = f"{PATH}/{making.id}"
    assert texts.MAKING_TEXT.format(total="4,000", done="1,200") in await page(other, place)
    clock.now += timedelta(minutes=3)
    assert texts.STOPPED in await page(other, place, status=422)
    assert texts.STOPPED not in await page(client, place), "the process that makes it knows better"
    go_on.set()
    assert making.finished.wait(30)
    assert "回が選べません。" in await page(other, place, status=422)


async def test_a_file_goes_when_its_owner_is_erased(client: Client, other: Client, city: Services) -> None:
    _, place, _ = await ask(client)
    outlook = look(city.stores, HR.id)
    assert {item.id: count for item, count in own_counts(outlook)}["files"] == 1
    erase_person(city.stores, city.erased_list, outlook, "worker", city.clock(), "leaver")
    assert city.stores.sealed_files.find_file(row_key(place.rpartition("/")[2])) is None


async def test_no_more_are_made_at_once_than_the_machine_bears(client: Client, city: Services) -> None:
    go_on = threading.Event()

    def wait(_making: Making) -> None:
        assert go_on.wait(10)

    for owner in "abc":
        city.exports.start(city.stores.sealed_files, owner, city.clock, wait, "")  # type: ignore[arg-type]
    status, _, told = await ask(client)
    assert status == 503 and texts.BUSY in told
    go_on.set()
