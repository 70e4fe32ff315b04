"""Skill results as books: the map of 課 and skills, its history, and whom a 課 would miss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.sheets.model import Book, Column, Kind, Mark, Row, Sheet, Value
from bot.texts.ja import export as texts
from staff.calendar import date_in_japan, japanese_day
from staff.model import Department, Person, Role
from surveys.disclosure import Publication, State
from surveys.export.charts import bar_sheet, line_sheet
from surveys.export.legend import Made, legend
from surveys.export.published import Published, cell_sheets, data_sheet, sheet_of
from surveys.round import Round
from surveys.skills.asking import TIER
from surveys.skills.assessment import Assessment
from surveys.skills.city_map import CITY, DIVISION, SECTION, MapCell, Seen, skill_map, tier_gaps
from surveys.skills.coverage import alone_by_division, list_alone, skill_coverage
from surveys.skills.framework import Framework

_HISTORY = (
    Column(texts.WAVE),
    Column(texts.CLOSED_ON, Kind.DAY),
    Column(texts.CLOSED_ON_JAPANESE),
    Column(texts.UNIT),
    Column(texts.AREA),
    Column(texts.SKILL),
    Column(texts.BASE, Kind.COUNT),
    Column(texts.REACHED, Kind.SHARE),
    Column(texts.PUBLICATION),
)
_NUMBERS = tuple(
    Column(title, Kind.COUNT)
    for title in (
        texts.ANSWERING,
        texts.ABLE_LEAST,
        texts.ABLE_MOST,
        texts.ALONE_LEAST,
        texts.ALONE_MOST,
    )
)
_ALONE = (
    Column(texts.DIVISION),
    Column(texts.SECTION),
    Column(texts.SKILL),
    Column(texts.NUMBER, Kind.CODE),
    Column(texts.NAME),
)


def skills_aggregate(framework: Framework, round_: Published, made: Made) -> Book:
    """Charts, the maps by 部 and by 課, the tiers, and every published cell."""
    sheets = [
        _charts(framework, round_),
        _map(framework, round_, DIVISION),
        _map(framework, round_, SECTION),
        _tiers(framework, round_),
        *_coverage(framework, round_),
        *cell_sheets(round_),
    ]
    title = texts.BOOK_SKILLS.format(wave=round_.round.wave).strip()
    return _book(title, made, [round_], sheets, data_sheet(round_))


def skills_history(framework: Framework, rounds: Sequence[Published], made: Made) -> Book:
    """The shares at the target in every published round, of the city and each 部, the oldest first."""
    rows = [row for one in rounds for row in _history(framework, one)]
    table = sheet_of(texts.SHEET_HISTORY, _HISTORY, rows)
    return _book(texts.BOOK_SKILLS_HISTORY, made, rounds, [_trend(framework, rounds), table], table)


def skills_individual(
    framework: Framework,
    latest: Sequence[Assessment],
    rounds: Sequence[Round],
    departments: Sequence[Department],
    people: Sequence[Person],
    made: Made,
) -> Book:
    """Who is the only one of a 課 that can do something alone, of those whose purpose notice let 職員課 know.

    No levels, and nobody else.
    """
    unnamed = {one.id for one in rounds if Role.HR.label not in one.definition.readers}
    untold = {one.person_id for one in latest if one.round_id in unnamed}
    sections = {one.id: one for one in departments}
    names = {one.id: one.name for one in people}
    rows = [
        (
            *_place(sections, one.section_id),
            framework.by_id[one.skill].name,
            one.person_id,
            names.get(one.person_id),
        )
        for one in list_alone(framework, latest)
        if one.person_id not in untold
    ]
    table = sheet_of(texts.SHEET_ALONE, _ALONE, rows)
    told = [(table.title, texts.ABOUT[table.title])]
    notes = (*texts.SKILL_NOTES, *texts.ALONE_NOTES)
    first = legend(texts.BOOK_ALONE, made, [], told, notes, texts.KEPT_PEOPLE)
    return Book(texts.BOOK_ALONE, made.at, (first, table), table)


def _book(title: str, made: Made, rounds: Sequence[Published], sheets: Sequence[Sheet], data: Sheet) -> Book:
    told = [(sheet.title, texts.ABOUT[sheet.title]) for sheet in sheets]
    first = legend(title, made, rounds, told, texts.SKILL_NOTES, texts.KEPT_AGGREGATES)
    return Book(title, made.at, (first, *sheets), data)


def _charts(framework: Framework, round_: Published) -> Sheet:
    """The city at the common target, and each tier at its own."""
    publications = round_.publications
    (city,) = skill_map(framework, publications, CITY, [CITY])
    whole = [
        (skill.name, cell.share)
        for skill, cell in zip(framework.skills, city.cells, strict=True)
        if cell.share is not None
    ]
    figures = [(texts.CHART_CITY, whole)]
    gaps = tier_gaps(framework, publications)
    for tier in framework.tiers:
        points = [
            (framework.by_id[one.skill].name, one.share)
            for one in gaps
            if one.tier == tier.id and one.share is not None
        ]
        figures.append((texts.CHART_TIER.format(tier=tier.label), points))
    return bar_sheet(figures)


def _map(framework: Framework, round_: Published, by: str) -> Sheet:
    """Units by skills, in the city's order."""
    departments = round_.round.departments
    units = [one for one in departments if (one.parent_id is None) == (by == DIVISION)]
    rows = skill_map(framework, round_.publications, by, [one.id for one in units])
    names = {one.id: one.name for one in departments}
    heads = [
        (one.name,) if by == DIVISION else (names.get(one.parent_id or "", ""), one.name) for one in units
    ]
    table = [(*head, *(_share(cell) for cell in row.cells)) for head, row in zip(heads, rows, strict=True)]
    columns = [Column(texts.DIVISION), *([] if by == DIVISION else [Column(texts.SECTION)])]
    frozen = len(columns)
    columns += [Column(skill.name, Kind.SHARE) for skill in framework.skills]
    title = texts.SHEET_MAP_DIVISIONS if by == DIVISION else texts.SHEET_MAP_SECTIONS
    return sheet_of(title, columns, table, frozen)


def _share(cell: MapCell) -> Value:
    """A share as a number; several units' share stands with the merged row only, so that nobody adds it up twice."""
    match cell.seen:
        case Seen.SHOWN:
            return cell.share
        case Seen.HIDDEN | Seen.ABOVE:
            return Mark.HIDDEN
        case Seen.TOGETHER:
            return Mark.TOGETHER
        case Seen.BLANK:
            return None


def _tiers(framework: Framework, round_: Published) -> Sheet:
    labels = {tier.id: tier.label for tier in framework.tiers}
    publications = round_.publications
    asked = _answered(publications)
    rows = []
    for one in tier_gaps(framework, publications):
        told = None if (one.tier, one.skill) not in asked else Mark.HIDDEN
        base, share = (told, told) if one.share is None else (one.base, one.share)
        head = (labels[one.tier], _area(framework, one.skill), framework.by_id[one.skill].name, one.target)
        rows.append((*head, base, share))
    columns = (
        Column(texts.TIER),
        Column(texts.AREA),
        Column(texts.SKILL),
        Column(texts.TARGET, Kind.COUNT),
        Column(texts.BASE, Kind.COUNT),
        Column(texts.REACHED, Kind.SHARE),
    )
    return sheet_of(texts.SHEET_TIERS, columns, rows)


def _coverage(framework: Framework, round_: Published) -> Iterator[Sheet]:
    """Numbers of 課 as ranges, as far as they are published."""
    coverage = [
        (
            _area(framework, one.skill),
            framework.by_id[one.skill].name,
            one.sections,
            *(one.able.low, one.able.high, one.alone.low, one.alone.high),
        )
        for one in skill_coverage(framework, round_.publications)
    ]
    if coverage:
        yield sheet_of(texts.SHEET_COVERAGE, (Column(texts.AREA), Column(texts.SKILL), *_NUMBERS), coverage)
    pairs = alone_by_division(round_.publications)
    names = [(one.id, one.name) for one in round_.round.departments if one.id in pairs]
    if names:
        reliance = [(name, pairs[id_].low, pairs[id_].high) for id_, name in names]
        columns = (
            Column(texts.DIVISION),
            Column(texts.PAIRS_LEAST, Kind.COUNT),
            Column(texts.PAIRS_MOST, Kind.COUNT),
        )
        yield sheet_of(texts.SHEET_RELIANCE, columns, reliance)


def _answered(publications: Sequence[Publication]) -> set[tuple[str, str]]:
    """The pairs of tier and skill that somebody answered for, shown or hidden."""
    return {
        (row.members[0], table.question)
        for one in publications
        for table in one.tables
        if table.by == (TIER,)
        for row in table.rows
        if any(cell.state is not State.BLANK for cell in row.cells)
    }


def _history(framework: Framework, round_: Published) -> Iterator[Row]:
    one = round_.round
    day = date_in_japan(one.closes_at)
    divisions = [unit for unit in one.departments if unit.parent_id is None]
    names = [texts.WHOLE_CITY, *(unit.name for unit in divisions)]
    maps = [
        *skill_map(framework, round_.publications, CITY, [CITY]),
        *skill_map(framework, round_.publications, DIVISION, [unit.id for unit in divisions]),
    ]
    for name, row in zip(names, maps, strict=True):
        for skill, cell in zip(framework.skills, row.cells, strict=True):
            share = _share(cell)
            base = cell.base if cell.seen is Seen.SHOWN else share
            head = (one.wave or one.id, day, japanese_day(day), name, _area(framework, skill.id), skill.name)
            yield (*head, base, share, round_.numbers)


def _trend(framework: Framework, rounds: Sequence[Published]) -> Sheet:
    """The city's lines, a chart for each area."""
    cities = [skill_map(framework, one.publications, CITY, [CITY])[0] for one in rounds]
    places = {skill.id: place for place, skill in enumerate(framework.skills)}
    groups = [
        (
            area.label,
            [
                (skill.name, [city.cells[places[skill.id]].share for city in cities])
                for skill in framework.in_area(area.id)
            ],
        )
        for area in framework.areas
    ]
    return line_sheet([one.wave for one in rounds], groups)


def _area(framework: Framework, skill: str) -> str:
    labels = {area.id: area.label for area in framework.areas}
    return labels[framework.by_id[skill].area]


def _place(departments: Mapping[str, Department], section: str) -> tuple[str | None, str]:
    """The names of a 課's 部 and its own."""
    found = departments.get(section)
    if found is None:
        return None, section
    above = departments.get(found.parent_id or "")
    return above.name if above else None, found.name
