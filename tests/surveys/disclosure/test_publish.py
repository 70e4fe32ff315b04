from dataclasses import replace

import numpy as np
import pytest

from bot.texts.ja import disclosure as texts
from surveys.disclosure import (
    CITY,
    DIVISION,
    SECTION,
    Answers,
    Declared,
    Left,
    Microdata,
    Publication,
    PublicKnowledge,
    Question,
    Refusal,
    Row,
    State,
    Table,
    publish,
)
from surveys.tabulating import tabulate
from tests.surveys.disclosure.rounds import OPTIONS, one_answer, several, with_attribute
from tests.surveys.rounds import counted, sheets, work_round

QUESTION = Question("Q", OPTIONS)
SAFE = {"総務-人事": (12, 9, 8), "総務-文書": (10, 11, 7), "市民-窓口": (9, 9, 9), "市民-相談": (8, 14, 6)}


def published(microdata: Microdata, *by: str, earlier: tuple[Publication, ...] = ()) -> Publication:
    answer = publish(microdata, [Declared("Q", (one,)) for one in by], earlier, PublicKnowledge())
    assert isinstance(answer, Publication)
    return answer


def table(publication: Publication, *by: str) -> Table:
    return next(one for one in publication.tables if one.by == by)


def row(found: Table, *members: str) -> Row:
    return next(one for one in found.rows if one.members == members)


def states(found: Row) -> list[State]:
    return [cell.state for cell in found.cells]


def test_shows_everything_where_every_count_reaches_the_threshold() -> None:
    found = published(one_answer(SAFE, QUESTION), SECTION)
    assert {cell.state for one in found.tables for line in one.rows for cell in line.cells} == {State.SHOWN}
    assert [cell.value for cell in row(table(found, SECTION), "市民-相談").cells] == [8, 14, 6]
    assert row(table(found, DIVISION), "総務").base == 57


def test_adds_the_tables_that_a_declared_one_adds_up_to() -> None:
    found = published(one_answer(SAFE, QUESTION), SECTION)
    assert [one.by for one in found.tables] == [(CITY,), (DIVISION,), (SECTION,)]


def test_hides_a_small_count_and_as_many_others_as_keep_it_unknown() -> None:
    counts = SAFE | {"総務-人事": (12, 9, 3)}
    found = table(published(one_answer(counts, QUESTION), SECTION), SECTION)
    cells = [states(row(found, name)) for name in ("総務-人事", "総務-文書")]
    assert cells[0][2] is State.HIDDEN
    assert sum(cell is State.HIDDEN for line in cells for cell in line) == 4
    assert State.HIDDEN not in states(row(found, "市民-窓口"))


def test_hidden_counts_have_no_value() -> None:
    counts = SAFE | {"総務-人事": (12, 9, 3)}
    found = published(one_answer(counts, QUESTION), SECTION)
    cells = [cell for one in found.tables for line in one.rows for cell in line.cells]
    assert all((cell.value is None) == (cell.state is not State.SHOWN) for cell in cells)


def test_a_group_below_the_threshold_is_given_together_with_another_and_counts_in_its_parent() -> None:
    counts = {"総務-人事": (12, 9, 8), "総務-文書": (1, 1, 1), "総務-契約": (8, 7, 9), "市民-窓口": (9, 9, 9)}
    found = published(one_answer(counts, QUESTION), SECTION)
    assert set(states(row(table(found, SECTION), "総務-文書"))) == {State.MERGED}
    assert row(table(found, SECTION), "総務-文書").base is None
    assert row(table(found, SECTION), "総務-文書", "総務-契約").base == 27
    assert row(table(found, DIVISION), "総務").base == 56


def test_a_section_that_is_all_of_its_division_has_the_divisions_cells() -> None:
    counts = {"議会-議事": (12, 3, 8), "総務-人事": (12, 9, 8), "総務-文書": (10, 11, 7)}
    found = published(one_answer(counts, QUESTION), SECTION)
    assert states(row(table(found, SECTION), "議会-議事")) == states(row(table(found, DIVISION), "議会"))
    assert State.HIDDEN in states(row(table(found, SECTION), "議会-議事"))


def test_nothing_is_published_of_fewer_people_than_the_threshold() -> None:
    found = published(one_answer({"総務-人事": (2, 1, 1)}, QUESTION), SECTION)
    assert found.tables == ()
    assert {one.reason for one in found.left} == {texts.TOO_FEW}


def test_nobody_and_everybody_are_hidden_where_the_question_is_sensitive() -> None:
    counts = {"総務-人事": (20, 0, 12), "総務-文書": (15, 15, 15), "総務-契約": (30, 0, 0)}
    found = published(one_answer(counts, replace(QUESTION, sensitive=True)), SECTION)
    lines = [one for one in table(found, SECTION).rows if len(one.members) == 1]
    values = [(line.base, cell.value) for line in lines for cell in line.cells if cell.value is not None]
    assert all(value not in (0, base) for base, value in values)


def test_nobody_is_shown_where_the_question_is_not_sensitive() -> None:
    counts = {"総務-人事": (20, 0, 12), "総務-文書": (15, 15, 15), "市民-窓口": (30, 9, 9)}
    found = published(one_answer(counts, QUESTION), SECTION)
    assert row(table(found, SECTION), "総務-人事").cells[1].value == 0


def test_hides_how_few_did_not_tick_an_option() -> None:
    question = Question("Q", ("端末", "回線", "その他"), several=True)
    counts = {"総務-人事": (30, (28, 9)), "総務-文書": (30, (12, 14)), "総務-契約": (30, (15, 12))}
    found = table(published(several(counts, question), SECTION), SECTION)
    assert row(found, "総務-人事").cells[0].state is State.HIDDEN


def test_a_level_that_is_never_published_is_left_out_with_the_reason() -> None:
    question = replace(QUESTION, never_by=frozenset({SECTION}))
    answer = publish(
        one_answer(SAFE, question),
        [Declared("Q", (SECTION,)), Declared("Q", (DIVISION,))],
        [],
        PublicKnowledge(),
    )
    assert isinstance(answer, Publication)
    assert [one.by for one in answer.tables] == [(CITY,), (DIVISION,)]
    assert [one.reason for one in answer.left] == [texts.NEVER]


def test_what_is_never_shown_by_section_is_shown_of_no_group_that_is_one() -> None:
    """A 部 that is one 課, another of which one 課 answered, and an attribute that only one 課 has."""
    question = replace(QUESTION, never_by=frozenset({SECTION}))
    cities = {"議会-議会": (12, 13, 11), "監査-監査": (30, 20, 10), "監査-調査": (0, 0, 0)} | SAFE
    answered = one_answer(cities, question)
    codes = np.where(answered.section == 1, 0, 1)
    found = published(with_attribute(answered, "兼務", ("あり", "なし"), codes), DIVISION, "兼務")
    by_division, by_attribute = table(found, DIVISION), table(found, "兼務")
    assert [one.members for one in by_division.rows if one.base] == [("総務",), ("市民",), ("議会", "監査")]
    assert [one.members for one in by_attribute.rows if one.base] == [("あり", "なし")]
    shown = table(published(one_answer(cities, QUESTION), DIVISION), DIVISION)
    assert row(shown, "監査").base == 60, "and of any other question it is"


def test_places_that_stand_for_several_sections_have_rows_of_their_own() -> None:
    question = replace(QUESTION, never_by=frozenset({SECTION}))
    cities = {"議会-議会": (12, 13, 11), "総務-総務": (31, 30, 29), "市民-市民": (22, 33, 28)}
    microdata = replace(one_answer(cities, question), wide=frozenset({"総務-総務", "市民-市民"}))
    found = table(published(microdata, DIVISION), DIVISION)
    assert [one.members for one in found.rows if one.base] == [("総務",), ("議会", "市民")]


def test_what_is_never_shown_by_section_is_not_shown_where_one_only_answered() -> None:
    question = replace(QUESTION, never_by=frozenset({SECTION}))
    alone = one_answer({"議会-議会": (12, 13, 11), "総務-人事": (0, 0, 0)}, question)
    assert published(alone, DIVISION).tables == ()


def test_a_table_without_a_row_is_left_out_with_the_reason() -> None:
    three = dict.fromkeys(("議会-議事", "議会-総務", "議会-調査"), (2, 2, 0))
    answer = published(one_answer(three, QUESTION), SECTION)
    assert [one.by for one in answer.tables] == [(CITY,), (DIVISION,)]
    assert answer.left == (Left(question="Q", by=(SECTION,), reason=texts.TOO_FEW),)


def test_an_option_without_a_safe_form_in_one_breakdown_keeps_the_others() -> None:
    """「特にない」 by kind of work would tell who ticked something; for the city it does not."""
    given = sheets()
    made = tabulate(work_round(), given, counted(given))
    halls = with_attribute(made.microdata, "棟", ("本館", "分館"), np.arange(len(given)) % 2)
    answer = publish(halls, made.declared, [], made.public)
    assert isinstance(answer, Publication)
    of_wish = {one.by: one for one in answer.tables if one.question == "W"}
    assert states(row(of_wish[(CITY,)], CITY)) == [State.SHOWN] * 3
    assert {line.cells[2].state for line in of_wish[("K",)].rows} <= {State.MERGED, State.BLANK}
    assert State.SHOWN in {line.cells[0].state for line in of_wish[("K",)].rows}
    further = publish(halls, [Declared("W", ("棟",))], [answer], made.public)
    assert isinstance(further, Publication)
    assert [states(line) for line in further.tables[0].rows] == [[State.SHOWN] * 3] * 2


def test_options_can_be_counted_together_by_section() -> None:
    groups = (("意見あり", ("賛成", "反対")), ("不明", ("不明",)))
    answer = publish(one_answer(SAFE, QUESTION), [Declared("Q", (SECTION,), groups)], [], PublicKnowledge())
    assert isinstance(answer, Publication)
    assert table(answer, SECTION).columns == ("意見あり", "不明")
    assert row(table(answer, SECTION), "総務-人事").cells[0].value == 21


def test_unknown_values_of_an_attribute_cannot_be_told_by_subtraction() -> None:
    base = one_answer(SAFE, QUESTION)
    codes = [-1 if place in (0, 40) else place % 2 for place in range(len(base.section))]
    found = table(published(with_attribute(base, "職", ("正規", "会計年度"), codes), "職"), "職")
    unknown = next(one for one in found.rows if one.members == ("無回答",))
    assert set(states(unknown)) == {State.MERGED}
    assert sum(line.base or 0 for line in found.rows) == len(base.section)


def test_survives_json() -> None:
    found = published(one_answer(SAFE | {"総務-人事": (12, 9, 3)}, QUESTION), SECTION)
    assert Publication.model_validate_json(found.model_dump_json()) == found


def test_is_the_same_when_made_again() -> None:
    microdata = one_answer(SAFE | {"総務-人事": (12, 2, 3)}, QUESTION)
    assert published(microdata, SECTION) == published(microdata, SECTION)


def test_a_further_table_gets_the_next_number_and_leaves_the_first_alone() -> None:
    microdata = one_answer(SAFE | {"総務-人事": (12, 9, 3)}, QUESTION)
    first = published(microdata, DIVISION)
    second = published(microdata, SECTION, earlier=(first,))
    assert (first.number, second.number) == (1, 2)
    assert [one.by for one in second.tables] == [(SECTION,)]


def test_a_further_table_hides_what_the_first_would_give_away() -> None:
    microdata = one_answer(SAFE | {"総務-人事": (12, 9, 3)}, QUESTION)
    first = published(microdata, SECTION)
    groups = (("言えた", ("賛成", "反対")), ("不明", ("不明",)))
    answer = publish(microdata, [Declared("Q", (SECTION,), groups)], [first], PublicKnowledge())
    if isinstance(answer, Publication):
        assert row(table(answer, SECTION), "総務-人事").cells[1].state is not State.SHOWN
    else:
        assert answer.reason == texts.NOT_WITH_EARLIER


def test_a_further_table_is_refused_where_the_row_of_their_division_told_its_sections() -> None:
    """Two 課 of three people who all agreed: by 部 alone nobody knew that anything is asked of 課."""
    microdata = one_answer(SAFE | {"議会-議事": (3, 0, 0), "議会-総務": (3, 0, 0)}, QUESTION)
    first = published(microdata, DIVISION)
    assert states(row(table(first, DIVISION), "議会"))[0] is State.SHOWN
    answer = publish(microdata, [Declared("Q", (SECTION,))], [first], PublicKnowledge())
    assert answer == Refusal(reason=texts.NOT_WITH_EARLIER)


def test_a_further_table_is_decided_with_the_questions_that_it_concerns_alone() -> None:
    microdata = one_answer(SAFE, QUESTION)
    other = Answers(Question("R", OPTIONS), microdata.answers[0].ticks)
    microdata = replace(microdata, answers=(*microdata.answers, other))
    heard: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> None:
        heard.append((done, of))

    declared = [Declared(one, (DIVISION,)) for one in "QR"]
    first = publish(microdata, declared, [], PublicKnowledge(), progress)
    assert isinstance(first, Publication)
    further = publish(microdata, [Declared("R", (SECTION,))], [first], PublicKnowledge(), progress)
    assert isinstance(further, Publication)
    assert heard == [(1, 2), (2, 2), (1, 1)]


def test_a_further_publication_from_other_answers_is_refused() -> None:
    first = published(one_answer(SAFE, QUESTION), DIVISION)
    fewer = one_answer(SAFE | {"総務-人事": (11, 9, 8)}, QUESTION)
    answer = publish(fewer, [Declared("Q", (SECTION,))], [first], PublicKnowledge())
    assert answer == Refusal(reason=texts.ANSWERS_CHANGED)


def test_what_is_published_already_is_not_published_again() -> None:
    microdata = one_answer(SAFE, QUESTION)
    first = published(microdata, DIVISION)
    answer = publish(microdata, [Declared("Q", (DIVISION,))], [first], PublicKnowledge())
    assert answer == Refusal(reason=texts.NOTHING_NEW)


def test_another_rounds_publications_count_on_but_bind_nothing() -> None:
    first = published(one_answer(SAFE, QUESTION), DIVISION)
    second = replace(one_answer(SAFE | {"総務-人事": (11, 9, 8)}, QUESTION), round_id="次の回")
    assert published(second, DIVISION, earlier=(first,)).number == 2


def test_no_reason_says_a_number() -> None:
    reasons = [texts.TOO_FEW, texts.NEVER, texts.TOO_FINE, texts.NOT_WITH_EARLIER, texts.ANSWERS_CHANGED]
    assert not any(character.isnumeric() for reason in reasons for character in reason)


def test_progress_is_told_question_by_question() -> None:
    heard: list[tuple[int, int]] = []
    publish(
        one_answer(SAFE, QUESTION),
        [Declared("Q", (SECTION,))],
        [],
        PublicKnowledge(),
        lambda done, of: heard.append((done, of)),
    )
    assert heard == [(1, 1)]


@pytest.mark.parametrize(
    "wrong",
    [
        Declared("X", (SECTION,)),
        Declared("Q", ("職",)),
        Declared("Q", ()),
        Declared("Q", (SECTION,), (("一部", ("賛成",)),)),
    ],
)
def test_a_table_that_cannot_exist_is_an_error(wrong: Declared) -> None:
    with pytest.raises(ValueError, match=r"no such|each option"):
        publish(one_answer(SAFE, QUESTION), [wrong], [], PublicKnowledge())


def test_by_section_and_attribute_together_is_too_fine() -> None:
    base = one_answer(SAFE, QUESTION)
    microdata = with_attribute(base, "職", ("正規", "他"), np.arange(len(base.section)) % 2)
    answer = publish(microdata, [Declared("Q", (SECTION, "職"))], [], PublicKnowledge())
    assert isinstance(answer, Publication)
    assert [one.reason for one in answer.left] == [texts.TOO_FINE]


def test_a_sum_that_the_row_of_its_division_tells_is_shown_for_a_section_alone_in_it() -> None:
    counts = {
        "総務-人事": (12, 3, 9),
        "市民-窓口": (14, 2, 8),
        "市民-相談": (11, 4, 9),
        "防災-防災": (20, 2, 7),
    }
    groups = (("賛成", OPTIONS[:1]), ("ほか", OPTIONS[1:]))
    answer = publish(one_answer(counts, QUESTION), [Declared("Q", (SECTION,), groups)], (), PublicKnowledge())
    assert isinstance(answer, Publication)
    above = states(row(table(answer, DIVISION), "防災"))
    assert above[0] is State.SHOWN
    assert above[1:] == [State.HIDDEN, State.HIDDEN]
    assert [cell.value for cell in row(table(answer, SECTION), "防災-防災").cells] == [20, 9]
