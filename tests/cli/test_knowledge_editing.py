"""`dxbot knowledge history`, `rollback`, `proposals`, `approve`, `reject`, and manuals as drafts."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.test_knowledge import stores
from tests.knowledge.manuals.files import pdf, telework_docx, write_pdf


def manual(tmp_path: Path) -> str:
    path = tmp_path / "手引.docx"
    path.write_bytes(telework_docx())
    return str(path)


def waiting(migrated: Run) -> list[str]:
    return re.findall(r"^(manual/\w+)", migrated("knowledge", "proposals").stdout, re.MULTILINE)


def test_a_manual_is_proposed_and_answered_from_only_after_approval(migrated: Run, tmp_path: Path) -> None:
    path = manual(tmp_path)
    question = ("ask", "在宅勤務申請書は職員課に出すのですか")
    dry = migrated("knowledge", "import", path, "--owner", "職員課", "--dry-run")
    assert (
        "3 件の下書きを提案します" in dry.stdout
        and "「第1章 在宅勤務 ＞ 1.1 申請のしかた」（手順 3" in dry.stdout
    )
    assert waiting(migrated) == []
    done = migrated("knowledge", "import", path, "--owner", "職員課")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "3 件の下書きを提案しました" in done.stdout
    assert "在宅勤務申請書" not in migrated(*question, DXBOT_CONTENT="").stdout
    ids = waiting(migrated)
    assert len(ids) == 3
    assert "提案が 3 件あります" in migrated("knowledge", "check").stdout
    assert "申請のしかた" in "".join(migrated("knowledge", "proposals", "--show", id_).stdout for id_ in ids)
    approved = migrated("knowledge", "approve", *ids)
    assert approved.exit_code == 0 and approved.stdout.count("承認し") == 3
    assert "職員課に出す" in migrated("ask", "申請のしかた", DXBOT_CONTENT="").stdout
    with stores(tmp_path) as kept:
        kinds = [event.action for event in kept.audit.list_events()]
        actions = [kind for kind in kinds if kind != "cli.run"]
        assert actions == ["knowledge.approve"] * 3 + ["knowledge.propose"] * 3


def test_the_same_manual_again_proposes_nothing(migrated: Run, tmp_path: Path) -> None:
    path = manual(tmp_path)
    migrated("knowledge", "import", path)
    again = migrated("knowledge", "import", path)
    assert "前と同じため、何も提案していません" in again.stdout
    assert len(waiting(migrated)) == 3


def test_a_proposal_is_rejected_with_a_reason_once(migrated: Run, tmp_path: Path) -> None:
    migrated("knowledge", "import", manual(tmp_path))
    id_, *_ = waiting(migrated)
    assert migrated("knowledge", "reject", id_, "--reason", " ").exit_code == 1
    too_long = migrated("knowledge", "reject", id_, "--reason", "長" * 501)
    assert too_long.exit_code == 1 and "理由: 500 字までで書いてください。" in too_long.stderr
    assert migrated("knowledge", "reject", id_, "--reason", "古い版です").exit_code == 0
    late = migrated("knowledge", "approve", id_)
    assert late.exit_code == 1 and "却下" in late.stderr
    listed = migrated("knowledge", "proposals", "--state", "rejected").stdout
    assert id_ in listed and id_ not in waiting(migrated)
    assert "ありません" in migrated("knowledge", "approve", "無い").stderr


def test_history_shows_differences_and_an_older_version_can_stand_again(
    migrated: Run, tmp_path: Path
) -> None:
    table = tmp_path / "手続.csv"
    table.write_text("id,title,body\nkuro,クロネコ方式,申請を一度で済ませます。\n", encoding="utf-8")
    migrated("knowledge", "import", str(table))
    assert "まだ編集されていません" in migrated("knowledge", "history", "kuro").stdout
    path = tmp_path / "手引.docx"
    path.write_bytes(telework_docx())
    migrated("knowledge", "import", str(path))
    migrated("knowledge", "approve", *waiting(migrated))
    with stores(tmp_path) as kept:
        article_id = kept.versions.list_latest()[0].article_id
    assert "第1版" in migrated("knowledge", "history", article_id).stdout
    back = migrated("knowledge", "rollback", article_id, "--to", "1", "--reason", "ためし")
    assert "第2版としました" in back.stdout
    shown = migrated("knowledge", "history", article_id).stdout
    assert (
        shown.index("第2版") < shown.index("第1版") and "前の版に戻した（ためし）" in shown and "＋" in shown
    )
    missing = migrated("knowledge", "rollback", article_id, "--to", "7")
    assert missing.exit_code == 1 and "7 版はありません" in missing.stderr
    assert "記事はありません" in migrated("knowledge", "history", "nobody").stderr


def test_an_import_names_the_edited_articles_it_does_not_overwrite(migrated: Run, tmp_path: Path) -> None:
    table = tmp_path / "手続.csv"
    table.write_text("id,title,body\nkuro,クロネコ方式,一度で済みます。\n", encoding="utf-8")
    migrated("knowledge", "import", str(table))
    with stores(tmp_path) as kept:
        from datetime import UTC, datetime

        from knowledge.editing.desk import Desk, look_up
        from knowledge.editing.rights import Editor

        desk = Desk(kept, (), Editor("cli/test", on_host=True), datetime.now(UTC))
        standing = look_up(kept, (), "kuro")
        assert standing.article is not None
        desk.save(standing, standing.article.model_copy(update={"aliases": ("黒猫",)}), "別名")
    table.write_text("id,title,body\nkuro,クロネコ方式,二度で済みます。\n", encoding="utf-8")
    result = migrated("knowledge", "import", str(table))
    assert "「kuro」は画面で編集した記事です" in result.stdout
    assert "取り込み元が変わりました" in migrated("knowledge", "history", "kuro").stdout
    assert "「kuro」は画面で編集した記事です" in migrated("knowledge", "check").stdout
    exported = tmp_path / "out.csv"
    migrated("knowledge", "export", "--out", str(exported), DXBOT_CONTENT="")
    text = exported.read_text(encoding="utf-8-sig")
    assert "黒猫" in text and "一度で済みます。" in text and "二度で" not in text
    migrated("knowledge", "rollback", "kuro", "--to", "0")
    assert "二度で済みます。" in migrated("ask", "クロネコ方式", DXBOT_CONTENT="").stdout


def test_a_scanned_pdf_says_what_to_do_and_a_good_one_names_its_pages(migrated: Run, tmp_path: Path) -> None:
    path = tmp_path / "手引.pdf"
    path.write_bytes(write_pdf([b"q Q"]))
    refused = migrated("knowledge", "import", str(path))
    assert refused.exit_code == 1 and "OCR" in refused.stderr
    path.write_bytes(pdf([[(16.0, "1 貸出"), (10.0, "窓口で貸し出します。")]]))
    assert "1ページ「1 貸出」" in migrated("knowledge", "import", str(path), "--dry-run").stdout


def test_an_article_of_the_pack_is_deleted_and_brought_back(migrated: Run) -> None:
    deleted = migrated("knowledge", "delete", "yogo-EBPM", "--reason", "ためし")
    assert deleted.exit_code == 0 and "第1版" in deleted.stdout
    assert "答え" in migrated("knowledge", "delete", "--help").stdout
    again = migrated("knowledge", "delete", "yogo-EBPM")
    assert again.exit_code == 1 and "すでに削除されています" in again.stderr
    assert "yogo-EBPM" not in migrated("ask", "EBPMとは", "--json").stdout
    migrated("knowledge", "rollback", "yogo-EBPM", "--to", "0")
    assert "yogo-EBPM" in migrated("ask", "EBPMとは", "--json").stdout
