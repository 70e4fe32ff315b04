"""`dxbot demo`: synthetic staff, and sample procedures that no other start brings along."""

from __future__ import annotations

import json

from tests.cli.conftest import Run

QUESTION = "端末を借りる手順を教えて"


def test_the_samples_come_with_the_demo_alone(migrated: Run) -> None:
    before = json.loads(migrated("ask", QUESTION, "--json").output)
    assert "見本" not in before["title"]
    told = migrated("demo")
    assert told.exit_code == 0
    assert "見本 4 件" in told.output
    after = json.loads(migrated("ask", QUESTION, "--json").output)
    assert after["title"] == "【見本】端末の貸出"
    assert "1. " in after["text"]
    assert migrated("demo").exit_code == 0
