"""Files to keep: their names lead nowhere."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient
from yarl import URL

from bot.app import create_app
from bot.services import Services
from bot.web.pages import File

ELSEWHERE = [
    "",
    "..",
    "../x.csv",
    "a/b.csv",
    "a\\b.csv",
    "a\r\nSet-Cookie: a=b",
    'a".csv',
    "a\u202egsv.csv",
    "..／x.csv",
    ".env",
    "a" * 101,
]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a file to keep"):
        File(b"", name, "text/csv")


@pytest.mark.parametrize(
    "name", ["skills.ics", "skills-2026.xlsx", "telework_R8.csv", "skills_1人に頼っている仕事_令和8年度.csv"]
)
def test_a_plain_name_is_taken(name: str) -> None:
    assert File(b"", name, "text/csv").name == name


@pytest.mark.parametrize(
    "path",
    ["/static/..%2f..%2fpyproject.toml", "/static/%2e%2e/pages.py", "/static//etc/passwd", "/static/chat.css%00.html",
     "/digests/..%2f..%2fetc", "/surveys/..%2f..%2fetc/results", "/s/..%2f..%2fetc"],
)  # fmt: skip
async def test_no_path_leads_out(services: Services, aiohttp_client: AiohttpClient, path: str) -> None:
    client: TestClient = await aiohttp_client(create_app(services))  # type: ignore[type-arg]
    response = await client.get(URL(path, encoded=True), cookies={"dxbot_person": "900005"})
    assert response.status in (400, 403, 404, 410), path
