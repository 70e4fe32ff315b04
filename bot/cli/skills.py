"""`dxbot skills`: the framework and catalogue, training histories, and the published figures."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.cli.actor import actor
from bot.cli.failing import CommandError
from bot.cli.opening import opened
from bot.cli.shape import JapaneseGroup
from bot.cli.skill_plan import plan_as_json, plan_as_text
from bot.services import Services, Stores
from bot.settings import load_settings
from bot.texts.ja import cli as cli_texts
from bot.texts.ja import development as plan_texts
from bot.texts.ja import skill_map as map_texts
from bot.texts.ja import skills as texts
from staff.store import AuditEvent
from surveys.round import Round, State
from surveys.skills.asking import SURVEY_ID
from surveys.skills.city_map import CITY, DIVISION, MapRow, skill_map
from surveys.skills.development import EVERY_SKILL, read_plan
from surveys.skills.framework import Framework
from surveys.skills.reading import SHIPPED, SkillSet, read_skill_set, skill_set_in_use
from surveys.skills.trainings import read_trainings

FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group(cls=JapaneseGroup, help=cli_texts.SKILLS)
def skills() -> None:
    """Group the commands about skills."""


@skills.command(help=texts.CHECK)
@click.argument("folder", type=FOLDER, default=SHIPPED, metavar="FOLDER")
def check(folder: Path) -> None:
    """Read a framework and its catalogue; what is wrong is told line by line."""
    click.echo(_counted(read_skill_set(folder)))


@skills.command("import", help=texts.IMPORT)
@click.argument("folder", type=FOLDER, metavar="FOLDER")
def import_(folder: Path) -> None:
    """Take a framework and catalogue into use, unless they are wrong or a skill vanished unsaid."""
    with opened(load_settings()) as services:
        in_use = skill_set_in_use(services.stores.skills)
        found = read_skill_set(folder, in_use.framework)
        body = found.model_dump_json(by_alias=True)

        def work(stores: Stores) -> int:
            number = stores.skills.add_set(body, services.clock())
            stores.audit.append(_event(services, "skills.import", found.framework.version, number=number))
            return number

        number = services.stores.transaction(work)
    click.echo(texts.IMPORTED.format(version=found.framework.version, number=number, told=_counted(found)))


@skills.command(help=texts.TRAININGS)
@click.argument("file", type=FILE, metavar="FILE")
def trainings(file: Path) -> None:
    """Import a training history; one wrong row stops all of it."""
    with opened(load_settings()) as services:
        known = {person.id for person in services.stores.directory.list_people()}
        catalogue = skill_set_in_use(services.stores.skills).catalogue
        found = read_trainings(file.name, file.read_bytes(), known, catalogue, services.today())

        def work(stores: Stores) -> int:
            new = stores.skills.add_trainings(found)
            stores.audit.append(_event(services, "skills.trainings", file.name, rows=len(found), new=new))
            return new

        new = services.stores.transaction(work)
    click.echo(texts.TRAININGS_DONE.format(rows=len(found), new=new))


@skills.command(help=texts.RESULTS)
@click.option("--round", "round_id", default="", help=texts.ROUND_OPTION)
@click.option("--json", "as_json", is_flag=True, help=texts.JSON_OPTION)
def results(round_id: str, as_json: bool) -> None:
    """Print what was published of a round, by 部; the newest one unless told otherwise."""
    with opened(load_settings()) as services:
        framework = skill_set_in_use(services.stores.skills).framework
        round_ = _published(services, round_id)
        publications = services.stores.publications.list_publications(round_.id)
        divisions = [one.id for one in round_.departments if one.parent_id is None]
        rows = [
            *skill_map(framework, publications, CITY, [CITY]),
            *skill_map(framework, publications, DIVISION, divisions),
        ]
        names = {one.id: one.name for one in round_.departments}
    click.echo(_as_json(framework, rows, names) if as_json else _as_text(framework, rows, names))


@skills.command(help=plan_texts.PLAN_COMMAND)
@click.option("--skill", default=EVERY_SKILL, help=plan_texts.SKILL_OPTION)
@click.option("--json", "as_json", is_flag=True, help=plan_texts.JSON_OPTION)
def plan(skill: str, as_json: bool) -> None:
    """Print the 育成計画: actual and target by 年度, of the tiers or of one skill."""
    with opened(load_settings()) as services:
        stores = services.stores
        found = read_plan(stores.skills, stores.surveys, stores.publications, services.today())
    if skill != EVERY_SKILL and not found.of_skill(skill):
        raise CommandError([plan_texts.NO_SUCH_SKILL])
    click.echo(plan_as_json(found) if as_json else plan_as_text(found, skill))


def _published(services: Services, round_id: str) -> Round:
    stores = services.stores
    closed = [
        one
        for one in stores.surveys.list_rounds(State.CLOSED, SURVEY_ID)
        if stores.publications.published_at(one.id) is not None and round_id in ("", one.id)
    ]
    if not closed:
        raise CommandError([texts.NOTHING_PUBLISHED])
    return closed[-1]


def _as_text(framework: Framework, rows: list[MapRow], names: dict[str, str]) -> str:
    lines = []
    for row in rows:
        lines.append(f"{names.get(row.unit, row.unit)}:")
        for skill, cell in zip(framework.skills, row.cells, strict=True):
            told = map_texts.HIDDEN if cell.share is None else f"{cell.share}%"
            lines.append(f"  {skill.name}: {map_texts.BLANK if cell.seen == 'blank' else told}")
    return "\n".join(lines)


def _as_json(framework: Framework, rows: list[MapRow], names: dict[str, str]) -> str:
    told = [
        {
            "unit": row.unit,
            "name": names.get(row.unit, row.unit),
            "skills": {
                skill.id: {
                    "state": cell.seen.value,
                    "share": cell.share,
                    "base": cell.base,
                    "median": cell.median,
                }
                for skill, cell in zip(framework.skills, row.cells, strict=True)
            },
        }
        for row in rows
    ]
    return json.dumps(told, ensure_ascii=False)


def _counted(found: SkillSet) -> str:
    return texts.CHECKED.format(
        title=found.framework.title,
        version=found.framework.version,
        skills=len(found.framework.skills),
        resources=len(found.catalogue.resources),
    )


def _event(services: Services, action: str, target: str, **detail: str | int) -> AuditEvent:
    return AuditEvent(at=services.clock(), actor=actor(), action=action, target=target, detail=detail)
