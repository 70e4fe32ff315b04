"""`dxbot ask`: the answer that chat gives, as text or as one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import click

from bot.cli.failing import USAGE, CommandError
from bot.cli.opening import opened
from bot.cli.progress import progress
from bot.cli.shape import JapaneseCommand
from bot.handlers.ask import ask as ask_handler
from bot.messages import Reply, Request
from bot.services import Services
from bot.settings import load_settings
from bot.texts.ja import cli as texts
from staff.model import Person


class Asked(NamedTuple):
    """One question of a batch; `id` is whatever the file calls it."""

    id: Any
    question: str


@click.command(cls=JapaneseCommand, help=texts.ASK)
@click.argument("text", required=False)
@click.option("--batch", type=click.Path(path_type=Path), metavar="FILE", help=texts.ASK_BATCH)
@click.option("--json", "as_json", is_flag=True, help=texts.ASK_JSON)
@click.option(
    "--top", type=click.IntRange(1, 100), default=3, show_default=True, metavar="N", help=texts.ASK_TOP
)
@click.option("--as", "person_id", default="", metavar="ID", help=texts.ASK_AS)
def ask(text: str | None, batch: Path | None, as_json: bool, top: int, person_id: str) -> None:
    """Answer one question, or every question of a file."""
    if (text is None) == (batch is None):
        raise CommandError([texts.ASK_ONE_OF], code=USAGE)
    questions = read_batch(batch) if batch else [Asked(None, text or "")]
    with opened(load_settings()) as services:
        services.knowledge.refresh()
        person = _person(services, person_id)
        for asked, reply, ms in _answers(questions, services, top, person):
            line = json_line(asked.id, reply, ms) if as_json else _plain(asked, reply)
            click.echo(line.encode("utf-8", "backslashreplace"))  # a lone surrogate becomes its JSON escape


def _person(services: Services, person_id: str) -> Person | None:
    if not person_id:
        return None
    person = services.stores.directory.person(person_id)
    if person is None:
        raise CommandError([texts.ASK_NOBODY.format(id=person_id)])
    return person


def read_batch(path: Path) -> list[Asked]:
    """Every question of a JSON Lines file. Raises CommandError naming each line that cannot be read."""
    try:
        lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines()
    except OSError as error:
        raise CommandError([texts.file_missing(str(path))]) from error
    questions, problems = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            questions.append(_read_line(line))
        except (ValueError, RecursionError):
            problems.append(texts.batch_line(str(path), number, texts.BATCH_NOT_JSON))
        except (TypeError, KeyError):
            problems.append(texts.batch_line(str(path), number, texts.BATCH_NO_QUESTION))
    if problems:
        raise CommandError(problems)
    return questions


def _read_line(line: bytes) -> Asked:
    entry = json.loads(line.decode("utf-8"))
    question = entry["question"]
    if not isinstance(question, str):
        raise TypeError(question)
    return Asked(entry.get("id"), question)


def _answers(
    questions: Iterable[Asked], services: Services, top: int, person: Person | None
) -> Iterator[tuple[Asked, Reply, float]]:
    with progress(list(questions), texts.ASK_BATCH_LABEL) as batch:
        for asked in batch:
            began = perf_counter()
            request = Request(channel="cli", user="cli", text=asked.question, person=person)
            reply = ask_handler(request, services, top=top)
            yield asked, reply, (perf_counter() - began) * 1000


def json_line(asked_id: Any, reply: Reply, ms: float) -> str:
    """The contract's JSON object for one reply, on one line."""
    answer = reply.answer
    source = answer.source if answer else None
    told = {
        "id": asked_id,
        "outcome": answer.outcome if answer else "unknown",
        "title": reply.title,
        "text": reply.text,
        "source": {
            "document": source.document,
            "section": f"{source.part}{source.section}",
            "edition": source.edition,
            "page": source.page,
        }
        if source
        else None,
        "confidence": round(answer.confidence, 4) if answer else 0.0,
        "candidates": [candidate.title for candidate in answer.candidates] if answer else [],
        "ranking": [ranked.model_dump() for ranked in answer.ranking] if answer else [],
        "ms": round(ms, 2),
    }
    return json.dumps(told, ensure_ascii=False)


def _plain(asked: Asked, reply: Reply) -> str:
    heading = [f"# {asked.id} {asked.question}"] if asked.id is not None else []
    titles = "、".join(action.label for action in reply.actions)
    choices = [texts.ASK_CHOICES.format(titles=titles)] if titles else []
    return "\n".join([*heading, reply.text, *choices])
