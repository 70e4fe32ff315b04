"""No article is owned by a person of the directory: imports and the editor."""

from __future__ import annotations

import pytest

from bot.handlers.editing import create_article, editor_of, look, save_article
from bot.handlers.knowledge_admin import import_articles, preview_articles
from bot.services import Services
from knowledge.article import Kind
from knowledge.editing.fields import FieldMistakes, to_values
from knowledge.importing import ImportFailed
from storage.stores import SqlStores
from tests.handlers.learning_city import SEAL, open_city
from tests.web.city import OPERATOR, STAFF


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    return open_city(sqlite_stores)


@pytest.mark.parametrize("owner", [STAFF.name, f"職員課　{STAFF.name}", " ".join(STAFF.name)])
def test_an_import_with_a_person_for_an_owner_is_refused_whole(services: Services, owner: str) -> None:
    articles = [SEAL, SEAL.model_copy(update={"id": "faq:other", "title": "ほかの記事", "owner": owner})]
    with pytest.raises(ImportFailed):
        preview_articles(services, "表", articles)
    with pytest.raises(ImportFailed) as caught:
        import_articles(services, "表", articles, "host")
    (error,) = caught.value.errors
    assert error.startswith("「ほかの記事」「owner」: ") and "課の名前を書いてください" in error
    assert services.stores.articles.list_articles("表") == []


def test_the_editor_refuses_a_person_at_the_field(services: Services) -> None:
    editor = editor_of(services, OPERATOR)
    standing = look(services, editor, SEAL.id)
    assert standing.article
    values = {**to_values(standing.article), "owner": STAFF.name}
    with pytest.raises(FieldMistakes) as caught:
        save_article(services, editor, SEAL.id, standing.stamp, values, "")
    assert set(caught.value.by_field) == {"owner"}
    with pytest.raises(FieldMistakes) as caught:
        create_article(services, editor, Kind.FAQ, {**values, "title": "新しい記事"}, "")
    assert set(caught.value.by_field) == {"owner"}
    assert look(services, editor, SEAL.id).owner == SEAL.owner
