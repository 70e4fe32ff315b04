"""Files for every process, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.sealed_files import SealedFile
from storage.stores import SqlStores

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
FILE = SealedFile("key", "900004", NOW, 0, 0, "")


def test_the_newest_state_stands(stores: SqlStores) -> None:
    files = stores.sealed_files
    assert files.find_file("key") is None
    files.keep_file(FILE)
    assert files.find_file("key") == FILE
    done = replace(FILE, told_at=NOW + timedelta(seconds=3), done=5, total=9, body="c2VhbGVk")
    files.keep_file(done)
    assert files.find_file("key") == done


def test_what_is_old_and_what_is_somebodys_goes(stores: SqlStores) -> None:
    files = stores.sealed_files
    old, other = replace(FILE, key="old", person_id="1"), replace(FILE, key="other", person_id="2")
    new = replace(FILE, key="new", person_id="3", told_at=NOW + timedelta(minutes=5))
    for one in (old, other, new):
        files.keep_file(one)
    assert files.forget_files(NOW, "2") == 1
    assert files.find_file("other") is None and files.find_file("old") == old
    assert files.forget_files(NOW + timedelta(minutes=1)) == 1
    assert files.find_file("old") is None and files.find_file("new") == new
