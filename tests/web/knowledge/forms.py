"""What a browser would send of a form, read from its HTML."""

from __future__ import annotations

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """The values of the last form with this action."""

    def __init__(self, source: str, action: str) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, str] = {}
        self._action = action
        self._inside = False
        self._area = ""
        self._select = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("action") == self._action
        elif self._inside and given.get("type") == "checkbox":
            if "checked" in given:
                lines = [self.values[given["name"]], given["value"]]
                self.values[given["name"]] = "\n".join(filter(None, lines))
        elif self._inside and tag == "input":
            self.values[given["name"]] = given.get("value", "")
        elif self._inside and tag == "textarea":
            self._area = given["name"]
            self.values[self._area] = ""
        elif self._inside and tag == "select":
            self._select = given["name"]
        elif self._inside and tag == "option" and ("selected" in given or self._select not in self.values):
            self.values[self._select] = given["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea" and self._area:
            self.values[self._area] = self.values[self._area].removeprefix("\n")
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data
