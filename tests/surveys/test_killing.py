"""kill -9 of the web process while people answer: what was acknowledged is there, whole."""

from __future__ import annotations

from pathlib import Path

from tests.surveys.killing import Killing


def test_what_was_acknowledged_is_there(database_url: str, tmp_path: Path) -> None:
    killing = Killing(database_url, tmp_path, people=16, kills=1)
    killing.run()
    assert len(killing.acknowledged) == 16
    assert killing.stored() == {
        person: {"A": f"{person}-A", "B": f"{person}-B"} for person in killing.acknowledged
    }
    assert killing.half_stored() == 0
    assert killing.is_sound()
