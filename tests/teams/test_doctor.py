"""`dxbot doctor` about Teams: one line for what is missing, one each for the two servers that must be reached."""

from __future__ import annotations

import asyncio

import pytest

from bot.teams.doctor import examine_teams
from bot.texts.ja import teams as texts
from tests.fakes.teams import SECRET, FakeTeams
from tests.teams.conftest import make_settings


async def test_all_is_well(teams: FakeTeams) -> None:
    lines = await asyncio.to_thread(examine_teams, make_settings(teams))
    assert lines == [(True, texts.DOCTOR_LOGIN), (True, texts.DOCTOR_KEYS.format(count=1))]


async def test_a_managed_identity_is_asked_for_its_token(teams: FakeTeams) -> None:
    settings = make_settings(teams, teams_app_type="ManagedIdentity", teams_app_password=None)
    assert (await asyncio.to_thread(examine_teams, settings))[0] == (True, texts.DOCTOR_LOGIN)
    assert teams.calls["identity"] == 1


async def test_a_wrong_secret_is_named_without_it(teams: FakeTeams) -> None:
    settings = make_settings(teams, teams_app_password=f"{SECRET}-wrong")
    (right, line), _ = await asyncio.to_thread(examine_teams, settings)
    assert not right
    assert "401 invalid_client" in line
    assert SECRET not in line


async def test_servers_out_of_reach_are_named(teams: FakeTeams) -> None:
    away = "http://127.0.0.1:1/x"
    settings = make_settings(teams, teams_login_url=away, teams_openid_url=away)
    for right, line in await asyncio.to_thread(examine_teams, settings):
        assert not right
        assert "127.0.0.1" in line


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
