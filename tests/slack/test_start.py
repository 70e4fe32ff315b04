"""Slack set up by half: the program does not start, and says which setting is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import setting_names
from storage.database import open_database
from storage.migrations import migrate

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("command", ["serve", "worker"])
@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN"),
    ],
)
def test_half_set_slack_stops_the_start(
    tmp_path: Path, command: str, told: dict[str, str], missing: str
) -> None:
    url = f"sqlite:///{tmp_path / 'dxbot.db'}"
    with open_database(url) as database:
        migrate(database)
    others = {name: value for name, value in os.environ.items() if name not in setting_names()}
    environment = (
        others | told | {"DATABASE_URL": url, "PORT": "0", "DXBOT_CONTENT": "", "PYTHONPATH": str(ROOT)}
    )
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", command],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"エラー: 設定 {missing}") or f"設定 {missing}: Slack を使うには" in line
    assert "docs/install-slack.md" in line
    assert done.stdout == ""
