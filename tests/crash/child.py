"""A worker process of the crash test: the real worker, messengers and database, with short times, against served fakes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from pydantic import SecretStr

from bot.app import build_messengers, build_services
from bot.settings import Settings
from bot.worker import Timing, Worker
from tests.fakes.slack import BOT_TOKEN
from tests.fakes.teams import APP_ID, SECRET, TENANT

TIMING = Timing(lease=2.5, work=1.2, doubt=0.5, first_retry=0.05, idle=0.05)


def work(name: str, database_url: str, slack_url: str, teams_url: str) -> None:
    """Send until killed."""
    asyncio.run(_work(name, settings_of(database_url, slack_url, teams_url)))


def settings_of(database_url: str, slack_url: str, teams_url: str) -> Settings:
    """Of a worker that sends to both fakes."""
    return Settings(
        _env_file=None,
        database_url=database_url,
        content=(),
        slack_bot_token=SecretStr(BOT_TOKEN),
        slack_signing_secret=SecretStr("secret"),
        slack_api_url=f"{slack_url}/api/",
        teams_app_id=APP_ID,
        teams_app_password=SecretStr(SECRET),
        teams_app_tenant_id=TENANT,
        teams_service_urls=(teams_url,),
        teams_login_url=f"{teams_url}/login",
        teams_openid_url=f"{teams_url}/openid/metadata",
    )


async def _work(name: str, settings: Settings) -> None:
    services = build_services(settings)
    messengers = build_messengers(services)
    worker = Worker(
        name,
        services.stores.outbox,
        messengers,
        lambda: datetime.now(UTC),
        timing=TIMING,
        rates={},
        at_once=4,
    )
    await worker.run(asyncio.Event())
