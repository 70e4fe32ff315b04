"""Hostile strings through every text input: nothing of them acts anywhere."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook

from tests.fakes.slack import BOT_TOKEN
from tests.hostile.inputs import walked
from tests.hostile.logs import told_in_line
from tests.hostile.reading import (
    live_in_csv,
    live_in_file,
    live_in_page,
    live_in_word,
    live_in_workbook,
    live_on_slack,
    live_on_teams,
)
from tests.hostile.strings import MARK, SEEDS, hostile
from tests.hostile.town import Tally
from tests.hostile.walking import walk
from tests.web.city import STAFF

COUNT = 40
OUTLETS = {"slack", "teams", "web", "xlsx", "csv", "docx", "ics", "log"}


async def test_nothing_hostile_acts_anywhere(tmp_path: Path) -> None:
    tally = Tally()
    await walk(tmp_path, list(hostile(COUNT)), tally)
    assert tally.live == {}
    assert set(tally.read) >= OUTLETS, tally.read
    assert all(tally.read[channel] > 60 for channel in ("slack", "teams", "web")), tally.read
    put = tally.by_input
    assert [
        way for way in walked() if not any(name == way or name.startswith(f"{way}.") for name in put)
    ] == []


@pytest.mark.parametrize("text", SEEDS[:7])
def test_a_live_mention_on_slack_would_be_seen(text: str) -> None:
    assert live_on_slack({"text": text, "blocks": []})
    assert live_on_slack(
        {"text": "", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": text}}]}
    )


def test_a_live_mention_on_teams_would_be_seen() -> None:
    for text in ("<at>全員</at>", "[x](javascript:alert(1))"):
        card = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": text}]}
        assert live_on_teams({"attachments": [{"content": card}]})
    assert live_on_teams({"entities": [{"type": "mention"}]})


@pytest.mark.parametrize(
    "text", [seed for seed in SEEDS if seed.startswith(("<script", "<img", "<svg", "<iframe", "<a "))]
)
def test_a_live_script_would_be_seen(text: str) -> None:
    assert live_in_page(f"<p>{text}</p>")
    assert not live_in_page("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")


@pytest.mark.parametrize("text", ["=1+1", "+1", "@SUM(A1)", "\t=1+1", "＝1"])
def test_a_formula_would_be_seen(text: str) -> None:
    assert live_in_csv(f'a,"{text}"\n'.encode())
    assert not live_in_csv(f'a,"\'{text}",-1.5,-\n'.encode())


def test_a_formula_of_a_workbook_would_be_seen() -> None:
    book, out = Workbook(), io.BytesIO()
    book.create_sheet("一").append(["=1+1"])
    book.save(out)
    assert live_in_workbook(out.getvalue())


def test_a_field_of_word_would_be_seen() -> None:
    document, out = docx.Document(), io.BytesIO()
    paragraph = document.add_paragraph("x")
    paragraph.part.relate_to("https://evil.example", "hyperlink", is_external=True)
    document.save(out)
    assert live_in_word(out.getvalue())


def test_a_line_of_a_calendar_that_was_slipped_in_would_be_seen() -> None:
    assert live_in_file("text/calendar", b"BEGIN:VCALENDAR\r\nATTACH:https://evil.example\r\n") == (
        "ics",
        ["ATTACH:https://evil.example"],
    )


@pytest.mark.parametrize("word", [f"<!here>{MARK}7", SEEDS[0], STAFF.id, STAFF.email, BOT_TOKEN])
def test_words_people_and_secrets_in_a_log_would_be_seen(word: str) -> None:
    record = {"at": "2026-11-26T00:00:00Z", "level": "ERROR", "place": "bot.web", "event": "GET / failed"}
    assert told_in_line(json.dumps(record)) == []
    assert told_in_line(json.dumps({**record, "event": f"asked: {word}"}))
    assert told_in_line(json.dumps({**record, "where": [word]}))


@pytest.mark.parametrize("line", ["GET / 200", "[]", '{"at": "2026"}', '{"at": "x",\n"level": "x"}'])
def test_a_log_line_that_is_no_record_would_be_seen(line: str) -> None:
    assert told_in_line(line)
