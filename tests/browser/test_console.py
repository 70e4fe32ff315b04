"""The console in Chromium: each check of console.cjs is a test here."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.browser.running import HERE, run_script, running_app

pytestmark = pytest.mark.browser

SCRIPT = "console.cjs"
CHECKS = re.findall(r'^  async "(.+)"\(open\)', (HERE / SCRIPT).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What came of every check: empty, or why it failed. The pictures lie beside the database."""
    folder: Path = tmp_path_factory.mktemp("console-pages")
    with running_app(folder, "--bare") as address:
        found: dict[str, str] = json.loads(run_script(SCRIPT, address, str(folder)))
    assert sorted(found) == sorted(CHECKS)
    return found


@pytest.mark.parametrize("check", CHECKS)
def test_in_chromium(results: Mapping[str, str], check: str) -> None:
    assert results[check] == ""
