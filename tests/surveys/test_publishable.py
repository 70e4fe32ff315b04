"""Whatever a check of definitions accepts can be published once its round is closed."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
import yaml

from storage.stores import SqlStores
from surveys.definition import Definition
from surveys.loading import DefinitionError, read_definition
from surveys.publishing import publish_round
from surveys.question import Kind, Question
from surveys.results import Reading, figure_of
from surveys.round import Round, State
from surveys.store import Kept
from surveys.submission import Submission
from tests.surveys.rounds import DEPARTMENTS, HEADS, SECTIONS, work_members
from tests.surveys.samples import NOW, planned

SEEDS = range(40)
TRIES = 200
SHARE = 0.4


def random_definition(chance: Random) -> Definition:
    """The first of many drafts that a check accepts."""
    for _ in range(TRIES):
        draft = yaml.safe_dump(_draft(chance), allow_unicode=True)
        try:
            return read_definition(draft.encode(), "下書き.yaml")
        except DefinitionError:
            continue
    raise AssertionError("no draft was accepted")


def _draft(chance: Random) -> dict[str, Any]:
    questions = [_question(chance, name) for name in ("A", "B", "C")[: chance.randint(1, 3)]]
    ways = ["課", "部", "全庁", *(one["id"] for one in questions)]
    draft = {
        "id": "draft",
        "title": "下書き",
        "purpose": "試すため",
        "readers": "試す人",
        "identity": chance.choice(["named", "confidential", "anonymous"]),
        "questions": questions,
        "breakdowns": chance.choice([[], [], [chance.choice(questions)["id"]]]),
        "tables": [
            {"question": chance.choice(questions)["id"], "by": chance.sample(ways, min(size, len(ways)))}
            for size in chance.choice([[], [1], [2], [2, 1]])
        ],
    }
    kept = chance.choice([None, [], ["role"], ["division"], ["section"], ["division", "role"]])
    return draft if kept is None else draft | {"attributes": kept}


def _question(chance: Random, name: str) -> dict[str, Any]:
    kind = chance.choice(list(Kind))
    more: dict[str, Any] = {}
    if kind.is_closed:
        options = ["1", "2", "3", "4", "5"] if kind is Kind.SCALE5 else ["あ", "い", "う"]
        more = {"options": options, "besides": chance.choice([[], ["答えたくない"]])}
        if kind is Kind.MATRIX:
            more["rows"] = ["甲", "乙"]
        if kind in (Kind.SINGLE, Kind.SCALE5):
            more["somebody"] = chance.choice([[], options[:1]])
        if kind is Kind.MULTI:
            more |= chance.choice([{}, {"exclusive": options[-1:]}, {"most": 2}])
        else:
            more["by_section"] = chance.choice([[], [{"前": options[:1]}, {"後": options[1:]}]])
    elif kind is Kind.NUMBER:
        more = chance.choice([{}, {"minimum": 0}, {"minimum": 0, "maximum": 9, "step": 0.5}])
        more["bins"] = chance.choice([[], [0, 5], [0, 1, 3, 6]])
    never = chance.choice([[], [], ["課"], ["部"], ["全庁"]])
    return {"id": name, "type": kind.value, "text": f"質問{name}", "never_by": never, **more} | (
        {"sensitive": True} if chance.random() < 0.2 else {}
    )


def _answer(question: Question, chance: Random) -> Any:
    ids = [option.id for option in question.choices]
    match question.type:
        case Kind.MULTI:
            return tuple(chance.sample(ids[:2], 1))
        case Kind.MATRIX:
            return {row.id: chance.choice(ids) for row in question.rows}
        case Kind.NUMBER:
            return float(chance.randint(0, 9))
        case Kind.DATE:
            return "2026-11-24"
        case kind if kind.is_text:
            return "ご意見"
        case _:
            return chance.choice(ids)


def _answers(definition: Definition, chance: Random) -> Mapping[str, Any]:
    return {one.id: _answer(one, chance) for one in definition.questions if chance.random() < 0.9}


def closed_round(stores: SqlStores, definition: Definition, chance: Random) -> Round:
    """A round of six 課 that some people have answered."""
    opened = planned(definition).model_copy(
        update={"state": State.OPEN, "departments": DEPARTMENTS, "headcounts": dict.fromkeys(SECTIONS, HEADS)}
    )
    assert stores.surveys.plan_round(opened.model_copy(update={"state": State.PLANNED}))
    assert stores.surveys.open_round(opened, work_members())
    for member in work_members():
        if chance.random() < SHARE:
            sent = Submission(
                round_id=opened.id,
                person_id=member.person_id,
                revision=1,
                sent_at=NOW,
                attributes=opened.attributes_of(member),
                answers=_answers(definition, chance),
            )
            assert stores.surveys.keep_submission(sent) is Kept.STORED
    assert stores.surveys.close_round(opened.id)
    found = stores.surveys.find_round(opened.id)
    assert found is not None
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_check_accepts_is_published(sqlite_stores: SqlStores, seed: int) -> None:
    chance = Random(seed)
    definition = random_definition(chance)
    round_ = closed_round(sqlite_stores, definition, chance)
    assert publish_round(round_, sqlite_stores.surveys, sqlite_stores.publications, NOW)
    (publication,) = sqlite_stores.publications.list_publications(round_.id)
    for table in publication.tables:
        assert figure_of(round_, table, Reading()).lines


@pytest.mark.parametrize("kept", ["", "role"])
def test_a_round_that_keeps_no_place_is_published_for_the_city_alone(
    sqlite_stores: SqlStores, kept: str
) -> None:
    text = f"id: x\ntitle: t\npurpose: p\nreaders: r\nattributes: [{kept}]\nquestions: [{{id: A, type: single, text: q, options: [a, b]}}]"
    round_ = closed_round(sqlite_stores, read_definition(text.encode(), "x.yaml"), Random(1))
    assert publish_round(round_, sqlite_stores.surveys, sqlite_stores.publications, NOW)
    (publication,) = sqlite_stores.publications.list_publications(round_.id)
    ways = {table.declared.by for table in publication.tables} | {one.by for one in publication.left}
    assert ways == {("全庁",), *([("役割",)] if kept else [])}
