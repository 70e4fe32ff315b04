"""HR's files in the attacker's hands; `python -m bench disclosure-files` takes thirty cities."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bench.disclosure import attacks_on, published_waves
from bench.disclosure_baselines import naive
from bench.disclosure_files import attack_files, differing, numbers_in, read_back
from surveys.disclosure import Microdata, Publication, Table


def test_screens_and_files_together_give_nothing_away() -> None:
    found = attack_files(11)
    assert found.score.attacked > 100
    assert found.numbers > 100
    assert (found.score.violations, found.surplus) == (0, 0)


def test_a_file_that_shows_more_than_the_screens_is_found_and_breaks_them() -> None:
    case, publications = next(iter(published_waves(11)))
    said = [one.model_dump_json() for one in publications]
    told = [table for one in publications for table in one.model_dump(mode="json")["tables"]]
    leaking = publications[0].model_copy(update={"tables": tuple(_usual(case.microdata, publications[0]))})
    fresh = differing(list(read_back(case.microdata, [leaking])), told)
    assert numbers_in(fresh) > 0
    scores = attacks_on(case, [*said, json.dumps({"tables": fresh})], 11)
    assert sum(one.violations for one in scores) > 0


def _usual(microdata: Microdata, publication: Publication) -> Iterator[Table]:
    """The tables with only small counts hidden, as results pages usually do."""
    given = [table.model_dump(mode="json") for table in publication.tables]
    by_name = {(one["question"], *one["by"]): one["rows"] for one in naive(microdata, given)}
    for table in given:
        rows = by_name.get((table["question"], *table["by"]), table["rows"])
        yield Table.model_validate({**table, "rows": rows})
