"""What every page of the console is made from: the visitor, the services, and the frame around the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.services import Services
from bot.texts.ja import console as texts
from bot.web.pages import Page, Visit, link
from bot.web.render import Renderer, japanese_time
from staff.model import Person


class NotThere(Exception):
    """There is nothing of that name; the text says so."""


@dataclass(frozen=True)
class Desk:
    """One request at the console. `person` holds the section's permission already; `files` were uploaded."""

    person: Person
    visit: Visit
    services: Services
    renderer: Renderer
    files: Sequence[tuple[str, bytes]] = ()

    def field(self, name: str) -> str:
        """A field of the address or of the form; empty when it is not there."""
        return self.visit.field(name)

    def page(self, template: str, status: int = 200, **values: object) -> Page:
        """A template that extends `frame.html`, filled."""
        common = {"c": texts, "link": link, "when": japanese_time}
        return Page(self.renderer.fill(template, **self.visit.frame, **common, **values), status)


Show = Callable[[Desk], Page]
Pages = Mapping[str, Show]
