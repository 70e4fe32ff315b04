"""変わりありませんか: the last answers, and only what changed is asked again."""

from __future__ import annotations

from bot.handlers.refusing import permitted
from bot.handlers.skills.page import show_skills, skill_set
from bot.messages import Action, Choice, Form, FormField, Paragraph, Reply, Request
from bot.services import Services
from bot.texts.ja import skill_page as texts
from bot.texts.ja import skill_survey as words
from staff.permissions import Permission
from surveys.skills.assessment import Assessment
from surveys.skills.framework import DECLINED, LEVELS, NOT_MY_WORK, Framework, Skill

WHICH = "which"
_BETWEEN = ","


def refresh(request: Request, services: Services) -> Reply:
    """The last answers to choose from; what is chosen is asked in the next form."""
    found = _last(request, services)
    if isinstance(found, Reply):
        return found
    framework, last = found
    chosen = request.values.get(WHICH)
    if chosen is None:
        return Reply(form=_which(framework, last, ""))
    skills = [skill for skill in _rated(framework) if skill.id in chosen]
    if not skills:
        return Reply(form=_which(framework, last, texts.REFRESH_NONE))
    return Reply(form=_levels(skills, framework.carried_over(last.answers), {}))


def refresh_save(request: Request, services: Services) -> Reply:
    """Keep what was changed, beside what stayed."""
    found = _last(request, services)
    if isinstance(found, Reply):
        return found
    framework, last = found
    asked = request.value.split(_BETWEEN)
    skills = [skill for skill in _rated(framework) if skill.id in asked]
    allowed = {*map(str, LEVELS), NOT_MY_WORK, DECLINED}
    told = {skill.id: str(request.values.get(skill.id, "")) for skill in skills}
    if wrong := {id_: texts.CHOOSE for id_, answer in told.items() if answer not in allowed}:
        return Reply(form=_levels(skills, told, wrong))
    _keep(request, services, framework, last, told)
    return _shown(request, services, texts.REFRESHED)


def refresh_same(request: Request, services: Services) -> Reply:
    """Nothing changed: the last answers hold from today on."""
    found = _last(request, services)
    if isinstance(found, Reply):
        return found
    framework, last = found
    _keep(request, services, framework, last, {})
    return _shown(request, services, texts.KEPT_SAME)


def _last(request: Request, services: Services) -> tuple[Framework, Assessment] | Reply:
    if refusal := permitted(request, Permission.SKILLS_OWN):
        return refusal
    assert request.person is not None  # noqa: S101 (the permission needs somebody known)
    last = services.stores.skills.latest_assessment(request.person.id)
    return show_skills(request, services) if last is None else (skill_set(services).framework, last)


def _keep(
    request: Request, services: Services, framework: Framework, last: Assessment, told: dict[str, str]
) -> None:
    department = request.person.department_id if request.person else last.department_id
    kept = last.model_dump() | {
        "at": services.clock(),
        "framework": framework.version,
        "department_id": department,
        "answers": {**framework.carried_over(last.answers), **told},
        "round_id": "",
    }
    services.stores.skills.add_assessment(Assessment.model_validate(kept))


def _shown(request: Request, services: Services, text: str) -> Reply:
    page = show_skills(request.model_copy(update={"values": {}, "value": ""}), services)
    return page.model_copy(update={"parts": (Paragraph(text=text), *page.parts)})


def _rated(framework: Framework) -> list[Skill]:
    """Skills that are rated; what is checked is checked again in the next round."""
    return [skill for skill in framework.skills if not skill.checks]


def _which(framework: Framework, last: Assessment, error: str) -> Form:
    answers = framework.carried_over(last.answers)
    choices = tuple(
        Choice(value=skill.id, label=f"{skill.name}: {_said(framework, answers.get(skill.id, ''))}")
        for skill in _rated(framework)
    )
    field = FormField(id=WHICH, label=texts.REFRESH_WHICH, kind="multi", choices=choices, error=error)
    return Form(
        name="skills_refresh",
        title=texts.REFRESH_TITLE,
        intro=texts.REFRESH_INTRO,
        fields=(field,),
        submit=texts.REFRESH_NEXT,
        actions=(Action(name="skills_same", label=texts.REFRESH_SAME),),
        steps=2,
    )


def _levels(skills: list[Skill], answers: dict[str, str], errors: dict[str, str]) -> Form:
    fields = tuple(
        FormField(
            id=skill.id,
            label=skill.name,
            kind="single",
            required=True,
            choices=_choices(skill),
            value=answers.get(skill.id, ""),
            error=errors.get(skill.id, ""),
        )
        for skill in skills
    )
    return Form(
        name="skills_refresh_save",
        title=texts.REFRESH_TITLE,
        intro=texts.REFRESH_FORM,
        fields=fields,
        submit=texts.REFRESH_SAVE,
        value=_BETWEEN.join(skill.id for skill in skills),
        step=2,
        steps=2,
    )


def _choices(skill: Skill) -> tuple[Choice, ...]:
    levels = (
        Choice(value=str(level), label=words.anchor(level, anchor))
        for level, anchor in enumerate(skill.anchors)
    )
    without = ((NOT_MY_WORK, words.NOT_MY_WORK), (DECLINED, words.DECLINED))
    return (*levels, *(Choice(value=value, label=label) for value, label in without))


def _said(framework: Framework, answer: str) -> str:
    return framework.label(int(answer)) if answer.isdigit() else texts.WITHOUT[answer]
