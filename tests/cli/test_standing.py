"""Every command, driven: what is people's goes on record under the name of who runs it on the host."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from bot.cli.actor import actor
from bot.cli.standing import COMMANDS
from bot.delivery import Message
from bot.messages import Reply
from bot.texts.ja.console import ACTIONS
from staff.permissions import ROLES
from staff.store import AuditEvent
from storage.database import open_database
from storage.outbox import SqlOutbox
from storage.stores import SqlStores
from surveys.disclosure import Publication
from surveys.disclosure.publication import Known
from surveys.round import State
from surveys.skills.reading import SHIPPED
from tests.cli.conftest import Run
from tests.cli.test_directory import DEPARTMENTS, MORE, PEOPLE
from tests.cli.test_evaluate import QUESTIONS
from tests.knowledge.manuals.files import telework_docx

# These run until they are told to stop, and work for those who ask them.
LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)
RUNNING = {"serve", "worker"}
# No model to encode with, no round published yet, nobody who answered, no app at Teams; and before a year ends there is always something to settle.
FAILING = {
    "knowledge encode": 1,
    "skills results": 1,
    "survey publish-more": 1,
    "year-roll": 1,
    "teams package": 1,
}
SURVEY = "id: quick\ntitle: 短い調査\npurpose: 試すため\nreaders: 試す人\nquestions:\n- {id: A, type: single, text: あ, options: [い, う]}\n"
PLAN = "initiatives:\n- {id: next-1, title: 標準化の仕上げ, plan: 次の計画, starts_on: 2026-04-01}\n"
Step = tuple[str, Callable[[str], list[str]]]


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def steps(folder: Path) -> Iterator[Step]:
    """Each command with what it is given; that may take up what the command before it printed."""
    table = write(folder, "手続.csv", "id,title,body\nkuro,クロネコ方式,一度で済みます。\n")
    newer = write(folder, "新.csv", "id,title,body\nshiro,シロネコ方式,一度で済みます。\n")
    manual = write(folder, "手引.docx", telework_docx())
    proposals: list[str] = []

    def waiting(printed: str) -> list[str]:
        proposals.extend(re.findall(r"^(manual/\w+)", printed, re.MULTILINE))
        return [proposals.pop()]

    def no_more(_: str) -> list[str]:
        return [proposals.pop(), "--reason", "古い版です"]

    def given(*arguments: str) -> Callable[[str], list[str]]:
        return lambda _: list(arguments)

    rounds: list[str] = []

    def round_of(printed: str) -> list[str]:
        rounds.append(printed.split(maxsplit=1)[0])
        return [rounds[-1]]

    yield "migrate", given()
    yield "doctor", given("--offline")
    yield "demo", given("--staff", "30")
    yield "ask", given("RPAとは何ですか")
    yield "eval", given(write(folder, "q.yaml", yaml.safe_dump({"questions": QUESTIONS})))
    yield "knowledge import", given(table)
    yield "knowledge import", given(newer)
    yield "knowledge diff", given("手続.csv", "新.csv")
    yield "knowledge encode", given()
    yield "knowledge check", given()
    yield "knowledge delete", given("kuro", "--reason", "試し")
    yield "knowledge rollback", given("kuro", "--to", "0")
    yield "knowledge history", given("kuro")
    yield "knowledge import", given(manual)
    yield "knowledge proposals", given()
    yield "knowledge approve", waiting
    yield "knowledge reject", no_more
    yield "knowledge export", given("--out", str(folder / "out.csv"))
    yield "knowledge unanswered", given()
    yield "knowledge feedback", given()
    yield "knowledge remove", given("新.csv")
    yield "console codes", given("000001")
    yield "console sign-out", given("000001")
    yield "console permissions", given()
    yield "console restore-admin", given("000001")
    yield "initiatives import", given(write(folder, "plan.yaml", PLAN))
    yield "initiatives list", given()
    yield "digest preview", given()
    yield "digest send", given()
    yield "digest council", given("--out", str(folder / "page.docx"))
    leave_unsettled(folder)
    yield "outbox list", given()
    yield "outbox settle", given("first")
    yield "outbox resend", given("second")
    yield "skills check", given()
    yield "skills import", given(str(SHIPPED))
    yield (
        "skills trainings",
        given(write(folder, "t.csv", "職員番号,研修名,受講日\n000001,表計算,2026-07-01\n")),
    )
    yield "skills results", given()
    yield "skills plan", given()
    yield "survey check", given("telework-needs")
    yield "survey absent", given(write(folder, "absent.txt", "000001\n"))
    yield "survey open", given(write(folder, "quick.yaml", SURVEY))
    yield "survey remind", round_of
    yield "survey list", given()
    yield "survey close", lambda _: [rounds[-1]]
    yield "survey results", lambda _: [rounds[-1]]
    yield "survey open", given("open-data-needs", "--on", "2099-01-05")
    yield "survey drop", lambda printed: [printed.split(maxsplit=1)[0], "--yes"]
    yield "survey publish-more", lambda _: [rounds[-1], "--question", "A", "--by", "部"]
    publish_two(folder)
    for what in ("skills", "telework"):
        out = str(folder / f"{what}.xlsx")
        yield f"export {what}", given("--out", out, "--purpose", "試す")
    yield "audit verify", given()
    yield "audit anchor", given()
    yield "backup", given(str(folder / "copy.db"))
    yield "restore", given(str(folder / "copy.db"), "--yes")
    yield "privacy register", given()
    yield "privacy sheet", given()
    yield "privacy hold", given("audit", "--reason", "監査の求め")
    yield "privacy holds", given()
    yield "privacy release", lambda printed: [printed.split()[0]]
    yield "privacy show", given("000001")
    yield "privacy erase", given("000020", "--yes")
    yield "year-roll", given()
    yield "handover", given()
    yield "slack manifest", given()
    yield "teams package", given(str(folder / "app.zip"), "--site", "https://example.lg.jp")
    people = write(folder, "people.csv", PEOPLE + MORE)
    places = write(folder, "places.csv", DEPARTMENTS)
    yield (
        "directory import",
        given(people, "--departments", places, "--yes", "--allow-leavers"),
    )


def publish_two(folder: Path) -> None:
    """An empty publication of the newest self-assessment and of the newest telework round."""
    with open_database(f"sqlite:///{folder / 'dxbot.db'}") as database:
        stores = SqlStores(database)
        for survey in ("skills", "telework-usage"):
            round_id = stores.surveys.list_rounds(State.CLOSED, survey)[-1].id
            known = Known(headcounts={}, responses={})
            empty = Publication(number=1, round_id=round_id, tables=(), known=known, source="s")
            stores.publications.add_publication(empty, datetime.now(UTC))


def leave_unsettled(folder: Path) -> None:
    """Two messages in the outbox that somebody has to look after."""
    with open_database(f"sqlite:///{folder / 'dxbot.db'}") as database:
        outbox, now = SqlOutbox(database), datetime.now(UTC)
        for key in ("first", "second"):
            outbox.put(Message(key=key, channel="web", recipient="000001", reply=Reply(), due_at=LONG_AGO))
            assert outbox.claim("w", now, 60)
            outbox.settle_unclear(key, "w", "left", now)


def events_of(folder: Path) -> list[AuditEvent]:
    with open_database(f"sqlite:///{folder / 'dxbot.db'}") as database:
        return SqlStores(database).audit.list_events(10_000)[::-1]


def test_every_command_of_peoples_is_on_record(run: Run, tmp_path: Path) -> None:
    seen: dict[str, set[str]] = {}
    printed, before = "", 0
    for path, given in steps(tmp_path):
        done = run(*path.split(), *given(printed))
        printed = done.stdout
        assert done.exit_code == FAILING.get(path, 0), f"{path}: {done.output}"
        new = events_of(tmp_path)[before:]
        before += len(new)
        assert {event.channel for event in new} <= {"cli"}
        seen.setdefault(path, set()).update(event.action for event in new if event.actor == actor())
    assert set(seen) | RUNNING == set(COMMANDS), "a command is not driven here"
    assert seen == {path: set(COMMANDS[path].actions) for path in seen}
    assert set().union(*seen.values()) <= set(ACTIONS), "the console has a word for each"


def test_what_needs_a_permission_elsewhere_goes_on_record_here() -> None:
    for path, standing in COMMANDS.items():
        asks = standing.permission is not None and bool(ROLES[standing.permission])
        assert asks == bool(standing.actions), path


def test_what_cannot_be_recorded_is_not_shown(migrated: Run, tmp_path: Path) -> None:
    migrated("demo", "--staff", "6")
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        database.transaction(lambda tx: tx.query("drop table audit_head"))
    with pytest.raises(Exception, match="audit_head"):
        migrated("handover")
