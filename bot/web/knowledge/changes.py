"""Pages that change an article: the edit form, a new article, deleting and going back."""

from __future__ import annotations

from collections.abc import Mapping

from bot.handlers.editing import (
    Clash,
    NothingChanged,
    article_to_propose,
    create_article,
    delete_article,
    go_back,
    look,
    save_article,
    send_proposals,
)
from bot.handlers.offices import warn_of_office
from bot.handlers.turning_away import record_refusal
from bot.texts.ja import editing as texts
from bot.texts.ja import knowledge_pages as words
from bot.web.knowledge.pages import article_page
from bot.web.knowledge.screen import Screen, form_fields, form_values
from bot.web.pages import Page, Visit, link
from knowledge.article import Article, Kind
from knowledge.editing.desk import NothingThere, Standing
from knowledge.editing.difference import compare
from knowledge.editing.fields import FieldMistakes, read_reason, refuse_details, to_values
from knowledge.editing.merging import merge_values
from knowledge.editing.store import Outdated, Proposal
from staff.permissions import NotAllowed, Permission

LONGEST_PHRASING = 200


class ArticleChanges:
    """What editors and proposers do to articles."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def edit_form(self, visit: Visit) -> Page:
        """GET /knowledge/edit: the form with what stands; with `merge`, the source's changes put in."""
        editor = self._screen.editor(visit)
        standing = look(self._screen.services, editor, visit.field("id"))
        editor.require_change(standing.owner)
        values = to_values(standing.start) if standing.start else {}
        clashing: tuple[str, ...] = ()
        theirs = standing.beneath if standing.source_is_seen_by(editor.viewer) else None
        if visit.field("merge") and standing.version and theirs:
            base = to_values(standing.version.beneath) if standing.version.beneath else None
            merged = merge_values(base, to_values(theirs), values)
            values, clashing = dict(merged.values), merged.clashing
        return self._form(visit, standing, values, clashing=clashing, theirs=theirs)

    def save(self, visit: Visit) -> Page:
        """POST /knowledge/edit: a new version; or the form again, with mistakes or somebody else's changes."""
        editor = self._screen.editor(visit)
        id_, values, reason = visit.field("id"), form_values(visit), visit.field("reason")
        try:
            version = save_article(self._screen.services, editor, id_, visit.field("stamp"), values, reason)
        except FieldMistakes as wrong:
            standing = look(self._screen.services, editor, id_)
            return self._form(visit, standing, values, status=422, mistakes=wrong.by_field)
        except NothingChanged as nothing:
            standing = look(self._screen.services, editor, id_)
            return self._form(visit, standing, values, status=422, notice=str(nothing))
        except NotAllowed as refusal:
            standing = look(self._screen.services, editor, id_)
            editor.require_change(standing.owner)
            record_refusal(self._screen.services, visit.person, "web", "/knowledge/edit")
            return self._form(visit, standing, values, status=403, mistakes={"owner": str(refusal)})
        except Clash as clash:
            return self._form(
                visit,
                clash.standing,
                clash.merged.values,
                status=409,
                notice=texts.CLASH,
                clashing=clash.merged.clashing,
                theirs=clash.standing.article,
                shows_difference=True,
            )
        return Page(location=link("/knowledge/article", id=id_, done=f"saved-{version.number}"))

    def new_form(self, visit: Visit) -> Page:
        """GET /knowledge/new: an empty form, to propose an article or, with the right, to publish it."""
        self._screen.editor(visit).require(Permission.KNOWLEDGE_PROPOSE)
        return self._new_form(visit, {"title": visit.field("title")})

    def create(self, visit: Visit) -> Page:
        """POST /knowledge/new: published at once with `act=publish`, else proposed."""
        editor = self._screen.editor(visit)
        values, services = form_values(visit), self._screen.services
        try:
            kind = _kind(visit.field("kind"))
            if visit.field("act") == "publish":
                version = create_article(services, editor, kind, values, visit.field("reason"))
                return Page(location=link("/knowledge/article", id=version.article_id, done="saved-1"))
            self._propose(visit, article=article_to_propose(services, editor, kind, values))
        except FieldMistakes as wrong:
            return self._new_form(visit, values, status=422, mistakes=wrong.by_field)
        except NotAllowed as refusal:
            record_refusal(services, visit.person, "web", "/knowledge/new")
            return self._new_form(visit, values, status=403, mistakes={"owner": str(refusal)})
        return Page(location=link("/knowledge/proposals", done="proposed"))

    def delete(self, visit: Visit) -> Page:
        """POST /knowledge/delete: out of the answers, reversibly; or the article again, with the reason as typed."""
        editor, id_ = self._screen.editor(visit), visit.field("id")
        try:
            delete_article(self._screen.services, editor, id_, visit.field("stamp"), visit.field("reason"))
        except FieldMistakes as wrong:
            return article_page(self._screen, visit, 422, mistakes=wrong.by_field)
        except Outdated:
            return article_page(self._screen, visit, 409, notice=texts.OUTDATED)
        return Page(location=link("/knowledge/history", id=id_))

    def roll_back(self, visit: Visit) -> Page:
        """POST /knowledge/rollback: an older version stands again as a new one; 0 is the source's."""
        editor, id_ = self._screen.editor(visit), visit.field("id")
        stamp, reason = visit.field("stamp"), visit.field("reason")
        version = go_back(self._screen.services, editor, id_, stamp, visit.number, reason)
        return Page(location=link("/knowledge/article", id=id_, done=f"back-{version.number}"))

    def propose_phrasing(self, visit: Visit) -> Page:
        """POST /knowledge/phrasing: a question that shall find this article too; or the article again, with it as typed."""
        editor = self._screen.editor(visit)
        standing = look(self._screen.services, editor, visit.field("id"))
        phrasing = visit.field("phrasing").strip()
        if not 0 < len(phrasing) <= LONGEST_PHRASING or standing.start is None:
            return article_page(self._screen, visit, 422, mistakes={"phrasing": words.PHRASING_LENGTH})
        try:
            self._propose(visit, article_id=standing.id, phrasing=phrasing)
        except FieldMistakes as wrong:
            return article_page(self._screen, visit, 422, mistakes=wrong.by_field)
        return Page(location=link("/knowledge/article", id=standing.id, done="proposed"))

    def _propose(
        self, visit: Visit, *, article: Article | None = None, article_id: str = "", phrasing: str = ""
    ) -> None:
        editor = self._screen.editor(visit)
        refuse_details({"phrasing": phrasing, "reason": visit.field("reason")})
        proposal = Proposal(
            article_id=article.id if article else article_id,
            article=article,
            phrasing=phrasing,
            reason=read_reason(visit.field("reason")),
            proposed_by=editor.by,
            proposed_at=self._screen.services.clock(),
        )
        send_proposals(self._screen.services, editor, [proposal])

    def _form(
        self,
        visit: Visit,
        standing: Standing,
        values: Mapping[str, str],
        *,
        status: int = 200,
        mistakes: Mapping[str, str] | None = None,
        notice: str = "",
        clashing: tuple[str, ...] = (),
        theirs: Article | None = None,
        shows_difference: bool = False,
    ) -> Page:
        bodiless = standing.start is not None and not standing.start.passages
        told = {**dict.fromkeys(clashing, texts.CLASHING_FIELD), **(mistakes or {})}
        other = to_values(theirs) if theirs else {}
        return self._screen.page(
            "knowledge/edit.html",
            visit,
            status,
            standing=standing,
            heading=words.edit_title(_title(standing)),
            fields=form_fields(values, told, bodiless=bodiless, official=standing.official is not None),
            kind=_kind_of(standing),
            office=warn_of_office(self._screen.services, values.get("owner", "")),
            theirs={name: other.get(name, "") for name in clashing},
            notice=notice,
            mistakes=mistakes or {},
            changes=compare(other, values) if shows_difference else (),
            reason=visit.field("reason"),
        )

    def _new_form(
        self,
        visit: Visit,
        values: Mapping[str, str],
        *,
        status: int = 200,
        mistakes: Mapping[str, str] | None = None,
    ) -> Page:
        editor = self._screen.editor(visit)
        return self._screen.page(
            "knowledge/new.html",
            visit,
            status,
            fields=form_fields(values, mistakes),
            kinds=[(kind.value, words.kind(kind.value)) for kind in Kind],
            kind=visit.field("kind") or Kind.FAQ.value,
            mistakes=mistakes or {},
            may_publish=editor.may_change(values.get("owner", "")) or editor.holds_own,
            reason=visit.field("reason"),
        )


def _kind(text: str) -> Kind:
    try:
        return Kind(text or Kind.FAQ.value)
    except ValueError:
        raise NothingThere(texts.no_kind(text[:40])) from None


def _title(standing: Standing) -> str:
    return standing.shown.title if standing.shown else ""


def _kind_of(standing: Standing) -> str:
    return standing.shown.kind.value if standing.shown else Kind.FAQ.value
