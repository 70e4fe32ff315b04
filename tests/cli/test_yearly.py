"""`dxbot year-roll` and `dxbot handover`."""

from __future__ import annotations

from pathlib import Path

import docx

from bot.cli.opening import opened
from bot.settings import load_settings
from bot.texts.ja import yearly as texts
from staff.calendar import fiscal_year
from surveys.loading import read_definition
from surveys.skills.development import Goal
from tests.cli.conftest import Run
from tests.surveys.samples import planned

ROUND = """
id: quick
title: 短い調査
purpose: 試すため
readers: 試す人
audience: {{{audience}}}
questions:
  - {{id: A, type: short_text, text: 一つめ}}
"""


def test_what_is_not_settled_is_listed(migrated: Run) -> None:
    migrated("demo", "--staff", "6")
    result = migrated("year-roll")
    assert result.exit_code == 1
    assert "■ 役割の人がいない" in result.stdout
    assert "職員課 DX推進リーダー" in result.stdout
    assert "監査" not in result.stdout.split("■")[1].splitlines()[1]


def test_rounds_that_could_ask_nobody_and_goals_that_are_missing_are_listed(migrated: Run) -> None:
    migrated("demo", "--staff", "6")
    with opened(load_settings()) as services:
        year = fiscal_year(services.today())
        for id_, audience in (
            ("gone", "departments: [港湾課]"),
            ("nobody", "people: ['999999']"),
            ("all", ""),
        ):
            definition = read_definition(ROUND.format(audience=audience).encode(), "r.yaml")
            assert services.stores.surveys.plan_round(planned(definition, id_))
    shown = migrated("year-roll").stdout
    (found,) = (part for part in shown.split("■ ") if part.startswith(texts.NO_AUDIENCE))
    assert len(found.splitlines()) == 3
    assert "港湾課" in found
    assert "職員の一覧にない職員番号があります: 999999" in found
    assert texts.NO_GOALS not in shown
    with opened(load_settings()) as services:
        goal = Goal(year=year, tier="general", people=10)
        services.stores.skills.save_goals(year, goal.skill, [goal])
    assert texts.NO_GOALS in migrated("year-roll").stdout
    with opened(load_settings()) as services:
        services.stores.skills.save_goals(year + 1, goal.skill, [goal.model_copy(update={"year": year + 1})])
    assert texts.NO_GOALS not in migrated("year-roll").stdout


def test_the_handover_is_written_as_markdown_and_word(migrated: Run, tmp_path: Path) -> None:
    migrated("demo", "--staff", "6")
    shown = migrated("handover")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("# DX相談ボット 引継書")
    assert "## 役割の人" in shown.stdout
    assert migrated("handover", "--out", str(tmp_path / "h.docx")).exit_code == 0
    told = [paragraph.text for paragraph in docx.Document(str(tmp_path / "h.docx")).paragraphs]
    assert "役割の人" in told
    assert migrated("handover", "--out", str(tmp_path / "no" / "h.md")).exit_code == 1
