"""The playground, as a person at a terminal uses it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.slack import SCOPES, FakeSlack
from tests.playground.__main__ import NO_FAULT, NO_REPLY, PLANNED, USAGE, one_turn
from tests.playground.seat import SEATS, at_slack

ROOT = Path(__file__).resolve().parents[2]


def playground(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.playground", *arguments]
    return subprocess.run(
        command, cwd=ROOT, input=typed, capture_output=True, text=True, timeout=100, check=False
    )


@pytest.mark.parametrize("channel", SEATS)
def test_a_question_is_answered_and_a_button_pressed(channel: str) -> None:
    done = playground(channel, typed="RPAとは何ですか\n\n1\n99\n")
    assert (done.returncode, done.stderr) == (0, "")
    answer, more, unknown, _ = [turn for turn in done.stdout.split("\n> ")[1:] if turn.strip()] + [""]
    assert "出典: 藤沢市DX推進計画(案)" in answer
    assert "  [1] " in answer
    assert "出典: " in more and more != answer
    assert "記載が見つかりませんでした" in unknown
    assert "断りました" not in done.stdout


@pytest.mark.parametrize("channel", SEATS)
def test_the_platform_fails_as_it_is_told(channel: str) -> None:
    done = playground(channel, typed="!429 1\n!nonsense\nRPAとは何ですか\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert PLANNED.format(fault="429", times=1) in done.stdout
    assert NO_FAULT.format(fault="nonsense") in done.stdout
    assert "出典: 藤沢市DX推進計画(案)" in done.stdout


async def test_refusals_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slack = FakeSlack(scopes=SCOPES - {"chat:write"})
    async with at_slack(tmp_path, slack) as seat:
        assert await one_turn(seat, "RPAとは何ですか", ()) is None
    printed = capsys.readouterr().out
    assert NO_REPLY.format(count=0) in printed
    assert "missing_scope" in printed and '"needed": "chat:write"' in printed


def test_a_wrong_word_gets_the_usage() -> None:
    done = playground("discord")
    assert (done.returncode, done.stderr.strip()) == (2, USAGE)
