"""The log lines that operators collect: JSON, with what the manual says and nothing that people wrote."""

from __future__ import annotations

import json
import logging
import re
import signal
import urllib.error
import urllib.request
from pathlib import Path

from bot.cli.opening import JsonLines
from tests.cli.conftest import Run
from tests.cli.test_serve import PATIENCE, READY, first_line, process

OPERATION = Path(__file__).parents[2] / "docs" / "operation.md"
SECRET = "himitsu-no-shitsumon"


def test_a_fault_tells_its_kind_and_place_but_not_its_text() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        about = (type(error), error, error.__traceback__)
    record = logging.LogRecord("bot.web", logging.ERROR, __file__, 1, "%s failed", ("GET /",), about)
    line = JsonLines().format(record)
    told = json.loads(line)
    assert (told["level"], told["place"], told["event"], told["fault"]) == (
        "ERROR",
        "bot.web",
        "GET / failed",
        "ValueError",
    )
    assert told["where"][0].startswith("test_logging.py:") and SECRET not in line


def test_every_line_of_a_serving_process_is_json_as_the_manual_says(migrated: Run) -> None:
    with process("bot.cli", "serve") as server:
        address = first_line(server, READY).split(" ")[1]
        for path in (f"/?q={SECRET}", f"/nowhere/{SECRET}", f"/s/{SECRET}"):
            try:
                urllib.request.urlopen(address + path, timeout=PATIENCE).close()
            except urllib.error.HTTPError as refused:
                assert refused.code < 500
        server.send_signal(signal.SIGTERM)
        _, log = server.communicate(timeout=PATIENCE)
    lines = [json.loads(line) for line in log.splitlines()]
    assert len(lines) >= 3
    manual = OPERATION.read_text(encoding="utf-8").partition("記録（ログ）は標準エラー出力")[2]
    explained = set(re.findall(r"`([a-z]+)`", manual[:400]))
    assert {name for line in lines for name in line} <= explained
    assert SECRET not in log
