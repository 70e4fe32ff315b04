"""Pages for reading: the list with its search, one article, and its history with differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.handlers.editing import look
from bot.handlers.offices import warn_of_office
from bot.handlers.sight import count_waiting
from bot.web.knowledge.screen import Screen
from bot.web.pages import Page, Visit
from bot.web.paging import Portion, portion, portion_of_numbers
from knowledge.article import Article
from knowledge.editing.desk import Standing
from knowledge.editing.difference import FieldChange, Line, list_changes
from knowledge.editing.rights import Editor
from knowledge.editing.store import Change, Version
from knowledge.editions import Change as Passing
from knowledge.editions import changes_since_explained
from knowledge.entry import Entry

EACH_PAGE = 50
STEPS_EACH_PAGE = 20


@dataclass(frozen=True)
class Step:
    """One version in the history, with what it changed; `may_return` says whether one can go back to it."""

    version: Version
    changes: Sequence[FieldChange]
    may_return: bool


class ArticlePages:
    """What the staff reads."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def search(self, visit: Visit) -> Page:
        """GET /knowledge: articles by words in their names, questions, id and owner; all without words."""
        editor = self._screen.editor(visit)
        services = self._screen.services
        found = services.seen_by(visit.person).catalogue.search(visit.field("q"))
        return self._screen.page(
            "knowledge/search.html",
            visit,
            query=visit.field("q"),
            entries=portion(found, visit.number, EACH_PAGE),
            to_decide=count_waiting(services, editor),
            editor=editor,
        )

    def article(self, visit: Visit) -> Page:
        """GET /knowledge/article: both layers of one article, and what the visitor may do with it."""
        return article_page(self._screen, visit)

    def history(self, visit: Visit) -> Page:
        """GET /knowledge/history: the versions with their differences from those before, the newest first."""
        editor = self._screen.editor(visit)
        standing = look(self._screen.services, editor, visit.field("id"))
        page = portion_of_numbers(standing.number, visit.number, STEPS_EACH_PAGE)
        store = self._screen.services.stores.versions
        versions = [
            version
            for version in store.list_versions(standing.id, *_with_the_one_before(page))
            if version.article is None or editor.viewer.sees(version.article)
        ]
        beneath = versions[-1].beneath if versions else None
        first = beneath if beneath and editor.viewer.sees(beneath) else None
        shown = [one for one in _changed(versions, first, standing.number) if one[0].number in page.rows]
        return self._screen.page(
            "knowledge/history.html",
            visit,
            standing=standing,
            title=standing.shown.title if standing.shown else standing.id,
            steps=page.holding([_step(one) for one in shown]),
            may_change=editor.may_change(standing.owner),
            may_return_to_source=_may_return_to_source(editor, standing),
        )


def article_page(
    screen: Screen,
    visit: Visit,
    status: int = 200,
    *,
    notice: str = "",
    mistakes: Mapping[str, str] | None = None,
) -> Page:
    """One article; with what was typed on it and what is wrong with that, where it was not taken."""
    editor = screen.editor(visit)
    standing = look(screen.services, editor, visit.field("id"))
    tells = _tells_of_source(editor, standing)
    may_change = editor.may_change(standing.owner)
    revised = _revised(screen, visit, editor, standing)
    article = standing.start or standing.shown
    return screen.page(
        "knowledge/article.html",
        visit,
        status,
        standing=standing,
        article=article,
        overdue=bool(article and article.review_on and article.review_on < screen.services.today()),
        may_change=may_change,
        office=warn_of_office(screen.services, standing.owner) if may_change else "",
        source_changed=tells,
        changes=_source_changes(standing) if tells else (),
        revised=revised,
        revised_changes=_lines(changes_since_explained(revised)) if revised else (),
        done=visit.field("done"),
        notice=notice,
        mistakes=mistakes or {},
        phrasing=visit.field("phrasing"),
        reason=visit.field("reason"),
    )


def _revised(screen: Screen, visit: Visit, editor: Editor, standing: Standing) -> Entry | None:
    """The entry, for those who may mend it, when its explanation is left out."""
    if not editor.may_change(standing.owner):
        return None
    revised = screen.services.seen_by(visit.person).revised
    return next((entry for entry in revised if entry.id == standing.id), None)


def _lines(changes: Sequence[Passing]) -> list[FieldChange]:
    return (
        [FieldChange("body", tuple(Line(change.kind, change.text) for change in changes))] if changes else []
    )


def _tells_of_source(editor: Editor, standing: Standing) -> bool:
    """Whether to say that the source changed since: to those who may do something about it, and see it."""
    heeded = editor.may_change(standing.owner) and standing.source_is_seen_by(editor.viewer)
    return heeded and standing.source_changed


def _may_return_to_source(editor: Editor, standing: Standing) -> bool:
    version, beneath = standing.version, standing.beneath
    if not (beneath and version and version.stands and editor.may_change(standing.owner)):
        return False
    return editor.viewer.sees(beneath)


def _source_changes(standing: Standing) -> list[FieldChange]:
    version = standing.version
    if version is None:
        return []
    changes = list_changes(version.beneath, standing.beneath)
    return [
        *changes,
        *(list_changes(version.official, standing.official) if standing.document_changed else ()),
    ]


def _with_the_one_before(page: Portion[int]) -> tuple[int, int]:
    """The newest number on a page, and how many versions tell what those on it changed."""
    return max(page.rows, default=0), len(page.rows) + 1


def _changed(
    versions: Sequence[Version], first: Article | None, newest: int
) -> list[tuple[Version, Article | None, bool]]:
    """Each version, the article before it (`first` before the oldest of them), and whether it is the newest."""
    before = [version.article for version in versions[1:]]
    return [
        (version, older, version.number == newest)
        for version, older in zip(versions, [*before, first], strict=False)
    ]


def _step(changed: tuple[Version, Article | None, bool]) -> Step:
    version, older, newest = changed
    stands = version.change is not Change.DELETED and version.article is not None
    return Step(version, list_changes(older, version.article), stands and not newest)
