"""This week's actions of one reader: in words, and as buttons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.messages import Action, Paragraph, Part
from bot.texts.ja import digest as texts
from knowledge.initiatives.issue import Issue, OwnPart, Task

MOST_BUTTONS = 5
MOST_LABEL = 24
MOST_HINT = 60


def task_parts(issue: Issue, own: OwnPart, most: int, *, whole: bool = False) -> Iterator[Part]:
    """What is to do, the most urgent first, at most so many; `whole` tells all of what is asked."""
    ordered = _ordered(own)
    if not ordered:
        if own.departments:  # whoever leads no 課 has no tasks here to be told of
            yield Paragraph(label=texts.TASKS, text=texts.NO_TASKS)
        return
    shown = [_task_text(task, issue.day, whole=whole) for task in ordered[:most]]
    more = len(ordered) - len(shown)
    yield Paragraph(
        label=texts.TASKS, text="\n".join(f"{number}. {text}" for number, text in enumerate(shown, 1))
    )
    if more > 0:
        yield Paragraph(text=texts.MORE_TASKS.format(count=more), tone="note")


def task_actions(own: OwnPart) -> tuple[Action, ...]:
    """The buttons for what is to do, the most urgent first."""
    return tuple(action for task in _ordered(own) for action in _buttons(task))[:MOST_BUTTONS]


def _ordered(own: OwnPart) -> list[Task]:
    return sorted(own.tasks, key=lambda task: (_due(task), task.kind, task.id))


def _due(task: Task) -> date:
    """The day that a task is put by; a first report has been due since its initiative began."""
    return task.due_on or (date.min if task.first else date.max)


def _task_text(task: Task, day: date, *, whole: bool) -> str:
    name = {"report": texts.REPORT_TASK, "inquiry": texts.INQUIRY_TASK}.get(task.kind, "{title}")
    when = texts.until(task.due_on) if task.due_on else ""
    if task.due_on and task.due_on < day:
        when += texts.OVERDUE
    elif task.due_on == day:
        when += texts.TODAY
    elif task.first:
        when = texts.NEVER_REPORTED
    told = task.text if whole or len(task.text) <= MOST_HINT else f"{task.text[: MOST_HINT - 1]}…"
    return texts.task(name.format(title=task.title), when, told if whole else " ".join(told.split()))


def _buttons(task: Task) -> tuple[Action, ...]:
    label = short(task.title)
    match task.kind:
        case "assignment":
            return (
                Action(name="assignment_done", label=texts.DONE_LABEL.format(title=label), value=task.id),
            )
        case "report":
            form = Action(name="progress_report", label=texts.REPORT_LABEL.format(title=label), value=task.id)
            same = Action(name="progress_same", label=texts.SAME_LABEL.format(title=label), value=task.id)
            return (form,) if task.first else (form, same)
        case "inquiry":
            return (Action(name="inquiry", label=texts.INQUIRY_LABEL.format(title=label), value=task.id),)


def short(title: str) -> str:
    """A title that fits on a button."""
    return title if len(title) <= MOST_LABEL else f"{title[: MOST_LABEL - 1]}…"
