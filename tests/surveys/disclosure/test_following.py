"""A follow-up's tables tell how many gave the answers that lead to it: by 課 only where it, or what it leads to, is by 課."""

from dataclasses import replace

import numpy as np
import pytest

from bench.disclosure import scene_of
from bench.disclosure_attack import Attack
from bench.disclosure_city import Case
from surveys.disclosure import (
    DIVISION,
    SECTION,
    Answers,
    AskedIf,
    Attribute,
    Declared,
    Microdata,
    Publication,
    PublicKnowledge,
    Question,
    State,
    publish,
)
from tests.surveys.disclosure.rounds import OPTIONS, one_answer

PLACES = ("自宅", "市の施設")


def round_of_three() -> Microdata:
    """希望 leads to 場所, and 自宅 there to 道具; ten 課 of about 25 people in two 部."""
    chance = np.random.default_rng(7)
    counts = {
        f"部{at // 5}-課{at}": tuple(int(one) for one in chance.multinomial(25, (0.15, 0.45, 0.4)))
        for at in range(10)
    }
    first = one_answer(counts, Question("希望", OPTIONS))
    wanting = np.asarray(first.answers[0].ticks[:, 1:].any(axis=1))
    home = wanting & (chance.random(len(wanting)) < 0.7)
    place = np.stack([home, wanting & ~home], axis=1)
    tool = np.stack([home & (chance.random(len(home)) < 0.5), np.zeros_like(home)], axis=1)
    tool[:, 1] = home & ~tool[:, 0]
    after = (
        Answers(Question("場所", PLACES, asked_if=AskedIf("希望", frozenset(OPTIONS[1:]))), place),
        Answers(
            Question("道具", ("要る", "要らない"), asked_if=AskedIf("場所", frozenset(PLACES[:1]))), tool
        ),
    )
    return Microdata(first.round_id, first.sections, first.section, (), (*first.answers, *after))


def published(*declared: Declared) -> Publication:
    found = publish(round_of_three(), declared, [], PublicKnowledge())
    assert isinstance(found, Publication)
    return found


def by_section(found: Publication, question: str) -> list[State]:
    table = next(one for one in found.tables if one.question == question and one.by == (SECTION,))
    return [cell.state for row in table.rows for cell in row.cells]


WISH = Declared("希望", (SECTION,))


def test_a_follow_up_that_stays_above_the_sections_leaves_more_of_the_first_question() -> None:
    above = by_section(published(WISH, Declared("場所", (DIVISION,))), "希望")
    beside = by_section(published(WISH, Declared("場所", (SECTION,))), "希望")
    assert above.count(State.SHOWN) > beside.count(State.SHOWN)


def test_a_follow_up_of_the_follow_up_tells_as_much() -> None:
    """Whether 場所 is published or not: who was asked 道具 was asked 場所 before."""
    beside = by_section(published(WISH, Declared("場所", (SECTION,))), "希望")
    for between in ((), (Declared("場所", (DIVISION,)),)):
        assert by_section(published(WISH, *between, Declared("道具", (SECTION,))), "希望") == beside


@pytest.mark.parametrize("question", ["場所", "道具"])
def test_an_answer_that_leads_to_no_question_has_no_row_in_its_tables(question: str) -> None:
    """Nobody who gave it was asked; put together with another row it would look as if some had been."""
    round_ = round_of_three()
    codes = round_.answers[0].ticks.argmax(axis=1).astype(np.int64)
    crossed = replace(round_, attributes=(Attribute("希望", OPTIONS, codes, "希望"),))
    found = publish(crossed, [Declared(question, ("希望",))], [], PublicKnowledge())
    assert isinstance(found, Publication)
    table = next(one for one in found.tables if one.by == ("希望",))
    assert [row.members for row in table.rows] == [(option,) for option in OPTIONS[1:]]
    asked = round_.of(question).valid
    assert [row.base for row in table.rows] == [int((asked & (codes == place)).sum()) for place in (1, 2)]


@pytest.mark.parametrize("place", [DIVISION, SECTION])
@pytest.mark.parametrize("tool", [DIVISION, SECTION])
def test_nobody_finds_a_small_count(place: str, tool: str) -> None:
    declared = (WISH, Declared("場所", (place,)), Declared("道具", (tool,)))
    case = Case(round_of_three(), declared, PublicKnowledge())
    attacked, violations = Attack(scene_of(case), [published(*declared).model_dump_json()]).findings(None)
    assert attacked > 10
    assert violations == []
