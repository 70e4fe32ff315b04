"""Every page that staff may open, in Chromium, in a city where each has something on it: no fault that axe finds.

A page of the registry or of the knowledge pages that is not listed here fails the first test.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.app import create_app
from bot.web.console.registry import SECTIONS
from storage.stores import SqlStores
from tests.browser.running import run_script, running_app
from tests.web.city import settle
from tests.web.conftest import make_services

OPERATOR, HR = "operator", "hr"
# Addresses by who opens them: the first of a role, or whom demo.json names. What stands in braces is named there too.
PAGES = {
    "/console": OPERATOR,
    "/console/surveys": OPERATOR,
    "/skills": "planner",
    "/initiatives": OPERATOR,
    "/initiatives/one?id=jikko-1": OPERATOR,
    "/initiatives/enter?id=jikko-1": OPERATOR,
    "/digests": OPERATOR,
    "/digests/preview?person={leader}&week={week}": OPERATOR,
    "/digests/{week}": OPERATOR,
    "/requests": OPERATOR,
    "/outbox": OPERATOR,
    "/console/skills": HR,
    "/console/skills/alone": HR,
    "/console/skills/plan": HR,
    "/console/exports": HR,
    "/surveys/{telework-usage}/results": OPERATOR,
    "/surveys/{telework-usage}/results?question=U3&by=部": OPERATOR,
    "/console/people?q=0": OPERATOR,
    "/console/people/person?id={person}": OPERATOR,
    "/console/people/import": OPERATOR,
    "/my-data": "planner",
    "/console/audit": OPERATOR,
    "/console/records": OPERATOR,
    "/console/health": OPERATOR,
    "/knowledge?q=RPA": OPERATOR,
    "/knowledge/article?id=yogo-RPA": OPERATOR,
    "/knowledge/history?id=yogo-RPA": OPERATOR,
    "/knowledge/edit?id=yogo-RPA": OPERATOR,
    "/knowledge/new": OPERATOR,
    "/knowledge/proposals": OPERATOR,
    "/inbox": OPERATOR,
    "/": OPERATOR,
    "/console/exports/{making}": HR,  # the last one: it asks by itself how far the file is
}
# Downloads are no pages; a single proposal is walked to in knowledge.cjs.
ELSEWHERE = {
    "/skills/skills.ics",
    "/digests/council",
    "/my-data/export.json",
    "/my-data/export.csv",
    "/knowledge/proposal",
    "/surveys/{round}/results",
    "/console/exports/{making}/file",
}


def test_every_page_is_looked_at(sqlite_stores: SqlStores) -> None:
    settle(sqlite_stores)
    routes = create_app(make_services(sqlite_stores)).router.routes()
    knowledge = {
        route.resource.canonical
        for route in routes
        if route.resource and route.method == "GET" and route.resource.canonical.startswith("/knowledge")
    }
    shown = {path for one in SECTIONS if one.pages for path in one.pages.SHOWN}
    looked_at = {address.partition("?")[0] for address in PAGES} | ELSEWHERE
    assert shown | knowledge <= looked_at, "give the new page an address in PAGES"


@pytest.mark.browser
def test_axe_finds_nothing_on_any_page(tmp_path: Path) -> None:
    with running_app(tmp_path, "--demo") as address:
        told = json.loads((tmp_path / "demo.json").read_text(encoding="utf-8"))
        pages = [(told[role], place.format_map(told)) for place, role in PAGES.items()]
        found: dict[str, str] = json.loads(
            run_script("every_page.cjs", address, str(tmp_path), json.dumps(pages), timeout=600)
        )
    assert len(found) >= 2 * len(PAGES)
    assert {place: wrong for place, wrong in found.items() if wrong} == {}
