"""The council's page stays one page, however many initiatives are in trouble and however much their owners write."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document

from bot.handlers.digest.council import A_LINE, council_page
from knowledge.initiatives.issue import Deadline, InitiativeLine, Issue
from knowledge.initiatives.progress import Standing, Status
from tests.digest.town import jst

LONG = "決済端末の納期が遅れており、代わりの手順を担当課と調べています。" * 20
DAY = date(2026, 11, 24)


def issue(count: int, blocked: str, title: str) -> Issue:
    line = InitiativeLine(
        id="i",
        title=title,
        owner="行革内部統制推進室",
        standing=Standing.REPORTED,
        status=Status.OFF_TRACK,
        value=12,
        unit="手続",
        as_of=DAY,
        blocked=blocked,
    )
    dates = tuple(Deadline(on=DAY, text=f"{title}: 受付の開始") for _ in range(count))
    return Issue(
        week="2026-W48",
        day=DAY,
        made_at=jst("2026-11-24 08:45"),
        initiatives=(line,) * count,
        deadlines=dates,
    )


def listed(page: bytes) -> list[str]:
    """The lines of both lists."""
    return [
        one.text for one in Document(io.BytesIO(page)).paragraphs if one.text.startswith(("　（", "　　ほか"))
    ]


def test_a_few_are_told_whole() -> None:
    lines = listed(council_page(issue(2, "納期が\n遅れています", "窓口の改革")))
    assert lines[:2] == ["　（1）窓口の改革：納期が 遅れています", "　（2）窓口の改革：納期が 遅れています"]
    assert len(lines) == 4


@pytest.mark.parametrize("count", [4, 8, 12])
def test_many_are_cut_and_counted(count: int) -> None:
    lines = listed(council_page(issue(count, LONG, "行政手続のオンライン化と窓口の改革")))
    taken = sum(-(-len(line) // (A_LINE + 4)) for line in lines)
    table = 2 * count * 3 // 4
    assert taken + table <= 24  # what was seen to fit in LibreOffice on A4, all in a dozen rows of two lines
    assert any("…" in line for line in lines)
    told = sum(line.startswith("　（") for line in lines)
    left = sum(int(line[4:-1]) for line in lines if line.startswith("　　ほか"))
    assert told + left == 2 * count  # none goes without being counted
