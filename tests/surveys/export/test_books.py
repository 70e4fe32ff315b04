"""What stands in the books: published cells and nothing else, signs kept apart."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from bot.sheets.model import Book, Mark, Row, Sheet
from bot.texts.ja import export as texts
from staff.model import Person, Role
from storage.stores import SqlStores
from surveys.disclosure import State
from surveys.disclosure.publication import Present, Reliance
from surveys.disclosure.publication import Range as Span
from surveys.export.legend import Made
from surveys.export.plan import skills_plan
from surveys.export.published import Published
from surveys.export.skills import skills_aggregate, skills_history, skills_individual
from surveys.export.telework import telework_aggregate, telework_history
from surveys.export.wanted import ExportError, Level, What, read_wanted
from surveys.skills.asking import assessment_of
from surveys.skills.development import Goal, read_plan
from tests.surveys.export.city import FRAMEWORK, PUBLISHED_AT, publish_skills, publish_telework
from tests.web.city import LEADER, STAFF, settle

MADE = Made(datetime(2026, 12, 10, 3, 0, tzinfo=UTC), "職員課", "研修計画の案を作る")
WAY, UNIT, OPTION, BASE, COUNT, SHARE = 0, 2, 5, 6, 7, 8


def published(stores: SqlStores, round_id: str) -> Published:
    round_ = stores.surveys.find_round(round_id)
    assert round_ is not None
    return Published(round_, stores.publications.list_publications(round_id), PUBLISHED_AT)


def sheet(book: Book, title: str) -> Sheet:
    (found,) = [one for one in book.sheets if one.title == title]
    return found


def rows(book: Book, title: str) -> list[Row]:
    return list(sheet(book, title).rows)


@pytest.fixture
def stores(sqlite_stores: SqlStores) -> SqlStores:
    settle(sqlite_stores)
    publish_skills(sqlite_stores)
    return sqlite_stores


def test_shown_hidden_given_together_and_nobody_are_four_things(stores: SqlStores) -> None:
    book = skills_aggregate(FRAMEWORK, published(stores, "skills-1"), MADE)
    city = rows(book, texts.SHEET_CITY)
    assert [row[COUNT] for row in city[:5]] == [0, 12, 20, 13, 5]
    assert [row[SHARE] for row in city[:5]] == [0, 24, 40, 26, 10]
    divisions = rows(book, texts.SHEET_DIVISIONS)
    assert [row[COUNT] for row in divisions[:6]] == [Mark.TOGETHER, Mark.TOGETHER, 9, 3, 0, 8]
    assert "＋" in str(divisions[5][OPTION])
    assert {row[COUNT] for row in divisions[6:]} == {row[SHARE] for row in divisions[6:]} == {Mark.HIDDEN}
    others = rows(book, texts.SHEET_OTHERS)
    assert {row[COUNT] for row in others[5:10]} == {Mark.HIDDEN}
    sections = rows(book, texts.SHEET_SECTIONS)
    assert (sections[0][1], sections[0][UNIT]) == ("市民自治部", "市民窓口課")
    assert [row[BASE] for row in sections[2:6]] == [Mark.TOGETHER] * 4
    assert sections[-1][UNIT] == "職員課＋デジタル推進室の合計"


def test_the_map_is_the_one_on_the_screen(stores: SqlStores) -> None:
    book = skills_aggregate(FRAMEWORK, published(stores, "skills-1"), MADE)
    place = 2 + [skill.id for skill in FRAMEWORK.skills].index("sheet")
    table = rows(book, texts.SHEET_MAP_SECTIONS)
    assert [row[:2] for row in table] == [
        ("市民自治部", "市民窓口課"),
        ("総務部", "職員課"),
        ("総務部", "デジタル推進室"),
    ]
    assert [row[place] for row in table] == [60, Mark.HIDDEN, Mark.HIDDEN]
    assert {row[place + 1] for row in table} == {None}, "nobody was asked for the next skill"
    tiers = {(row[0], row[2]): row[-1] for row in rows(book, texts.SHEET_TIERS)}
    name = FRAMEWORK.by_id["sheet"].name
    labels = {tier.id: tier.label for tier in FRAMEWORK.tiers}
    assert isinstance(tiers[labels["general"], name], int)
    assert tiers[labels["leader"], name] is Mark.HIDDEN
    assert tiers.get((labels["manager"], name)) is None


def test_no_number_stands_in_a_file_that_is_not_published(stores: SqlStores) -> None:
    publish_telework(stores)
    for one, book in (
        ("skills-1", skills_aggregate(FRAMEWORK, published(stores, "skills-1"), MADE)),
        ("usage-1", telework_aggregate(published(stores, "usage-1"), MADE)),
    ):
        (publication,) = stores.publications.list_publications(one)
        cells = [
            cell
            for table in publication.tables
            for row in table.rows
            for cell in (*row.cells, *(group.cell for group in row.together))
        ]
        told = [row for row in book.data.rows if row[OPTION] != texts.MEAN_ROW]
        counts = [row[COUNT] for row in told if isinstance(row[COUNT], int)]
        assert Counter(counts) == Counter(cell.value for cell in cells if cell.state is State.SHOWN)
        assert not [row for row in told if isinstance(row[SHARE], int) and not isinstance(row[COUNT], int)]


def test_charts_show_no_bar_for_what_is_hidden(stores: SqlStores) -> None:
    publish_telework(stores)
    charts = sheet(telework_aggregate(published(stores, "usage-1"), MADE), texts.SHEET_CHARTS)
    table = list(charts.rows)
    (chart,) = charts.charts
    (series,) = chart.series
    assert (series.values.first_row, series.values.last_row) == (1, len(table))
    assert all(isinstance(row[2], int) for row in table)


def test_the_legend_tells_who_when_and_what_for(stores: SqlStores) -> None:
    book = skills_aggregate(FRAMEWORK, published(stores, "skills-1"), MADE)
    legend = {row[0]: row[1] for row in rows(book, texts.SHEET_LEGEND)}
    assert legend[texts.MADE_AT] == "2026-12-10 12:00（令和8年12月10日）"
    assert (legend[texts.MADE_BY], legend[texts.PURPOSE]) == ("職員課", "研修計画の案を作る")
    assert "公表番号 1、公表日 2026-12-08（令和8年12月8日）" in str(legend[texts.ROUND])
    assert {"秘匿", "合算", "空白", texts.KEPT, texts.NOT_USED_FOR} <= set(legend)
    for one in book.sheets[1:]:
        assert texts.SHEET_NAMED.format(title=one.title) in legend


def test_history_is_dated_in_both_ways(stores: SqlStores) -> None:
    publish_skills(stores, "skills-2")
    both = [published(stores, one) for one in ("skills-1", "skills-2")]
    book = skills_history(FRAMEWORK, both, MADE)
    table = rows(book, texts.SHEET_HISTORY)
    assert len(table) == 2 * 3 * len(FRAMEWORK.skills)
    assert (table[0][1].isoformat(), table[0][2]) == ("2026-12-01", "令和8年12月1日")  # type: ignore[union-attr]
    assert len(sheet(book, texts.SHEET_CHARTS).charts) == len(FRAMEWORK.areas)
    publish_telework(stores)
    telework = telework_history([published(stores, "usage-1")], MADE)
    assert [row[7] for row in rows(telework, texts.SHEET_HISTORY)][:3] == [0, 1, 2]


def test_the_plan_has_goals_beside_what_is_published(stores: SqlStores) -> None:
    goals = [
        Goal(year=2026, tier="general", skill="sheet", level=2, people=40),
        Goal(year=2027, tier="general", skill="sheet", level=2, people=0),
    ]
    stores.skills.save_goals(2026, "sheet", goals[:1])
    stores.skills.save_goals(2027, "sheet", goals[1:])
    plan = read_plan(stores.skills, stores.surveys, stores.publications, date(2026, 12, 10))
    book = skills_plan(plan, [published(stores, "skills-1")], MADE)
    labels = {tier.id: tier.label for tier in FRAMEWORK.tiers}
    name = FRAMEWORK.by_id["sheet"].name
    found = {(row[0], *row[2:5]): tuple(row[5:]) for row in book.data.rows}
    level = texts.OR_ABOVE.format(level=2, label=FRAMEWORK.label(2))
    assert found[labels["general"], name, level, "令和8年度"] == (40, 25)
    assert found[labels["general"], name, level, "令和9年度"] == (0, None), "no round yet"
    assert found[labels["leader"], name, level, "令和8年度"] == (None, Mark.HIDDEN)
    wide = sheet(book, texts.SHEET_PLAN)
    assert [column.title for column in wide.columns[4:6]] == ["令和8年度 目標（人）", "令和8年度 実績（人）"]


def test_numbers_of_sections_stand_as_the_ranges_they_are_published_as(stores: SqlStores) -> None:
    (publication,) = stores.publications.list_publications("skills-1")
    ranges = publication.model_copy(
        update={
            "present": (
                Present(
                    question="sheet",
                    options=("3", "4"),
                    sections=3,
                    some=Span(low=1, high=3),
                    alone=Span(low=0, high=2),
                ),
            ),
            "reliance": (Reliance(division="D20", pairs=Span(low=2, high=7)),),
        }
    )
    round_ = stores.surveys.find_round("skills-1")
    assert round_ is not None
    book = skills_aggregate(FRAMEWORK, Published(round_, [ranges], PUBLISHED_AT), MADE)
    (row,) = rows(book, texts.SHEET_COVERAGE)
    assert row[1:] == (FRAMEWORK.by_id["sheet"].name, 3, 1, 3, 0, 2)
    assert rows(book, texts.SHEET_RELIANCE) == [("総務部", 2, 7)]


def test_people_are_those_whose_notice_named_hr(stores: SqlStores) -> None:
    at = datetime(2026, 11, 25, tzinfo=UTC)
    told = assessment_of(FRAMEWORK, LEADER, {"sheet": "4", "process": "1"}, at, "skills-1")
    earlier = assessment_of(FRAMEWORK, STAFF, {"ai": "3"}, at, "skills-0")
    round_ = stores.surveys.find_round("skills-1")
    assert round_ is not None and Role.HR.label in round_.definition.readers
    silent = round_.model_copy(
        update={"id": "skills-0", "definition": round_.definition.model_copy(update={"readers": "本人だけ"})}
    )

    def made(people: list[Person]) -> list[Row]:
        book = skills_individual(
            FRAMEWORK, [told, earlier], [round_, silent], stores.directory.list_departments(), people, MADE
        )
        assert (texts.KEPT, texts.KEPT_PEOPLE) in rows(book, texts.SHEET_LEGEND)
        return rows(book, texts.SHEET_ALONE)

    name = FRAMEWORK.by_id["sheet"].name
    assert made([LEADER, STAFF]) == [("市民自治部", "市民窓口課", name, "900002", "若葉 健")], "and no level"


@pytest.mark.parametrize(
    ("what", "level", "purpose", "said"),
    [
        ("people", "aggregate", "x", texts.NO_SUCH_WHAT),
        ("skills", "raw", "x", texts.NO_SUCH_LEVEL),
        ("telework", "individual", "x", texts.NO_ROWS),
        ("telework", "plan", "x", texts.NO_PLAN),
        ("skills", "texts", "x", texts.NO_TEXTS),
        ("skills", "aggregate", " 　\n", texts.PURPOSE_EMPTY),
        ("skills", "aggregate", "長" * 101, texts.PURPOSE_LONG.format(most=100)),
        ("skills", "aggregate", "a\x00b", texts.PURPOSE_LONG.format(most=100)),
        ("skills", "aggregate", "番号 123456789018", texts.PERSONAL_NUMBER),
    ],
)
def test_what_is_wrong_is_said(what: str, level: str, purpose: str, said: str) -> None:
    with pytest.raises(ExportError) as refused:
        read_wanted(what, level, purpose)
    assert str(refused.value) == said


def test_a_purpose_is_one_line() -> None:
    wanted = read_wanted(What.SKILLS, Level.AGGREGATE, "  研修\n計画 ")
    assert wanted.purpose == "研修 計画"
