"""A form in a browser: its controls, filled in by a person, and what is sent with the page's script and without it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

Answers = Mapping[str, str | list[str]]
Values = dict[str, str | list[str]]
LINK = re.compile(r'<a class="action" href="([^"]*)">(.*?)</a>')


@dataclass
class Control:
    """One control of a form, in the order of the page."""

    name: str
    kind: str
    value: str
    checked: bool = False


class Controls(HTMLParser):
    """The controls of a page's only form of fields."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = self.value = ""
        self.found: list[Control] = []
        self.buttons: dict[str, str] = {}
        self._inside = self._text = False
        self._button = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form" and "fields" in told.get("class", "").split():
            self._inside, self.name, self.value = True, told["data-name"], told["data-value"]
        if not self._inside or not told.get("name"):
            return
        if tag == "button":
            self._button = told["value"]
        if tag == "input":
            kind = told.get("type", "text")
            self.found.append(Control(told["name"], kind, told.get("value", ""), "checked" in told))
        if tag == "textarea":
            self.found.append(Control(told["name"], tag, ""))
            self._text = True

    def handle_data(self, data: str) -> None:
        if self._text:
            self.found[-1].value += data
        if self._button:
            self.buttons[data.strip()] = self._button
            self._button = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text:
            # HTML drops the first line break of a textarea.
            self.found[-1].value = self.found[-1].value.removeprefix("\n")
            self._text = False
        if tag == "form":
            self._inside = False

    @property
    def asks(self) -> tuple[str, ...]:
        """The names of what is asked, once each."""
        lists = [control.value for control in self.found if control.name == ".multi"]
        names = [control.name for control in self.found if not control.name.startswith(".")]
        return tuple(dict.fromkeys([*names, *lists]))

    def fill(self, answers: Answers) -> Controls:
        """Type and tick the answers; every field of which none is told stays as it is."""
        for control in self.found:
            if control.name not in answers:
                continue
            answer = answers[control.name]
            if control.kind in ("radio", "checkbox"):
                control.checked = (
                    control.value in answer if isinstance(answer, list) else control.value == answer
                )
            elif control.kind != "hidden":
                assert isinstance(answer, str)
                control.value = answer
        return self

    def by_script(self) -> Values:
        """The values that the script sends (valuesOf in chat.js, which Chromium's checks run)."""
        values: Values = {}
        for control in self.found:
            if control.name == ".multi":
                values.setdefault(control.value, [])
            if control.name.startswith("."):
                continue
            if control.kind == "checkbox":
                ticked = values.setdefault(control.name, [])
                assert isinstance(ticked, list)
                ticked += [control.value] * control.checked
            elif control.kind != "radio" or control.checked:
                values[control.name] = control.value
        return values

    def by_browser(self) -> list[tuple[str, str]]:
        """The names and values that a browser without script sends, line breaks in its own way."""
        return [
            (control.name, control.value.replace("\n", "\r\n"))
            for control in self.found
            if control.kind not in ("radio", "checkbox") or control.checked
        ]


def links_in(source: str) -> dict[str, str]:
    """The addresses of buttons that open a page, by label."""
    return {unescape(label): unescape(url) for url, label in LINK.findall(source)}
