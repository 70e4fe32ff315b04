"""Microsoft 365 Agents Playground, headless: a person asks, clicks a candidate, and sees the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.teams.playground import CANDIDATES, SOURCE, talk


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
