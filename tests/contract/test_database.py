"""What a Session promises, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database, DatabaseError, Params, Tx, open_database
from storage.session import FailedTransaction, NestedTransaction, UnstorableText

FIXTURES = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)


@pytest.fixture
def numbers(database: Database) -> Iterator[Database]:
    """A database with a small table, `numbers (name, number)`."""
    database.transaction(lambda tx: tx.query("create table numbers (name text primary key, number bigint)"))
    yield database


def put(name: str, number: int = 0) -> Any:
    sql = "insert into numbers (name, number) values (:name, :number)"
    return lambda tx: tx.query(sql, {"name": name, "number": number})


def names(database: Database) -> list[str]:
    return [row["name"] for row in database.query("select name from numbers order by name")]


def test_a_work_is_kept_whole_and_its_result_returned(numbers: Database) -> None:
    def work(tx: Tx) -> int:
        put("a", 1)(tx)
        put("b", 2)(tx)
        assert [row["number"] for row in tx.query("select number from numbers order by name")] == [1, 2]
        return 7

    assert numbers.transaction(work) == 7
    assert names(numbers) == ["a", "b"]


def test_a_work_that_raises_leaves_nothing(numbers: Database) -> None:
    def work(tx: Tx) -> None:
        put("a")(tx)
        raise KeyError("no")

    with pytest.raises(KeyError):
        numbers.transaction(work)
    assert names(numbers) == []


def test_a_hidden_failure_keeps_nothing(numbers: Database) -> None:
    def work(tx: Tx) -> None:
        put("a")(tx)
        with pytest.raises(Exception, match=r"(?i)unique"):
            put("a")(tx)
        with pytest.raises(FailedTransaction):
            put("b")(tx)

    with pytest.raises(FailedTransaction, match="保存されていません"):
        numbers.transaction(work)
    assert names(numbers) == []


def test_calling_the_database_from_inside_a_work_raises(numbers: Database) -> None:
    for inside in (
        lambda tx: numbers.transaction(put("a")),
        lambda tx: numbers.query("select 1"),
    ):
        with pytest.raises(NestedTransaction):
            numbers.transaction(inside)
    numbers.transaction(put("b"))
    assert names(numbers) == ["b"]


def test_a_transaction_of_a_tx_joins_it(numbers: Database) -> None:
    def work(tx: Tx) -> None:
        tx.transaction(put("a"))
        raise KeyError

    with pytest.raises(KeyError):
        numbers.transaction(work)
    assert names(numbers) == []
    numbers.transaction(lambda tx: tx.transaction(put("a")))
    assert names(numbers) == ["a"]


def test_a_tx_is_of_no_use_after_its_work(numbers: Database) -> None:
    kept = numbers.transaction(lambda tx: tx)
    with pytest.raises(RuntimeError, match="over"):
        kept.query("select 1")


def test_outside_a_transaction_only_reads(numbers: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)read-?only"):
        numbers.query("insert into numbers (name, number) values ('a', 1)")
    assert names(numbers) == []


def test_many_rows_at_once(numbers: Database) -> None:
    rows: list[Params] = [{"name": f"{n:04}", "number": n} for n in range(1000)]
    sql = "insert into numbers (name, number) values (:name, :number)"
    numbers.transaction(lambda tx: tx.query_many(sql, rows))
    assert numbers.query("select * from numbers order by name") == rows
    numbers.transaction(lambda tx: tx.query_many(sql, []))


def test_threads_that_read_and_then_write_lose_no_update(numbers: Database) -> None:
    numbers.transaction(put("a", 0))

    def add(_: int) -> None:
        def work(tx: Tx) -> None:
            number = tx.query("select number from numbers where name = 'a'")[0]["number"]
            tx.query("update numbers set number = :number where name = 'a'", {"number": number + 1})

        numbers.transaction(work)

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(add, range(120)))
    assert numbers.query("select number from numbers") == [{"number": 120}]


def test_works_that_raise_take_no_others_down(numbers: Database) -> None:
    def write(n: int) -> bool:
        def work(tx: Tx) -> None:
            put(f"{n:03}")(tx)
            if n % 3 == 0:
                raise KeyError(n)

        try:
            numbers.transaction(work)
        except KeyError as error:
            assert error.args == (n,)
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        kept = list(threads.map(write, range(90)))
    assert names(numbers) == [f"{n:03}" for n in range(90) if n % 3]
    assert kept == [bool(n % 3) for n in range(90)]


def test_text_sorts_by_code_point(numbers: Database) -> None:
    words = ["b", "A", "a", "B", "ー", "あ", "ア", "亜", "Z", "10", "9", "é", "😀"]
    for word in words:
        numbers.transaction(put(word))
    assert names(numbers) == sorted(words)


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud800", "x\udfffy"])
def test_unstorable_text_is_refused_alike(numbers: Database, text: str) -> None:
    with pytest.raises(UnstorableText):
        numbers.transaction(put(text))
    with pytest.raises(UnstorableText):
        numbers.transaction(
            lambda tx: tx.query_many("delete from numbers where name = :name", [{"name": text}])
        )
    with pytest.raises(UnstorableText):
        numbers.query("select * from numbers where name = :name", {"name": text})


@FIXTURES
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=50))
def test_any_other_text_comes_back_as_it_was(database: Database, text: str) -> None:
    assert database.query("select cast(:text as text) as text", {"text": text}) == [{"text": text}]
    written = text.replace("'", "''")
    sql = f"select '{written}' as literal, cast(:text as text) as text -- {text.translate(_ONE_LINE)} :no %s"
    assert database.query(sql, {"text": text}) == [{"literal": text, "text": text}]


_ONE_LINE = {ord(character): " " for character in "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"}


def test_after_closing_everything_is_refused(database_url: str) -> None:
    database = open_database(database_url)
    database.query("select 1")
    database.close()
    database.close()
    with pytest.raises(DatabaseError, match="閉じ"):
        database.query("select 1")
    with pytest.raises(DatabaseError, match="閉じ"):
        database.transaction(lambda tx: tx.query("select 1"))


def test_closing_finishes_what_is_under_way(database_url: str) -> None:
    database = open_database(database_url)
    database.transaction(lambda tx: tx.query("create table numbers (name text primary key, number bigint)"))
    started, finish = threading.Event(), threading.Event()

    def slow(tx: Tx) -> None:
        started.set()
        finish.wait(10)
        put("a")(tx)

    writer = threading.Thread(target=database.transaction, args=[slow])
    writer.start()
    started.wait(10)
    closer = threading.Thread(target=database.close)
    closer.start()
    finish.set()
    writer.join(10)
    closer.join(10)
    with open_database(database_url) as again:
        assert names(again) == ["a"]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://localhost/x", "mysql"),
        ("", "DATABASE_URL"),
        ("sqlite:///", "ファイル名"),
        ("sqlite:////proc/nowhere/x.db", "開けません"),
        ("postgresql://nobody@127.0.0.1:1/none", "接続できません"),
        ("postgresql://%zz", "接続できません"),
    ],
)
def test_a_wrong_address_is_one_clear_line(url: str, said: str) -> None:
    with pytest.raises(DatabaseError, match=said) as raised:
        open_database(url)
    assert "\n" not in str(raised.value)
