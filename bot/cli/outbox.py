"""`dxbot outbox`: messages that did not arrive, or of which nobody can tell."""

from __future__ import annotations

import click

from bot.cli.actor import actor
from bot.cli.failing import CommandError
from bot.cli.opening import opened
from bot.cli.shape import JapaneseGroup
from bot.handlers.outbox_desk import recipient_name, settle
from bot.settings import load_settings
from bot.texts.ja import outbox as texts
from staff.calendar import JAPAN


@click.group(cls=JapaneseGroup, help=texts.CLI)
def outbox() -> None:
    """Group the commands."""


@outbox.command("list", help=texts.CLI_LIST)
def list_unsettled() -> None:
    """Show the operator's list."""
    with opened(load_settings()) as services:
        found = services.stores.outbox.list_unsettled()
        for one in found:
            click.echo(
                texts.CLI_LINE.format(
                    key=one.message.key,
                    state=texts.UNCLEAR if one.unclear else texts.FAILED,
                    channel=one.message.channel,
                    who=recipient_name(one, services),
                    at=f"{one.at.astimezone(JAPAN):%Y-%m-%d %H:%M}",
                    reason=texts.why(one.reason),
                )
            )
    if not found:
        click.echo(texts.LIST_NONE)


@outbox.command("settle", help=texts.CLI_SETTLE)
@click.argument("key")
def mark_sent(key: str) -> None:
    """Settle a message as sent."""
    _decide(key, resend=False)
    click.echo(texts.CLI_SETTLED.format(key=key))


@outbox.command("resend", help=texts.CLI_RESEND)
@click.argument("key")
def resend(key: str) -> None:
    """Send a message again."""
    _decide(key, resend=True)
    click.echo(texts.CLI_RESENT.format(key=key))


def _decide(key: str, *, resend: bool) -> None:
    with opened(load_settings()) as services:
        if not settle(services, key, actor(), resend=resend):
            raise CommandError([texts.CLI_GONE.format(key=key)])
