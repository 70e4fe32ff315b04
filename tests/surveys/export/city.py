"""Rounds of the made-up city that are closed and published, with every kind of cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.services import Stores
from surveys.definition import Definition
from surveys.disclosure import CITY, DIVISION, SECTION, Cell, Publication, Row, State, Table
from surveys.disclosure.publication import Known, Together
from surveys.round import Round
from surveys.skills.asking import TIER, survey_of
from surveys.skills.reading import read_skill_set
from surveys.store import Kept
from surveys.submission import Submission
from tests.surveys.city import open_round
from tests.surveys.content import shipped

PUBLISHED_AT = datetime(2026, 12, 8, tzinfo=UTC)
FRAMEWORK = read_skill_set().framework
LEVELS = ("0", "1", "2", "3", "4")
HIDDEN, MERGED, BLANK = (Cell(state=state) for state in (State.HIDDEN, State.MERGED, State.BLANK))
WHOLE_CITY = (0, 12, 20, 13, 5)


def shown(*values: int) -> tuple[Cell, ...]:
    """Counts that anybody may see."""
    return tuple(Cell(state=State.SHOWN, value=value) for value in values)


def publish(stores: Stores, round_: Round, tables: tuple[Table, ...]) -> Publication:
    """Close the round with these tables published."""
    known = Known(headcounts={}, responses={})
    made = Publication(number=1, round_id=round_.id, tables=tables, known=known, source="s")
    stores.surveys.close_round(round_.id)
    stores.publications.add_publication(made, PUBLISHED_AT)
    return made


def publish_skills(stores: Stores, id_: str = "skills-1") -> Publication:
    """Two skills, one of them for the city alone: shown and 0 for the city, hidden in a 部, given together by 課, nobody in another."""
    round_ = open_round(stores, survey_of(FRAMEWORK), id_)
    split = (MERGED, MERGED, *shown(9, 3, 0))
    pair = Together(columns=(0, 1), cell=shown(8)[0])
    rows = {
        CITY: [Row(members=(CITY,), base=50, cells=shown(*WHOLE_CITY))],
        DIVISION: [
            Row(members=("D10",), base=20, cells=split, together=(pair,)),
            Row(members=("D20",), base=30, cells=(HIDDEN,) * 5),
        ],
        TIER: [
            Row(members=("general",), base=30, cells=shown(0, 5, 10, 10, 5)),
            Row(members=("leader",), base=20, cells=(HIDDEN,) * 5),
            Row(members=("manager",), base=None, cells=(BLANK,) * 5),
        ],
    }
    groups = (("目標未満", ("0", "1")), ("目標以上", ("2", "3", "4")))
    sections = (
        Row(members=("D11",), base=20, cells=shown(8, 12)),
        Row(members=("D21",), base=None, cells=(MERGED, MERGED)),
        Row(members=("D22",), base=None, cells=(MERGED, MERGED)),
        Row(members=("D21", "D22"), base=30, cells=(HIDDEN, HIDDEN)),
    )
    tables = [_table("sheet", by, LEVELS, found) for by, found in rows.items()]
    by_section = Table(
        question="sheet",
        by=(SECTION,),
        groups=groups,
        columns=tuple(label for label, _ in groups),
        several=False,
        threshold=5,
        rows=sections,
    )
    other = _table("ai", CITY, LEVELS, [Row(members=(CITY,), base=50, cells=shown(10, 10, 10, 10, 10))])
    return publish(stores, round_, (*tables, by_section, other))


def publish_telework(
    stores: Stores, id_: str = "usage-1", name: str = "telework-usage", **more: object
) -> Publication:
    """Days of telework by city with their mean, one range hidden in a 部."""
    round_ = open_round(stores, shipped(name, **more), id_)
    columns = _options(round_.definition, "U9")
    city = Row(members=(CITY,), base=40, cells=shown(*range(len(columns))), mean=2.5, mean_base=39)
    division = Row(members=("D10",), base=20, cells=(HIDDEN, *shown(*range(1, len(columns)))))
    return publish(
        stores, round_, (_table("U9", CITY, columns, [city]), _table("U9", DIVISION, columns, [division]))
    )


def publish_own_words(
    stores: Stores, said: Mapping[str, str], id_: str = "needs-1", **more: object
) -> Publication:
    """A closed round of the telework needs in which these people (職員番号) wrote this at its question for free text."""
    round_ = open_round(stores, shipped("telework-needs", **more), id_)
    for member in stores.surveys.list_waiting(id_):
        text = said.get(member.person_id)
        submission = Submission(
            round_id=id_,
            person_id=member.person_id,
            revision=1,
            sent_at=round_.opens_at,
            attributes=round_.attributes_of(member),
            answers={"N1": "yes"} if text is None else {"N12": text, "N1": "yes"},
        )
        assert stores.surveys.keep_submission(submission) is Kept.STORED
    return publish(stores, round_, ())


def _options(definition: Definition, question: str) -> tuple[str, ...]:
    return tuple(option.id for option in definition.by_id[question].options)


def _table(question: str, by: str, columns: tuple[str, ...], rows: list[Row]) -> Table:
    return Table(question=question, by=(by,), columns=columns, several=False, threshold=5, rows=tuple(rows))
