"""The app package: a manifest that fits the bot, and icons that Teams takes."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from bot.teams.icons import color_icon, outline_icon
from bot.teams.invokes import MEANING_COMMAND, SEARCH_COMMAND, SEARCH_PARAMETER
from bot.teams.package import build_manifest, build_package
from tests.fakes.teams import APP_ID

ROOT = Path(__file__).resolve().parents[2]
SITE = "https://www.city.example/"


def pixels(png: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and the RGBA rows of an unfiltered PNG; every chunk's sum is checked."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    place, data, size = 8, b"", (0, 0)
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        name, body = png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        assert struct.unpack(">I", png[place + 8 + length : place + 12 + length])[0] == zlib.crc32(
            name + body
        )
        if name == b"IHDR":
            size = struct.unpack(">II", body[:8])
            assert body[8:] == bytes((8, 6, 0, 0, 0))
        data += body if name == b"IDAT" else b""
        place += 12 + length
    raw, stride = zlib.decompress(data), size[0] * 4 + 1
    rows = [raw[start : start + stride] for start in range(0, len(raw), stride)]
    assert all(row[0] == 0 for row in rows)
    return *size, [row[1:] for row in rows]


def test_the_colour_icon_is_opaque_and_192_wide() -> None:
    width, height, rows = pixels(color_icon())
    assert (width, height, len(rows)) == (192, 192, 192)
    assert all(row[3::4] == b"\xff" * 192 for row in rows)
    assert len({row[start : start + 4] for row in rows for start in range(0, 768, 4)}) == 2


def test_the_outline_icon_is_white_on_nothing_and_32_wide() -> None:
    width, height, rows = pixels(outline_icon())
    assert (width, height, len(rows)) == (32, 32, 32)
    assert all(set(row[channel::4]) == {0xFF} for row in rows for channel in range(3))
    drawn = sum(row[3::4].count(0xFF) for row in rows)
    assert 60 < drawn < 512
    assert sum(row[3::4].count(0) for row in rows) == 1024 - drawn


def test_the_package_holds_the_manifest_and_its_icons() -> None:
    package = build_package(build_manifest(APP_ID, "1.2.3", SITE))
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert opened.namelist() == ["manifest.json", "color.png", "outline.png"]
        manifest = json.loads(opened.read("manifest.json"))
        assert {manifest["icons"]["color"], manifest["icons"]["outline"]} < set(opened.namelist())
    assert build_package(build_manifest(APP_ID, "1.2.3", SITE)) == package


def test_the_manifest_names_what_the_bot_serves() -> None:
    manifest = build_manifest(APP_ID, "1.2.3", SITE)
    (bot,) = manifest["bots"]
    assert manifest["id"] == bot["botId"] == APP_ID
    assert set(bot["scopes"]) == {"personal", "team", "groupChat"}
    (extension,) = manifest["composeExtensions"]
    command, action = extension["commands"]
    assert (extension["botId"], command["id"]) == (APP_ID, SEARCH_COMMAND)
    assert (action["id"], action["type"], action["context"]) == (MEANING_COMMAND, "action", ["message"])
    assert action["fetchTask"] is True
    assert [parameter["name"] for parameter in command["parameters"]] == [SEARCH_PARAMETER]


def check(manifest: dict[str, Any]) -> list[str]:
    """What Microsoft's own schema says against a manifest."""
    script = Path(__file__).with_name("manifest.cjs")
    done = subprocess.run(
        ["node", str(script)],
        input=json.dumps(manifest),
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    problems = json.loads(done.stdout)
    assert isinstance(problems, list)
    return problems


@pytest.mark.browser
def test_microsofts_schema_takes_the_manifest() -> None:
    manifest = build_manifest(APP_ID, "1.2.3", SITE)
    assert check(manifest) == []
    for broken in (
        manifest | {"bots": [manifest["bots"][0] | {"scopes": ["dm"]}]},
        {name: value for name, value in manifest.items() if name != "developer"},
        manifest | {"name": {"short": "長" * 31}},
        manifest | {"unknown": 1},
    ):
        assert check(broken) != []


def command(tmp_path: Path, *arguments: str, app_id: str = APP_ID) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("dxbot")), "teams", "package", *arguments],
        env={"TEAMS_APP_ID": app_id, "PATH": "/usr/bin:/bin"},
        cwd=tmp_path,
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )


def test_the_command_writes_the_package(tmp_path: Path) -> None:
    done = command(tmp_path, "app.zip", "--site", SITE)
    assert (done.returncode, done.stderr) == (0, "")
    with zipfile.ZipFile(tmp_path / "app.zip") as opened:
        manifest = json.loads(opened.read("manifest.json"))
    assert manifest["id"] == APP_ID
    assert manifest["developer"]["websiteUrl"] == SITE


@pytest.mark.parametrize(
    ("arguments", "app_id", "named"),
    [
        (["app.zip"], "", "TEAMS_APP_ID"),
        (["app.zip"], "not-an-id", "TEAMS_APP_ID"),
        (["app.zip", "--site", "http://city.example"], APP_ID, "--site"),
        (["no/such/folder/app.zip"], APP_ID, "no/such/folder/app.zip"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, arguments: list[str], app_id: str, named: str) -> None:
    done = command(tmp_path, *arguments, app_id=app_id)
    assert done.returncode == 1
    assert named in done.stderr
    assert not (tmp_path / "app.zip").exists()
