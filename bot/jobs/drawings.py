"""Draws the charts of published results ahead, so that no reader waits for a drawing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

from bot.charts.chart import Chart
from bot.charts.keeping import key_of, look
from bot.charts.picture import NoPicture, svg_of
from bot.faults import report
from bot.handlers.result_parts import charts_of
from bot.jobs.apart import Apart, Stopped
from bot.services import Services
from surveys.round import State
from surveys.waves import rounds_until

Draw = Callable[[Sequence[Chart]], Mapping[str, str]]
APART = Apart()
log = logging.getLogger(__name__)


def draw_results_apart(services: Services) -> Mapping[str, int]:
    """The same with the drawing in a process of its own, which `APART.stop()` ends; it is begun anew at the next start."""
    return draw_results(services, _draw_apart)


def draw_results(
    services: Services, draw: Draw = lambda charts: drawn(charts, lambda: None)
) -> Mapping[str, int]:
    """Draw every published round whose drawings are not there, or are of another publication or another version of ours."""
    stores = services.stores
    numbers, marks, done = stores.publications.list_numbers(), stores.drawings.list_marks(), 0
    for round_ in stores.surveys.list_rounds(State.CLOSED):
        if round_.id not in numbers:
            continue
        shown = [(one.id, numbers.get(one.id, 0)) for one in rounds_until(stores.surveys, round_)]
        mark = sha256(f"{look()} {shown}".encode()).hexdigest()[:16]
        if marks.get(round_.id) == mark:
            continue
        try:
            drawings = draw(list(dict.fromkeys(charts_of(stores, round_))))
        except Stopped:
            log.info("charts of %s: stopped, and drawn at the next start", round_.id)
        except Exception as error:  # one round that cannot be drawn holds no other up
            report(f"charts of {round_.id}", error)
        else:
            stores.drawings.keep_drawings(round_.id, mark, drawings)
            done += len(drawings)
    return {"drawn": done}


def drawn(charts: Sequence[Chart], tell: Callable[..., None]) -> Mapping[str, str]:
    """The SVG of each chart that can be drawn, by its key."""
    found = {}
    for chart in charts:
        try:
            found[key_of(chart)] = svg_of(chart)
        except NoPicture as problem:
            report("drawing a chart", problem.__cause__ or problem)
    tell()
    return found


def _draw_apart(charts: Sequence[Chart]) -> Mapping[str, str]:
    drawings: Mapping[str, str] = APART.run(drawn, charts, tell=lambda: None)
    return drawings
