"""An issue and a reader's part as a Reply: one screen, and everything behind 「もっと見る」. No I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.handlers.digest.courses import courses, spark
from bot.handlers.digest.tasks import short, task_actions, task_parts
from bot.messages import Action, Items, Paragraph, Part, Reply, Table
from bot.texts.ja import digest as texts
from knowledge.initiatives.issue import ArticleLine, InitiativeLine, Issue, OwnPart, SurveyLine
from knowledge.initiatives.progress import Status, figure
from staff.weekly import monday_of

MOST_TASKS = 4
MOST_INITIATIVES = 4
MOST_OTHERS = 2
MOST_FULL = 30
MOST_READ = 4
MORE = "digest_more"
URGENT = timedelta(days=7)


def compose(issue: Issue, own: OwnPart) -> Reply:
    """What a reader sees first. A week with nothing due and nothing new is one line."""
    more = Action(name=MORE, label=texts.MORE, value=issue.week)
    if is_quiet(issue, own):
        return Reply(title=title(issue), parts=(Paragraph(text=texts.quiet(counts(issue))),), actions=(more,))
    parts = [
        *task_parts(issue, own, MOST_TASKS),
        *_status(issue),
        *_section(texts.DEADLINES, deadlines(issue, own), MOST_OTHERS + 1),
        *_section(texts.SURVEYS, surveys(issue, own), MOST_OTHERS),
        *_section(texts.QUESTIONS, questions(issue), MOST_OTHERS),
        *_section(texts.ARTICLES, articles(issue), MOST_OTHERS),
        *_section(texts.TRAININGS, trainings(issue, own), MOST_OTHERS),
        *_troubles(issue, own),
    ]
    return Reply(title=title(issue), parts=tuple(parts), actions=(*task_actions(own), more))


def compose_whole(issue: Issue, own: OwnPart) -> Reply:
    """Everything of the issue, for 「もっと見る」 and the archive."""
    parts = [
        *task_parts(issue, own, MOST_FULL, whole=True),
        Paragraph(label=texts.STATUS, text=status_line(issue)),
        *_table(issue),
        *courses(issue),
        *_section(
            "",
            [
                texts.line(mark(one), one.title, texts.blocked(one.blocked))
                for one in issue.initiatives
                if one.blocked and one.counts
            ],
            MOST_FULL,
        ),
        *_section(texts.DEADLINES, deadlines(issue, own), MOST_FULL),
        *_section(texts.SURVEYS, surveys(issue, own), MOST_FULL),
        *_forward(issue),
        *_section(texts.QUESTIONS, questions(issue), MOST_FULL),
        *_section(texts.ARTICLES, articles(issue), MOST_FULL),
        *_section(texts.TRAININGS, trainings(issue, own), MOST_FULL),
        *_troubles(issue, own),
    ]
    return Reply(title=title(issue), parts=tuple(parts), actions=(*task_actions(own), *_reading(issue)))


def is_quiet(issue: Issue, own: OwnPart) -> bool:
    """Whether nothing is due, nothing is new, and no initiative stirs other than by silence."""
    stirring = [one for one in issue.initiatives if one.counts and one.stirs]
    news = (issue.deadlines, issue.surveys, issue.questions, issue.articles, issue.trainings, issue.broken)
    return not (own.tasks or own.broken or stirring or any(news))


def title(issue: Issue) -> str:
    """The head of an issue."""
    year, number, _ = monday_of(issue.week).isocalendar()
    return texts.title(year, number, issue.day)


def counts(issue: Issue) -> str:
    """How many initiatives stand how."""
    return counts_of(issue.initiatives)


def counts_of(lines: Sequence[InitiativeLine]) -> str:
    """How many stand how; those not reported are told apart, never under a colour."""
    found = Counter(one.status for one in lines if one.counts)
    unreported = sum(not one.counts for one in lines)
    return texts.counts(found[Status.ON_TRACK], found[Status.AT_RISK], found[Status.OFF_TRACK], unreported)


def status_line(issue: Issue) -> str:
    """The state of all initiatives in a line."""
    told = counts(issue) or texts.NO_INITIATIVES
    return f"{told}\n{texts.undecided(issue.undecided)}" if issue.undecided else told


def mark(one: InitiativeLine) -> str:
    """An initiative's colour with its word, or 未報告."""
    return one.status.label if one.counts and one.status else texts.UNREPORTED


def initiative_text(one: InitiativeLine) -> str:
    """One initiative in one line."""
    if one.nobody:
        rest = texts.NOBODY.format(owner=one.owner)
    elif not one.counts:
        told = one.reported_on and one.status
        rest = (
            texts.last_reported(one.reported_on, one.status.label)
            if told and one.status and one.reported_on
            else texts.NEVER_REPORTED
        )
    else:
        moved = texts.CHANGED.format(old=one.was.label) if one.was and one.was is not one.status else ""
        rest = "、".join(
            filter(None, [moved, _figures(one), texts.blocked(one.blocked) if one.blocked else ""])
        )
    return texts.line(mark(one), one.title, rest)


def deadlines(issue: Issue, own: OwnPart) -> list[str]:
    """Dates to come, without what stands among the reader's own tasks already."""
    told = {(task.due_on, task.title) for task in own.tasks}
    return [
        f"{texts.short_day(one.on)} {one.text}" + (texts.OVERDUE if one.on < issue.day else "")
        for one in issue.deadlines
        if (one.on, one.text) not in told
    ]


def surveys(issue: Issue, own: OwnPart) -> list[str]:
    """Running surveys, with the reader's own 課 where it is large enough to be told."""
    return [_survey(one, own) for one in issue.surveys]


def questions(issue: Issue) -> list[str]:
    """What several people asked."""
    return [
        (texts.ANSWERED if one.answered else texts.UNANSWERED).format(
            question=texts.question(one.question, one.askers)
        )
        for one in issue.questions
    ]


def articles(issue: Issue) -> list[str]:
    """New and changed articles."""
    ordered = sorted(issue.articles, key=lambda one: not one.is_decision)  # what was decided binds everybody
    return [texts.article(_article_kind(one), one.title) for one in ordered]


def trainings(issue: Issue, own: OwnPart) -> list[str]:
    """Trainings to come that the reader's 課 may go to."""
    return [
        texts.training(texts.moment(one.on, one.begins), one.title, one.place, one.left, one.apply)
        for one in issue.trainings
        if one.is_for(own.departments)
    ]


def _reading(issue: Issue) -> tuple[Action, ...]:
    """Buttons that open the articles told of, decisions first."""
    ordered = sorted(issue.articles, key=lambda one: not one.is_decision)
    return tuple(
        Action(name="article", label=texts.READ_LABEL.format(title=short(one.title)), value=one.id)
        for one in ordered[:MOST_READ]
    )


def _status(issue: Issue) -> Iterator[Part]:
    yield Paragraph(label=texts.STATUS, text=counts(issue) or texts.NO_INITIATIVES)
    stirring = sorted((one for one in issue.initiatives if one.stirs), key=_urgency)
    if stirring:
        yield Items(items=tuple(initiative_text(one) for one in stirring[:MOST_INITIATIVES]))


def _urgency(one: InitiativeLine) -> tuple[int, str]:
    order = {Status.OFF_TRACK: 0, Status.AT_RISK: 1}
    return (2 if not one.counts or one.status is None else order.get(one.status, 3), one.id)


def _figures(one: InitiativeLine) -> str:
    if one.value is None:
        return ""
    return texts.value(
        figure(one.value, one.unit),
        "" if one.target is None else figure(one.target, one.unit),
        texts.as_of(one.as_of) if one.as_of else "",
        texts.change(change(one)) if one.before is not None else "",
        spark(one.trend),
    )


def change(one: InitiativeLine) -> str:
    """The difference from the report before, with its sign."""
    if one.value is None or one.before is None:
        return ""
    difference = one.value - one.before
    return texts.NO_CHANGE if not difference else f"{difference:+,.10g}{one.unit}"


def _table(issue: Issue) -> Iterator[Part]:
    if not issue.initiatives:
        return
    rows = tuple(
        (
            one.title,
            mark(one),
            ""
            if one.value is None
            else figure(one.value, one.unit)
            + ("" if one.target is None else f"／{figure(one.target, one.unit)}"),
            _dated(one),
            change(one) if one.counts else "",
            one.owner,
        )
        for one in issue.initiatives
    )
    yield Table(caption=texts.TABLE_CAPTION, columns=texts.TABLE_COLUMNS, rows=rows)


def _dated(one: InitiativeLine) -> str:
    """The date of a value; of one that is not reported now, that it was the last one."""
    told = texts.day_alone(one.as_of) if one.as_of else ""
    return told if one.counts or not told else texts.LAST_ONE.format(day=told)


def _section(label: str, lines: Sequence[str], most: int) -> Iterator[Part]:
    if not lines:
        return
    if label:
        yield Paragraph(label=label, text="\n".join(f"・{line}" for line in lines[:most]))
    else:
        yield Items(items=tuple(lines[:most]))


def _survey(one: SurveyLine, own: OwnPart) -> str:
    closes = texts.closes(one.closes_on) if one.closes_on else ""
    told = texts.survey(one.title, one.answered, one.asked, closes)
    mine = [
        texts.own_responses(row.name, row.answered, row.asked)
        for row in one.rows
        if row.department_id in own.departments
    ]
    return "、".join([told, *mine])


def _forward(issue: Issue) -> Iterator[Part]:
    for one in issue.surveys:
        closes = texts.closes(one.closes_on) if one.closes_on else ""
        yield Paragraph(label=texts.FORWARD_LABEL, text=texts.forward(one.title, closes))


def _article_kind(one: ArticleLine) -> str:
    if one.is_decision:
        return texts.decision(one.decided_on)
    if one.is_case:
        return texts.CASE
    return texts.NEW if one.change == "new" else texts.CHANGED_ARTICLE


def _troubles(issue: Issue, own: OwnPart) -> Iterator[Part]:
    if own.broken:
        yield Paragraph(text=texts.OWN_BROKEN, tone="warning")
    if issue.broken:
        names = "、".join(texts.SECTIONS[name] for name in issue.broken)
        yield Paragraph(text=texts.BROKEN.format(names=names), tone="warning")
