"""Further tables of a published round: asked for by those who run surveys, audited with all before, on record."""

from __future__ import annotations

from bot.handlers.survey_rounds import record
from bot.services import Services
from bot.texts.ja import disclosure as refusals
from bot.texts.ja import results as texts
from surveys.columns import columns_of
from surveys.definition import Identity
from surveys.disclosure import CITY, DIVISION, SECTION, Declared, Publication, Refusal
from surveys.publishing import publish_more
from surveys.results import way_label
from surveys.round import Round, State
from surveys.snapshot import read_snapshot

APART = "×"
Choices = tuple[tuple[str, str], ...]


class NoSuchTable(ValueError):
    """A table that this round cannot have. The text says which there are."""


def publishable(services: Services) -> tuple[Round, ...]:
    """The rounds that further tables can be made of, the newest first: published, and their answers still there."""
    kept = set(services.stores.publications.list_snapshots())
    rounds = services.stores.surveys.list_rounds(State.CLOSED)
    return tuple(one for one in sorted(rounds, key=lambda one: one.closes_at, reverse=True) if one.id in kept)


def questions_of(round_: Round) -> Choices:
    """What a table can count, as (id, words)."""
    return tuple((column.id, column.label) for column in columns_of(round_.definition))


def ways_of(round_: Round, services: Services) -> Choices:
    """What a table can be broken down by, as (name, words). Only names of 課 are left out where nobody is to be found."""
    snapshot = services.stores.publications.find_snapshot(round_.id)
    own = [one.id for one in read_snapshot(snapshot).attributes] if snapshot else []
    units = [CITY, DIVISION, *([] if round_.definition.identity is Identity.ANONYMOUS else [SECTION])]
    crossed = [f"{DIVISION}{APART}{one}" for one in own]
    return tuple((way, way_label(round_, way.split(APART))) for way in (*units, *own, *crossed))


def add_table(
    services: Services, round_: Round, question: str, way: str, actor: str
) -> Publication | Refusal:
    """Publish one more table of a round, or refuse; a refusal says nothing of the numbers. Raises NoSuchTable.

    The audit takes up to a minute or two. Both outcomes are on record.
    """
    if not services.stores.publications.find_snapshot(round_.id):
        return Refusal(reason=texts.ANSWERS_GONE)
    columns = {column.id: column for column in columns_of(round_.definition)}
    ways = [name for name, _ in ways_of(round_, services)]
    by = tuple(way.split(APART))
    if question not in columns:
        raise NoSuchTable(texts.NO_SUCH_QUESTION.format(name=question, names="、".join(columns)))
    if by == (SECTION,) and way not in ways:
        return Refusal(reason=refusals.NEVER)
    if way not in ways or question in by or columns[question].source.id in by:
        raise NoSuchTable(texts.NO_SUCH_WAY.format(name=way, names="、".join(ways)))
    groups = columns[question].groups if SECTION in by else ()
    answer = publish_more(
        round_, [Declared(question, by, groups)], services.stores.publications, services.clock()
    )
    outcome = answer.number if isinstance(answer, Publication) else "refused"
    services.stores.transaction(
        lambda stores: record(
            services, stores, actor, "results.publish", round_, question=question, by=way, outcome=outcome
        )
    )
    return answer
