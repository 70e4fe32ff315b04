"""`dxbot digest`, `initiatives` and `outbox` over a synthetic city."""

from __future__ import annotations

import io
import json
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Self

import pytest
from docx import Document
from docx.shared import Mm

from staff.calendar import JAPAN
from tests.cli.conftest import Run


class _Tuesday(datetime):
    """A clock that stands in the middle of a week: on a Friday evening nothing of the week is sent any more."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls(2026, 11, 24, 10, tzinfo=JAPAN).astimezone(tz)


@pytest.fixture
def city(migrated: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr("bot.app.datetime", _Tuesday)
    assert migrated("demo", "--staff", "60").exit_code == 0
    return migrated


def test_a_preview_shows_what_a_leader_gets(city: Run) -> None:
    shown = city("digest", "preview")
    assert shown.exit_code == 0
    assert "今週すること" in shown.output
    assert "もっと見る" in shown.output
    told = json.loads(city("digest", "preview", "--week", "2026-W48", "--json").output)
    assert told["issue"]["week"] == "2026-W48"


def test_sending_twice_puts_once(city: Run) -> None:
    first = json.loads(city("digest", "send", "--json").output)
    again = json.loads(city("digest", "send", "--json").output)
    assert first["put"] == again["held"] > 0
    assert again["put"] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("send", "--week", "2020-W01"), "今の週"),
        (("preview", "--week", "2026-W99"), "という週はありません"),
        (("preview", "--person", "999999"), "職員名簿にいません"),
    ],
)
def test_a_wrong_week_or_person_is_named(city: Run, arguments: tuple[str, ...], said: str) -> None:
    result = city("digest", *arguments)
    assert result.exit_code == 1
    assert said in result.output


def test_without_leaders_it_says_so(migrated: Run) -> None:
    assert "directory import" in migrated("digest", "preview").output


def test_the_councils_page_is_one_sheet_of_words(city: Run, tmp_path: Path) -> None:
    out = tmp_path / "page.docx"
    assert city("digest", "council", "--out", str(out)).exit_code == 0
    document = Document(io.BytesIO(out.read_bytes()))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "進捗状況について" in words
    assert "🟢" not in words
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert "キャッシュレス化の推進" in cells
    assert "要対応" in cells
    assert "\n記\n" in words
    assert "転出届のオンライン受付の開始" in words
    assert "テレワーク端末の必要台数の回答" not in words  # asked of 課, no business of the council's
    table = document.tables[0]
    assert sum(column.width for column in table.columns) == pytest.approx(
        Mm(170), abs=2000
    )  # between the margins of A4
    assert all("cantSplit" in row._tr.xml for row in table.rows)
    assert city("digest", "council", "--out", str(tmp_path / "no" / "page.docx")).exit_code == 1


def test_initiatives_are_imported_and_carried_over(city: Run, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "initiatives:\n- {id: next-1, title: 標準化の仕上げ, plan: 次の計画, starts_on: 2026-04-01, follows: jikko-1}\n",
        encoding="utf-8",
    )
    assert "追加 1" in city("initiatives", "import", str(plan), "--dry-run").output
    assert "次の計画へ引き継ぎ　情報システム課" not in city("initiatives", "list").output
    assert "追加 1" in city("initiatives", "import", str(plan)).output
    assert "同じ 1" in city("initiatives", "import", str(plan)).output
    listed = city("initiatives", "list").output
    assert "次の計画へ引き継ぎ　情報システム課" in listed
    plan.write_text(
        "initiatives:\n- {id: next-3, title: 窓口, plan: 計画, starts_on: 2099-04-01, owner: まぼろし課}\n",
        encoding="utf-8",
    )
    imported = city("initiatives", "import", str(plan))
    assert (imported.exit_code, "まぼろし課に" in imported.output) == (0, True)  # a gap that is seen
    assert "窓口　始まる前　まぼろし課" in city("initiatives", "list").output
    plan.write_text(
        "initiatives:\n- {id: next-2, title: 題, plan: 計画, starts_on: 2026-04-01, follows: nothing}\n",
        encoding="utf-8",
    )
    assert "nothing" in city("initiatives", "import", str(plan)).output
    assert city("initiatives", "import", str(tmp_path / "missing.yaml")).exit_code == 1


def test_the_operators_list_is_empty_or_names_what_is_not_there(city: Run) -> None:
    assert "ありません" in city("outbox", "list").output
    for command in ("settle", "resend"):
        result = city("outbox", command, "no-such-key")
        assert result.exit_code == 1
        assert "no-such-key" in result.output
