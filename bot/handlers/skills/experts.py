"""「RPAに詳しい人は?」: people who offered to be asked, found by skill and in free words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.handlers.forms import is_filled, text_of
from bot.handlers.refusing import permitted
from bot.handlers.skills.page import skill_set
from bot.messages import Action, Choice, Form, FormField, Items, Paragraph, Reply, Request
from bot.services import Services
from bot.texts.ja import skill_page as texts
from bot.written.personal_number import holds_personal_number
from staff.model import Person, Roster
from staff.permissions import Permission
from surveys.round import State
from surveys.skills.asking import SURVEY_ID
from surveys.skills.assessment import ExpertProfile
from surveys.skills.framework import Framework

MOST_SHOWN = 10
LONGEST_WORDS = 200
_ASKED = re.compile(
    r"^(?P<word>.{1,40}?)(?:に|の(?:こと)?に|が)?(?:詳|くわ)しい(?:人|方|職員)(?:は|を|が|$|[?？])"
)
OFFER_ACTION = Action(name="expert_offer", label=texts.EXPERT_OFFER)


def sought_in(text: str) -> str | None:
    """What somebody is looked for, in a question like 「RPAに詳しい人は?」; None in any other."""
    found = _ASKED.match(unicodedata.normalize("NFKC", text).strip())
    return found["word"].strip() if found else None


def find_experts(request: Request, services: Services) -> Reply:
    """Who offered to be asked about what was typed; a form to type it in while nothing was."""
    if refusal := permitted(request, Permission.SKILLS_EXPERTS):
        return refusal
    assert request.person is not None  # noqa: S101 (the permission needs somebody known)
    word = text_of(request, "word") or request.text.strip() or request.value.strip()
    if not word:
        field = FormField(id="word", label=texts.EXPERT_ASK, required=True, max_length=60)
        return Reply(
            form=Form(name="experts", title=texts.EXPERTS, fields=(field,), submit=texts.EXPERT_FIND)
        )
    framework = skill_set(services).framework
    rows = tuple(_rows(word, framework, services))
    if not rows:
        return Reply(parts=(Paragraph(text=texts.EXPERT_NONE.format(word=word)),), actions=(OFFER_ACTION,))
    return Reply(
        title=texts.EXPERTS,
        parts=(Paragraph(text=texts.EXPERT_FOUND.format(word=word)), Items(items=rows[:MOST_SHOWN])),
        actions=(OFFER_ACTION,),
    )


def offer(request: Request, services: Services) -> Reply:
    """The form to offer oneself, begun from what one shows already; filled in, one is found from now on."""
    if refusal := permitted(request, Permission.SKILLS_EXPERTS):
        return refusal
    assert request.person is not None  # noqa: S101 (the permission needs somebody known)
    framework, shown = skill_set(services).framework, services.stores.skills.find_profile(request.person.id)
    if not is_filled(request, "words") and "skills" not in request.values:
        return Reply(form=_form(framework, _chosen(shown), shown.words if shown else "", {}))
    told = request.values.get("skills", [])
    ticked = {told} if isinstance(told, str) else set(told)
    skills = tuple(skill.id for skill in framework.skills if skill.id in ticked)
    words = text_of(request, "words")
    if errors := _mistakes(skills, words):
        return Reply(form=_form(framework, skills, words, errors))
    offered = ExpertProfile(person_id=request.person.id, skills=skills, words=words)
    kept = _held_back(offered, shown) if _anything_closed(services) else offered
    services.stores.skills.save_profile(kept)
    stop = Action(name="expert_stop", label=texts.EXPERT_STOP)
    text = texts.EXPERT_WAITING if kept.waiting else texts.EXPERT_SAVED
    return Reply(parts=(Paragraph(text=text),), actions=(stop,))


def stop_offering(request: Request, services: Services) -> Reply:
    """Be found no longer."""
    if refusal := permitted(request, Permission.SKILLS_EXPERTS):
        return refusal
    assert request.person is not None  # noqa: S101 (the permission needs somebody known)
    services.stores.skills.remove_profile(request.person.id)
    return Reply(parts=(Paragraph(text=texts.EXPERT_STOPPED),), actions=(OFFER_ACTION,))


def _rows(word: str, framework: Framework, services: Services) -> Iterator[str]:
    roster = Roster(tuple(services.stores.directory.list_departments()), ())
    for profile in services.stores.skills.list_profiles():
        names = [framework.by_id[id_].name for id_ in profile.skills if id_ in framework.by_id]
        person = services.stores.directory.person(profile.person_id)
        if person is not None and names and _fits(word, [*names, profile.shown_words]):
            yield texts.expert(person.name, _place(person, roster), "、".join(names), profile.shown_words)


def _chosen(profile: ExpertProfile | None) -> tuple[str, ...]:
    return (*profile.skills, *profile.waiting) if profile else ()


def _anything_closed(services: Services) -> bool:
    return bool(services.stores.surveys.list_rounds(State.CLOSED, SURVEY_ID))


def _held_back(offered: ExpertProfile, before: ExpertProfile | None) -> ExpertProfile:
    """With what is new waiting: the worker looks whether it opens anything that was published."""
    known = before.skills if before else ()
    looked_at = before.waiting if before else {}
    new = {skill: looked_at.get(skill, "") for skill in offered.skills if skill not in known}
    shown = tuple(skill for skill in offered.skills if skill in known)
    return offered.model_copy(update={"skills": shown, "waiting": new})


def _place(person: Person, roster: Roster) -> str:
    return roster.department_names.get(person.department_id, person.department_id)


def _fits(word: str, texts_shown: list[str]) -> bool:
    return any(_folded(word) in _folded(text) for text in texts_shown)


def _folded(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()


def _mistakes(skills: tuple[str, ...], words: str) -> dict[str, str]:
    errors = {} if skills else {"skills": texts.EXPERT_CHOOSE}
    if len(words) > LONGEST_WORDS:
        errors["words"] = texts.EXPERT_LONG
    elif holds_personal_number(words):
        errors["words"] = texts.PERSONAL_NUMBER
    return errors


def _form(framework: Framework, skills: tuple[str, ...], words: str, errors: dict[str, str]) -> Form:
    choices = tuple(Choice(value=skill.id, label=skill.name) for skill in framework.skills)
    return Form(
        name="expert_offer",
        title=texts.EXPERT_OFFER,
        intro=texts.EXPERT_OFFER_INTRO,
        fields=(
            FormField(
                id="skills",
                label=texts.EXPERT_SKILLS,
                kind="multi",
                required=True,
                choices=choices,
                value=skills,
                error=errors.get("skills", ""),
            ),
            FormField(
                id="words",
                label=texts.EXPERT_WORDS,
                value=words,
                error=errors.get("words", ""),
                max_length=LONGEST_WORDS,
            ),
        ),
        submit=texts.EXPERT_SAVE,
        actions=(Action(name="expert_stop", label=texts.EXPERT_STOP),) if skills and not errors else (),
    )
