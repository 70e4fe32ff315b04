"""People who offer to be asked are shown once that opens nothing of what was published of the self-assessment."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bot.handlers.notices import notices
from bot.jobs.apart import Apart, Stopped
from bot.jobs.results import decided_apart
from bot.messages import Paragraph, Reply
from bot.services import Services, Stores
from bot.texts.ja import skill_page as texts
from surveys.disclosure import publish
from surveys.publishing import Decide, stays_hidden
from surveys.round import Round, State
from surveys.skills.asking import SURVEY_ID
from surveys.skills.assessment import ExpertProfile
from surveys.skills.reading import skill_set_in_use
from surveys.skills.telling import told_with

ADMITTING = Apart()


def show_experts_apart(services: Services) -> Mapping[str, int]:
    """The same with the audit in a process of its own, which `ADMITTING.stop()` ends."""
    try:
        return show_experts(services, partial(decided_apart, ADMITTING))
    except Stopped:
        return {}


def show_experts(services: Services, decide: Decide = publish) -> Mapping[str, int]:
    """Show every skill that waits and opens nothing of the newest round; tell what is shown and what has to wait for the next.

    While a closed round is not published yet nothing is done: its own audit takes in whoever waits.
    """
    stores = services.stores
    closed = stores.surveys.list_rounds(State.CLOSED, SURVEY_ID)
    newest = closed[-1] if closed else None
    if newest is not None and stores.publications.published_at(newest.id) is None:
        return {"experts": 0}
    return {"experts": sum(_settle(services, newest, one, decide) for one in _unsettled(stores, newest))}


def _unsettled(stores: Stores, newest: Round | None) -> list[ExpertProfile]:
    seen = newest.id if newest else None
    return [one for one in stores.skills.list_profiles() if any(at != seen for at in one.waiting.values())]


def _settle(services: Services, newest: Round | None, profile: ExpertProfile, decide: Decide) -> bool:
    """One profile; False when its owner changed it meanwhile."""
    shown = profile
    for skill, looked_at in profile.waiting.items():
        if newest is None or (
            looked_at != newest.id and _opens_nothing(services, newest, shown, skill, decide)
        ):
            shown = shown.model_copy(update={"skills": (*shown.skills, skill)})
    held = {skill: newest.id for skill in profile.waiting if newest and skill not in shown.skills}
    settled = shown.model_copy(update={"waiting": held})

    person = services.stores.directory.person(profile.person_id)
    key = f"expert/{services.clock().isoformat()}"
    told = list(notices(services, [person] if person else [], key, _told(services, profile, settled)))

    def work(stores: Stores) -> bool:
        if stores.skills.find_profile(profile.person_id) != profile:
            return False
        stores.skills.save_profile(settled)
        for message in told:
            stores.outbox.put(message)
        return True

    return services.stores.transaction(work)


def _opens_nothing(
    services: Services, newest: Round, shown: ExpertProfile, skill: str, decide: Decide
) -> bool:
    stores = services.stores
    others = stores.skills.list_profiles()
    told = told_with(others, shown, skill, newest.id, stores.surveys)
    return told is None or stays_hidden(newest.id, skill, told, stores.publications, decide)


def _told(services: Services, before: ExpertProfile, after: ExpertProfile) -> Reply:
    known = skill_set_in_use(services.stores.skills).framework.by_id
    new = [known[id_].name for id_ in after.skills if id_ in known and id_ not in before.skills]
    held = [known[id_].name for id_ in after.waiting if id_ in known]
    said = [texts.expert_shown(new)] if new else []
    said += [texts.expert_held(held, after.words)] if held else []
    return Reply(title=texts.EXPERTS, parts=tuple(Paragraph(text=text) for text in said))
