"""Migrations on both databases."""

from __future__ import annotations

import json
from functools import partial

import pytest

from staff.model import Role
from storage.database import Database, Tx, open_database
from storage.directory import SqlDirectory
from storage.migrations import SchemaIsNewer, migrate, pending
from storage.schema import STEPS
from storage.schema.staff import synthetic_roles
from tests.contract.processes import run_together

NAMES = [step.__name__ for step in STEPS]


def test_each_step_is_applied_once_and_in_order(database_url: str) -> None:
    with open_database(database_url) as database:
        assert pending(database) == NAMES
        assert migrate(database) == NAMES
        assert pending(database) == []
        assert migrate(database) == []


def test_new_steps_follow_on_what_is_there(database: Database) -> None:
    def colours(tx: Tx) -> None:
        tx.query("create table colours (name text primary key)")

    assert migrate(database, (*STEPS, colours)) == ["colours"]
    assert database.query("select name from colours") == []


def test_a_step_that_fails_leaves_nothing_and_can_be_tried_again(database: Database) -> None:
    def half(tx: Tx) -> None:
        tx.query("create table half (name text primary key)")
        tx.query("insert into half (name) values ('a')")
        tx.query("insert into half (name) values ('a')")

    def fixed(tx: Tx) -> None:
        tx.query("create table half (name text primary key)")

    def before(tx: Tx) -> None:
        tx.query("create table earlier (name text primary key)")

    with pytest.raises(Exception, match=r"(?i)unique"):
        migrate(database, (*STEPS, before, half))
    assert pending(database, (*STEPS, before, half)) == ["half"]
    fixed.__name__ = "half"
    assert migrate(database, (*STEPS, before, fixed)) == ["half"]


def test_a_newer_database_is_refused_and_left_alone(database: Database) -> None:
    def future(tx: Tx) -> None:
        tx.query("create table future (name text primary key)")

    def ours(tx: Tx) -> None:
        tx.query("create table ours (name text primary key)")

    migrate(database, (*STEPS, future))
    with pytest.raises(SchemaIsNewer, match=r"future.*新しい版"):
        migrate(database, (*STEPS, ours))
    with pytest.raises(SchemaIsNewer):
        pending(database)
    assert "ours" not in {row["name"] for row in database.query("select name from migrations")}


def test_three_processes_migrate_at_once(database_url: str) -> None:
    results = run_together("bring_up", database_url)
    assert sorted(name for result in results for name in result) == sorted(NAMES)
    with open_database(database_url) as database:
        assert migrate(database) == []


def _insert(row: dict[str, str], tx: Tx) -> None:
    tx.query("insert into people (id, body) values (:id, :body)", row)


def test_people_of_an_older_version_get_their_main_role(database_url: str) -> None:
    before = STEPS[: STEPS.index(synthetic_roles)]
    posts = [{"department_id": "1", "roles": roles} for roles in (["staff"], ["manager"])]
    with open_database(database_url) as database:
        migrate(database, before)
        for id_, made_up in (("1", True), ("2", False)):
            body = {"id": id_, "name": "見本", "email": "", "posts": posts, "synthetic": made_up}
            database.transaction(partial(_insert, {"id": id_, "body": json.dumps(body)}))
        migrate(database)
        assert [one.id for one in SqlDirectory(database).list_synthetic(Role.MANAGER, 9)] == ["1"]
