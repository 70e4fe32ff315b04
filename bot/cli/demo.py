"""`dxbot demo`: a synthetic city to try the product with."""

from __future__ import annotations

import click

from bot.cli.actor import actor
from bot.cli.opening import opened
from bot.cli.shape import JapaneseCommand
from bot.handlers.initiatives.deciding import fill_demo
from bot.handlers.knowledge_admin import import_articles
from bot.services import Services
from bot.settings import load_settings
from bot.texts.ja import cli as texts
from bot.texts.ja import initiatives as initiative_texts
from knowledge.packs import load_pack
from staff.demo import LEAST_STAFF, load_city, synthetic_city
from surveys.demo import fill_rounds
from surveys.skills.demo import fill_skills

MOST_STAFF = 20_000
SAMPLES = "samples"


@click.command(cls=JapaneseCommand, help=texts.DEMO)
@click.option(
    "--staff",
    type=click.IntRange(LEAST_STAFF, MOST_STAFF),
    default=30,
    show_default=True,
    help=texts.DEMO_STAFF,
)
@click.option("--seed", type=int, default=1, show_default=True, help=texts.DEMO_SEED)
def demo(staff: int, seed: int) -> None:
    """Fill the directory with synthetic staff, and rounds of surveys with their answers; refused where real staff are."""
    with opened(load_settings()) as services:
        people, departments = fill(services, staff, seed)
        samples = load_samples(services)
        rounds = [
            *fill_rounds(services.stores, services.today(), seed),
            *fill_skills(services.stores, services.today(), seed),
        ]
        initiatives = fill_demo(services)
    click.echo(texts.DEMO_DONE.format(people=people, departments=departments))
    click.echo(texts.DEMO_SAMPLES.format(count=samples, source=SAMPLES))
    for round_id, count in rounds:
        click.echo(texts.DEMO_ROUND.format(id=round_id, count=count))
    click.echo(initiative_texts.DEMO_COUNT.format(count=initiatives))


def fill(services: Services, staff: int, seed: int) -> tuple[int, int]:
    """Put a synthetic city into the directory; return how many people and departments it has.

    Raises RealPeoplePresent, with nothing changed, when the directory holds anybody real.
    """
    departments, people = synthetic_city(staff, seed)
    load_city(services.stores, departments, people, actor(), services.clock())
    return len(people), len(departments)


def load_samples(services: Services) -> int:
    """Import the sample procedures under a source of their own; return how many there are."""
    return import_articles(services, SAMPLES, load_pack(SAMPLES), actor()).count
