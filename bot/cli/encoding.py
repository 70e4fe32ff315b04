"""`dxbot knowledge encode`, and the same after an import: texts that DXBOT_ENCODER's model has not seen are encoded."""

from __future__ import annotations

import click

from bot.cli.failing import CommandError
from bot.cli.opening import opened
from bot.cli.progress import progress
from bot.handlers.encoding import encode_articles
from bot.services import Services
from bot.settings import load_settings
from bot.texts.ja import encoding as texts


@click.command(help=texts.ENCODE)
def encode() -> None:
    """Encode what is not encoded yet."""
    with opened(load_settings()) as services:
        if not services.settings.encoder:
            raise CommandError([texts.NOT_SET])
        for line in encoded(services) or [texts.NOTHING_NEW]:
            click.echo(line)


def encoded(services: Services) -> list[str]:
    """Encode under a progress bar; a line with how many texts that were, none when there was nothing to encode."""
    count = encode_articles(services, lambda batches: progress(batches, texts.LABEL, at_least=2))
    return [texts.DONE.format(count=count)] if count else []
