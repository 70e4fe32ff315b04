"""Where others read along, what not everybody may see is shown to whoever asked alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.messages import BETWEEN, Reply, Request
from bot.services import Services
from knowledge.visibility import HOST, STRANGER, Viewer


def for_whom_it_is(request: Request, reply: Reply, services: Services) -> Reply:
    """The reply; a fleeting one when it shows something restricted and the place is not the person's own."""
    if request.private or reply.fleeting:
        return reply
    told = any_restricted(_article_ids(reply), services, services.viewer(request.person))
    return reply.model_copy(update={"fleeting": True}) if told else reply


def shows_restricted(reply: Reply, services: Services) -> bool:
    """Whether a reply quotes, names or offers an article that somebody in a channel may not see: a guest, say."""
    return any_restricted(_article_ids(reply), services)


def any_restricted(article_ids: Iterable[str], services: Services, viewer: Viewer = HOST) -> bool:
    """Whether not everybody may see one of these articles. What the viewer may not see either is nothing to them."""
    hides = services.knowledge.hides
    return any(hides(one, STRANGER) and not hides(one, viewer) for one in article_ids)


def _article_ids(reply: Reply) -> Iterator[str]:
    if reply.answer:
        yield from (excerpt.article_id for excerpt in (*reply.answer.excerpts, *reply.answer.related))
        yield from (candidate.id for candidate in reply.answer.candidates)
    yield from (action.value.partition(BETWEEN)[0] for action in reply.actions)
