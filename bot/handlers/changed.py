"""「前の版から変わりましたか」: what changed in an article from one edition to the next."""

from __future__ import annotations

from collections.abc import Sequence

from bot.handlers.following import recalled_subject
from bot.messages import Action, Items, Paragraph, Part, Reply, Request
from bot.services import Services
from bot.texts.ja import ask as texts
from knowledge.answer import Answer
from knowledge.editions import Change, Revision, changes_asked

_SAID = {"added": texts.CHANGE_ADDED, "removed": texts.CHANGE_REMOVED}


def tell_changes(question: str, request: Request, services: Services) -> Reply | None:
    """What changed since the edition before, of what a cleaned question names or the conversation is about; None for any
    other question.
    """
    subject = changes_asked(question)
    if subject is None:
        return None
    seen = services.seen_by(request.person)
    meant = _articles(seen.answer(subject)) if subject else recalled_subject(request, services)
    revision = seen.revision(meant[0]) if meant else None
    if revision is None:
        return Reply(parts=(Paragraph(text=texts.CHANGES_OF_WHAT),))
    newest = Action(name="article", label=texts.NEWEST, value=meant[0])
    return Reply(title=revision.title, parts=tuple(_told(revision)), actions=(newest,))


def change_items(changes: Sequence[Change]) -> Items:
    """Each passage that came or went."""
    return Items(items=tuple(_SAID[change.kind].format(text=change.text) for change in changes))


def _articles(answer: Answer) -> Sequence[str]:
    """The articles that an answer is about, or offers."""
    return [*(excerpt.article_id for excerpt in answer.excerpts), *(one.id for one in answer.candidates)]


def _told(revision: Revision) -> Sequence[Part]:
    compared = texts.CHANGED_SINCE if revision.changes else texts.SAME_SINCE
    said = compared if revision.older else texts.ONE_EDITION
    names = {"title": revision.title, "document": revision.document, "newest": revision.newest}
    told = Paragraph(text=said.format(**names, older=revision.older))
    return (told, change_items(revision.changes)) if revision.changes else (told,)
