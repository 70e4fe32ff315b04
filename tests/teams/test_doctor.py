"""`dxbot doctor` about Teams: one line for what is missing, one each for the two servers that must be reached."""

from __future__ import annotations

import asyncio
import time
from functools import partial

import pytest

from bot.outgoing import reach
from bot.teams import doctor
from bot.teams.doctor import examine_teams
from bot.texts.ja import teams as texts
from tests.fakes.teams import SECRET, FakeTeams
from tests.teams.conftest import make_settings

REACHED = (True, "127.0.0.1 につながります。")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


async def test_all_is_well(teams: FakeTeams) -> None:
    lines = await asyncio.to_thread(examine_teams, make_settings(teams))
    assert lines == [REACHED, (True, texts.DOCTOR_LOGIN), (True, texts.DOCTOR_KEYS.format(count=1))]


async def test_a_managed_identity_is_asked_for_its_token(teams: FakeTeams) -> None:
    settings = make_settings(teams, teams_app_type="ManagedIdentity", teams_app_password=None)
    assert (True, texts.DOCTOR_LOGIN) in await asyncio.to_thread(examine_teams, settings)
    assert teams.calls["token"] == 0


async def test_a_managed_identity_without_token_is_not_asked_for_a_secret(teams: FakeTeams) -> None:
    settings = make_settings(
        teams, teams_app_type="ManagedIdentity", teams_app_password=None, teams_app_id="another"
    )
    (line,) = [line for right, line in await asyncio.to_thread(examine_teams, settings) if not right]
    assert "400 invalid_request" in line
    assert "マネージド ID" in line
    assert "TEAMS_APP_PASSWORD" not in line


async def test_a_wrong_secret_is_named_without_it(teams: FakeTeams) -> None:
    settings = make_settings(teams, teams_app_password=f"{SECRET}-wrong")
    (line,) = [line for right, line in await asyncio.to_thread(examine_teams, settings) if not right]
    assert "401 invalid_client" in line
    assert SECRET not in line


async def test_servers_out_of_reach_are_named(teams: FakeTeams) -> None:
    away = "http://127.0.0.1:1/x"
    lines = await asyncio.to_thread(
        examine_teams,
        make_settings(
            teams, teams_login_url=away, teams_openid_url="http://localhost:1/", teams_service_urls=(away,)
        ),
    )
    assert [right for right, _ in lines] == [False, False]
    assert "127.0.0.1 につながりません: 接続が断られました" in lines[0][1]
    assert "localhost につながりません" in lines[1][1]


async def test_a_key_server_that_hangs_is_given_up_in_time(
    teams: FakeTeams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(doctor, "reach", partial(reach, seconds=0.3))
    teams.faults.key_seconds = 30
    began = time.monotonic()
    (line,) = [
        line for right, line in await asyncio.to_thread(examine_teams, make_settings(teams)) if not right
    ]
    assert "127.0.0.1" in line
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"teams_app_password": None}, ["TEAMS_APP_PASSWORD"]),
        ({"teams_app_id": "", "teams_app_tenant_id": ""}, ["TEAMS_APP_ID", "TEAMS_APP_TENANT_ID"]),
    ],
)
def test_missing_settings_are_named(changes: dict[str, object], named: list[str]) -> None:
    fake = FakeTeams()
    fake.url = "http://127.0.0.1:1"
    lines = examine_teams(make_settings(fake, **changes))
    assert lines == [(False, texts.DOCTOR_MISSING.format(missing="、".join(named)))]


def test_the_playground_is_pointed_out() -> None:
    fake = FakeTeams()
    fake.url = "http://127.0.0.1:1"
    assert examine_teams(make_settings(fake, teams_playground=True)) == [(True, texts.DOCTOR_PLAYGROUND)]
