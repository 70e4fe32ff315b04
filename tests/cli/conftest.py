"""The command line over a real database of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import dxbot
from bot.settings import setting_names

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """`run("ask", "…")` runs dxbot with an empty environment and an SQLite file in tmp_path."""
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'dxbot.db'}")

    def invoke(*arguments: str, **settings: str) -> Result:
        with pytest.MonkeyPatch.context() as environment:
            for name, value in settings.items():
                environment.setenv(name, value)
            return CliRunner().invoke(dxbot, list(arguments), catch_exceptions=False)

    return invoke


@pytest.fixture
def migrated(run: Run) -> Run:
    """The same, with the newest schema."""
    assert run("migrate").exit_code == 0
    return run
