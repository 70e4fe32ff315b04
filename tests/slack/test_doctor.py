"""What `dxbot doctor` says about Slack."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from bot.slack.doctor import examine_slack
from tests.fakes.slack import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, FakeSlack


def _settings(slack: FakeSlack, **changed: Any) -> Settings:
    told = {
        "slack_bot_token": SecretStr(BOT_TOKEN),
        "slack_signing_secret": SecretStr(SIGNING_SECRET),
        "slack_app_token": SecretStr(APP_TOKEN),
        "slack_api_url": f"{slack.url}/api/",
    }
    return Settings(content=()).model_copy(update=told | changed)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


async def _wrong(settings: Settings) -> list[str]:
    lines = await asyncio.to_thread(examine_slack, settings)
    return [detail for right, detail in lines if not right]


async def test_all_is_well(slack: FakeSlack) -> None:
    lines = await asyncio.to_thread(examine_slack, _settings(slack))
    assert [right for right, _ in lines] == [True] * 4
    assert lines[0][1] == "127.0.0.1 につながります。"
    assert "見本市" in lines[1][1]
    assert "/slack/events" in lines[2][1]


async def test_each_missing_scope_is_a_line(slack: FakeSlack) -> None:
    slack.scopes -= {"im:history", "users:read.email"}
    wrong = await _wrong(_settings(slack))
    assert len(wrong) == 2
    assert "im:history" in wrong[0]
    assert "users:read.email" in wrong[1]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"slack_bot_token": SecretStr("xoxb-wrong")}, "SLACK_BOT_TOKEN を受け付けません（invalid_auth）"),
        ({"slack_app_token": SecretStr("xapp-wrong")}, "SLACK_APP_TOKEN を受け付けません（invalid_auth）"),
        ({"slack_bot_token": None}, "SLACK_BOT_TOKEN がありません"),
        ({"slack_signing_secret": None, "slack_app_token": None}, "SLACK_SIGNING_SECRET がありません"),
        ({"slack_api_url": "http://127.0.0.1:9/api/", "slack_app_token": None}, "127.0.0.1 につながりません"),
    ],
)
async def test_what_is_wrong_is_one_line(slack: FakeSlack, changed: dict[str, Any], words: str) -> None:
    (line,) = await _wrong(_settings(slack, **changed))
    assert words in line
    assert "wrong" not in line


async def test_a_page_of_a_proxy_is_not_taken_for_slack(slack: FakeSlack) -> None:
    slack.fail("auth.test", "html")
    (line,) = await _wrong(_settings(slack, slack_app_token=None))
    assert "つながりません" in line
