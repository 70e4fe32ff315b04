"""Delivery to the inbox: once for each key, and provable."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery import Doubtful, Message, PermanentFailure
from bot.messages import Reply
from bot.services import Services
from bot.web.messenger import FIRST_LOOK, WebMessenger
from storage.database import open_database
from storage.migrations import migrate
from storage.stores import SqlStores
from tests.web.city import HR, STAFF, settle
from tests.web.conftest import make_services

NOW = datetime(2026, 11, 24, 8, 45, tzinfo=UTC)


def _message(key: str = "digest:2026-W48:900001", recipient: str = STAFF.id) -> Message:
    return Message(key=key, channel="web", recipient=recipient, reply=Reply(title="今週の取組"), due_at=NOW)


async def test_a_message_lies_in_the_inbox_once(services: Services) -> None:
    messenger = WebMessenger(services)
    assert await messenger.send(_message()) == _message().key
    assert await messenger.send(_message()) == _message().key
    delivered = services.stores.inbox.list_for(STAFF.id)
    assert [(key, reply.title) for key, _, reply in delivered] == [(_message().key, "今週の取組")]


async def test_it_is_delivered_at_the_time_of_the_clock(sqlite_stores: SqlStores) -> None:
    settle(sqlite_stores)
    await WebMessenger(make_services(sqlite_stores, lambda: NOW)).send(_message())
    assert sqlite_stores.inbox.list_for(STAFF.id)[0][1] == NOW


async def test_a_stranger_gets_nothing(services: Services) -> None:
    with pytest.raises(PermanentFailure):
        await WebMessenger(services).send(_message(recipient="000000"))
    assert services.stores.inbox.list_for("000000") == []


async def test_after_doubt_it_can_tell(services: Services) -> None:
    messenger = WebMessenger(services)
    since = datetime.now(UTC)
    assert await messenger.find(_message(), since) is None
    await messenger.send(_message())
    assert await messenger.find(_message(), since) == _message().key
    assert await messenger.find(_message("another"), since) is None
    assert await messenger.find(_message(recipient=HR.id), since) is None


async def test_it_can_tell_below_many_later_messages(services: Services) -> None:
    inbox = services.stores.inbox
    inbox.add(STAFF.id, _message().key, Reply(title="今週の取組"), NOW)
    for number in range(FIRST_LOOK * 5):
        inbox.add(STAFF.id, f"later:{number}", Reply(title="あと"), NOW + timedelta(minutes=number))
    messenger = WebMessenger(services)
    assert await messenger.find(_message(), NOW - timedelta(seconds=1)) == _message().key
    assert await messenger.find(_message("another"), NOW - timedelta(seconds=1)) is None


async def test_a_failing_database_leaves_doubt(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'x.db'}") as database:
        migrate(database)
        stores = SqlStores(database)
        settle(stores)
    with pytest.raises(Doubtful):
        await WebMessenger(make_services(stores)).send(_message())
