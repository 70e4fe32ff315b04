from surveys.disclosure import CITY, DIVISION, SECTION, Question
from tests.surveys.disclosure.rounds import OPTIONS, one_answer
from tests.surveys.disclosure.test_publish import SAFE, published, row, table

QUESTION = Question("Q", OPTIONS)


def test_means_stand_where_all_counts_do() -> None:
    found = published(one_answer(SAFE, QUESTION, values=(1, 2, 3)), SECTION)
    assert row(table(found, SECTION), "総務-人事").mean == round((12 + 18 + 24) / 29, 1)
    assert row(table(found, CITY), CITY).mean is not None


def test_no_mean_by_section_where_a_count_of_the_division_is_hidden() -> None:
    found = published(one_answer(SAFE | {"総務-人事": (12, 9, 3)}, QUESTION, values=(1, 2, 3)), SECTION)
    means = {line.members: line.mean for line in table(found, SECTION).rows}
    assert means["総務-人事",] is None
    assert means["総務-文書",] is None
    assert means["市民-窓口",] is not None


def test_no_mean_that_one_person_makes() -> None:
    counts = {"総務-人事": (30, 0, 0), "総務-文書": (30, 0, 0)}
    microdata = one_answer(counts, QUESTION, values=(0, 1, 2))
    values = microdata.answers[0].values
    assert values is not None
    values[0] = 60
    found = published(microdata, DIVISION)
    assert row(table(found, DIVISION), "総務").mean is None


def test_shares_are_whole_per_cent_of_the_valid_answers() -> None:
    line = row(table(published(one_answer(SAFE, QUESTION), SECTION), SECTION), "総務-人事")
    assert [line.share(column) for column in range(3)] == [41, 31, 28]


def test_no_share_of_a_hidden_count() -> None:
    found = published(one_answer(SAFE | {"総務-人事": (12, 9, 3)}, QUESTION), SECTION)
    assert row(table(found, SECTION), "総務-人事").share(2) is None
