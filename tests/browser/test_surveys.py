"""The three questionnaires in Chromium, on a desktop and a phone: quick, accessible, within the screen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.browser.running import run_script, running_app

pytestmark = pytest.mark.browser

MOST_PRESSES = {"needs": 26, "usage": 22, "open-data": 20}
MOST_PAGES = {"needs": 4, "usage": 4, "open-data": 7}


def test_a_questionnaire_takes_few_presses_and_pages(tmp_path: Path) -> None:
    with running_app(tmp_path, "--bare", "--surveys") as address:
        told: Mapping[str, Mapping[str, int]] = json.loads(run_script("surveys.cjs", address, str(tmp_path)))
    assert sorted(told) == sorted(
        f"{name}-{screen}" for name in MOST_PAGES for screen in ("desktop", "phone")
    )
    for name, counted in told.items():
        survey = name.rpartition("-")[0]
        assert counted["presses"] <= MOST_PRESSES[survey]
        assert counted["pages"] <= MOST_PAGES[survey]
        assert (tmp_path / f"{name}-receipt.png").stat().st_size > 5_000
