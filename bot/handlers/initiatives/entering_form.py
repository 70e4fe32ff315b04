"""The form that adds or changes an initiative."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.messages import Choice, Form, FormField
from bot.texts.ja import initiatives as texts
from knowledge.initiatives.entering import LONGEST, LONGEST_TEXT, OWNING_ROLES
from knowledge.initiatives.initiative import Cadence, Initiative, State


def entering_form(
    value: str,
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
    everything: Sequence[Initiative],
    before: Initiative | None,
) -> Form:
    """The form with what is typed and what is wrong; a change asks for a reason."""

    def field(name: str, label: str, **more: object) -> FormField:
        told = {"value": typed.get(name, ""), "error": wrong.get(name, ""), "max_length": LONGEST, **more}
        return FormField(id=name, label=label, **told)

    def choice(
        name: str, label: str, choices: Iterable[tuple[str, str]], *, required: bool = True
    ) -> FormField:
        told = tuple(Choice(value=value, label=words) for value, words in choices)
        return field(name, label, kind="single", required=required, choices=told)

    earlier = [one for one in everything if _may_be_followed(one, before)]
    followed = [(one.id, texts.of_plan(one.title, one.plan)) for one in earlier]
    lines = {"kind": "long_text", "max_length": LONGEST_TEXT}
    reason = (field("reason", texts.ENTER_REASON, required=True),) if before else ()
    return Form(
        name="initiative_enter",
        title=texts.ENTER_CHANGE if before else texts.ENTER_NEW,
        intro=texts.CHANGE_INTRO if before else texts.ENTER_INTRO,
        fields=(
            field("title", texts.ENTER_TITLE, required=True),
            field("plan", texts.ENTER_PLAN, required=True),
            field("edition", texts.ENTER_EDITION),
            field("owner", texts.ENTER_OWNER, required=True, hint=texts.ENTER_OWNER_HINT),
            choice("role", texts.PAGE_ROLE, ((one.value, one.label) for one in OWNING_ROLES)),
            choice(
                "cadence", texts.PAGE_CADENCE, ((one.value, texts.CADENCES[one.value]) for one in Cadence)
            ),
            field("starts_on", texts.ENTER_STARTS, kind="date", required=True),
            field("ends_on", texts.ENTER_ENDS, kind="date"),
            *([choice("follows", texts.ENTER_FOLLOWS, followed, required=False)] if followed else []),
            field("kpi_name", texts.ENTER_KPI),
            field("unit", texts.ENTER_UNIT),
            choice("each_year", texts.ENTER_EACH_YEAR, texts.EACH_YEAR.items()),
            field("targets", texts.ENTER_TARGETS, hint=texts.ENTER_TARGETS_HINT, **lines),
            field("milestones", texts.PAGE_MILESTONES, hint=texts.ENTER_STEPS_HINT, **lines),
            *reason,
        ),
        submit=texts.ENTER_SUBMIT,
        value=value,
    )


def _may_be_followed(one: Initiative, before: Initiative | None) -> bool:
    """Whether one may carry it on: what is followed already, and what is under way in another plan."""
    if before is not None and (one.id == before.follows or one.id == before.id):
        return one.id == before.follows
    return one.state is State.RUNNING and (before is None or one.plan != before.plan)
