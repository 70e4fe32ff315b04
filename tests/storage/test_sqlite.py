"""The SQLite driver: its safety settings, and what is left after a kill."""

from __future__ import annotations

import stat
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from storage.backup import back_up
from storage.database import Database, DatabaseError, Tx, open_database
from storage.migrations import migrate
from storage.sqlite import connect, require_version
from tests.contract.processes import go, start


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "folders" / "dxbot.db"


def open_at(path: Path) -> Database:
    database = open_database(f"sqlite:///{path}")
    migrate(database)
    return database


def seen_elsewhere(path: Path) -> int:
    """The revision that another process reads, with a tool of its own, and closes the database."""
    script = (
        "import sqlite3, sys; found = sqlite3.connect(sys.argv[1])\n"
        "print(found.execute('select number from revisions').fetchone()[0]); found.close()"
    )
    command = [sys.executable, "-c", script, str(path)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def revision(database: Database) -> int:
    return int(database.query("select number from revisions")[0]["number"])


def count_up(tx: Tx) -> int:
    return int(tx.query("update revisions set number = number + 1 returning number")[0]["number"])


@pytest.mark.parametrize("old", [(3, 40, 1), (3, 51, 2)])
def test_an_sqlite_that_corrupts_is_refused(old: tuple[int, ...]) -> None:
    with pytest.raises(DatabaseError, match=r"3\.51\.3 以上"):
        require_version(old)
    require_version((3, 51, 3))


def test_the_file_is_made_for_its_owner_alone(path: Path) -> None:
    with open_at(path) as database:
        database.transaction(count_up)
        for file in path.parent.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {file.name for file in path.parent.iterdir()} == {"dxbot.db", "dxbot.db-use"}


def test_a_folder_in_the_files_place_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="開けません"):
        open_database(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"not a database at all, but long enough to be read as one" * 20)
    with pytest.raises(DatabaseError, match="開けません"):
        open_database(f"sqlite:///{tmp_path / 'x.db'}")


@pytest.mark.parametrize(
    ("setting", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1)],
)
def test_every_connection_has_the_safe_settings(path: Path, setting: str, value: object) -> None:
    with open_at(path) as database:
        sql = f"pragma {setting}"
        assert list(database.query(sql)[0].values()) == [value]
        assert list(database.transaction(lambda tx: tx.query(sql))[0].values()) == [value]


def test_what_is_written_after_a_backup_outlives_another_processes_closing(
    path: Path, tmp_path: Path
) -> None:
    """SQLite's locks are the process's: to open the file beside SQLite, and close it, gives them all up."""
    url = f"sqlite:///{path}"
    with open_at(path) as database:
        back_up(url, tmp_path / "daily.dxbk", datetime.now(UTC))  # as the worker does it, on its own database
        assert seen_elsewhere(path) == revision(database)  # an operator looks at it
        assert path.with_name(f"{path.name}-wal").exists(), "another process took itself for the last one"
        database.transaction(count_up)
        assert seen_elsewhere(path) == revision(database)


def test_deleted_text_is_gone_from_the_file(path: Path) -> None:
    secret = "secret-of-a-person"
    with open_at(path) as database:
        database.transaction(lambda tx: tx.query("insert into revisions values (:s, 0)", {"s": secret}))
        database.transaction(lambda tx: tx.query("delete from revisions where name = :s", {"s": secret}))
    assert secret.encode() not in path.read_bytes()


def test_threads_that_end_leave_no_connection_open(path: Path) -> None:
    with open_at(path) as database:
        for _ in range(20):
            thread = threading.Thread(target=revision, args=[database])
            thread.start()
            thread.join()
        open_files = [link for link in Path("/proc/self/fd").iterdir() if _leads_to(link, path)]
        assert len(open_files) <= 6


def _leads_to(link: Path, path: Path) -> bool:
    try:
        return str(link.readlink()).startswith(str(path))
    except OSError:
        return False


def test_queued_works_share_one_commit(path: Path) -> None:
    """Nobody hears of a result before the commit that the whole group shares."""
    with open_at(path) as database:
        first_runs, go_on, done = threading.Event(), threading.Event(), []

        def blocking(tx: Tx) -> None:
            first_runs.set()
            go_on.wait(10)

        def quick(number: int) -> None:
            database.transaction(count_up)
            done.append(number)

        blocker = threading.Thread(target=database.transaction, args=[blocking])
        blocker.start()
        first_runs.wait(10)
        second_runs, finish = threading.Event(), threading.Event()
        threads = [threading.Thread(target=quick, args=[number]) for number in range(10)]
        for thread in threads:
            thread.start()
        time.sleep(0.1)

        def last(tx: Tx) -> None:
            second_runs.set()
            finish.wait(10)

        closing = threading.Thread(target=database.transaction, args=[last])
        closing.start()
        time.sleep(0.05)
        go_on.set()
        second_runs.wait(10)
        time.sleep(0.05)
        assert done == []
        assert revision(database) == 0
        finish.set()
        for thread in (*threads, closing, blocker):
            thread.join(10)
        assert sorted(done) == list(range(10))
        assert revision(database) == 10


def test_when_the_commit_fails_every_work_of_the_group_fails_and_the_next_goes_on(path: Path) -> None:
    with open_at(path) as database:
        runs, go_on, outcomes = threading.Event(), threading.Event(), []

        def blocking(tx: Tx) -> None:
            runs.set()
            go_on.wait(10)

        def breaks_the_commit(tx: Tx) -> None:
            tx.query("pragma defer_foreign_keys = on")
            tx.query("insert into chat_users (channel, chat_user, person_id) values ('web', 'u', 'nobody')")

        def perform(work: Any) -> None:
            try:
                database.transaction(work)
            except Exception as error:
                outcomes.append(type(error).__name__)

        threads = [threading.Thread(target=perform, args=[blocking])]
        threads[0].start()
        runs.wait(10)
        for work in (count_up, breaks_the_commit, count_up):
            threads.append(threading.Thread(target=perform, args=[work]))
            threads[-1].start()
            time.sleep(0.05)
        go_on.set()
        for thread in threads:
            thread.join(10)
        assert outcomes == ["IntegrityError"] * 3
        assert revision(database) == 0
        assert database.transaction(count_up) == 1


def test_a_lock_held_by_another_process_is_waited_for(path: Path) -> None:
    with open_at(path) as database:
        other = connect(path)
        other.execute("begin immediate")
        threading.Timer(0.3, lambda: other.execute("commit")).start()
        assert database.transaction(count_up) == 1
        other.close()


def test_a_lock_held_too_long_is_a_clear_error(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.writing.BEGIN_SECONDS", 0.2)
    with open_at(path) as database:
        other = connect(path)
        other.execute("begin immediate")
        with pytest.raises(DatabaseError, match="空きません"):
            database.transaction(count_up)
        other.execute("commit")
        other.close()
        assert database.transaction(count_up) == 1


def test_a_kill_in_the_middle_loses_nothing_that_was_committed(path: Path) -> None:
    """Kill a process while it commits without pause: what it reported as durable is there, and no half work."""
    open_at(path).close()
    process = start("commit_for_ever", f"sqlite:///{path}", "w")
    go(process)
    assert process.stdout is not None
    seen = [int(process.stdout.readline()) for _ in range(200)]
    process.kill()
    seen += [int(line) for line in process.stdout.read().split("\n")[:-1]]
    process.communicate()
    with open_at(path) as database:
        assert revision(database) in (seen[-1], seen[-1] + 1)
        assert database.query("pragma integrity_check") == [{"integrity_check": "ok"}]


def test_a_kill_inside_a_transaction_leaves_nothing_of_it(path: Path) -> None:
    with open_at(path) as database:
        database.transaction(count_up)
    process = start("hold_open", f"sqlite:///{path}", "w")
    go(process)
    assert process.stdout is not None
    assert process.stdout.readline() == "holding\n"
    process.kill()
    process.communicate()
    with open_at(path) as database:
        assert revision(database) == 1
        assert database.transaction(count_up) == 2


def test_closing_waits_for_the_reads_under_way(path: Path) -> None:
    database = open_at(path)
    count = "with recursive n(i) as (select 1 union all select i + 1 from n where i < :last) select max(i) as i from n"
    started, read = threading.Barrier(5), []

    def reading() -> None:
        database.query("select 1")
        started.wait(10)
        try:
            read.append(database.query(count, {"last": 3_000_000}))
        except DatabaseError:
            read.append([])

    readers = [threading.Thread(target=reading) for _ in range(4)]
    for reader in readers:
        reader.start()
    started.wait(10)
    database.close()
    for reader in readers:
        reader.join(30)
    assert len(read) == 4
    assert all(rows in ([], [{"i": 3_000_000}]) for rows in read)
