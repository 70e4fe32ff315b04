"""The installation guide keeps up with the manifest, the settings and the command."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from bot.settings import Settings, setting_names
from bot.teams.channel import PATH, missing_settings
from bot.teams.package import build_manifest
from tests.fakes.teams import APP_ID

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "install-teams.md").read_text(encoding="utf-8")
MANIFEST = build_manifest(APP_ID, "1.0.0", "https://www.city.example/")


def row(name: str) -> str:
    (found,) = re.findall(rf"^\| {name} \|(.+)\|$", GUIDE, re.MULTILINE)
    assert isinstance(found, str)
    return found


def block(heading: str) -> dict[str, Any]:
    """The settings of the first code block below a heading."""
    text = GUIDE.partition(f"### {heading}\n")[2].partition("```\n")[2].partition("```")[0]
    return dict(line.split("=", 1) for line in text.splitlines() if line)


def test_the_scopes_and_permissions_are_the_manifests() -> None:
    assert re.findall(r"`(\w+)`", row("使える場所")) == MANIFEST["bots"][0]["scopes"]
    assert re.findall(r"`(\w+)`", row("許可")) == MANIFEST["permissions"]


def test_the_commands_are_the_manifests() -> None:
    titles = [command["title"] for command in MANIFEST["bots"][0]["commandLists"][0]["commands"]]
    assert re.findall(r"「(.+?)」", row("コマンド")) == titles
    for command in MANIFEST["composeExtensions"][0]["commands"]:
        assert f"「{command['title']}」" in row("メッセージ拡張")
    assert MANIFEST["name"]["short"] in GUIDE


def test_the_icons_and_the_address_are_named() -> None:
    for icon in MANIFEST["icons"].values():
        assert f"`{icon}`" in GUIDE
    assert f"`POST {PATH}`" in GUIDE
    assert f"https://市のホスト名{PATH}" in GUIDE


def test_each_way_of_signing_in_has_the_settings_it_needs() -> None:
    for heading, kind in (
        ("SingleTenant の場合", "SingleTenant"),
        ("マネージド ID の場合", "ManagedIdentity"),
    ):
        told = block(heading)
        assert told["TEAMS_APP_TYPE"] == kind
        assert missing_settings(Settings(**told, _env_file=None)) == ()
        for name in told:
            if name != "TEAMS_APP_TYPE":
                rest = {key: value for key, value in told.items() if key != name}
                assert missing_settings(Settings(**rest, _env_file=None)) == (name,)


def test_every_setting_it_names_exists() -> None:
    assert set(re.findall(r"\bTEAMS_[A-Z_]+", GUIDE)) <= set(setting_names())


def test_every_window_it_names_is_one_that_is_used() -> None:
    used = json.dumps([field.default for field in Settings.model_fields.values()], default=str)
    for address in re.findall(r"^\| `(https://[^`]+)` \|", GUIDE, re.MULTILINE):
        assert address in used
