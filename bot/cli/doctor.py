"""`dxbot doctor`: one line for each thing that must be right, and exit code 1 when one is not."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import click

from bot.app import build_services
from bot.cli.doors import examine_doors
from bot.cli.endpoint import examine_endpoint
from bot.cli.failing import settings_lines
from bot.cli.shape import JapaneseCommand
from bot.handlers.backups import look_at_backups
from bot.handlers.digest.lateness import lateness
from bot.handlers.survey_troubles import unopened_lines, unpublished_lines
from bot.services import Services
from bot.settings import Settings, SettingsError, load_settings, setting_names
from bot.texts.ja import cli as texts
from bot.texts.ja import survey_troubles as trouble_texts
from knowledge.packs import PackError
from storage.backup import read_manifest
from storage.database import Database, DatabaseError, open_database
from storage.migrations import pending

RECENT = timedelta(days=7)
MOST_REASONS = 3


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's: what was looked at, whether it is right, and what is there or to be done."""

    about: str
    right: bool
    detail: str


@click.command(cls=JapaneseCommand, help=texts.DOCTOR)
@click.option("--offline", is_flag=True, help=texts.DOCTOR_OFFLINE_OPTION)
@click.pass_context
def doctor(context: click.Context, *, offline: bool) -> None:
    """Print every finding; exit 2 for wrong settings, 1 when anything else is wrong."""
    try:
        settings = load_settings()
    except SettingsError as error:
        for line in settings_lines(error):
            click.echo(_line(Finding("settings", False, line)))
        context.exit(2)
    findings = []
    for finding in examine(settings, offline=offline):
        click.echo(_line(finding))
        findings.append(finding)
    context.exit(0 if all(finding.right for finding in findings) else 1)


def examine(settings: Settings, *, offline: bool = False) -> Iterator[Finding]:
    """Look at everything, in the order in which one thing needs the other."""
    yield from _settings()
    try:
        with open_database(settings.database_url, create=False) as database:
            yield Finding("database", True, texts.DOCTOR_DATABASE.format(url=_without_secret(settings)))
            schema = list(_database(database))
            yield from schema
    except DatabaseError as error:
        yield Finding("database", False, str(error))
        schema = []
    if schema and all(finding.right for finding in schema):
        yield from _services(settings)
    yield Finding("own", *examine_endpoint(settings))
    for line in examine_doors(settings, offline=offline):
        yield Finding(*line)
    with ThreadPoolExecutor(2) as threads:
        for findings in threads.map(lambda look: look(settings, offline=offline), (_slack, _teams)):
            yield from findings


def _settings() -> Iterator[Finding]:
    yield Finding("settings", True, texts.DOCTOR_SETTINGS.format(count=len(setting_names())))


def _database(database: Database) -> Iterator[Finding]:
    if database.dialect == "sqlite":
        version = database.query("select sqlite_version() as version")[0]["version"]
        yield Finding("sqlite", True, texts.DOCTOR_SQLITE.format(version=version))
    try:
        names = pending(database)
    except DatabaseError as error:
        yield Finding("schema", False, str(error))
        return
    detail = texts.SCHEMA_OLD.format(names="、".join(names)) if names else texts.DOCTOR_SCHEMA
    yield Finding("schema", not names, detail)


def _services(settings: Settings) -> Iterator[Finding]:
    services = build_services(settings)
    try:
        yield _knowledge(services)
        yield _directory(services)
        yield from _outbox(services)
        yield from _surveys(services)
        yield _audit(services)
        yield _backups(services)
    finally:
        services.close()


def _knowledge(services: Services) -> Finding:
    try:
        services.knowledge.refresh()
    except PackError as error:
        return Finding("knowledge", False, str(error))
    entries = len(services.knowledge.whole.entries)
    if not entries:
        return Finding("knowledge", False, texts.DOCTOR_NO_KNOWLEDGE)
    imported = sum(count for _, count in services.stores.articles.list_sources())
    packs = "、".join(services.settings.content) or texts.NONE
    return Finding(
        "knowledge", True, texts.DOCTOR_KNOWLEDGE.format(entries=entries, packs=packs, imported=imported)
    )


def _directory(services: Services) -> Finding:
    people = len(services.stores.directory.list_people())
    departments = len(services.stores.directory.list_departments())
    return Finding("directory", True, texts.DOCTOR_DIRECTORY.format(people=people, departments=departments))


def _outbox(services: Services) -> Iterator[Finding]:
    outbox = services.stores.outbox
    counts = outbox.counts()
    yield Finding("outbox", True, texts.DOCTOR_OUTBOX.format_map(counts))
    if counts["doubtful"]:
        yield Finding("outbox", True, texts.DOCTOR_DOUBTFUL.format(count=counts["doubtful"]))
    if counts["unclear"]:
        yield Finding("outbox", False, texts.DOCTOR_UNCLEAR.format(count=counts["unclear"]))
    if late := lateness(services):
        yield Finding("outbox", False, texts.DOCTOR_LATE.format(week=late.week))
    if failures := outbox.list_failures(services.clock() - RECENT):
        reasons = [texts.outbox_failure(*failure) for failure in failures[:MOST_REASONS]]
        count = sum(messages for *_, messages in failures)
        yield Finding("outbox", False, texts.DOCTOR_FAILED.format(count=count, reason="、".join(reasons)))


def _surveys(services: Services) -> Iterator[Finding]:
    stuck = [*unpublished_lines(services), *unopened_lines(services)]
    yield from (Finding("surveys", False, line) for line in stuck)
    if not stuck:
        yield Finding("surveys", True, trouble_texts.NONE)


def _audit(services: Services) -> Finding:
    try:
        count = services.stores.audit.verify()
    except ValueError as error:
        return Finding("audit", False, texts.AUDIT_BROKEN.format(reason=error))
    return Finding("audit", True, texts.DOCTOR_AUDIT.format(count=count))


def _backups(services: Services) -> Finding:
    verdict = look_at_backups(services, _is_whole)
    return Finding("backups", verdict.right, verdict.text)


def _is_whole(backup: Path) -> bool:
    try:
        read_manifest(backup)
    except DatabaseError:
        return False
    return True


def _slack(settings: Settings, *, offline: bool) -> list[Finding]:
    if not settings.uses_slack:
        return [Finding("slack", True, texts.DOCTOR_TOKENS_UNSET)]
    from bot.slack.doctor import examine_slack  # noqa: PLC0415  slack_sdk is loaded only where it is used

    return [Finding("slack", *line) for line in examine_slack(settings, offline=offline)]


def _teams(settings: Settings, *, offline: bool) -> list[Finding]:
    if not settings.uses_teams:
        return [Finding("teams", True, texts.DOCTOR_TOKENS_UNSET)]
    from bot.teams.doctor import examine_teams  # noqa: PLC0415  the Bot Framework is loaded only where it is used

    return [Finding("teams", *line) for line in examine_teams(settings, offline=offline)]


def _without_secret(settings: Settings) -> str:
    parts = urlsplit(settings.database_url)
    if parts.scheme == "sqlite":
        return settings.database_url
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _line(finding: Finding) -> str:
    verdict = texts.DOCTOR_OK if finding.right else texts.DOCTOR_BAD
    return f"[{verdict}] {texts.DOCTOR_NAMES[finding.about]}: {finding.detail}"
