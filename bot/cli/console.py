"""`dxbot console`: what the operator does for people's sign-in, on the host itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import click

from bot.cli.actor import actor
from bot.cli.failing import CommandError
from bot.cli.opening import opened
from bot.cli.shape import JapaneseGroup
from bot.cli.standing import COMMANDS
from bot.handlers.console import SIGN_IN_PATH, public_address
from bot.services import Services
from bot.settings import load_settings
from bot.texts.ja import access as texts
from bot.texts.ja import cli as cli_texts
from bot.texts.ja.staff import PERMISSION_NAMES
from staff.access.signing_in import CODES_LAST
from staff.granting import GrantRefused, grant_role
from staff.model import Person, Role
from staff.permissions import Permission, may


@click.group(cls=JapaneseGroup, help=cli_texts.CONSOLE)
def console() -> None:
    """Group the commands about signing in."""


@console.command(help=cli_texts.CONSOLE_CODES)
@click.argument("person")
def codes(person: str) -> None:
    """Print new one-time codes for a person; the ones before stop working."""
    with opened(load_settings()) as services:
        found = require_person(services, person)
        printed = services.sign_in.print_codes(found.id, actor())
        until = services.today() + timedelta(days=CODES_LAST.days)
        address = f"{public_address(services.settings)}{SIGN_IN_PATH}"
    click.echo(
        texts.CODES_SHEET.format(name=found.name, person=found.id, address=address, until=until.isoformat())
    )
    for number, code in enumerate(printed, 1):
        click.echo(f"{number:>4}. {code}")


@console.command("sign-out", help=cli_texts.CONSOLE_SIGN_OUT)
@click.argument("person")
def sign_out(person: str) -> None:
    """End all of a person's sessions and take back their links."""
    with opened(load_settings()) as services:
        found = require_person(services, person)
        count = services.sign_in.sign_out_everywhere(found.id, actor())
    click.echo(texts.REVOKED.format(person=found.id, count=count))


@console.command("restore-admin", help=cli_texts.CONSOLE_RESTORE)
@click.argument("person")
def restore_admin(person: str) -> None:
    """Give a person the operators' role, whoever holds it or not: for when the last of them is gone."""
    with opened(load_settings()) as services:
        found = require_person(services, person)
        now, today = services.clock(), services.today()
        try:
            grant_role(services.stores, actor(), found.id, Role.OPERATOR, now, today)
        except GrantRefused as refused:
            raise CommandError(str(refused).splitlines()) from refused
    click.echo(texts.RESTORED.format(person=found.id, name=found.name))


@console.command(help=cli_texts.CONSOLE_PERMISSIONS)
def permissions() -> None:
    """Print the table of permissions as docs/permissions.md has it."""
    click.echo(permission_page(), nl=False)


def permission_page() -> str:
    """docs/permissions.md: what each role may do, straight from the table in the code."""
    rows = [
        [PERMISSION_NAMES[permission], f"`{permission}`"]
        + [cli_texts.YES if may(roles, permission) else "" for roles in ((), *((role,) for role in Role))]
        for permission in Permission
    ]
    columns = [*cli_texts.PERMISSION_COLUMNS, *(role.label for role in Role)]
    return cli_texts.PERMISSION_PAGE + _table(columns, rows) + cli_texts.COMMAND_PAGE + _commands()


def _commands() -> str:
    rows = []
    for path, standing in COMMANDS.items():
        needed = f"`{standing.permission}`" if standing.permission else cli_texts.COMMAND_NOBODYS
        rows.append([f"`dxbot {path}`", needed, "、".join(f"`{action}`" for action in standing.actions)])
    return _table(cli_texts.COMMAND_COLUMNS, rows)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = (f"| {' | '.join(cells)} |" for cells in (columns, ["---"] * len(columns), *rows))
    return "".join(f"{line}\n" for line in lines)


def require_person(services: Services, person_id: str) -> Person:
    """The person of a 職員番号. Raises CommandError."""
    found = services.stores.directory.person(person_id)
    if found is None:
        raise CommandError([texts.NOBODY.format(person=person_id)])
    return found
