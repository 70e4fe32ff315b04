"""The plan's questions from published counts."""

from random import Random

import pytest

from bot.charts.chart import Chart
from bot.handlers.telework_results import telework_parts
from bot.messages import Items, Paragraph
from bot.texts.ja import results as texts
from surveys.definition import Definition
from surveys.disclosure import CITY, Cell, Publication, State, publish
from surveys.loading import load_definition
from surveys.question import STORED
from surveys.results import Reading, tables_of
from surveys.round import Round
from surveys.submission import Sheet
from surveys.tabulating import tabulate
from surveys.telework import estimate
from surveys.waves import Wave
from tests.surveys.rounds import attributes_of, counted, work_members, work_round

WISHES = ("monthly", "weekly", "few_weekly", "mostly", "hours", "few_monthly")


def needs(without: str = "") -> tuple[Round, Publication]:
    """The needs survey as it ships, or as a city has it that took a question out."""
    shipped = load_definition("telework-needs")
    value = shipped.model_dump(mode="json", exclude_unset=True)
    value["questions"] = [one for one in value["questions"] if one["id"] != without]
    value["tables"] = [one for one in value["tables"] if without not in (one["question"], *one["by"])]
    value["breakdowns"] = [one for one in value["breakdowns"] if one != without]
    definition = shipped if not without else Definition.model_validate(value, context={STORED: True})
    round_ = work_round().model_copy(update={"survey_id": "telework-needs", "definition": definition})
    chance = Random(3)
    sheets = [
        Sheet(
            attributes=attributes_of(member),
            answers={
                "N3": chance.choice(["counter", "office"]),
                "N5": chance.choice(WISHES),
                "N7": {"documents": chance.choice(["can", "partly", "hard"]), "calls": "hard"},
                "N8": (chance.choice(["counter", "paper"]),),
                "N9": chance.choice(["own", "shared"]),
                "N10": (chance.choice(["residents", "terminal"]),),
            },
        )
        for member in work_members()
    ]
    made = tabulate(round_, sheets, counted(sheets))
    answer = publish(made.microdata, made.declared, [], made.public)
    assert isinstance(answer, Publication)
    return round_, answer


def test_the_telework_page_answers_the_plan() -> None:
    round_, publication = needs()
    tables = tables_of([publication])
    parts = list(telework_parts([Wave(round_, tables)], Reading(), 120))
    charts = {part.title: part for part in parts if isinstance(part, Chart)}
    assert set(charts) == {texts.SUITABLE, texts.OBSTACLES}
    assert charts[texts.SUITABLE].columns[1] == "資料作成"
    assert any(isinstance(part, Paragraph) and part.label == texts.TERMINALS for part in parts)
    found = estimate(tables, 120)
    row = tables["N5", (CITY,)].rows[0]
    assert found is not None
    assert found.licences == (row.base, row.base)
    assert 0 < found.terminals[0] < found.terminals[1] <= 120
    larger = estimate(tables, 240)
    assert larger is not None
    assert larger.terminals[0] == found.terminals[0]
    assert larger.licences[1] == 2 * found.licences[1]


def test_work_of_which_all_is_withheld_is_told_in_a_sentence() -> None:
    round_, publication = needs()
    hidden = Cell(state=State.HIDDEN)
    tables = {
        key: table.model_copy(
            update={
                "rows": tuple(
                    row.model_copy(update={"cells": (hidden,) * len(row.cells)}) for row in table.rows
                )
            }
        )
        if key[1] == ("N3",)
        else table
        for key, table in tables_of([publication]).items()
    }
    parts = list(telework_parts([Wave(round_, tables)], Reading(), 120))
    assert texts.SUITABLE not in {part.title for part in parts if isinstance(part, Chart)}
    (said,) = [part for part in parts if isinstance(part, Paragraph) and part.label == texts.SUITABLE]
    assert said.text == texts.TOO_FEW_BY_WORK


def test_no_estimate_where_a_wish_is_hidden() -> None:
    _, publication = needs()
    assert estimate(tables_of([]), 120) is None
    table = tables_of([publication])["N5", (CITY,)]
    cells = tuple(cell.model_copy(update={"value": None}) for cell in table.rows[0].cells)
    hidden = table.model_copy(update={"rows": (table.rows[0].model_copy(update={"cells": cells}),)})
    assert estimate({("N5", (CITY,)): hidden}, 120) is None


@pytest.mark.parametrize("gone", ["N3", "N4", "N5", "N7", "N8", "N9", "N10"])
def test_what_the_city_has_taken_out_of_its_copy_is_left_out_of_the_page(gone: str) -> None:
    round_, publication = needs(gone)
    parts = list(telework_parts([Wave(round_, tables_of([publication]))], Reading(), 120))
    words = [part.label for part in parts if isinstance(part, Paragraph)]
    assert (texts.TERMINALS in words) == (gone != "N5")
    assert (texts.OBSTACLES in {part.title for part in parts if isinstance(part, Chart)}) == (gone != "N8")
    assert any(isinstance(part, Items) for part in parts) == (gone != "N10")
