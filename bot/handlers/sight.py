"""What an editor may not see, kept out of what editing counts, names and saves."""

from __future__ import annotations

from bot.services import Services
from bot.texts.ja import editing as texts
from knowledge.article import Article
from knowledge.editing.desk import NothingThere, look_up
from knowledge.editing.fields import FieldMistakes
from knowledge.editing.rights import Editor
from knowledge.editing.store import ProposalState


def count_waiting(services: Services, editor: Editor) -> int:
    """How many proposals wait, without those about what the editor may not see."""
    proposals, viewer = services.stores.proposals, editor.viewer
    hidden = sum(
        services.knowledge.hides(each.article_id, viewer)
        or (each.article is not None and each.proposed_by != editor.by and not viewer.sees(each.article))
        for each in proposals.list_proposals(ProposalState.WAITING)
    )
    return proposals.count_waiting() - hidden


def unlike_hidden(services: Services, editor: Editor, article: Article) -> Article:
    """A new article, under an id of its own where its title's is taken by one that the editor may not know of."""
    number, of_title = 1, article.id
    while _is_hidden(services, editor, article.id):
        number += 1
        article = article.model_copy(update={"id": f"{of_title}-{number}"})
    return article


def _is_hidden(services: Services, editor: Editor, article_id: str) -> bool:
    try:
        standing = look_up(services.stores, services.knowledge.pack_articles, article_id)
    except NothingThere:
        return False
    return not standing.is_seen_by(editor.viewer)


def require_sight(editor: Editor, article: Article) -> None:
    """Raise FieldMistakes when the editor would lose sight of an article by saving it."""
    if not editor.viewer.sees(article):
        raise FieldMistakes({"visible_to": texts.OUT_OF_SIGHT})
