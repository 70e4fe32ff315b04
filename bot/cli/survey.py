"""`dxbot survey`: check definitions, run rounds."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from bot.cli.actor import actor
from bot.cli.failing import USAGE, CommandError
from bot.cli.opening import opened
from bot.cli.shape import JapaneseGroup
from bot.handlers.further_tables import NoSuchTable, add_table
from bot.handlers.survey_choosing import definition_named
from bot.handlers.survey_rounds import begin, close, drop, remind, set_absent, to_stay
from bot.handlers.survey_seat import until
from bot.handlers.survey_troubles import unpublished, what_to_do, why_unpublished
from bot.jobs.results import attempt
from bot.services import Services
from bot.settings import load_settings
from bot.texts.ja import cli as cli_texts
from bot.texts.ja import results as result_texts
from bot.texts.ja import survey_rounds as texts
from surveys.disclosure import Publication, Refusal
from surveys.loading import load_definition
from surveys.opening import section_ids
from surveys.rates import standing, whole
from surveys.results import Figure, Reading, figure_of, tables_of, way_label
from surveys.round import Round, State
from surveys.schedule import LONGEST_WAVE, plan_next, plan_round


@click.group(cls=JapaneseGroup, help=cli_texts.SURVEY)
def survey() -> None:
    """Group the commands about surveys."""


@survey.command(help=texts.CHECK)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def check(files: Sequence[str]) -> None:
    """Read each definition; the first one that is wrong ends with exit code 1 and a line for each mistake."""
    for name in files:
        definition = load_definition(name)
        click.echo(
            texts.CHECKED.format(
                title=definition.title,
                questions=len(definition.questions),
                pages=len(definition.pages),
                channels="、".join(definition.allowed_channels),
            )
        )


@survey.command("open", help=texts.OPEN)
@click.argument("name", metavar="FILE")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help=texts.ON_OPTION)
@click.option("--days", type=click.IntRange(1, 250), help=texts.DAYS_OPTION)
@click.option("--wave", default="", help=texts.WAVE_OPTION)
@click.option("--pilot", multiple=True, metavar="課", help=texts.PILOT_OPTION)
def open_(name: str, on: datetime | None, days: int | None, wave: str, pilot: Sequence[str]) -> None:
    """Plan a round, and open it when its day has come."""
    if len(wave) > LONGEST_WAVE or not wave.isprintable():
        raise CommandError([texts.WAVE_WRONG.format(most=LONGEST_WAVE)], USAGE)
    with opened(load_settings()) as services:
        definition = definition_named(name, services.stores)
        day = _day(services, on)
        pilots = section_ids(pilot, services.stores.directory.list_departments())
        planned = plan_round(definition, day, services.calendar, days=days, wave=wave, pilots=pilots)
        if on is None:
            planned = planned.model_copy(update={"opens_at": services.clock()})
        people = begin(services, planned, actor())
        if people is None:
            raise CommandError([texts.PLANNED_ALREADY.format(id=planned.id)])
        if planned.opens_at > services.clock():
            since, ends = until(planned.opens_at), until(planned.closes_at)
            click.echo(texts.PLANNED.format(id=planned.id, since=since, until=ends))
            return
    click.echo(texts.OPENED.format(id=planned.id, people=people, until=until(planned.closes_at)))


@survey.command("close", help=texts.CLOSE)
@click.argument("round_id", metavar="ROUND")
@click.option("--stop", is_flag=True, help=texts.STOP_OPTION)
def close_(round_id: str, stop: bool) -> None:
    """Close an open round at once; with `stop` its next one is dropped."""
    with opened(load_settings()) as services:
        round_ = _find(services, round_id)
        counts = services.stores.surveys.count_responses(round_id)
        if not close(services, round_, actor()):
            raise CommandError([texts.NOT_OPEN.format(id=round_id)])
        click.echo(texts.CLOSED_NOW.format(id=round_id, answered=whole(counts)[1]))
        following = plan_next(round_, services.calendar)
        if stop and following is not None and drop(services, following, actor()):
            click.echo(texts.STOPPED_NEXT.format(id=following.id))


@survey.command("drop", help=texts.DROP_COMMAND)
@click.argument("round_id", metavar="ROUND")
@click.option("--yes", is_flag=True, help=texts.YES_OPTION)
def drop_(round_id: str, yes: bool) -> None:
    """Remove a planned round, or an open one that nobody has answered, after asking; exit 1 when it stays."""
    with opened(load_settings()) as services:
        round_ = services.stores.surveys.find_round(round_id)
        if round_ is None:
            raise CommandError([result_texts.CLI_NONE.format(id=round_id)])
        if refusal := to_stay(services, round_):
            raise CommandError([refusal])
        asked, _ = whole(services.stores.surveys.count_responses(round_id))
        click.echo(texts.drop_means(round_.definition.title, asked))
        if not yes and not click.confirm(texts.DROP_ASK):
            raise CommandError([texts.NOT_DROPPED])
        if not drop(services, round_, actor()):  # somebody answered meanwhile
            raise CommandError([to_stay(services, round_) or texts.NOT_DROPPED])
    click.echo(texts.DROPPED.format(id=round_id))


@survey.command("remind", help=texts.REMIND)
@click.argument("round_id", metavar="ROUND")
def remind_(round_id: str) -> None:
    """Remind whoever has not answered, at most once a day."""
    with opened(load_settings()) as services:
        count = remind(services, _find(services, round_id))
    click.echo(texts.REMINDED_TODAY if count is None else texts.REMINDED.format(count=count))


@survey.command("list", help=texts.LIST)
def list_() -> None:
    """One line for each round, with how many have answered."""
    with opened(load_settings()) as services:
        for round_ in services.stores.surveys.list_rounds():
            asked, answered = standing(round_, services.stores.surveys.count_responses(round_.id))
            click.echo(
                texts.LINE.format(
                    id=round_.id,
                    state=texts.STATES[round_.state],
                    since=until(round_.opens_at),
                    until=until(round_.closes_at),
                    asked=asked,
                    answered=answered,
                    title=round_.definition.title,
                    wave=round_.wave,
                )
            )


@survey.command("absent", help=texts.ABSENT)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def absent(file: Path) -> None:
    """Put a list of 職員番号, one a line, in the place of the one before."""
    ids = [line.strip() for line in file.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    with opened(load_settings()) as services:
        unknown = set_absent(services, ids, actor())
    if unknown:
        raise CommandError([texts.ABSENT_UNKNOWN.format(ids="、".join(unknown))])
    click.echo(texts.ABSENT_SET.format(count=len(set(ids))))


def _progress(done: int, questions: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == questions else ""
        click.echo(
            "\r" + result_texts.DECIDED.format(done=done, questions=questions) + end, err=True, nl=False
        )


@survey.command("results", help=result_texts.CLI)
@click.argument("round_id", metavar="ROUND")
@click.option("--question", default="", metavar="ID", help=result_texts.CLI_QUESTION)
@click.option("--by", default="", metavar="切り口", help=result_texts.CLI_BY)
@click.option("--json", "as_json", is_flag=True, help=result_texts.CLI_JSON)
def results_(round_id: str, question: str, by: str, as_json: bool) -> None:
    """Print the published tables of a round, all or those asked for."""
    with opened(load_settings()) as services:
        round_, publications = _published(services, round_id)
    if as_json:
        click.echo("[" + ",\n".join(one.model_dump_json() for one in publications) + "]")
        return
    for (name, way), table in tables_of(publications).items():
        if question in ("", name) and by in ("", "×".join(way)):
            click.echo("\n".join(_table_lines(figure_of(round_, table, Reading()), way_label(round_, way))))
            click.echo()


@survey.command("publish-more", help=result_texts.CLI_MORE)
@click.argument("round_id", metavar="ROUND")
@click.option("--question", required=True, metavar="ID", help=result_texts.CLI_QUESTION)
@click.option("--by", required=True, metavar="切り口", help=result_texts.CLI_BY)
def publish_more_(round_id: str, question: str, by: str) -> None:
    """Publish one more table of a published round, or say why not; exit 1 when it is refused."""
    with opened(load_settings()) as services:
        round_ = services.stores.surveys.find_round(round_id)
        if round_ is None or services.stores.publications.published_at(round_id) is None:
            raise CommandError([result_texts.NOT_PUBLISHED.format(id=round_id)])
        try:
            answer = add_table(services, round_, question, by, actor())
        except NoSuchTable as error:
            raise CommandError([str(error)]) from None
        if isinstance(answer, Refusal):
            raise CommandError([answer.reason])
        click.echo(result_texts.ADDED.format(number=answer.number))
        for table in answer.tables:
            click.echo(
                "\n".join(_table_lines(figure_of(round_, table, Reading()), way_label(round_, table.by)))
            )


def _published(services: Services, round_id: str) -> tuple[Round, list[Publication]]:
    """A round with what is published of it, which a closed one is made here if it must be. Raises CommandError."""
    round_ = services.stores.surveys.find_round(round_id)
    if round_ is None:
        raise CommandError([result_texts.CLI_NONE.format(id=round_id)])
    if round_.state is not State.CLOSED:
        raise CommandError([result_texts.CLI_NOT_CLOSED.format(id=round_id, until=until(round_.closes_at))])
    attempt(services, round_, _progress)
    if publications := services.stores.publications.list_publications(round_id):
        return round_, publications
    setback = services.stores.publications.list_setbacks().get(round_id)
    told = unpublished(round_)
    raise CommandError([told + why_unpublished(setback), what_to_do(setback)] if setback else [told])


def _table_lines(figure: Figure, way: str) -> list[str]:
    head = f"{figure.question} {figure.label} [{way}]"
    rows = [
        " / ".join(
            (
                line.label,
                result_texts.WITH_OTHERS if line.base is None else f"n={line.base}",
                *(f"{name} {cell}" for name, cell in zip(figure.columns, line.cells, strict=True)),
            )
        )
        for line in figure.lines
    ]
    return [head, *rows]


def _day(services: Services, on: datetime | None) -> date:
    day = services.today() if on is None else on.date()
    if day < services.today():
        raise CommandError([texts.PAST])
    return day


def _find(services: Services, round_id: str) -> Round:
    found = services.stores.surveys.find_round(round_id)
    if found is None or found.state is not State.OPEN:
        raise CommandError([texts.NOT_OPEN.format(id=round_id)])
    return found
