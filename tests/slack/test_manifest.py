"""The manifest, the code and the install guide say the same."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from bot.cli import dxbot
from bot.slack import manifest, reading
from bot.slack.answering import Answering
from bot.slack.bot_user import BotUser
from bot.slack.client import build_client
from bot.slack.listeners import build_bolt
from bot.slack.window_reading import read_any
from bot.slack.windows import Windows
from tests.fakes.slack import HISTORY_SCOPES, NEEDED, SCOPES, FakeSlack
from tests.fakes.slack_client import direct, event, mention
from tests.scenarios.slack_driver import with_slack

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "install-slack.md").read_text(encoding="utf-8")
SOURCES = {path: path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "slack").glob("*.py")}
URL = "https://bot.example.jp"
USER = "U0AOBA"
# Scopes that Slack asks for where events, commands and shortcuts come in.
BY_EVENT = {"app_mention": "app_mentions:read", "message.im": "im:history", "app_home_opened": ""}
_ROW = re.compile(r"^\| `([a-z_.:]+)` \| ([^|]+) \|$", re.MULTILINE)


def _printed(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(dxbot, ["slack", "manifest", *arguments], standalone_mode=False)
    assert result.exit_code == 0, result.output
    printed = yaml.safe_load(result.stdout)
    assert isinstance(printed, dict)
    return printed


def _called_methods() -> set[str]:
    """Every Web API method the channel's code calls."""
    called = {name for text in SOURCES.values() for name in re.findall(r"_?client\.([a-z]+_\w+)\(", text)}
    methods = {"".join(name.replace("_", ".", 1)) for name in called}
    spelled = {"apps.connections_open": "apps.connections.open", "post.message": "chat.postMessage"}
    return {spelled.get(method, method) for method in methods}


def test_every_method_called_is_known_to_the_fake() -> None:
    history = {"conversations.history", "conversations.replies"}
    assert _called_methods() >= {"chat.postMessage", "views.open", "users.info", *history}
    assert _called_methods() <= {*NEEDED, *history, "apps.connections.open"}


def test_the_scopes_are_those_the_code_needs() -> None:
    by_method = {scope for method in _called_methods() for scope in NEEDED.get(method, ())}
    by_event = {scope for event, scope in BY_EVENT.items() if event in manifest.EVENTS and scope}
    needed = by_method | by_event | set(HISTORY_SCOPES.values()) | {"commands", "users:read.email"}
    assert set(manifest.SCOPES) == needed == SCOPES
    assert _printed()["oauth_config"]["scopes"]["bot"] == sorted(needed)


def test_events_commands_and_shortcuts_are_those_listened_to(services: Any, slack: FakeSlack) -> None:
    printed = _printed()
    assert set(printed["settings"]["event_subscriptions"]["bot_events"]) == set(BY_EVENT)
    assert [command["command"] for command in printed["features"]["slash_commands"]] == [reading.COMMAND]
    assert [shortcut["callback_id"] for shortcut in printed["features"]["shortcuts"]] == [
        reading.TERM_MEANING
    ]
    events = {
        "message.im": direct(USER, "テレワークとは"),
        "app_mention": mention(USER, "C1", "テレワークとは"),
        "app_home_opened": {"type": "app_home_opened", "user": USER, "channel": "D1", "tab": "home"},
    }
    assert set(events) == set(manifest.EVENTS)
    assert all(read_any(event(inner)) for inner in events.values())
    client = build_client(with_slack(services, slack).settings)
    answering = Answering(services, None, None, None)  # type: ignore[arg-type]
    windows = Windows(services, client, None, answering, None)  # type: ignore[arg-type]
    bolt = build_bolt(answering, windows, windows.work, BotUser(client))
    assert len(bolt._async_listeners) == 4


def test_over_http_every_address_is_the_servers() -> None:
    printed = _printed("--url", f"{URL}/")
    address = f"{URL}/slack/events"
    assert printed["settings"]["socket_mode_enabled"] is False
    assert printed["settings"]["event_subscriptions"]["request_url"] == address
    assert printed["settings"]["interactivity"]["request_url"] == address
    assert printed["features"]["slash_commands"][0]["url"] == address


def test_in_socket_mode_there_is_no_address() -> None:
    printed = _printed()
    assert printed["settings"]["socket_mode_enabled"] is True
    assert "url" not in str(printed)


@pytest.mark.parametrize(
    "url", ["http://bot.example.jp", "bot.example.jp", "https://", "https://a.jp/x", "https://a b"]
)
def test_an_address_slack_would_refuse_is_refused(url: str) -> None:
    result = CliRunner().invoke(dxbot, ["slack", "manifest", "--url", url], standalone_mode=False)
    assert result.exit_code == 1
    assert "https://" in result.stderr


def test_the_texts_keep_slacks_limits() -> None:
    printed = _printed("--url", URL)
    about = printed["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 174 <= len(about["long_description"]) <= 4_000
    assert re.fullmatch(r"[a-z0-9._-]{1,80}", printed["features"]["bot_user"]["display_name"])
    (command,) = printed["features"]["slash_commands"]
    assert len(command["usage_hint"]) <= 1_000
    (shortcut,) = printed["features"]["shortcuts"]
    assert len(shortcut["name"]) <= 24
    assert len(shortcut["description"]) <= 150


def test_the_guide_lists_the_scopes_with_their_purposes() -> None:
    listed = {name: purpose.strip() for name, purpose in _ROW.findall(GUIDE)}
    assert listed == manifest.SCOPES


def test_the_guide_names_what_the_manifest_has() -> None:
    for name in manifest.EVENTS:
        assert f"`{name}`" in GUIDE
    for words in (
        manifest.PATH,
        "dxbot slack manifest --url https://",
        "この言葉の意味",
        f"{reading.COMMAND} ",
    ):
        assert words in GUIDE
    for setting in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"):
        assert f"| `{setting}` |" in GUIDE
    assert f"@{manifest.BOT_NAME}" in GUIDE
