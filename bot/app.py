"""The only wiring: settings → services → one web application."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from aiohttp import web

from bot.body import MAX_BODY
from bot.delivery import Messenger
from bot.services import Services
from bot.settings import Settings
from bot.web.health import add_health_routes
from bot.web.listeners import add_routes
from bot.web.messenger import WebMessenger
from knowledge.base import KnowledgeBase
from knowledge.encoding.encoding import Encoding
from knowledge.encoding.loading import load_encoder
from storage.backup import back_up
from storage.database import open_database
from storage.stores import SqlStores
from storage.subjects import LateSubjects


def build_services(settings: Settings) -> Services:
    """Open the database and load the knowledge base. The caller closes `services.close()`."""
    database = open_database(settings.database_url)
    subjects = LateSubjects(database)
    stores = SqlStores(database, subjects)
    encoder = load_encoder(settings.encoder)
    encoding = Encoding(encoder, stores.encodings, settings.encoder_questions) if encoder else None
    knowledge = KnowledgeBase(stores.articles, settings.content, encoding)

    def close() -> None:
        subjects.close()
        database.close()

    return Services(
        settings=settings,
        stores=stores,
        knowledge=knowledge,
        clock=lambda: datetime.now(UTC),
        close=close,
        clean=database.clean,
        back_up=lambda target: back_up(settings.database_url, target, datetime.now(UTC)).size,
    )


def create_app(services: Services) -> web.Application:
    """One web application with every channel that is configured."""
    app = web.Application(client_max_size=MAX_BODY)
    add_routes(app, services)
    add_health_routes(app, services)
    if services.settings.uses_teams:
        from bot.teams.channel import add_teams  # noqa: PLC0415  the Bot Framework is loaded only where it is used

        add_teams(app, services)
    if services.settings.uses_slack:
        from bot.slack.channel import add_slack  # noqa: PLC0415  as above

        add_slack(app, services)
    return app


def build_messengers(services: Services) -> Mapping[str, Messenger]:
    """The messengers the worker sends with, by channel."""
    messengers: dict[str, Messenger] = {"web": WebMessenger(services)}
    if services.settings.uses_slack:
        from bot.slack.messenger import slack_messenger  # noqa: PLC0415  as above

        messengers["slack"] = slack_messenger(services)
    if services.settings.uses_teams:
        from bot.teams.channel import build_messenger  # noqa: PLC0415  as above

        messengers["teams"] = build_messenger(services)
    return messengers
