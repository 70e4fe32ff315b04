"""`dxbot eval`: the figures of a question file."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import Run

QUESTIONS = [
    {
        "id": "T1",
        "question": "RPAとは何ですか",
        "kind": "answerable",
        "expect": ["RPA"],
        "must_contain": ["RPA"],
    },
    {"id": "T2", "question": "RPAとは何ですか", "kind": "answerable", "expect": ["KPI"], "must_contain": []},
    {"id": "T3", "question": "食堂の今日の日替わりは何ですか", "kind": "unanswerable"},
    {"id": "T4", "question": "RPAとは何ですか", "kind": "ambiguous", "expect": ["RPA", "KPI"]},
]


@pytest.fixture
def questions(tmp_path: Path) -> str:
    path = tmp_path / "questions.yaml"
    path.write_text(yaml.safe_dump({"questions": QUESTIONS}, allow_unicode=True), encoding="utf-8")
    return str(path)


def test_the_figures(migrated: Run, questions: str) -> None:
    result = migrated("eval", questions)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "答えられる質問に正しく答えた: 1 / 2",
        "記載のない質問を断った: 1 / 1",
        "あいまいな質問に聞き返した: 0 / 1",
        "誤った答え: 2 / 4",
    ]


def test_failures_are_named(migrated: Run, questions: str) -> None:
    failures = migrated("eval", questions, "--failures").stdout.splitlines()[:-4]
    assert [line.split(" ")[0] for line in failures] == ["T2", "T4"]


def test_a_broken_file_is_one_line(migrated: Run, tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("questions: [{id: 1}]", encoding="utf-8")
    for name in (str(path), "nowhere.yaml"):
        result = migrated("eval", name)
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1
