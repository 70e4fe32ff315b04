"""The form of one progress report."""

from __future__ import annotations

from datetime import date

from bot.messages import Choice, Form, FormField
from bot.texts.ja import initiatives as texts
from bot.texts.ja.ask import day as japanese_day
from knowledge.initiatives.initiative import Initiative
from knowledge.initiatives.progress import LONGEST, ProgressReport, Status, figure
from staff.calendar import date_in_japan, fiscal_year, reiwa


def report_form(
    initiative: Initiative,
    day: date,
    before: ProgressReport | None,
    values: dict[str, str] | None = None,
    mistakes: dict[str, str] | None = None,
) -> Form:
    """The form for one report, with what was typed and what is wrong with it."""
    last = (
        texts.last_report(japanese_day(date_in_japan(before.at)), before.status.label)
        if before
        else texts.FIRST_REPORT
    )
    typed = values or {"status": before.status.value if before else ""}

    def field(name: str, label: str, **more: object) -> FormField:
        told = {"value": typed.get(name, ""), "error": (mistakes or {}).get(name, ""), **more}
        return FormField(id=name, label=label, **told)

    choices = tuple(Choice(value=one.value, label=one.label) for one in Status)
    kpi = initiative.kpi
    figures = (
        (
            field(
                "value",
                f"{texts.REPORT_VALUE}（{kpi.unit}）" if kpi.unit else texts.REPORT_VALUE,
                hint=_value_hint(initiative, fiscal_year(day)),
            ),
            field("as_of", texts.REPORT_AS_OF, kind="date"),
            field("split", texts.REPORT_SPLIT, kind="long_text", hint=texts.REPORT_SPLIT_HINT),
        )
        if kpi and (kpi.unit or kpi.targets)
        else ()
    )
    return Form(
        name="progress_report",
        title=texts.REPORT_TITLE,
        intro=texts.report_intro(initiative.title, last),
        fields=(
            field(
                "status",
                texts.REPORT_STATUS,
                kind="single",
                required=True,
                choices=choices,
                hint=texts.STATUS_HINT,
            ),
            *figures,
            field("done", texts.REPORT_DONE, kind="long_text", max_length=LONGEST),
            field("next", texts.REPORT_NEXT, kind="long_text", max_length=LONGEST),
            field(
                "blocked",
                texts.REPORT_BLOCKED,
                kind="long_text",
                max_length=LONGEST,
                hint=texts.REPORT_BLOCKED_HINT,
            ),
        ),
        submit=texts.REPORT_SUBMIT,
        value=initiative.id,
    )


def _value_hint(initiative: Initiative, year: int) -> str:
    kpi = initiative.kpi
    assert kpi is not None  # noqa: S101 (the caller's condition)
    target = kpi.target(year)
    if target is None:
        return texts.value_hint(kpi.name, kpi.note)
    return texts.value_hint(kpi.name, texts.target(f"{reiwa(year)}年", figure(target, kpi.unit)))
