"""`dxbot doctor`: one line for each thing that must be right, and exit code 1 when one is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import click

from bot.app import build_services
from bot.cli.failing import settings_lines
from bot.cli.shape import JapaneseCommand
from bot.services import Services
from bot.settings import Settings, SettingsError, load_settings, setting_names
from bot.texts.ja import cli as texts
from knowledge.packs import PackError
from storage.database import Database, DatabaseError, open_database
from storage.migrations import pending


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's: what was looked at, whether it is right, and what is there or to be done."""

    about: str
    right: bool
    detail: str


@click.command(cls=JapaneseCommand, help=texts.DOCTOR)
@click.pass_context
def doctor(context: click.Context) -> None:
    """Print every finding; exit 2 for wrong settings, 1 when anything else is wrong."""
    try:
        settings = load_settings()
    except SettingsError as error:
        for line in settings_lines(error):
            click.echo(_line(Finding("settings", False, line)))
        context.exit(2)
    findings = []
    for finding in examine(settings):
        click.echo(_line(finding))
        findings.append(finding)
    context.exit(0 if all(finding.right for finding in findings) else 1)


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything, in the order in which one thing needs the other."""
    yield from _settings()
    try:
        with open_database(settings.database_url) as database:
            yield Finding("database", True, texts.DOCTOR_DATABASE.format(url=_without_secret(settings)))
            schema = list(_database(database))
            yield from schema
    except DatabaseError as error:
        yield Finding("database", False, str(error))
        schema = []
    if schema and all(finding.right for finding in schema):
        yield from _services(settings)
    yield from _slack(settings)
    yield from _teams(settings)


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
        for look in (_knowledge, _directory, _outbox, _audit):
            yield look(services)
    finally:
        services.close()


def _knowledge(services: Services) -> Finding:
    try:
        services.knowledge.refresh()
    except PackError as error:
        return Finding("knowledge", False, str(error))
    entries = len(services.knowledge.entries)
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


def _outbox(services: Services) -> Finding:
    return Finding("outbox", True, texts.DOCTOR_OUTBOX.format_map(services.stores.outbox.counts()))


def _audit(services: Services) -> Finding:
    try:
        count = services.stores.audit.verify()
    except ValueError as error:
        return Finding("audit", False, texts.AUDIT_BROKEN.format(reason=error))
    return Finding("audit", True, texts.DOCTOR_AUDIT.format(count=count))


def _slack(settings: Settings) -> Iterator[Finding]:
    if not settings.uses_slack:
        yield Finding("slack", True, texts.DOCTOR_TOKENS_UNSET)
        return
    from bot.slack.doctor import examine_slack  # noqa: PLC0415  slack_sdk is loaded only where it is used

    for right, detail in examine_slack(settings):
        yield Finding("slack", right, detail)


def _teams(settings: Settings) -> Iterator[Finding]:
    if not settings.uses_teams:
        yield Finding("teams", True, texts.DOCTOR_TOKENS_UNSET)
        return
    from bot.teams.doctor import examine_teams  # noqa: PLC0415  the Bot Framework is loaded only where it is used

    for right, detail in examine_teams(settings):
        yield Finding("teams", right, detail)


def _without_secret(settings: Settings) -> str:
    parts = urlsplit(settings.database_url)
    if parts.scheme == "sqlite":
        return settings.database_url
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _line(finding: Finding) -> str:
    verdict = texts.DOCTOR_OK if finding.right else texts.DOCTOR_BAD
    return f"[{verdict}] {texts.DOCTOR_NAMES[finding.about]}: {finding.detail}"
