"""`dxbot survey`: definitions are checked, rounds run by hand."""

from __future__ import annotations

import json
from pathlib import Path

from bot.cli.opening import opened
from bot.jobs.results import publish_results_apart
from bot.settings import Settings, load_settings
from bot.texts.ja.disclosure import NOT_WITH_EARLIER
from surveys.round import State
from tests.cli.conftest import Run
from tests.jobs.test_results import broken_round
from tests.surveys.rounds import answer_round, work_round

BAD = "id: bad\ntitle: 誤り\npurpose: 試す\nreaders: 人\nquestions:\n- {id: A, type: single, text: あ, options: [い]}\n"
OPEN_TO_ALL = """id: quick
title: 短い調査
purpose: 試すため
readers: 試す人
repeat: monthly
questions:
- {id: A, type: single, text: あ, options: [い, う]}
"""


def test_check_names_the_line(run: Run, tmp_path: Path) -> None:
    done = run("survey", "check", "telework-needs", "telework-usage", "open-data-needs")
    assert done.exit_code == 0
    assert "テレワークのニーズ調査: 誤りはありません（質問9、ページ2、回答できる場所: web）" in done.stdout
    (tmp_path / "bad.yaml").write_text(BAD, encoding="utf-8")
    failed = run("survey", "check", str(tmp_path / "bad.yaml"))
    assert failed.exit_code == 1
    assert "bad.yaml 6行目（A）" in failed.stderr
    assert run("survey", "check", "no-such").exit_code == 1


def test_a_round_by_hand(run: Run, tmp_path: Path) -> None:
    assert run("migrate").exit_code == 0
    assert run("demo", "--staff", "30").exit_code == 0
    file = tmp_path / "quick.yaml"
    file.write_text(OPEN_TO_ALL, encoding="utf-8")
    absent = tmp_path / "absent.txt"
    absent.write_text("000001\n", encoding="utf-8")
    assert "1人にしました" in run("survey", "absent", str(absent)).stdout
    absent.write_text("nobody\n", encoding="utf-8")
    assert "nobody" in run("survey", "absent", str(absent)).stderr
    opened = run("survey", "open", str(file))
    assert opened.exit_code == 0, opened.stderr
    assert "対象は29人" in opened.stdout
    assert "もうあります" in run("survey", "open", str(file)).stderr
    assert "過ぎています" in run("survey", "open", str(file), "--on", "2020-01-01").stderr
    assert "予定です" in run("survey", "open", str(file), "--on", "2099-01-01").stdout
    assert "部や課がありません" in run("survey", "open", str(file), "--pilot", "ない課").stderr
    for wave in ("あ" * 61, "第1回\n第2回"):
        assert "60字まで" in run("survey", "open", str(file), "--on", "2099-02-01", "--wave", wave).stderr
    round_id = opened.stdout.split()[0]
    assert f"{round_id}  受付中" in run("survey", "list").stdout
    assert "29人に送ります" in run("survey", "remind", round_id).stdout
    assert "もう送りました" in run("survey", "remind", round_id).stdout
    closed = run("survey", "close", round_id, "--stop")
    assert "回答は0人" in closed.stdout
    assert "予定を取り消しました" in closed.stdout
    assert run("survey", "close", round_id).exit_code == 1
    assert run("survey", "remind", "no-such").exit_code == 1


def test_a_mended_questionnaire_opens_after_one_that_asked_nobody(migrated: Run, tmp_path: Path) -> None:
    assert migrated("demo", "--staff", "30").exit_code == 0
    file = tmp_path / "quick.yaml"
    file.write_text(OPEN_TO_ALL + "audience: {people: [nobody]}\n", encoding="utf-8")
    failed = migrated("survey", "open", str(file))
    assert failed.exit_code == 1
    assert "nobody" in failed.stderr
    file.write_text(OPEN_TO_ALL, encoding="utf-8")
    opened_now = migrated("survey", "open", str(file))
    assert opened_now.exit_code == 0, opened_now.stderr
    assert "対象は30人" in opened_now.stdout


def test_results_are_printed_and_a_further_table_is_published_or_refused(migrated: Run) -> None:
    run = migrated
    with opened(load_settings()) as services:
        answer_round(services.stores.surveys, work_round())
    assert "そのような調査の回はありません" in run("survey", "results", "no-such").stderr
    assert (
        "集計を追加できる調査ではありません"
        in run("survey", "publish-more", "round-1", "--question", "K", "--by", "課").stderr
    )
    printed = run("survey", "results", "round-1")
    assert printed.exit_code == 0, printed.stderr
    assert "F 満足度 [全庁]" in printed.stdout and "秘匿" in printed.stdout
    one = run("survey", "results", "round-1", "--question", "F", "--by", "部").stdout
    assert "[部ごと]" in one and "[全庁]" not in one
    kept = json.loads(run("survey", "results", "round-1", "--json").stdout)
    assert [(one["round_id"], one["number"]) for one in kept] == [("round-1", 1)]
    assert "[" not in run("survey", "results", "round-1", "--question", "K", "--by", "課").stdout
    added = run("survey", "publish-more", "round-1", "--question", "K", "--by", "課")
    assert added.exit_code == 0, added.stderr
    assert "公表番号 2" in added.stdout and "[課ごと]" in added.stdout
    assert "[課ごと]" in run("survey", "results", "round-1", "--question", "K", "--by", "課").stdout
    refused = run("survey", "publish-more", "round-1", "--question", "W", "--by", "N")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert NOT_WITH_EARLIER in refused.stderr
    wrong = run("survey", "publish-more", "round-1", "--question", "W", "--by", "住所")
    assert wrong.exit_code == 1 and "全庁" in wrong.stderr


def test_results_that_are_not_ready_are_told_with_why(run: Run, database_url: str) -> None:
    """On both databases: the worker fails, then whoever asks on the host fails too, is told in words, and tries at once."""
    there = {"DATABASE_URL": database_url}
    assert run("migrate", **there).exit_code == 0
    with opened(Settings(_env_file=None, DATABASE_URL=database_url)) as services:
        answer_round(services.stores.surveys, broken_round())
        services.stores.surveys.plan_round(work_round("round-2").model_copy(update={"state": State.PLANNED}))
        assert publish_results_apart(services)["published"] == 0
    failed = run("survey", "results", "round-1", **there)
    assert (failed.exit_code, failed.stdout) == (1, "")
    assert "まだ出せません" in failed.stderr and "回答は、すべて残っています" in failed.stderr
    assert "誤りの場所（ValueError at publish.py:" in failed.stderr
    assert "`dxbot survey results round-1`" in failed.stderr
    found = run("doctor", "--offline", **there)
    assert found.exit_code == 1
    assert (
        "[要対応] 調査: 「働き方の調査」（round-1）の結果を、まだ出せません（2回試しました）。"
        in found.stdout
    )
    assert "まだ締め切っていません" in run("survey", "results", "round-2", **there).stderr


def test_a_round_opened_by_mistake_is_dropped_after_asking(migrated: Run) -> None:
    run = migrated
    assert run("demo", "--staff", "30").exit_code == 0
    round_id = run("survey", "open", "open-data-needs").stdout.split()[0]
    asked = run("survey", "drop", round_id)  # nobody says yes
    assert asked.exit_code == 1
    assert "対象30人、回答なし" in asked.stdout and "何も変更していません" in asked.stderr
    assert "取り消しました" in run("survey", "drop", round_id, "--yes").stdout
    assert "そのような調査の回はありません" in run("survey", "drop", round_id, "--yes").stderr
    assert round_id not in run("survey", "list").stdout
    with opened(load_settings()) as services:
        answer_round(services.stores.surveys, work_round())
        events = [one for one in services.stores.audit.list_events() if one.action == "survey.drop"]
    assert [(one.target, one.detail) for one in events] == [(round_id, {"people": 30})]
    assert "締め切ったため、取り消せません" in run("survey", "drop", "round-1", "--yes").stderr
