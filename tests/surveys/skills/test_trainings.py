"""Training histories from files, and trainings into calendars."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import icalendar
import openpyxl
import pytest

from staff.tables import DirectoryFileError
from surveys.skills.calendar_file import calendar_file
from surveys.skills.catalogue import Catalogue, Resource
from surveys.skills.reading import read_skill_set
from surveys.skills.trainings import read_trainings

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
CATALOGUE: Catalogue = read_skill_set().catalogue
KNOWN = {"000123", "000124"}


def test_rows_are_read_and_known_titles_recognised() -> None:
    content = (
        "\ufeff受講日,職員番号,研修名,備考\r\n"
        "2026-07-01,000123,関数とピボットテーブル,\r\n"
        "2026年7月2日,000124,県の研修,外部\r\n"
    ).encode()
    found = read_trainings("研修.csv", content, KNOWN, CATALOGUE, TODAY)
    assert [(one.person_id, one.resource_id, one.attended_on.day) for one in found] == [
        ("000123", "c-sheet", 1),
        ("000124", "", 2),
    ]


def test_every_wrong_row_is_named() -> None:
    content = (
        "職員番号,研修名,受講日\n"
        "999999,表計算,2026-07-01\n"
        ",表計算,2026-07-01\n"
        "000123,,2026-07-01\n"
        "000123,表計算,2026-02-30\n"
        "000123,表計算,2027-01-01\n"
        "000123,表計算,\n"
        f"000123,{'長' * 201},2026-07-01\n"
    ).encode()
    with pytest.raises(DirectoryFileError) as raised:
        read_trainings("研修.csv", content, KNOWN, CATALOGUE, TODAY)
    places = [problem.split(":")[0].split("：")[0] for problem in raised.value.problems]
    assert len(places) == 7
    assert all(str(number) in place for number, place in zip(range(2, 9), places, strict=True)), places
    assert "999999" in raised.value.problems[0]


@pytest.mark.parametrize(
    "content", [b"", "職員番号,研修名\n000123,表計算\n".encode(), "職員番号,研修名,受講日\n".encode()]
)
def test_a_file_without_what_is_needed(content: bytes) -> None:
    with pytest.raises(DirectoryFileError):
        read_trainings("研修.csv", content, KNOWN, CATALOGUE, TODAY)


def test_a_number_that_excel_cut_is_told_apart() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["職員番号", "研修名", "受講日"], [123, "表計算", date(2026, 7, 1)]):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(DirectoryFileError, match="先頭の 0"):
        read_trainings("研修.xlsx", content.getvalue(), KNOWN, CATALOGUE, TODAY)


def test_coming_sessions_go_into_a_calendar() -> None:
    def session(day: int) -> dict[str, object]:
        return {
            "starts_at": f"2026-12-{day:02d}T13:30:00+09:00",
            "ends_at": f"2026-12-{day:02d}T15:30:00+09:00",
            "place": "研修室, 3階",
        }

    held = session(1) | {"starts_at": "2026-10-01T13:30:00+09:00", "ends_at": "2026-10-01T15:30:00+09:00"}
    resource = Resource.model_validate(
        {
            "id": "c-sheet",
            "title": "関数; ピボット\nテーブル",
            "kind": "course",
            "hours": 3,
            "raises": [{"skill": "sheet", "from": 1, "to": 2}],
            "sessions": [session(9), session(2), held],
        }
    )
    events = icalendar.Calendar.from_ical(calendar_file([resource], NOW)).walk("VEVENT")
    assert [event.decoded("dtstart").astimezone(UTC).hour for event in events] == [4, 4]
    assert [event.decoded("dtstart").day for event in events] == [2, 9]
    assert len({str(event["uid"]) for event in events}) == 2
    assert str(events[0]["location"]) == "研修室, 3階"
    assert calendar_file([resource], NOW) == calendar_file([resource], NOW)
