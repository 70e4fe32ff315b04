"""How a command fails on purpose. Apart from errors.py, which loads every package to know its errors."""

from __future__ import annotations

from collections.abc import Sequence

from bot.settings import SettingsError
from bot.texts.ja.settings import setting_line

FAILED = 1
USAGE = 2


class CommandError(Exception):
    """A command cannot do what was asked: one line a problem, and the exit code."""

    def __init__(self, lines: Sequence[str], code: int = FAILED) -> None:
        super().__init__("\n".join(lines))
        self.lines = list(lines)
        self.code = code


def settings_lines(error: SettingsError) -> list[str]:
    """One line for each wrong setting."""
    return [setting_line(problem.name, problem.code, problem.limits) for problem in error.problems]
