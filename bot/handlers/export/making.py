"""Making one file: who may, from what was published, and on record before anybody has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from bot.services import Services
from bot.sheets.csv_file import ENCODINGS, UTF8, Unfit, write_csv
from bot.sheets.model import Book, Progress, no_progress
from bot.sheets.naming import file_name
from bot.sheets.xlsx import write_xlsx
from bot.texts.ja import export as texts
from staff.calendar import date_in_japan, fiscal_year, reiwa
from staff.model import Person, Role
from staff.permissions import ROLES, require_role
from staff.store import AuditEvent
from surveys import telework
from surveys.export.legend import Made
from surveys.export.plan import skills_plan
from surveys.export.published import Published
from surveys.export.skills import skills_aggregate, skills_history, skills_individual
from surveys.export.telework import telework_aggregate, telework_history, telework_texts
from surveys.export.wanted import ExportError, Level, Wanted, What
from surveys.round import Round, State
from surveys.skills.asking import SURVEY_ID
from surveys.skills.development import read_plan
from surveys.skills.reading import skill_set_in_use

ACTION = "export."
XLSX, CSV = "xlsx", "csv"
TYPES = {XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", CSV: "text/csv"}
_SURVEYS = {What.SKILLS: (SURVEY_ID,), What.TELEWORK: (telework.NEEDS, telework.USAGE)}


@dataclass(frozen=True)
class Exporter:
    """Who has a file made: the audit's actor, their roles, and how the legend names them ("" by their role)."""

    actor: str
    roles: frozenset[Role]
    label: str = ""

    @classmethod
    def of(cls, person: Person) -> Exporter:
        """Somebody signed in."""
        return cls(person.id, person.roles)

    @classmethod
    def on_server(cls, actor: str) -> Exporter:
        """Whoever runs commands on the host may do what デジタル推進室 may."""
        return cls(actor, frozenset({Role.STAFF, Role.OPERATOR}), texts.MADE_ON_SERVER)


@dataclass(frozen=True)
class Output:
    """What kind of file. `replace_unfit`: 〓 stands for what CP932 does not have."""

    suffix: str = XLSX
    encoding: str = UTF8
    replace_unfit: bool = False


@dataclass(frozen=True)
class Outcome:
    """What was made: the name to save it under, its rows, and what stands as 〓 in it."""

    name: str
    rows: int
    unfit: Sequence[Unfit]


def read_output(suffix: str, encoding: str, *, replace_unfit: bool = False) -> Output:
    """What was typed or chosen. Raises ExportError."""
    if suffix not in TYPES:
        raise ExportError(texts.NO_SUCH_FORMAT)
    if encoding not in ENCODINGS:
        raise ExportError(texts.NO_SUCH_ENCODING)
    return Output(suffix, encoding, replace_unfit)


def list_published(services: Services, what: What) -> list[tuple[Round, datetime]]:
    """The published rounds with the time of their first publication, the oldest first."""
    stores = services.stores
    closed = [one for id_ in _SURVEYS[what] for one in stores.surveys.list_rounds(State.CLOSED, id_)]
    dated = [(one, stores.publications.published_at(one.id)) for one in closed]
    found = [(one, at) for one, at in dated if at is not None]
    return sorted(found, key=lambda pair: pair[0].closes_at)


def choose_rounds(services: Services, wanted: Wanted) -> list[tuple[Round, datetime]]:
    """The round that is meant; for a history and the 育成計画 all of its survey; none for people. Raises ExportError."""
    if wanted.level is Level.INDIVIDUAL:
        return []
    found = list_published(services, wanted.what)
    if wanted.level is Level.PLAN:
        return found
    if not found:
        raise ExportError(texts.NO_ROUND)
    meant = next((pair for pair in reversed(found) if wanted.round_id in ("", pair[0].id)), None)
    if meant is None:
        known = services.stores.surveys.find_round(wanted.round_id)
        is_other = known is not None and known.survey_id not in _SURVEYS[wanted.what]
        raise ExportError((texts.NOT_OF_KIND if is_other else texts.NOT_PUBLISHED).format(id=wanted.round_id))
    if wanted.level is Level.HISTORY:
        return [pair for pair in found if pair[0].survey_id == meant[0].survey_id]
    return [meant]


def make_export(
    services: Services,
    exporter: Exporter,
    wanted: Wanted,
    output: Output,
    target: IO[bytes],
    progress: Progress = no_progress,
) -> Outcome:
    """Write the file and put on record that it was. The target is of no use when this raises.

    Raises NotAllowed; ExportError and SheetError saying what to do.
    """
    require_role(exporter.roles, wanted.needs)
    chosen = choose_rounds(services, wanted)
    now = services.clock()
    made = Made(now, exporter.label or _label(exporter, wanted), wanted.purpose)
    book = _book(services, wanted, chosen, made)
    unfit: Sequence[Unfit] = ()
    if output.suffix == XLSX:
        write_xlsx(book, target, progress)
    else:
        unfit = write_csv(book, target, output.encoding, progress, replace_unfit=output.replace_unfit)
    day = date_in_japan(chosen[-1][0].closes_at if chosen else now)
    outcome = Outcome(_name(wanted, output, day, services.today()), book.data.size, unfit)
    _record(services, exporter, wanted, output, outcome, chosen)
    return outcome


def _book(services: Services, wanted: Wanted, chosen: Sequence[tuple[Round, datetime]], made: Made) -> Book:
    stores = services.stores
    rounds = [Published(one, stores.publications.list_publications(one.id), at) for one, at in chosen]
    if wanted.what is What.TELEWORK:
        match wanted.level:
            case Level.TEXTS:
                return telework_texts(rounds[-1], stores.surveys.list_sheets(rounds[-1].round.id), made)
            case Level.HISTORY:
                return telework_history(rounds, made)
            case _:
                return telework_aggregate(rounds[-1], made)
    framework = skill_set_in_use(stores.skills).framework
    match wanted.level:
        case Level.AGGREGATE:
            return skills_aggregate(framework, rounds[-1], made)
        case Level.HISTORY:
            return skills_history(framework, rounds, made)
        case Level.PLAN:
            plan = read_plan(stores.skills, stores.surveys, stores.publications, services.today())
            return skills_plan(plan, rounds, made)
        case Level.INDIVIDUAL:
            return skills_individual(
                framework,
                stores.skills.list_latest(),
                stores.surveys.list_rounds(survey_id=SURVEY_ID),
                stores.directory.list_departments(),
                stores.directory.list_people(),
                made,
            )
        case Level.TEXTS:
            raise ExportError(texts.NO_TEXTS)


def _label(exporter: Exporter, wanted: Wanted) -> str:
    """The roles that let somebody have it; never a name."""
    return "・".join(role.label for role in Role if role in exporter.roles and role in ROLES[wanted.needs])


def _name(wanted: Wanted, output: Output, day: date, today: date) -> str:
    """skills_令和8年度_R8-11-26.xlsx; views other than the usual one are named."""
    year = texts.FILE_YEAR.format(year=reiwa(fiscal_year(day)))
    made = texts.FILE_DAY.format(
        year=reiwa(today.year).removeprefix("令和"), month=today.month, day=today.day
    )
    return file_name(wanted.what, texts.FILE_LEVELS[wanted.level], year, made, suffix=output.suffix)


def _record(
    services: Services,
    exporter: Exporter,
    wanted: Wanted,
    output: Output,
    outcome: Outcome,
    chosen: Sequence[tuple[Round, datetime]],
) -> None:
    event = AuditEvent(
        at=services.clock(),
        actor=exporter.actor,
        action=f"{ACTION}{wanted.what}",
        target=wanted.level if wanted.level in (Level.PLAN, Level.INDIVIDUAL) else chosen[-1][0].id,
        detail={
            "level": wanted.level.value,
            "format": output.suffix if output.suffix == XLSX else f"{output.suffix} {output.encoding}",
            "rows": outcome.rows,
            "purpose": wanted.purpose,
        },
    )
    services.stores.audit.append(event)
