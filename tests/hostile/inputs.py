"""Every text input of the product, in one table: what walks it, or why nothing that is typed there goes further.

`tests/hostile/test_inputs.py` holds the table against the forms, templates, typed commands and `dxbot` commands there are.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from bot.cli import dxbot
from bot.handlers.typed import _WORDINGS

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "bot" / "web" / "templates"
_CONTROL = re.compile(r"<(?:input|textarea)\b[^>]*>")
_NOT_TYPED = re.compile(r'type="(?:hidden|checkbox|radio|file|\{\{ type \}\})"')
CHOICES = "-choices and buttons alone"
NAMES = "-names something there is, and is told back to the terminal alone"
WRITES = "-the place of a file that is written"
BINARY = "-a file of ours, checked by its digest"
GRADED = "-graded in the terminal alone"
FIELDS = "-the fields of the forms above"

FORMS: Mapping[str, str] = {
    "inquire": "form inquire",
    "inquire_send": CHOICES,
    "inquiry_answer": "form inquiry_answer",
    "inquiry_move": CHOICES,
    "inquiry_close": "form inquiry_close",
    "propose": "form propose",
    "proposal_reject": "form proposal_reject",
    "case_register": "form case_register",
    "survey_page": "form survey_page",
    "survey_submit": CHOICES,
    "skills_refresh": CHOICES,
    "skills_refresh_save": CHOICES,
    "skills_comment": "form skills_comment",
    "experts": "form experts",
    "expert_offer": "form expert_offer",
    "progress_report": "form progress_report",
    "initiative_enter": "form initiative_enter",
    "assign": "form assign",
    "digest_settings": "form digest_settings",
    "own_delete": CHOICES,
}
TYPED: Mapping[str, str] = {"ask": "typed ask", "term": "typed term", "experts": "typed experts"}
# Template and name of the control → where the page sends it.
PAGES: Mapping[str, str] = {
    "chat.html question": "typed ask",
    "form.html {{ field.id }}": FIELDS,
    "skills/plan.html {{ name(tier.id, level) }}": "page /console/skills/plan/save",
    "sign_in/ways.html person": "page /console/sign-in/code.person",
    "sign_in/ways.html code": "page /console/sign-in/code.code",
    "knowledge/proposal.html word": "page /knowledge/approve.word",
    "knowledge/proposal.html reason": "page /knowledge/reject.reason",
    "knowledge/search.html q": "page /knowledge.q",
    "knowledge/article.html phrasing": "page /knowledge/phrasing.phrasing",
    "knowledge/parts.html reason": "page /knowledge/edit.reason",
    "knowledge/parts.html {{ field.id }}": "page /knowledge/new.title",
    "console/initiative.html reason": "page /initiatives/decide.reason",
    "console/surveys.html yaml": "page /console/surveys/open.yaml",
    "console/surveys.html on": "page /console/surveys/open.on",
    "console/surveys.html wave": "page /console/surveys/open.wave",
    "console/surveys.html days": "page /console/surveys/open.days",
    "console/surveys.html pilots": "page /console/surveys/open.pilots",
    "console/surveys.html people": "page /console/surveys/absent.people",
    "console/person.html from": "page /console/people/grant.from",
    "console/person.html until": "page /console/people/grant.until",
    "console/people.html q": "page /console/people.q",
    "console/audit.html actor": "page /console/audit.actor",
    "console/audit.html since": "page /console/audit.since",
    "console/audit.html until": "page /console/audit.until",
    "console/audit.html anchor": "page /console/audit/verify.anchor",
    "console/exports.html purpose": "page /console/exports.purpose",
    "console/records.html reason": "page /console/records/hold.reason",
    "console/digests.html week": "page /digests/preview.week",
}
UPLOADS: Mapping[str, str] = {
    "console/import.html people": "file directory import",
    "console/import.html places": "file directory import --departments",
}
COMMANDS: Mapping[str, str] = {
    "ask text": "typed ask",
    "ask --batch": "file ask --batch",
    "ask --as": NAMES,
    "knowledge approve proposal_ids": NAMES,
    "knowledge delete article_id": NAMES,
    "knowledge delete --reason": "command knowledge delete --reason",
    "knowledge diff old": NAMES,
    "knowledge diff new": NAMES,
    "knowledge export --out": WRITES,
    "knowledge export --source": NAMES,
    "knowledge history article_id": NAMES,
    "knowledge import path": "file knowledge import",
    "knowledge import --title": "command knowledge import --title",
    "knowledge import --edition": "command knowledge import --edition",
    "knowledge import --owner": NAMES,
    "knowledge import --source": "command knowledge import --source",
    "knowledge proposals --show": NAMES,
    "knowledge reject proposal_id": NAMES,
    "knowledge reject --reason": "command knowledge reject --reason",
    "knowledge remove source": NAMES,
    "knowledge rollback article_id": NAMES,
    "knowledge rollback --reason": "command knowledge rollback --reason",
    "knowledge unanswered --owner": NAMES,
    "knowledge unanswered --discard": NAMES,
    "directory import file": "file directory import",
    "directory import --departments": "file directory import --departments",
    "console codes person": NAMES,
    "console restore-admin person": NAMES,
    "console sign-out person": NAMES,
    "initiatives import path": "file initiatives import",
    "digest council --out": WRITES,
    "digest council --week": NAMES,
    "digest preview --week": NAMES,
    "digest preview --person": NAMES,
    "digest send --week": NAMES,
    "digest send --person": NAMES,
    "outbox resend key": NAMES,
    "outbox settle key": NAMES,
    "survey absent file": NAMES,
    "survey check files": "file survey open",
    "survey close round_id": NAMES,
    "survey drop round_id": NAMES,
    "survey open name": "file survey open",
    "survey open --on": NAMES,
    "survey open --wave": "command survey open --wave",
    "survey open --pilot": NAMES,
    "survey publish-more round_id": NAMES,
    "survey publish-more --question": NAMES,
    "survey publish-more --by": NAMES,
    "survey remind round_id": NAMES,
    "survey results round_id": NAMES,
    "survey results --question": NAMES,
    "survey results --by": NAMES,
    "skills check folder": "file skills import",
    "skills import folder": "file skills import",
    "skills plan --skill": NAMES,
    "skills results --round": NAMES,
    "skills trainings file": "file skills trainings",
    **{
        f"export {what} {option}": NAMES
        for what in ("skills", "telework")
        for option in ("--format", "--level", "--round", "--encoding")
    },
    **{f"export {what} --out": WRITES for what in ("skills", "telework")},
    **{f"export {what} --purpose": f"command export {what} --purpose" for what in ("skills", "telework")},
    "audit verify --anchor": NAMES,
    "backup target": WRITES,
    "restore source": BINARY,
    "privacy erase people": NAMES,
    "privacy erase --cause": NAMES,
    "privacy erase --also": WRITES,
    "privacy hold kind": NAMES,
    "privacy hold --reason": "command privacy hold --reason",
    "privacy hold --round": NAMES,
    "privacy release hold_id": NAMES,
    "privacy show person": NAMES,
    "handover --out": WRITES,
    "slack manifest --url": NAMES,
    "teams package file": WRITES,
    "teams package --site": NAMES,
    "eval questions": GRADED,
}


def walked() -> set[str]:
    """What the walk must put strings into, by the beginning of its name in the tally."""
    every = {**PAGES, **{f"upload {name}": way for name, way in UPLOADS.items()}}
    ways = [*FORMS.values(), *TYPED.values(), *every.values(), *COMMANDS.values()]
    return {way for way in ways if not way.startswith("-")}


def forms_there_are() -> set[str]:
    """The name of every Form that a module of the bot makes."""
    return {name for file in sorted((ROOT / "bot").rglob("*.py")) for name in _forms_in(file)}


def _forms_in(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Form":
            name = next(one.value for one in node.keywords if one.arg == "name")
            told = name.value if isinstance(name, ast.Constant) else constants.get(ast.unparse(name))
            yield str(told or f"{file.name}: {ast.unparse(name)}")


def controls_there_are(*, files: bool = False) -> set[str]:
    """Every control of a template that one types in, or every one that takes a file: template and name."""
    found = set()
    for template in sorted(TEMPLATES.rglob("*.html")):
        for control in _CONTROL.findall(template.read_text(encoding="utf-8")):
            named = re.search(r'\b(?:name|id)="([^"]*)"', re.sub(r'\bid="[^"]*"(?=.*\bname=)', "", control))
            if named and ('type="file"' in control if files else not _NOT_TYPED.search(control)):
                found.add(f"{template.relative_to(TEMPLATES).as_posix()} {named[1]}")
    return found


def arguments_there_are(group: click.Group = dxbot, path: str = "") -> Iterator[str]:
    """Every argument and option of a `dxbot` command that takes words or a file."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from arguments_there_are(command, f"{path}{name} ")
        elif command is not None:
            for one in command.params:
                if not getattr(one, "is_flag", False) and not _bounded(one.type):
                    yield f"{path}{name} {one.opts[0] if isinstance(one, click.Option) else one.name}"


def _bounded(kind: object) -> bool:
    return isinstance(kind, click.Choice | click.types.IntParamType)


def wordings_there_are() -> set[str]:
    """What may be typed with words of one's own in it."""
    return {"ask", *_WORDINGS}
