"""An expert's answer: kept, told to whoever asked, and proposed as an article."""

from __future__ import annotations

from bot.handlers.afterwards import feedback_actions
from bot.handlers.deciders import asked_to_decide
from bot.handlers.expert_forms import answer_form, mistakes_in, phrasings_in
from bot.handlers.forms import is_filled, text_of
from bot.handlers.inquired import audience_of
from bot.handlers.inquiry_desk import lost, record, refusal_for, tell_asker, too_late
from bot.messages import Paragraph, Reply, Request
from bot.services import Services, Stores
from bot.texts.ja import learning as texts
from knowledge.learning.inquiry import Inquiry, State, proposals_from


def answer_inquiry(request: Request, services: Services) -> Reply:
    """The form for the answer; filled in, the asker is told and the pair is proposed. The first answer wins."""
    inquiry = services.stores.learning.find_inquiry(request.value)
    if refusal := refusal_for(request, inquiry):
        return refusal
    assert inquiry is not None  # noqa: S101 (refused above)
    if inquiry.state is not State.OPEN:
        return too_late(services, inquiry, text_of(request, "answer"))
    if not is_filled(request, "answer"):
        return Reply(form=answer_form(request, services, inquiry, {}))
    if errors := mistakes_in(request):
        return Reply(form=answer_form(request, services, inquiry, errors))
    return _keep_answer(request, services, inquiry)


def _keep_answer(request: Request, services: Services, inquiry: Inquiry) -> Reply:
    person = request.person
    assert person is not None  # noqa: S101 (refused before)
    learn = text_of(request, "learn")
    answered = inquiry.model_copy(
        update={
            "state": State.ANSWERED,
            "answer": text_of(request, "answer"),
            "answered_by": person.id,
            "answered_at": services.clock(),
            "proposed": learn != "no",
        }
    )
    about = inquiry.article_id if learn == "phrasing" else ""
    seen_by = audience_of(services, inquiry.article_id) if inquiry.article_id else ()
    title, phrasings = text_of(request, "title"), phrasings_in(request)
    proposals = proposals_from(answered, title, phrasings, about, seen_by)
    proposed = proposals if answered.proposed else []
    asked = asked_to_decide(services, proposed).values()
    messages = [message for each in asked for message in each]

    def work(stores: Stores) -> bool:
        if not stores.learning.answer_inquiry(answered):
            return False
        tell_asker(services, stores, answered, _asker_reply(answered))
        for proposal in proposed:
            stores.proposals.add(proposal)
        for message in messages:
            stores.outbox.put(message)
        record(request, services, stores, "inquiry.answer", answered, proposals=len(proposed))
        return True

    if not services.stores.transaction(work):
        return lost(services, inquiry.id, answered.answer)
    told = texts.ANSWERED + (texts.ANSWERED_PROPOSED if proposed else "")
    return Reply(title=texts.ANSWERED_TITLE, parts=(Paragraph(text=told),))


def _asker_reply(inquiry: Inquiry) -> Reply:
    return Reply(
        title=texts.TOLD_TITLE,
        parts=(
            Paragraph(label=texts.TOLD_QUESTION, text=inquiry.question),
            Paragraph(label=texts.TOLD_ANSWER.format(owner=inquiry.owner), text=inquiry.answer),
        ),
        actions=feedback_actions(inquiry.made_id, inquiry.question),
    )
