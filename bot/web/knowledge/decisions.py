"""Pages for proposals: what waits, one proposal beside what stands, approving and rejecting."""

from __future__ import annotations

from bot.handlers.editing import approve_proposal, reject_proposal
from bot.handlers.offices import warn_of_office
from bot.texts.ja import editing as editing_texts
from bot.texts.ja import knowledge_pages as texts
from bot.web.knowledge.screen import Screen, form_fields, form_values
from bot.web.pages import Page, Visit, link
from bot.web.paging import portion
from knowledge.editing.desk import Standing, list_source_changes, look_up
from knowledge.editing.difference import list_changes
from knowledge.editing.fields import FieldMistakes, to_values
from knowledge.editing.proposing import Considered, NoReason, beside, consider
from knowledge.editing.rights import Editor
from knowledge.editing.store import Outdated, Proposal, ProposalState
from knowledge.entry import Entry

EACH_PAGE = 50
MOST_DECIDED = 50


class Decisions:
    """What is proposed and decided."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def proposals(self, visit: Visit) -> Page:
        """GET /knowledge/proposals: what waits (all to those who decide, to others their own) and what was decided."""
        editor = self._screen.editor(visit)
        stores, packs = self._screen.services.stores, self._screen.services.knowledge.pack_articles
        waiting = [
            each
            for each in stores.proposals.list_proposals(ProposalState.WAITING)
            if self._may_see(editor, each)
        ]
        decided = [
            proposal
            for state in (ProposalState.APPROVED, ProposalState.REJECTED)
            for proposal in stores.proposals.list_proposals(state, MOST_DECIDED)
        ]
        changed = [
            each for each in list_source_changes(stores, packs, editor) if editor.may_change(each.owner)
        ]
        return self._screen.page(
            "knowledge/proposals.html",
            visit,
            waiting_ones=portion(waiting, visit.number, EACH_PAGE).shown_as(self._row),
            decided=[self._row(each) for each in decided if self._may_see(editor, each)],
            changed=changed,
            revised=[
                each
                for each in self._screen.services.seen_by(visit.person).revised
                if self._mends(editor, each)
            ],
            deleted=self._deleted(editor),
            done=visit.field("done"),
        )

    def proposal(self, visit: Visit) -> Page:
        """GET /knowledge/proposal: one proposal, its difference from what stands, and the decision."""
        return self._show(visit, self._find(visit))

    def approve(self, visit: Visit) -> Page:
        """POST /knowledge/approve: it stands, as proposed or as mended in the form."""
        editor = self._screen.editor(visit)
        values = form_values(visit)
        try:
            version = approve_proposal(
                self._screen.services,
                editor,
                visit.field("id"),
                visit.field("stamp"),
                values or None,
                visit.field("word"),
            )
        except FieldMistakes as wrong:
            return self._show(visit, self._find(visit), 422, mistakes=wrong.by_field, values=values)
        except Outdated:
            return self._show(visit, self._find(visit), 409, notice=editing_texts.OUTDATED, values=values)
        return Page(
            location=link("/knowledge/article", id=version.article_id, done=f"approved-{version.number}")
        )

    def reject(self, visit: Visit) -> Page:
        """POST /knowledge/reject: turned down, with the reason for whoever proposed it."""
        editor = self._screen.editor(visit)
        try:
            reject_proposal(self._screen.services, editor, visit.field("id"), visit.field("reason"))
        except NoReason as missing:
            return self._show(visit, self._find(visit), 422, notice=str(missing))
        except FieldMistakes as wrong:
            return self._show(visit, self._find(visit), 422, mistakes=wrong.by_field)
        return Page(location=link("/knowledge/proposals", done="rejected"))

    def _find(self, visit: Visit) -> Considered:
        services = self._screen.services
        editor = self._screen.editor(visit)
        return consider(services.stores, services.knowledge.pack_articles, visit.field("id"), editor)

    def _show(
        self,
        visit: Visit,
        found: Considered,
        status: int = 200,
        *,
        notice: str = "",
        mistakes: dict[str, str] | None = None,
        values: dict[str, str] | None = None,
    ) -> Page:
        editor, services = self._screen.editor(visit), self._screen.services
        if found.proposal.proposed_by != editor.by:
            editor.require_change(found.owner)
        written = values or (to_values(found.result) if found.result else {})
        return self._screen.page(
            "knowledge/proposal.html",
            visit,
            status,
            found=found,
            proposal=found.proposal,
            changes=list_changes(found.before, found.result),
            fields=form_fields(
                written,
                mistakes,
                bodiless=bool(found.result and not found.result.passages),
                official=bool(found.standing and found.standing.official),
            ),
            kind=found.result.kind.value if found.result else "",
            office=warn_of_office(services, found.result.owner) if found.result else "",
            mistakes=mistakes or {},
            word=visit.field("word"),
            reason=visit.field("reason"),
            mended=bool(values),
            notice=notice,
            may_decide=found.proposal.state is ProposalState.WAITING and editor.may_change(found.owner),
        )

    def _row(self, proposal: Proposal) -> dict[str, object]:
        title = proposal.article.title if proposal.article else proposal.phrasing
        return {
            "proposal": proposal,
            "title": title,
            "kind": texts.proposal_kind(phrasing=proposal.article is None),
        }

    @staticmethod
    def _mends(editor: Editor, entry: Entry) -> bool:
        return entry.editorial is not None and editor.may_change(entry.editorial.owner)

    def _deleted(self, editor: Editor) -> list[Standing]:
        """The deleted articles that the editor may bring back."""
        stores, packs = self._screen.services.stores, self._screen.services.knowledge.pack_articles
        gone = (each for each in stores.versions.list_latest() if each.stands and each.article is None)
        found = (look_up(stores, packs, version.article_id) for version in gone)
        return [one for one in found if editor.may_change(one.owner) and one.is_seen_by(editor.viewer)]

    def _may_see(self, editor: Editor, proposal: Proposal) -> bool:
        services = self._screen.services
        found = beside(services.stores, services.knowledge.pack_articles, proposal)
        decides = proposal.proposed_by == editor.by or editor.may_change(found.owner)
        return decides and found.is_seen_by(editor)
