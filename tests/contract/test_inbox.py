"""The web channel's inbox on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.messages import Paragraph, Reply
from storage.session import UnstorableText
from storage.stores import SqlStores

NOW = datetime(2026, 11, 24, 8, 45, tzinfo=UTC)


def reply(text: str) -> Reply:
    return Reply(title="週のまとめ", parts=(Paragraph(text=text, tone="note"),))


def test_messages_come_back_newest_first_each_to_its_person(stores: SqlStores) -> None:
    for number in range(3):
        assert stores.inbox.add("1", f"k{number}", reply(str(number)), NOW + timedelta(minutes=number))
    stores.inbox.add("2", "other", reply("x"), NOW)
    assert stores.inbox.list_for("1", 2) == [
        ("k2", NOW + timedelta(minutes=2), reply("2")),
        ("k1", NOW + timedelta(minutes=1), reply("1")),
    ]
    assert stores.inbox.list_for("3") == []


def test_a_message_is_delivered_once(stores: SqlStores) -> None:
    assert stores.inbox.add("1", "k", reply("a"), NOW)
    assert not stores.inbox.add("1", "k", reply("b"), NOW)
    assert [text.text for _, _, text in stores.inbox.list_for("1")] == ["週のまとめ\na"]


@pytest.mark.parametrize("text", ["\x00", "a\ud800"])
def test_text_that_cannot_be_kept_is_refused_alike(stores: SqlStores, text: str) -> None:
    with pytest.raises(UnstorableText):
        stores.inbox.add("1", "k", reply(text), NOW)
    with pytest.raises(UnstorableText):
        stores.inbox.list_for(text)


def test_old_messages_are_forgotten(stores: SqlStores) -> None:
    for days in (0, 10):
        stores.inbox.add("1", f"k{days}", reply(str(days)), NOW + timedelta(days=days))
    assert stores.inbox.forget(NOW + timedelta(days=10)) == 1
    assert stores.inbox.forget(NOW + timedelta(days=10)) == 0
    assert [key for key, _, _ in stores.inbox.list_for("1")] == ["k10"]
