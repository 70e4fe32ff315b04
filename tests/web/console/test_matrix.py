"""Every role at every page, command and chat action: what the table does not allow is 403 or a polite refusal, on record."""

from __future__ import annotations

from dataclasses import replace

import pytest
from aiohttp.test_utils import TestClient
from pydantic import SecretStr
from pytest_aiohttp.plugin import AiohttpClient

from bot import router
from bot.app import create_app
from bot.messages import Request
from bot.services import Services
from bot.settings import Settings
from bot.web.console.registry import SECTIONS
from bot.web.people import COOKIE, GUEST_ID
from staff.model import Person, Post, Role
from staff.permissions import Permission, allowed
from storage.stores import SqlStores
from tests.surveys.export.city import publish_telework
from tests.web.city import DEPARTMENTS, HR, LEADER, MANAGER, OPERATOR, STAFF, settle
from tests.web.conftest import make_services

AUDITOR = Person(
    id="900006",
    name="監査 守",
    email="p900006@city.example",
    posts=(Post(department_id="D22", roles=frozenset({Role.STAFF, Role.AUDITOR})),),
    synthetic=True,
)
ROLES: dict[str, Person | None] = {
    "guest": None,
    "staff": STAFF,
    "leader": LEADER,
    "manager": MANAGER,
    "hr": HR,
    "auditor": AUDITOR,
    "operator": OPERATOR,
}
PAGES = [
    (section, method, path)
    for section in SECTIONS
    for method, paths in (
        (("GET", section.pages.SHOWN), ("POST", section.pages.DONE))
        if section.pages
        else (("GET", {section.path: None}),)
    )
    for path in paths
]
# The knowledge pages have routes of their own; who may is asked for at the article.
KNOWLEDGE = ("/knowledge", "/knowledge/article", "/knowledge/history", "/knowledge/edit", "/knowledge/new",
             "/knowledge/delete", "/knowledge/rollback", "/knowledge/phrasing", "/knowledge/proposals",
             "/knowledge/proposal", "/knowledge/approve", "/knowledge/reject")  # fmt: skip
# Whose addresses ask no role: probes, the look, signing in, the chat (its actions are below), the inbox (one's own), a
# personal link (the key is the right), results (handled as the chat's action `results_show`), the platforms' doors.
OTHERWISE = {
    "/", "/chat", "/form", "/inbox", "/person", "/static/{name}", "/healthz", "/readyz", "/metrics", "/s/{token}",
    "/surveys/{round}/results", "/console/sign-in", "/console/sign-in/link", "/console/sign-in/code",
    "/console/sign-in/oidc", "/console/sign-in/callback", "/console/sign-out", "/slack/events", "/api/messages",
}  # fmt: skip
# What each chat action needs. Every action stands in one of the three tables.
NEEDED = {
    "console": Permission.CONSOLE_USE,
    "own_data": Permission.PRIVACY_OWN,
    "own_delete": Permission.PRIVACY_OWN,
    "export": Permission.EXPORT_MAKE,
    "feedback_counts": Permission.FEEDBACK_READ,
    "inquire": Permission.INQUIRY_ASK,
    "inquire_send": Permission.INQUIRY_ASK,
    "inquiries": Permission.INQUIRY_ANSWER,
    "inquiry": Permission.INQUIRY_ANSWER,
    "inquiry_answer": Permission.INQUIRY_ANSWER,
    "inquiry_move": Permission.INQUIRY_ANSWER,
    "inquiry_close": Permission.INQUIRY_ANSWER,
    "propose": Permission.KNOWLEDGE_PROPOSE,
    "case_register": Permission.KNOWLEDGE_PROPOSE,
    "unanswered": Permission.QUESTIONS_READ,
    "unanswered_discard": Permission.FEEDBACK_READ,
    "unanswered_tell": Permission.FEEDBACK_READ,
    "progress": Permission.INITIATIVE_READ,
    "progress_history": Permission.INITIATIVE_READ,
    "progress_report": Permission.INITIATIVE_REPORT,
    "progress_same": Permission.INITIATIVE_REPORT,
    "initiative_enter": Permission.INITIATIVE_MANAGE,
    "assign": Permission.REQUEST_MANAGE,
    "assignment_done": Permission.REQUEST_SETTLE,
    "digest_more": Permission.DIGEST_READ,
    "digest_settings": Permission.DIGEST_READ,
    "outbox": Permission.OUTBOX_SETTLE,
    "outbox_sent": Permission.OUTBOX_SETTLE,
    "outbox_resend": Permission.OUTBOX_SETTLE,
    **{name: Permission.SURVEY_ANSWER for name in router.HANDLERS if name.startswith("survey")},
    **{name: Permission.SKILLS_OWN for name in router.HANDLERS if name.startswith("skills")},
    **dict.fromkeys(("skills_team", "skills_of", "skills_comment"), Permission.SKILLS_SHARED),
    "skills_map": Permission.SKILLS_MAP,
    **{name: Permission.SKILLS_EXPERTS for name in router.HANDLERS if name.startswith("expert")},
}
EVERYBODY = set(
    "ask ask_anyway article edition pick none_of_these term term_row meaning help greeting thanks displeasure "
    "solved wrong cases".split()
)
# Judged by whose thing it is: what was published to whom, the proposals for one's own 課.
OF_ONES_OWN = {"proposal_approve", "proposal_reject"} | {
    name for name in router.HANDLERS if name.startswith("results")
}


def test_it_is_said_of_every_action_who_may() -> None:
    assert set(router.HANDLERS) == set(NEEDED) | EVERYBODY | OF_ONES_OWN


@pytest.fixture
def matrix(sqlite_stores: SqlStores) -> Services:
    settle(sqlite_stores)
    sqlite_stores.directory.save(DEPARTMENTS, (AUDITOR,), [])
    return make_services(sqlite_stores)


@pytest.mark.parametrize("role", ROLES)
async def test_every_role_at_every_page(matrix: Services, aiohttp_client: AiohttpClient, role: str) -> None:
    client: TestClient = await aiohttp_client(create_app(matrix))  # type: ignore[type-arg]
    who = ROLES[role]
    cookies = {COOKIE: who.id if who else GUEST_ID}
    for section, method, path in PAGES:
        before = len(matrix.stores.audit.list_events(1000))
        data: dict[str, str] | None = {} if method == "POST" else None
        place = path.replace("{week}", "2026-W48").replace("{making}", "x")
        response = await client.request(method, place, cookies=cookies, data=data, allow_redirects=False)
        assert response.status < 500, path
        if not allowed(who, section.permission):
            assert response.status == 403, f"{role} {method} {path}"
            if section.pages is not None:
                events = matrix.stores.audit.list_events(1000)
                assert len(events) == before + 1
                assert (events[0].action, events[0].target) == ("permission.refused", path)
        elif path == section.path:  # pages behind it may ask for more
            assert response.status != 403, f"{role} {method} {path}"


def test_it_is_said_of_every_address_who_may(matrix: Services) -> None:
    settings = Settings(
        _env_file=None,
        content=(),
        slack_bot_token=SecretStr("xoxb-1"),
        slack_signing_secret=SecretStr("s"),
        teams_playground=True,
        public_url="https://dxbot.example.lg.jp",
        oidc_issuer="https://id.example.lg.jp",
        oidc_client_id="dxbot",
    )
    routes = create_app(replace(matrix, settings=settings)).router.routes()
    addresses = {route.resource.canonical for route in routes if route.resource is not None}
    assert addresses == {path for _, _, path in PAGES} | set(KNOWLEDGE) | OTHERWISE


@pytest.mark.parametrize("role", ROLES)
async def test_every_role_at_every_knowledge_page(
    matrix: Services, aiohttp_client: AiohttpClient, role: str
) -> None:
    app = create_app(matrix)
    client: TestClient = await aiohttp_client(app)  # type: ignore[type-arg]
    who = ROLES[role]
    for route in app.router.routes():
        path = route.resource.canonical if route.resource is not None else ""
        if path not in KNOWLEDGE or route.method == "HEAD":
            continue
        before = len(matrix.stores.audit.list_events(1000))
        response = await client.request(
            route.method,
            path,
            params={"id": "term:bpr"},
            data={"id": "term:bpr", "title": "題"} if route.method == "POST" else None,
            cookies={COOKIE: who.id if who else GUEST_ID},
            allow_redirects=False,
        )
        told = f"{role} {route.method} {path}: {response.status}"
        assert response.status < 500, told
        if who is None:
            assert response.status == 403, told
        if path in {"/knowledge/edit", "/knowledge/delete", "/knowledge/rollback"}:
            assert (response.status != 403) == (role == "operator"), f"{told} (it is another 課's article)"
        events = matrix.stores.audit.list_events(1000)[: -before or None]
        refusals = [event.target for event in events if event.action == "permission.refused"]
        assert refusals == ([path] if response.status == 403 else []), told


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", router.HANDLERS)
def test_every_role_at_every_chat_action(matrix: Services, role: str, action: str) -> None:
    who = ROLES[role]
    user = who.id if who else "U9"
    asked = Request(channel="web", user=user, name=action, text="BPR", value="x|y", person=who, private=True)
    before = matrix.stores.audit.list_events(1000)
    reply = router.handle(asked, matrix)
    assert reply.text or reply.form or reply.parts, "every button answers"
    after = matrix.stores.audit.list_events(1000)
    needed = NEEDED.get(action)
    if action in EVERYBODY:
        assert not reply.refused
    if needed is not None and not (
        reply.refused and allowed(who, needed)
    ):  # the thing itself may be another's
        assert reply.refused != allowed(who, needed), f"{role} {action}: {reply.text}"
    if reply.refused:
        assert len(after) == len(before) + 1
        assert (after[0].action, after[0].target, after[0].channel) == ("permission.refused", action, "web")


@pytest.mark.parametrize("role", ROLES)
def test_every_role_at_the_results_of_a_round_for_its_readers(matrix: Services, role: str) -> None:
    publish_telework(matrix.stores, share="readers")
    who = ROLES[role]
    for action, value, readers in (
        ("results_show", "usage-1", {"manager", "hr", "operator"}),
        ("results_question", "usage-1|U9|全庁", {"manager", "hr", "operator"}),
        ("results_own", "usage-1", {"manager", "hr", "operator"}),
        ("results_text", "usage-1", {"hr", "operator"}),
    ):
        asked = Request(
            channel="web",
            user=who.id if who else "U9",
            name=action,
            value=value,
            person=who,
            private=True,
        )
        before = len(matrix.stores.audit.list_events(1000))
        reply = router.handle(asked, matrix)
        assert reply.refused == (role not in readers), f"{role} {action}: {reply.text}"
        refusals = [
            (event.actor, event.target)
            for event in matrix.stores.audit.list_events(1000)[: -before or None]
            if event.action == "permission.refused"
        ]
        assert refusals == ([(who.id if who else "", action)] if reply.refused else [])


async def test_the_navigation_shows_what_one_may_open(
    matrix: Services, aiohttp_client: AiohttpClient
) -> None:
    client: TestClient = await aiohttp_client(create_app(matrix))  # type: ignore[type-arg]
    for who in ROLES.values():
        response = await client.get("/", cookies={COOKIE: who.id if who else GUEST_ID})
        assert ('href="/console"' in await response.text()) == (who is not None)
        if who is None:
            continue
        page = await (await client.get("/console", cookies={COOKIE: who.id})).text()
        for section in SECTIONS:
            assert (f'href="{section.path}"' in page) == allowed(who, section.permission)
