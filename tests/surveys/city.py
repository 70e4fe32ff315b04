"""The made-up city of the web tests with a round open in it, and people who answer through the router."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.services import Services, Stores
from bot.settings import Settings
from knowledge.base import KnowledgeBase
from storage.stores import SqlStores
from surveys.definition import Definition
from surveys.opening import open_with
from surveys.round import Round
from tests.handlers.learning_city import Seat
from tests.surveys.samples import NOW, planned
from tests.web.city import STAFF, settle

__all__ = ["Seat", "city", "open_round", "staff"]


def city(stores: SqlStores, at: datetime = NOW + timedelta(hours=1), **settings: object) -> Services:
    """The city, an hour after rounds opened."""
    settle(stores)
    return Services(
        settings=Settings(_env_file=None, DXBOT_CONTENT="", **settings),  # type: ignore[arg-type]
        stores=stores,
        knowledge=KnowledgeBase(stores.articles, ()),
        clock=lambda: at,
    )


def open_round(stores: Stores, definition: Definition, id_: str = "round-1") -> Round:
    """Open a round of this survey to everyone it asks."""
    round_ = planned(definition, id_)
    directory = stores.directory
    opening = open_with(
        round_,
        directory.list_people(),
        directory.list_departments(),
        stores.surveys.list_absent(),
        NOW.date(),
    )
    assert stores.surveys.plan_round(round_)
    assert stores.surveys.open_round(opening.round, opening.members)
    return opening.round


def staff(services: Services, channel: str = "web") -> Seat:
    """An ordinary member of staff before the router."""
    return Seat(services, STAFF, channel)
