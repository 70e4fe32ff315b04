"""`dxbot knowledge unanswered` and `feedback`."""

from __future__ import annotations

from pathlib import Path

from knowledge.learning.feedback import Verdict, give_feedback
from knowledge.learning.unanswered import Reason, keep_question
from storage.database import open_database
from storage.stores import SqlStores
from tests.cli.conftest import Run
from tests.handlers.learning_city import NOW


def fill(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        learning = SqlStores(database).learning
        for asker, question, owner in (
            ("1", "名刺の作り方を教えてください", "職員課"),
            ("2", "名刺はどうやって作るの", "職員課"),
            ("3", "名刺を作りたい 0466-25-1111", "職員課"),
            ("1", "会議室のスクリーンが下りません", "行政総務課"),
        ):
            keep_question(learning, asker, question, Reason.UNKNOWN, owner, NOW)
        give_feedback(learning, "1", "yogo-BPR", "BPRとは", Verdict.WRONG, NOW)


def test_clusters_are_listed_most_asked_first(migrated: Run, tmp_path: Path) -> None:
    assert "答えられなかった質問はありません" in migrated("knowledge", "unanswered").stdout
    fill(tmp_path)
    lines = migrated("knowledge", "unanswered").stdout.splitlines()
    assert len(lines) == 2
    assert "3人・3回  職員課  2026-11-24" in lines[0]
    assert "1人・1回  行政総務課" in lines[1]


def test_one_by_one_they_are_masked_and_name_nobody(migrated: Run, tmp_path: Path) -> None:
    fill(tmp_path)
    shown = migrated("knowledge", "unanswered", "--questions", "--least", "2").stdout
    assert "名刺を作りたい 〔電話番号〕" in shown
    assert "0466" not in shown
    assert "会議室" not in shown


def test_an_office_and_a_cluster_can_be_chosen(migrated: Run, tmp_path: Path) -> None:
    fill(tmp_path)
    (line,) = migrated("knowledge", "unanswered", "--owner", "行政総務課").stdout.splitlines()
    assert (
        "1件の質問を一覧から消しました"
        in migrated("knowledge", "unanswered", "--discard", line.split()[0]).stdout
    )
    again = migrated("knowledge", "unanswered", "--discard", line.split()[0])
    assert again.exit_code == 1
    assert "左端の id" in again.stderr
    assert "会議室" not in migrated("knowledge", "unanswered").stdout
    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as database:
        actions = [event.action for event in SqlStores(database).audit.list_events()]
    assert actions == ["questions.read", "questions.discard", "questions.read"]


def test_feedback_is_counted_by_article(migrated: Run, tmp_path: Path) -> None:
    assert "まだ評価はありません" in migrated("knowledge", "feedback").stdout
    fill(tmp_path)
    assert "yogo-BPR  解決した 0、違う 1  BPR" in migrated("knowledge", "feedback").stdout
