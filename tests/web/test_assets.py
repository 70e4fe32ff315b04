"""Static files: one address for each content, cacheable for good."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.web.assets import FOLDER, Assets
from tests.web.conftest import Client
from tests.web.html import Html

TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


async def test_everything_the_pages_name_is_served(client: Client) -> None:
    templates = (FOLDER.parent / "templates").rglob("*.html")
    files = {name for file in templates for name in re.findall(r"asset\('([^']+)'\)", file.read_text())}
    named = {Assets(FOLDER).url(name) for name in files}
    for path in ("/", "/knowledge"):
        page = Html(await (await client.get(path)).text())
        named |= {attrs["href"] for attrs in page.all("link")}
        named |= {attrs["src"] for tag in ("script", "img") for attrs in page.all(tag)}
    assert named == {Assets(FOLDER).url(file.name) for file in FOLDER.iterdir()}
    for address in named:
        response = await client.get(address)
        assert response.status == 200
        assert response.content_type == TYPES[Path(address).suffix]
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_changed_file_gets_another_address(tmp_path: Path) -> None:
    file = tmp_path / "chat.css"
    file.write_text("body{}")
    before = Assets(tmp_path).url("chat.css")
    assert Assets(tmp_path).url("chat.css") == before
    file.write_text("body{margin:0}")
    assert Assets(tmp_path).url("chat.css") != before
    with pytest.raises(KeyError):
        Assets(tmp_path).url("other.css")


@pytest.mark.parametrize("name", ["chat.css", "chat.000000000000.css", "listeners.py", "chat.css%00"])
async def test_only_current_names_are_served(client: Client, name: str) -> None:
    assert (await client.get(f"/static/{name}")).status == 404


def test_no_file_reaches_out() -> None:
    for path in FOLDER.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in text
        assert "https://" not in text
        assert "@import" not in text
