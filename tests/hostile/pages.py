"""The forms of a page, as a browser finds and fills them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from tests.hostile.tags import tags_of


@dataclass
class Control:
    """A field of a form on a page."""

    name: str
    value: str
    typed: bool


@dataclass
class PageForm:
    """A form of a page: where it goes, and its fields in order."""

    method: str
    action: str
    controls: list[Control] = field(default_factory=list)

    @property
    def inputs(self) -> list[Control]:
        """Where one types."""
        return [one for one in self.controls if one.typed]

    def filled(self, text: str = "") -> dict[str, str]:
        """What a browser sends with the text in every field one types in."""
        return {one.name: text if one.typed and text else one.value for one in self.controls}


class PageForms:
    """The forms of a page."""

    NOT_TYPED: ClassVar = frozenset({"hidden", "checkbox", "radio", "submit", "file"})

    def __init__(self, source: str) -> None:
        self.found: list[PageForm] = []
        self._open: PageForm | None = None
        self._select = ""
        for tag, told, opens in tags_of(source):
            if opens:
                self._begin(tag, told)
            elif tag == "form":
                self._open = None

    def _begin(self, tag: str, told: dict[str, str]) -> None:
        if tag == "form":
            self._open = PageForm(told.get("method", "get").lower(), told.get("action", ""))
            self.found.append(self._open)
        elif self._open is not None and tag in ("input", "textarea", "select", "option", "button"):
            self._take(self._open, tag, told)

    def _take(self, form: PageForm, tag: str, told: dict[str, str]) -> None:
        if tag == "option":
            if self._select:  # the first option stands for what is chosen
                form.controls.append(Control(self._select, told.get("value", ""), typed=False))
                self._select = ""
            return
        name = told.get("name", "")
        if not name or "disabled" in told:
            return
        if tag == "select":
            self._select = name
            return
        kind = told.get("type", "") if tag == "input" else ""
        ticked = kind not in ("checkbox", "radio") or "checked" in told
        if ticked and kind != "file" and name != ".press":
            typed = tag != "button" and kind not in self.NOT_TYPED
            form.controls.append(Control(name, told.get("value", ""), typed))


def forms_of(source: str) -> tuple[PageForm, ...]:
    """The forms of a page."""
    return tuple(PageForms(source).found)
