"""Microsoft 365 Agents Playground, headless: a person asks, clicks a candidate, and sees the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.teams.playground import CANDIDATES, SOURCE, fill_in, talk


@pytest.mark.browser
def test_a_person_asks_clicks_a_candidate_and_sees_the_source(tmp_path: Path) -> None:
    assert talk(tmp_path) == [
        "connected",
        "help is answered",
        "several candidates are offered",
        "a clicked candidate shows its source",
    ]
    for name in (CANDIDATES, SOURCE):
        assert (tmp_path / name).stat().st_size > 20_000


@pytest.mark.browser
def test_a_questionnaire_goes_page_by_page_on_one_card(tmp_path: Path) -> None:
    assert fill_in(tmp_path) == [
        "the list",
        "the notice",
        "the first page",
        "the second page",
        "the third page",
        "back",
        "saved",
    ]
