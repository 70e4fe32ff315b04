"""A question: the knowledge base's decision, said politely with its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from bot.handlers.changed import tell_changes
from bot.handlers.consultation import ASK_ANYWAY, desk_for
from bot.handlers.following import answer_follow_up, remember_subject
from bot.handlers.quoting import excerpt_parts
from bot.handlers.standing import standing_parts
from bot.handlers.usage import HELP_ACTION, HELP_WORDS, show_help
from bot.messages import BETWEEN, Action, Paragraph, Part, Reply, Request, SourceLine
from bot.services import Services
from bot.texts.ja import ask as texts
from knowledge.answer import Answer, Excerpt
from knowledge.article import Layer
from knowledge.asking.question import MAX_LENGTH, clean, holds_personal_number
from knowledge.view import View
from staff.calendar import reiwa

NONE_ACTION = "none_of_these"


def ask(request: Request, services: Services, *, top: int = 3) -> Reply:
    """Answer, ask back, or say that nothing is written. Any text gets a polite reply."""
    typed = request.text or request.value
    question = clean(typed)
    if not question:
        return _say(texts.NOTHING_READABLE if typed.strip() else texts.EMPTY)
    if holds_personal_number(question):
        return _say(texts.PERSONAL_NUMBER)
    if question in HELP_WORDS:
        return show_help(request, services)
    if request.name != ASK_ANYWAY and (desk := desk_for(question[:MAX_LENGTH], services)):
        return desk
    asked = question[:MAX_LENGTH]
    if (changed := tell_changes(asked, request, services)) is not None:
        return changed
    answer = _decided(asked, request, services, top)
    if request.name != ASK_ANYWAY:
        remember_subject(answer, request, services)
    reply = reply_to(answer, services.today(), asked, services.seen_by(request.person))
    if len(question) <= MAX_LENGTH:
        return reply
    notice = Paragraph(text=texts.TOO_LONG.format(limit=MAX_LENGTH), tone="note")
    return reply.model_copy(update={"parts": (notice, *reply.parts)})


def _decided(asked: str, request: Request, services: Services, top: int) -> Answer:
    """From the edition the question names, for the conversation's subject, or afresh."""
    seen = services.seen_by(request.person)
    return (
        seen.answer_of_edition(asked, top=top)
        or answer_follow_up(asked, request, services)
        or seen.answer(asked, top=top)
    )


def show_article(request: Request, services: Services) -> Reply:
    """Everything about the article that was clicked."""
    answer = services.seen_by(request.person).explain(request.value)
    remember_subject(answer, request, services)
    return reply_to(answer, services.today())


def pick(request: Request, services: Services) -> Reply:
    """A candidate was chosen: what it says to the question that was asked back."""
    article_id, _, question = request.value.partition(BETWEEN)
    answer = services.seen_by(request.person).answer_about(clean(question)[:MAX_LENGTH], article_id)
    remember_subject(answer, request, services)
    return reply_to(answer, services.today())


def none_of_these(request: Request, services: Services) -> Reply:
    """None of the candidates fits: say where to ask."""
    owner = services.seen_by(request.person).owner_of(request.value.partition(BETWEEN)[0])
    return _say(texts.NONE_OF_THESE_REPLY.format(owner=owner))


def reply_to(answer: Answer | None, today: date, question: str = "", seen: View | None = None) -> Reply:
    """The reply that says a decision; the buttons of a clarify carry the `question` on.

    What is related to an unknown one is told as far as it may be relied on by what is `seen`.
    """
    if answer is None:
        return _say(texts.NOT_FOUND)
    match answer.outcome:
        case "answer":
            return _answered(answer, today)
        case "clarify":
            return _clarify(answer, question)
        case "unknown":
            return _unknown(answer, today, seen)


def _say(text: str) -> Reply:
    return Reply(parts=(Paragraph(text=text),), actions=(HELP_ACTION,))


def _answered(answer: Answer, today: date) -> Reply:
    cited = answer.source.cite() if answer.source else ""
    parts: list[Part] = list(excerpt_parts(answer.excerpts, cited))
    parts += [Paragraph(text=note, tone="note") for note in (*answer.notes, *_period_note(answer, today))]
    parts += standing_parts(answer, today)
    parts += _sources(answer)
    return Reply(title=answer.title, parts=tuple(parts), actions=_article_buttons(answer), answer=answer)


def _sources(answer: Answer) -> Iterator[SourceLine]:
    """The source at the end, and that of every explanation from elsewhere; what is quoted from there names it itself."""
    if answer.source is None:
        return
    first = answer.source.cite()
    ours = {e.source.cite(): e for e in reversed(answer.excerpts) if e.layer is Layer.EDITORIAL}
    elsewhere = [excerpt for cite, excerpt in reversed(ours.items()) if cite not in ("", first)]
    if elsewhere:
        heading = answer.standings[0].title if answer.standings else answer.title
    else:
        heading = "" if answer.source.heading == answer.title else answer.source.heading
    if first:
        yield SourceLine(cite=first, edition=answer.source.edition, heading=heading)
    for excerpt in elsewhere:
        yield SourceLine(cite=excerpt.source.cite(), edition=excerpt.source.edition, heading=excerpt.title)


def _period_note(answer: Answer, today: date) -> Iterator[str]:
    """That the plan's period is over, once it is; of which article, where that of others is not."""
    if answer.source and (over := _period_over(answer.ended_on, answer.source.edition, today)):
        yield over
    said = {one.title: _period_over(one.ended_on, one.edition, today) for one in answer.standings}
    if len(set(said.values())) == 1:
        yield from filter(None, set(said.values()))
    else:
        yield from (texts.OF_ARTICLE.format(title=title, said=over) for title, over in said.items() if over)


def _period_over(ended_on: date | None, edition: str, today: date) -> str:
    if ended_on is None or ended_on >= today:
        return ""
    return texts.PERIOD_OVER.format(until=f"{reiwa(ended_on.year)}年{ended_on.month}月", edition=edition)


def _clarify(answer: Answer, question: str) -> Reply:
    choices = tuple(
        Action(name="pick", label=item.title, value=f"{item.id}{BETWEEN}{question}")
        for item in answer.candidates
    )
    nothing = Action(
        name=NONE_ACTION, label=texts.NONE_OF_THESE, value=f"{answer.candidates[0].id}{BETWEEN}{question}"
    )
    return Reply(
        title=texts.CLARIFY_TITLE,
        parts=(Paragraph(text=texts.CLARIFY),),
        actions=(*choices, nothing),
        answer=answer,
    )


def _unknown(answer: Answer, today: date, seen: View | None) -> Reply:
    parts: list[Part] = [Paragraph(text=texts.UNKNOWN.format(owner=answer.owner))]
    parts += [Paragraph(text=note, tone="note") for note in answer.notes]
    if answer.candidates:
        parts.append(Paragraph(text=texts.RELATED if answer.related else texts.RELATED_TITLES, tone="note"))
    for article_id, found in groupby(answer.related, key=lambda excerpt: excerpt.article_id):
        parts += _related(tuple(found), seen.explain(article_id) if seen else None, today)
    return Reply(
        title=texts.UNKNOWN_TITLE,
        parts=tuple(parts),
        actions=_article_buttons(answer) or (HELP_ACTION,),
        answer=answer,
    )


def _related(excerpts: Sequence[Excerpt], whole: Answer | None, today: date) -> Iterator[Part]:
    """What one article says, with its name, how far that may be relied on, and where it stands."""
    yield from excerpt_parts(excerpts, named=True)
    if whole:
        yield from (Paragraph(text=note, tone="note") for note in _period_note(whole, today))
        yield from standing_parts(whole, today)
    ours = {each.source.cite(): each.source.edition for each in excerpts if each.layer is Layer.EDITORIAL}
    yield from (SourceLine(cite=cite, edition=edition) for cite, edition in ours.items() if cite)


def _article_buttons(answer: Answer) -> tuple[Action, ...]:
    if answer.outcome == "unknown":
        return tuple(Action(name="article", label=item.title, value=item.id) for item in answer.candidates)
    more = [Action(name="article", label=texts.MORE, value=answer.more)] if answer.more else []
    if answer.earlier and answer.excerpts:
        value = f"{answer.excerpts[0].article_id}{BETWEEN}{answer.earlier}"
        more.append(Action(name="edition", label=texts.EARLIER, value=value))
    return (*more, *(Action(name="article", label=item.title, value=item.id) for item in answer.candidates))
