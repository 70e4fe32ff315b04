"""Charts of published results are drawn ahead, by the worker alone, and again when there is something new to draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import islice

import pytest

from bot.charts.chart import Chart
from bot.charts.keeping import key_of
from bot.charts.picture import forget_pictures, svg_of
from bot.handlers.result_parts import charts_of
from bot.jobs.apart import Stopped
from bot.jobs.drawings import draw_results, draw_results_apart, drawn
from bot.jobs.results import publish_results
from bot.services import Services
from storage.stores import SqlStores
from surveys.disclosure import Declared
from surveys.publishing import publish_more
from tests.surveys.city import city
from tests.surveys.rounds import answer_round, work_round
from tests.surveys.samples import NOW


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    made = city(sqlite_stores, NOW + timedelta(days=8))
    answer_round(sqlite_stores.surveys, work_round())
    assert publish_results(made)["published"] == 1
    return made


def counting(drawn_: list[Chart]) -> Callable[[Sequence[Chart]], Mapping[str, str]]:
    def draw(charts: Sequence[Chart]) -> Mapping[str, str]:
        drawn_.extend(charts)
        return {key_of(chart): f"<svg>{chart.title}</svg>" for chart in charts}

    return draw


def test_every_chart_of_a_publication_is_drawn_once_and_found(services: Services) -> None:
    seen: list[Chart] = []
    assert draw_results(services, counting(seen))["drawn"] == len(seen) > 20
    assert draw_results(services, counting(seen))["drawn"] == 0
    round_ = services.stores.surveys.find_round("round-1")
    assert round_ is not None
    for chart in charts_of(services.stores, round_):
        assert services.stores.drawings.find_drawing(key_of(chart)) == f"<svg>{chart.title}</svg>"


def test_a_further_table_and_another_way_of_drawing_are_drawn_anew(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Chart] = []
    draw_results(services, counting(seen))
    before = len(seen)
    round_ = services.stores.surveys.find_round("round-1")
    assert round_ is not None
    publish_more(round_, [Declared("K", ("課",))], services.stores.publications, services.clock())
    assert draw_results(services, counting(seen))["drawn"] > before
    monkeypatch.setattr("bot.jobs.drawings.look", lambda: "another version")
    assert draw_results(services, counting(seen))["drawn"] > before


def test_stopped_while_drawing_it_begins_anew(services: Services) -> None:
    def stopped(_: Sequence[Chart]) -> Mapping[str, str]:
        raise Stopped

    assert draw_results(services, stopped)["drawn"] == 0
    assert services.stores.drawings.list_marks() == {}
    assert draw_results(services, counting([]))["drawn"] > 0


def test_drawn_apart_it_is_the_drawing_of_this_process(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = services.stores.surveys.find_round("round-1")
    assert round_ is not None
    two = list(islice(charts_of(services.stores, round_), 2))
    monkeypatch.setattr("bot.jobs.drawings.charts_of", lambda stores, of: two)
    assert draw_results_apart(services)["drawn"] == 2
    for chart in reversed(two):
        forget_pictures()
        assert services.stores.drawings.find_drawing(key_of(chart)) == svg_of(chart)


def test_what_cannot_be_drawn_costs_no_other() -> None:
    tower = Chart.of(((str(place), 1.0) for place in range(500)), title="塔", alt="塔")
    small = Chart.of((("一", 1.0), ("二", 2.0)), title="小", alt="小")
    assert list(drawn((tower, small), lambda: None)) == [key_of(small)]
