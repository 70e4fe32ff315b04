"""技量の見える化 in chat: the shares at target of the city, the own 部 and the own 課, as published."""

from __future__ import annotations

from collections.abc import Sequence

from bot.charts.chart import HIDDEN, Chart, Series, Value
from bot.handlers.console import public_address
from bot.handlers.refusing import permitted
from bot.handlers.skills.page import skill_set
from bot.messages import Action, Paragraph, Reply, Request, link_to
from bot.services import Services
from bot.texts.ja import skill_map as texts
from staff.model import Person
from staff.permissions import Permission
from surveys.disclosure import Publication
from surveys.round import Round, State
from surveys.skills.asking import SURVEY_ID
from surveys.skills.city_map import CITY, DIVISION, SECTION, MapCell, Seen, skill_map
from surveys.skills.framework import Framework

MAP_PATH = "/console/skills"
MOST_TOLD = 3


def show_map(request: Request, services: Services) -> Reply:
    """The newest published round, for whoever may see the map; the page has every 部 and 課."""
    if refusal := permitted(request, Permission.SKILLS_MAP):
        return refusal
    assert request.person is not None  # noqa: S101 (the permission needs somebody known)
    found = _newest(services)
    if found is None:
        return Reply(title=texts.TITLE, parts=(Paragraph(text=texts.NO_ROUND),))
    chart = map_chart(skill_set(services).framework, *found, request.person)
    return Reply(
        title=texts.TITLE,
        parts=(
            Paragraph(text=texts.INTRO),
            chart,
            Paragraph(text=texts.LEGEND + texts.HIDDEN_LEGEND, tone="note"),
        ),
        actions=_page(request, services),
    )


def map_chart(framework: Framework, round_: Round, publications: list[Publication], person: Person) -> Chart:
    """A row for each skill; columns: the city, and of the person's 課 its 部 and itself."""
    units = [(texts.WHOLE, CITY, CITY)]
    own = next((one for one in round_.departments if one.id == person.department_id), None)
    above = next((one for one in round_.departments if own and one.id == own.parent_id), None)
    units += [(above.name, DIVISION, above.id)] if above else []
    units += [(own.name, SECTION, own.id)] if own and above else []
    series = []
    for name, by, unit in units:
        (row,) = skill_map(framework, publications, by, [unit])
        series.append(Series(name=name, values=tuple(map(_value, row.cells))))
    names = tuple(skill.name for skill in framework.skills)
    return Chart(
        title=texts.MAP_OF_OWN,
        style="heatmap",
        unit="%",
        labels=names,
        series=tuple(series),
        maximum=100.0,
        alt=texts.map_said(_lowest(names, series[0])),
    )


def _value(cell: MapCell) -> Value:
    if cell.share is not None:
        return float(cell.share)
    return None if cell.seen is Seen.BLANK else HIDDEN


def _lowest(names: Sequence[str], city: Series) -> list[tuple[str, float]]:
    shares = [
        (name, value) for name, value in zip(names, city.values, strict=True) if isinstance(value, float)
    ]
    return sorted(shares, key=lambda one: one[1])[:MOST_TOLD]


def _newest(services: Services) -> tuple[Round, list[Publication]] | None:
    stores = services.stores
    for round_ in reversed(stores.surveys.list_rounds(State.CLOSED, SURVEY_ID)):
        if published := stores.publications.list_publications(round_.id):
            return round_, published
    return None


def _page(request: Request, services: Services) -> tuple[Action, ...]:
    base = "" if request.channel == "web" else public_address(services.settings)
    if request.channel != "web" and not base:
        return ()
    return (link_to(f"{base}{MAP_PATH}", texts.SEE_ALL),)
