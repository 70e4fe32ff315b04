"""What every knowledge page is made from: who visits, the services, and the page's frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.handlers.editing import editor_of
from bot.messages import Choice, FormField, linked
from bot.services import Services
from bot.texts.ja import editing as texts
from bot.texts.ja import importing, knowledge_pages
from bot.web.pages import Page, Visit, link
from bot.web.render import Renderer, japanese_time
from knowledge.editing.fields import EDITABLE
from knowledge.editing.rights import Editor
from knowledge.importing.records import DAYS, LISTS, REQUIRED
from staff.permissions import Permission

LONG = ("body", *LISTS)
USUAL = ("title", "reading", "aliases", "questions", "body", "owner", "openness", "visible_to", "review_on")
PROCEDURE = ("steps", "needs", "deadline", "valid_from", "valid_until")
OPENNESS = (
    Choice(value="", label=texts.OPENNESS_UNSET),
    *(Choice(value=name, label=name) for name in importing.OPENNESS.values()),
)
TICKED = ("visible_to",)  # any number of choices, sent one a line
CHOICES = {
    "openness": OPENNESS,
    "visible_to": tuple(Choice(value=name, label=name) for name in importing.AUDIENCES.values()),
}


@dataclass(frozen=True)
class Screen:
    """Fills the templates of the knowledge pages."""

    services: Services
    renderer: Renderer

    def editor(self, visit: Visit) -> Editor:
        """The visitor at the desk. Raises NotAllowed for those who may not even read."""
        editor = editor_of(self.services, visit.person)
        editor.require(Permission.KNOWLEDGE_READ)
        return editor

    def page(self, template: str, visit: Visit, status: int = 200, **values: object) -> Page:
        """A page with the header around it."""
        common = {
            "k": knowledge_pages,
            "e": texts,
            "openness": importing.OPENNESS,
            "audiences": importing.AUDIENCES,
            "everyone": importing.EVERYONE,
            "link": link,
            "linked": linked,
            "when": japanese_time,
            "name_of": self.name_of,
        }
        html = self.renderer.fill(template, **visit.frame, **common, **values)
        return Page(html, status)

    def name_of(self, by: str) -> str:
        """Who a version or proposal is by: a person's name, else what is written."""
        person = self.services.stores.directory.person(by) if by else None
        return person.name if person else by


@dataclass(frozen=True)
class Fields:
    """The fields of the edit form: the usual ones, a procedure's, and those that few people need."""

    usual: tuple[FormField, ...]
    procedure: tuple[FormField, ...]
    more: tuple[FormField, ...]


def form_fields(
    values: Mapping[str, str],
    mistakes: Mapping[str, str] | None = None,
    *,
    bodiless: bool = False,
    official: bool = False,
) -> Fields:
    """The edit form, with what stands in it and what is wrong. `bodiless`: the article may go without text;
    `official`: it stands beside the document's own words.
    """

    def group(names: Sequence[str]) -> tuple[FormField, ...]:
        return tuple(
            FormField(
                id=name,
                label=texts.label(name),
                kind=_kind(name),
                required=name in REQUIRED and not (name == "body" and bodiless),
                choices=CHOICES.get(name, ()),
                value=tuple(values.get(name, "").split("\n")) if name in TICKED else values.get(name, ""),
                hint=texts.hint(name, bodiless=official),
                error=(mistakes or {}).get(name, ""),
            )
            for name in names
        )

    rest = [name for name in EDITABLE if name not in {*USUAL, *PROCEDURE}]
    return Fields(group(USUAL), group(PROCEDURE), group(rest))


def _kind(name: str) -> Literal["multi", "long_text", "date", "text"]:
    if name in TICKED:
        return "multi"
    return "long_text" if name in LONG else "date" if name in DAYS else "text"


def form_values(visit: Visit) -> dict[str, str]:
    """The edit form's fields as sent."""
    return {name: visit.fields[name] for name in EDITABLE if name in visit.fields}
