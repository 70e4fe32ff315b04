"""The grader, on made-up right and wrong answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.evaluation import (
    Given,
    GradedQuestion,
    QuestionFileError,
    Report,
    evaluate,
    grade,
    load_questions,
)

ANSWERABLE = GradedQuestion(
    id="A", question="q", kind="answerable", expect=("UI（画面）",), must_contain=("2割|20%", "市民 センター")
)
REFUSED = GradedQuestion(id="U", question="q", kind="unanswerable")
ASKED_BACK = GradedQuestion(id="C", question="q", kind="ambiguous", expect=("甲", "乙", "丙"))


@pytest.mark.parametrize(
    ("question", "given", "right", "wrong"),
    [
        (ANSWERABLE, Given("answer", ("UI(画面)の説明",), "市民センターで２０％"), True, False),
        (ANSWERABLE, Given("answer", ("UI(画面)",), "市民センター"), False, True),
        (ANSWERABLE, Given("answer", ("別の項目",), "市民センターで2割"), False, True),
        (ANSWERABLE, Given("unknown", ("UI(画面)",), "市民センターで2割"), False, False),
        (REFUSED, Given("unknown", (), "記載がありません"), True, False),
        (REFUSED, Given("answer", ("甲",), "はい"), False, True),
        (REFUSED, Given("clarify", (), "", ("甲", "乙")), False, False),
        (ASKED_BACK, Given("clarify", (), "", ("甲の件", "丙")), True, False),
        (ASKED_BACK, Given("clarify", (), "", ("甲", "丁")), False, False),
        (ASKED_BACK, Given("answer", ("甲",), "甲です"), False, True),
    ],
)
def test_verdicts(question: GradedQuestion, given: Given, *, right: bool, wrong: bool) -> None:
    verdict = grade(question, given)
    assert (verdict.right, verdict.wrong) == (right, wrong)
    assert bool(verdict.why) is not right


def test_report_counts_by_kind() -> None:
    questions = [ANSWERABLE, REFUSED, ASKED_BACK]
    report = Report(list(evaluate(questions, lambda _: Given("unknown", (), ""))))
    assert report.count("unanswerable") == (1, 1)
    assert report.count("answerable") == (0, 1)
    assert report.wrong == 0


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text("questions:\n- id: 1\n  question: [", encoding="utf-8")
    with pytest.raises(QuestionFileError, match=r"q\.yaml"):
        load_questions(path)
    path.write_text("questions:\n- id: x\n  question: y\n  kind: odd\n", encoding="utf-8")
    with pytest.raises(QuestionFileError, match="kind"):
        load_questions(path)
