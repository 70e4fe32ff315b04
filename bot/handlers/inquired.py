"""What an inquiry is about: an article, or what an expert answered that nobody approved yet."""

from __future__ import annotations

from bot.services import Services
from knowledge.article import Audience
from knowledge.editing.desk import NothingThere, look_up
from knowledge.learning.inquiry import Inquiry, inquiry_behind
from knowledge.view import View
from knowledge.visibility import narrowest


def owner_of(services: Services, seen: View, article_id: str) -> str:
    """The 課 that a question about this article goes to: of what an expert answered, the one that answered."""
    earlier = None if seen.title_of(article_id) else _answered(services, article_id)
    return earlier.owner if earlier else seen.owner_of(article_id)


def audience_of(services: Services, article_id: str) -> tuple[Audience, ...]:
    """Who may see what is learned from a question about this article: whoever may see that. Empty: everybody."""
    try:
        standing = look_up(services.stores, services.knowledge.pack_articles, article_id)
    except NothingThere:
        return _audience_to_be(services, article_id)
    return narrowest(article for article in (standing.shown, standing.official) if article)


def _audience_to_be(services: Services, article_id: str) -> tuple[Audience, ...]:
    """Of an answer that is no article yet."""
    earlier = _answered(services, article_id)
    return audience_of(services, earlier.article_id) if earlier and earlier.article_id else ()


def _answered(services: Services, article_id: str) -> Inquiry | None:
    behind = inquiry_behind(article_id)
    return services.stores.learning.find_inquiry(behind) if behind else None
