"""`dxbot doctor`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run


def lines(output: str, verdict: str) -> list[str]:
    return [line for line in output.splitlines() if line.startswith(f"[{verdict}]")]


def test_everything_is_well(migrated: Run) -> None:
    result = migrated("doctor")
    assert result.exit_code == 0
    assert lines(result.stdout, "要対応") == []
    for about in ("設定", "データベース", "SQLite: 版 3.", "知識", "監査の記録", "Slack", "Teams"):
        assert about in result.stdout


def test_a_missing_schema_is_named(run: Run) -> None:
    result = run("doctor")
    assert result.exit_code == 1
    (line,) = lines(result.stdout, "要対応")
    assert "dxbot migrate" in line


def test_a_database_out_of_reach_is_named_without_its_password(run: Run) -> None:
    result = run("doctor", DATABASE_URL="postgresql://clerk:himitsu@127.0.0.1:1/none")
    assert result.exit_code == 1
    (line,) = lines(result.stdout, "要対応")
    assert "PostgreSQL" in line
    assert "himitsu" not in result.stdout


def test_wrong_settings_end_with_2(run: Run) -> None:
    for wrong in ({"PORT": "many"}, {"DXBOT_CONTNET": "fujisawa"}):
        result = run("doctor", **wrong)
        assert result.exit_code == 2
        (line,) = lines(result.stdout, "要対応")
        assert next(iter(wrong)) in line


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"DXBOT_CONTENT": ""}, "項目が1つもありません"),
        ({"DXBOT_CONTENT": "nosuchpack"}, "nosuchpack"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET がありません"),
        ({"TEAMS_APP_ID": "1"}, "TEAMS_APP_PASSWORD、TEAMS_APP_TENANT_ID がありません"),
    ],
)
def test_what_is_wrong_is_named(migrated: Run, settings: dict[str, str], words: str) -> None:
    result = migrated("doctor", **settings)
    assert result.exit_code == 1
    (line,) = lines(result.stdout, "要対応")
    assert words in line


def test_tokens_are_never_shown(migrated: Run) -> None:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-secret", "SLACK_SIGNING_SECRET": "signing-secret"}
    result = migrated("doctor", **tokens, SLACK_API_URL="http://127.0.0.1:1/")
    assert result.exit_code == 1
    assert "secret" not in result.stdout
