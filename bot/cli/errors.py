"""What foreseeable errors say and which exit code they end with; anything else is a fault and shows its traceback."""

from __future__ import annotations

import click

from bot.cli.failing import FAILED, USAGE, CommandError, settings_lines
from bot.settings import SettingsError
from bot.sheets.model import SheetError
from bot.texts.ja import cli as texts
from bot.written.records import RecordError
from knowledge.encoding.encoder import EncoderError
from knowledge.evaluation import QuestionFileError
from knowledge.importing import ImportFailed
from knowledge.initiatives.reading import InitiativeFileError
from knowledge.packs import PackError, UnknownPack
from knowledge.plan import PlanError
from staff.demo import RealPeoplePresent
from staff.diff import DirectoryChanged, NoOperatorLeft, TooManyLeavers
from staff.tables import DirectoryFileError
from storage.database import DatabaseError
from storage.session import UnstorableText
from surveys.export.wanted import ExportError
from surveys.loading import DefinitionError
from surveys.opening import OpeningError

# Their texts are written for the operator: one line a problem, with what to do.
FORESEEN = (
    DatabaseError,
    DefinitionError,
    DirectoryChanged,
    DirectoryFileError,
    EncoderError,
    ExportError,
    ImportFailed,
    InitiativeFileError,
    OpeningError,
    NoOperatorLeft,
    PackError,
    PlanError,
    QuestionFileError,
    RealPeoplePresent,
    RecordError,
    SheetError,
    UnstorableText,
)


def explain(error: Exception) -> tuple[list[str], int] | None:
    """The lines and the exit code of a foreseeable error; None for a fault of the program."""
    match error:
        case CommandError():
            return error.lines, error.code
        case SettingsError():
            return settings_lines(error), USAGE
        case UnknownPack():
            return str(error).splitlines(), USAGE
        case TooManyLeavers():
            return [f"{error} {texts.DIRECTORY_HOW_TO_ALLOW}"], FAILED
        case _ if isinstance(error, FORESEEN):
            return str(error).splitlines(), FAILED
        case click.UsageError():
            return _usage_lines(error), USAGE
        case click.FileError():
            return [texts.file_missing(error.ui_filename)], FAILED
        case click.Abort():
            return [texts.ABORTED], FAILED
        case BrokenPipeError():
            return [], FAILED
    return None


def _usage_lines(error: click.UsageError) -> list[str]:
    command = error.ctx.command_path if error.ctx else "dxbot"
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return [error.ctx.get_help() if error.ctx else ""]
    return [texts.usage_line(type(error).__name__, _name_in(error), command)]


def _name_in(error: click.UsageError) -> str:
    for attribute in ("command_name", "option_name"):
        if name := getattr(error, attribute, None):
            return str(name)
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    return str(
        parameter.opts[-1] if parameter.param_type_name == "option" else parameter.make_metavar(error.ctx)
    )
