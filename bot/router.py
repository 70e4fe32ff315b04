"""One literal table: command, action or form id → handler."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter

from bot.handlers import (
    approval,
    ask,
    assignments,
    cases,
    console,
    courtesy,
    edition,
    expert,
    feedback,
    glossary,
    inquiry,
    meaning,
    outbox_desk,
    own_data,
    proposing,
    survey,
    survey_pages,
    survey_rates,
    survey_results,
    unanswered,
    usage,
    waiting,
)
from bot.handlers.afterwards import attend
from bot.handlers.consultation import ASK_ANYWAY
from bot.handlers.digest import reading as digest
from bot.handlers.discretion import for_whom_it_is
from bot.handlers.export import chat as export
from bot.handlers.initiatives import entering, history, listing, reporting
from bot.handlers.recalling import asked_in, keep, recall
from bot.handlers.skills import city, experts, page, plan, refresh, sharing
from bot.handlers.turning_away import record_refusal
from bot.handlers.typed import command_in
from bot.messages import Paragraph, Reply, Request
from bot.services import Services
from bot.texts.ja import ask as texts
from staff.acting import acting_from

Handler = Callable[[Request, Services], Reply]

HANDLERS: Mapping[str, Handler] = {
    "ask": ask.ask,
    "article": ask.show_article,
    "edition": edition.show_edition,
    "pick": ask.pick,
    "none_of_these": ask.none_of_these,
    "term": glossary.look_up,
    "term_row": glossary.show_row,
    "meaning": meaning.explain_words,
    "help": usage.show_help,
    "greeting": courtesy.greet,
    "thanks": courtesy.welcome_thanks,
    "displeasure": courtesy.apologise,
    "console": console.open_console,
    "export": export.open_exports,
    ASK_ANYWAY: ask.ask,
    "solved": feedback.solved,
    "wrong": feedback.wrong,
    "feedback_counts": feedback.show_counts,
    "inquire": inquiry.inquire,
    "inquire_send": inquiry.send_inquiry,
    "inquiries": waiting.list_open,
    "inquiry": waiting.show_inquiry,
    "inquiry_answer": expert.answer_inquiry,
    "inquiry_move": waiting.move_inquiry,
    "inquiry_close": waiting.close_inquiry,
    "propose": proposing.propose,
    "proposal_approve": approval.approve,
    "proposal_reject": approval.reject,
    "cases": cases.list_cases,
    "case_register": cases.register_case,
    "survey": survey.list_surveys,
    "survey_start": survey.start_survey,
    "survey_notice": survey.show_notice,
    "survey_show": survey_pages.show_page,
    "survey_page": survey_pages.fill_page,
    "survey_back": survey_pages.back,
    "survey_save": survey_pages.save,
    "survey_submit": survey_pages.submit,
    "survey_rates": survey_rates.show_rates,
    "survey_mute": survey.mute_round,
    "survey_mute_all": survey.mute_all,
    "survey_unmute": survey.unmute,
    "skills": page.show_skills,
    "skills_map": city.show_map,
    "skills_refresh": refresh.refresh,
    "skills_refresh_save": refresh.refresh_save,
    "skills_same": refresh.refresh_same,
    "skills_plan": plan.show_plan,
    "skills_accept": plan.accept_plan,
    "skills_tick": plan.tick_step,
    "skills_share": sharing.share,
    "skills_unshare": sharing.unshare,
    "skills_team": sharing.list_team,
    "skills_of": sharing.show_person,
    "skills_comment": sharing.comment,
    "experts": experts.find_experts,
    "expert_offer": experts.offer,
    "expert_stop": experts.stop_offering,
    "results": survey_results.list_results,
    "results_show": survey_results.show_results,
    "results_text": survey_results.show_texts,
    "results_question": survey_results.show_question,
    "results_own": survey_results.show_own,
    "unanswered": unanswered.list_unanswered,
    "unanswered_discard": unanswered.discard,
    "unanswered_tell": unanswered.tell,
    "progress": listing.list_initiatives,
    "progress_report": reporting.report_progress,
    "progress_same": reporting.same_progress,
    "progress_history": history.show_history,
    "initiative_enter": entering.enter,
    "assign": assignments.assign,
    "assignment_done": assignments.settle_assignment,
    "digest_more": digest.show_more,
    "digest_settings": digest.change_settings,
    "own_data": own_data.show_own,
    "own_delete": own_data.delete_own,
    "outbox": outbox_desk.list_unsettled,
    "outbox_sent": outbox_desk.mark_sent,
    "outbox_resend": outbox_desk.resend,
}
# Looking up a sensitive question all the same is counted as any other question.
_COUNTED_AS = {ASK_ANYWAY: "ask"}


def handle(request: Request, services: Services) -> Reply:
    """Answer a request; an id nobody knows gets a polite reply, so that every button answers."""
    request = _as_meant(request)
    asked = asked_in(request, services)
    if asked and (recalled := recall(request, services, asked)) is not None:
        return recalled
    began = perf_counter()
    with acting_from(request.channel):
        reply = attend(request, HANDLERS.get(request.name, _nobody)(request, services), services)
    if reply.refused:
        record_refusal(services, request.person, request.channel, request.name)
    outcome = reply.answer.outcome if reply.answer else "-"
    name = request.name if request.name in HANDLERS else "unknown"
    services.meter.observe(request.channel, _COUNTED_AS.get(name, name), outcome, perf_counter() - began)
    if asked:
        keep(asked, reply, services)
    return for_whom_it_is(request, reply, services)


def _as_meant(request: Request) -> Request:
    """Typed text that is a command by its wording is what that command would be."""
    meant = command_in(request.text) if request.name == "ask" else None
    return request if meant is None else request.model_copy(update={"name": meant[0], "text": meant[1]})


def _nobody(_request: Request, _services: Services) -> Reply:
    return Reply(parts=(Paragraph(text=texts.UNKNOWN_ACTION, tone="warning"),), actions=(usage.HELP_ACTION,))
