"""The command line as a whole: help, wrong usage, wrong settings."""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

import pytest

from bot.cli import COMMANDS, dxbot
from tests.cli.conftest import Run


def test_help_lists_every_command_in_japanese(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert "使い方: dxbot" in result.stdout
    for name, (_, line) in COMMANDS.items():
        assert name in result.stdout
        assert line in result.stdout


def test_help_is_fast_and_imports_no_command() -> None:
    code = "import sys; from bot.cli import dxbot\ntry: dxbot.main(['--help'])\nfinally: print(sorted(sys.modules))"
    began = perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert perf_counter() - began < 2  # 0.1 s on an idle machine
    for module in ("pydantic", "aiohttp", "sudachipy", "bot.cli.serve", "storage"):
        assert f"'{module}'" not in done.stdout


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help(run: Run, name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "この説明を表示します" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nope"], "「nope」というコマンドはありません"),
        (["ask", "--nope"], "「--nope」というオプションはありません"),
        (["ask", "q", "--top", "many"], "「--top」の値が正しくありません"),
        (["ask", "q", "--top", "0"], "「--top」の値が正しくありません"),
        (["ask", "q", "--top"], "「--top」"),
        (["ask"], "どちらか一方"),
        (["ask", "q", "--batch", "f"], "どちらか一方"),
        (["eval"], "足りません"),
        (["demo", "--staff", "1"], "「--staff」の値が正しくありません"),
        (["knowledge", "import", "f", "--format", "doc"], "「--format」の値が正しくありません"),
        (["knowledge", "nope"], "「nope」というコマンドはありません"),
        (["migrate", "extra"], "書き方が正しくありません"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(run: Run, arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert words in line


def test_wrong_settings_are_one_line_each_and_exit_code_2(run: Run) -> None:
    result = run("migrate", PORT="many", DXBOT_LOG_LEVEL="loud")
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert sorted(line.split(":")[0] for line in lines) == ["設定 DXBOT_LOG_LEVEL", "設定 PORT"]


@pytest.mark.parametrize("arguments", [["ask", "q"], ["serve"], ["worker"], ["demo"], ["audit", "verify"]])
def test_a_database_without_schema_is_refused(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "`dxbot migrate`" in line


def test_a_database_out_of_reach_is_one_line(run: Run) -> None:
    result = run("migrate", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "PostgreSQL" in line


def test_a_fault_of_the_program_keeps_its_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import bot.cli.migrate

    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(bot.cli.migrate, "load_settings", broken)
    with pytest.raises(ZeroDivisionError):
        dxbot.main(["migrate"])
