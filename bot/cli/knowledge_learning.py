"""`dxbot knowledge unanswered` and `feedback`: what staff could not find, and how they judged the answers."""

from __future__ import annotations

import click

from bot.cli.actor import actor
from bot.cli.failing import CommandError
from bot.cli.opening import opened
from bot.handlers.feedback import article_title, read_counts
from bot.handlers.unanswered import asker_count, discard_cluster, record_view, waiting_clusters
from bot.settings import load_settings
from bot.texts.ja import learning as texts
from knowledge.learning.clusters import Cluster


@click.command(help=texts.CLI_UNANSWERED)
@click.option("--owner", default="", metavar="課", help=texts.CLI_OWNER)
@click.option("--least", type=click.IntRange(1), default=1, metavar="N", help=texts.CLI_LEAST)
@click.option("--questions", is_flag=True, help=texts.CLI_QUESTIONS)
@click.option("--discard", default="", metavar="ID", help=texts.CLI_DISCARD)
def unanswered(owner: str, least: int, questions: bool, discard: str) -> None:
    """List the clusters, the most asked first; or remove one."""
    with opened(load_settings()) as services:
        if discard:
            count = discard_cluster(services, discard, actor(), services.knowledge.whole)
            if not count:
                raise CommandError([texts.CLI_NO_CLUSTER.format(id=discard)])
            click.echo(texts.DISCARDED.format(count=count))
            return
        clusters = [
            cluster
            for cluster in waiting_clusters(services, services.knowledge.whole)
            if owner in ("", cluster.owner) and cluster.askers >= least
        ]
        record_view(services, actor(), "questions.read", "unanswered", clusters=len(clusters))
    for cluster in clusters:
        _show(cluster, questions=questions)
    if not clusters:
        click.echo(texts.UNANSWERED_NONE)


@click.command(help=texts.CLI_FEEDBACK)
def feedback() -> None:
    """List the articles that were judged, the most often wrong first."""
    with opened(load_settings()) as services:
        lines = [
            texts.CLI_COUNT.format(
                id=count.article_id,
                solved=count.solved,
                wrong=count.wrong,
                title=article_title(services.knowledge.whole, count.article_id),
            )
            for count in read_counts(services, actor())
        ]
    click.echo("\n".join(lines) or texts.COUNTS_NONE)


def _show(cluster: Cluster, *, questions: bool) -> None:
    click.echo(
        texts.CLI_CLUSTER.format(
            id=cluster.id,
            askers=asker_count(cluster),
            times=texts.TIMES.format(count=len(cluster.questions)),
            owner=cluster.owner,
            day=cluster.newest.isoformat(),
            question=cluster.question,
        )
    )
    if questions:
        for question in cluster.questions:
            click.echo(
                texts.CLI_QUESTION.format(day=question.asked_on.isoformat(), question=question.question)
            )


COMMANDS = (unanswered, feedback)
