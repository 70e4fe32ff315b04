"""`dxbot console`: codes on paper and ending sessions."""

from __future__ import annotations

import re

from tests.cli.conftest import Run


def test_codes_are_printed_once_for_a_person_who_exists(run: Run) -> None:
    run("migrate")
    run("demo", "--staff", "6")
    printed = run("console", "codes", "000001")
    assert printed.exit_code == 0
    assert len(set(re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", printed.output))) == 10
    assert "/console/sign-in" in printed.output
    refused = run("console", "codes", "999999")
    assert refused.exit_code == 1
    assert "999999" in refused.output


def test_sessions_are_ended(run: Run) -> None:
    run("migrate")
    run("demo", "--staff", "6")
    ended = run("console", "sign-out", "000001")
    assert ended.exit_code == 0
    assert "0 件" in ended.output
