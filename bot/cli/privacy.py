"""`dxbot privacy`: what is kept on people, and the end of it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.cli.actor import actor
from bot.cli.failing import CommandError
from bot.cli.opening import opened
from bot.cli.proving import prove_erased
from bot.cli.shape import JapaneseGroup
from bot.services import Services
from bot.settings import load_settings
from bot.texts.ja import personal_data as item_texts
from bot.texts.ja import privacy as texts
from bot.texts.ja import security_sheet as sheet_texts
from staff.calendar import JAPAN, date_in_japan
from staff.privacy.erased_list import ErasedListError
from staff.privacy.erasing import HeldBack, Outlook, erase_person, look, refuse_held
from staff.privacy.holding import HoldRefused, lift_hold, place_hold
from staff.privacy.printing import register_page
from staff.privacy.register import REGISTER
from staff.privacy.sheet import security_sheet
from staff.privacy.store import Deletion, Hold
from staff.store import AuditEvent


@click.group(cls=JapaneseGroup, help=texts.CLI)
def privacy() -> None:
    """Group the commands about personal data."""


@privacy.command(help=texts.REGISTER)
def register() -> None:
    """Print the register as docs/personal-data.md has it."""
    click.echo(register_page(), nl=False)


@privacy.command(help=texts.SHOW)
@click.argument("person")
@click.option("--json", "as_json", is_flag=True, help=texts.SHOW_JSON)
def show(person: str, as_json: bool) -> None:
    """Everything on one person, by item of the register; looking is on record."""
    with opened(load_settings()) as services:
        outlook = look(services.stores, person)
        if outlook.holdings:
            services.stores.audit.append(
                AuditEvent(
                    at=services.clock(), actor=actor(), action="privacy.show", target=f"person/{person}"
                )
            )
    if as_json:
        click.echo(json.dumps(_as_data(outlook), ensure_ascii=False, indent=1))
        return
    for line in _described(outlook, rows=True):
        click.echo(line)


@privacy.command(help=texts.HOLDS)
def holds() -> None:
    """Print the holds that stand, and what was deleted lately."""
    with opened(load_settings()) as services:
        standing = services.stores.records.list_holds()
        deletions = services.stores.records.list_deletions(20)
    for one in standing:
        click.echo(hold_line(one))
    if not standing:
        click.echo(texts.NO_HOLDS)
    if deletions:
        click.echo(texts.DELETIONS)
    for each in deletions:
        click.echo(f"  {deletion_line(each)}")


@privacy.command(help=texts.HOLD)
@click.argument("kind")
@click.option("--reason", required=True, help=texts.HOLD_WHY)
@click.option("--round", "round_id", default="", help=texts.HOLD_OF_ROUND)
def hold(kind: str, reason: str, round_id: str) -> None:
    """Hold what would be deleted, on record."""
    with opened(load_settings()) as services:
        rounds = {one.id for one in services.stores.surveys.list_rounds()}
        try:
            placed = place_hold(services.stores, actor(), kind, reason, services.clock(), round_id, rounds)
        except HoldRefused as refused:
            raise CommandError([str(refused)]) from refused
    click.echo(hold_line(placed))


@privacy.command(help=texts.RELEASE)
@click.argument("hold_id", metavar="ID")
def release(hold_id: str) -> None:
    """Lift a hold, on record."""
    with opened(load_settings()) as services:
        try:
            lifted = lift_hold(services.stores, actor(), hold_id, services.clock())
        except HoldRefused as refused:
            raise CommandError([str(refused)]) from refused
    click.echo(texts.RELEASED.format(kind=texts.KINDS[lifted.kind]))


def hold_line(one: Hold) -> str:
    """A hold in a line."""
    round_ = f" {one.round_id}" if one.round_id else ""
    at = date_in_japan(one.placed_at).isoformat()
    return texts.HOLD_LINE.format(
        id=one.id, kind=texts.KINDS[one.kind], round=round_, reason=one.reason, by=one.placed_by, at=at
    )


def deletion_line(one: Deletion) -> str:
    """A proof in a line."""
    return texts.DELETION_LINE.format(
        at=one.at.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M"),
        kind=texts.KINDS[one.kind],
        cause=texts.CAUSES.get(one.cause, one.cause),
        removed=one.removed,
        remaining=one.remaining,
        cleaned="" if one.cleaned_at else texts.UNCLEAN,
    )


@privacy.command(help=texts.ERASE)
@click.argument("people", nargs=-1, required=True, metavar="PERSON...")
@click.option("--yes", is_flag=True, help=texts.ERASE_YES)
@click.option("--cause", default=texts.CAUSE_DEFAULT, show_default=True, help=texts.ERASE_CAUSE)
@click.option("--also", type=click.Path(path_type=Path, exists=True), multiple=True, help=texts.ERASE_ALSO)
def erase(people: tuple[str, ...], yes: bool, cause: str, also: tuple[Path, ...]) -> None:
    """Show what would go, ask, erase, and look whether anything is left; exit 1 when something is."""
    with opened(load_settings()) as services:
        outlooks = [look(services.stores, one) for one in dict.fromkeys(people)]
        for line in (line for one in outlooks for line in _described(one)):
            click.echo(line)
        click.echo(texts.DRY_RUN)
        try:
            refuse_held(services.stores.records, None)
            if not yes and not click.confirm(texts.ASK):
                raise CommandError([texts.NOT_ERASED])
            _erase(services, outlooks, cause)
        except HeldBack as held:
            raise CommandError(str(held).splitlines()) from held
        except ErasedListError as broken:
            raise CommandError([texts.LIST_BROKEN.format(reason=broken)]) from broken
        proof = prove_erased(services, outlooks, also)
    for line in proof.lines:
        click.echo(line)
    if not proof.sound:
        raise CommandError([])


def _erase(services: Services, outlooks: list[Outlook], cause: str) -> None:
    for one in outlooks:
        touched = erase_person(services.stores, services.erased_list, one, actor(), services.clock(), cause)
        click.echo(texts.ERASED.format(person=one.subject.person_id, count=sum(touched.values())))


def _described(outlook: Outlook, *, rows: bool = False) -> list[str]:
    """What there is on one person, a line an item, and a line a row where wanted."""
    subject = outlook.subject
    if not outlook.holdings:
        return [texts.NOTHING_HELD.format(person=subject.person_id)]
    lines = [texts.SUBJECT.format(person=subject.person_id, name="".join(f" {one}" for one in subject.names))]
    for item in REGISTER:
        held = [one for one in outlook.holdings if one.item == item.id]
        if not held:
            continue
        mentioned = sum(one.whose == "mentioned" for one in held)
        told = texts.MENTIONED.format(count=mentioned) if mentioned else ""
        lines.append(texts.ITEM_LINE.format(title=item_texts.ITEMS[item.id].title, count=len(held)) + told)
        if rows:
            lines += [f"    {one.table} {json.dumps(dict(one.row), ensure_ascii=False)}" for one in held]
    if subject.namesakes:
        lines.append(texts.NAMESAKE.format(person=subject.person_id))
    return lines


def _as_data(outlook: Outlook) -> dict[str, object]:
    return {
        "person": outlook.subject.person_id,
        "items": [
            {
                "id": item.id,
                "title": item_texts.ITEMS[item.id].title,
                "kept": item_texts.ITEMS[item.id].kept,
                "rows": [
                    {"table": one.table, "whose": one.whose, **one.row}
                    for one in outlook.holdings
                    if one.item == item.id
                ],
            }
            for item in REGISTER
            if outlook.counts.get(item.id)
        ],
    }


@privacy.command(help=sheet_texts.CLI)
def sheet() -> None:
    """Print the sheet for the security review as docs/security-sheet.md has it."""
    click.echo(security_sheet(), nl=False)
