"""How the command line looks: Japanese help, subcommands imported only when used, one line for each problem."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from bot.texts.ja import cli as texts


class JapaneseFormatter(click.HelpFormatter):
    """Help pages with Japanese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, prefix or texts.USAGE)

    def write_heading(self, heading: str) -> None:
        """Write one heading."""
        super().write_heading(texts.HEADINGS.get(heading, heading))


class JapaneseContext(click.Context):
    """A context whose help is written by JapaneseFormatter."""

    formatter_class = JapaneseFormatter


class JapaneseCommand(click.Command):
    """A command with Japanese help, whose foreseeable errors are one line a problem."""

    context_class = JapaneseContext

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The --help option, described in Japanese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = texts.HELP_OPTION
        return option

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]
        """Run, and end the process with the exit code; a foreseeable error is one line a problem on stderr."""
        extra["standalone_mode"] = False
        try:
            code = super().main(args, prog_name or "dxbot", **extra)
        except Exception as error:
            # Imported only now: it knows the errors of every package.
            told = import_module("bot.cli.errors").explain(error)
            if told is None:
                raise
            lines, code = told
            for line in lines:
                click.echo(line, err=True)
        sys.exit(code if isinstance(code, int) else 0)


class JapaneseGroup(JapaneseCommand, click.Group):
    """A group whose commands have Japanese help."""

    command_class = JapaneseCommand


class LazyGroup(JapaneseGroup):
    """A group over a literal registry: name → ("module:attribute", one line of help)."""

    def __init__(self, *args: Any, registry: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.registry = registry

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """The names, in the registry's order."""
        return list(self.registry)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the module of a command."""
        if cmd_name not in self.registry:
            return None
        module, attribute = self.registry[cmd_name][0].split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 (a fault of the registry, not of the user)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self.registry.items()])
