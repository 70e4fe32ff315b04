"""The `dxbot` command: one literal registry of subcommands, each in a file of its own."""

from __future__ import annotations

import os

import click

from bot.cli.shape import LazyGroup
from bot.texts.ja import cli as texts

# Small products over word vectors: threads of the linear algebra library spin longer than they work, and answers wait
# for them. Read when numpy is imported, which no command does before this.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
from bot.texts.ja import digest as digest_texts
from bot.texts.ja import export as export_texts
from bot.texts.ja import initiatives as initiative_texts
from bot.texts.ja import outbox as outbox_texts
from bot.texts.ja import privacy as privacy_texts

COMMANDS = {
    "serve": ("bot.cli.serve:serve", texts.SERVE),
    "worker": ("bot.cli.worker:worker", texts.WORKER),
    "migrate": ("bot.cli.migrate:migrate", texts.MIGRATE),
    "doctor": ("bot.cli.doctor:doctor", texts.DOCTOR),
    "demo": ("bot.cli.demo:demo", texts.DEMO),
    "ask": ("bot.cli.ask:ask", texts.ASK),
    "knowledge": ("bot.cli.knowledge:knowledge", texts.KNOWLEDGE),
    "directory": ("bot.cli.directory:directory", texts.DIRECTORY),
    "console": ("bot.cli.console:console", texts.CONSOLE),
    "initiatives": ("bot.cli.initiatives:initiatives", initiative_texts.CLI),
    "digest": ("bot.cli.digest:digest", digest_texts.CLI),
    "outbox": ("bot.cli.outbox:outbox", outbox_texts.CLI),
    "survey": ("bot.cli.survey:survey", texts.SURVEY),
    "skills": ("bot.cli.skills:skills", texts.SKILLS),
    "export": ("bot.cli.export:export", export_texts.CLI),
    "audit": ("bot.cli.audit:audit", texts.AUDIT),
    "backup": ("bot.cli.backup:backup", privacy_texts.BACKUP),
    "restore": ("bot.cli.backup:restore", privacy_texts.RESTORE),
    "privacy": ("bot.cli.privacy:privacy", privacy_texts.CLI),
    "year-roll": ("bot.cli.yearly:year_roll", texts.YEAR_ROLL),
    "handover": ("bot.cli.yearly:write_handover", texts.HANDOVER),
    "slack": ("bot.cli.slack:slack", texts.SLACK),
    "teams": ("bot.cli.teams:teams", texts.TEAMS),
    "eval": ("bot.cli.evaluate:evaluate", texts.EVAL),
}


@click.group(cls=LazyGroup, registry=COMMANDS, help=texts.DXBOT)
def dxbot() -> None:
    """Group every command."""


def main() -> None:
    """Run the command line."""
    dxbot.main()
