"""`dxbot eval`: grade a question file and print the figures."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.opening import opened
from bot.cli.progress import progress
from bot.cli.shape import JapaneseCommand
from bot.handlers.ask import ask
from bot.messages import Request
from bot.services import Services
from bot.settings import load_settings
from bot.texts.ja import cli as texts
from knowledge.evaluation import Given, GradedQuestion, Report, grade, load_questions

KINDS = ("answerable", "unanswerable", "ambiguous")


@click.command("eval", cls=JapaneseCommand, help=texts.EVAL)
@click.argument("questions", type=click.Path(path_type=Path))
@click.option("--failures", is_flag=True, help=texts.EVAL_FAILURES)
def evaluate(questions: Path, failures: bool) -> None:
    """Ask every question as chat would, grade the replies, and print how many are right."""
    graded = load_questions(questions)
    with opened(load_settings()) as services, progress(graded, texts.EVAL_LABEL) as batch:
        services.knowledge.refresh()
        report = Report([grade(question, _given(question, services)) for question in batch])
    if failures:
        for line in _failure_lines(report):
            click.echo(line)
    for line in _figures(report):
        click.echo(line)


def _given(question: GradedQuestion, services: Services) -> Given:
    reply = ask(Request(channel="cli", user="cli", text=question.question), services)
    answer = reply.answer
    if answer is None:
        return Given("unknown", (), reply.text)
    titles = dict.fromkeys([reply.title, *(excerpt.title for excerpt in answer.excerpts)])
    return Given(answer.outcome, tuple(titles), reply.text, tuple(item.title for item in answer.candidates))


def _figures(report: Report) -> list[str]:
    lines = []
    for kind in KINDS:
        right, total = report.count(kind)
        lines.append(texts.EVAL_LINE.format(name=texts.EVAL_KINDS[kind], right=right, total=total))
    return [*lines, texts.EVAL_WRONG.format(wrong=report.wrong, total=len(report.grades))]


def _failure_lines(report: Report) -> list[str]:
    return [
        texts.EVAL_FAILURE.format(id=grade.question.id, question=grade.question.question, why=grade.why)
        for grade in report.grades
        if not grade.right
    ]
