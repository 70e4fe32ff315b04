"""Reading HTML strictly enough to check it: balanced tags, attributes, text."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "img", "input", "br", "hr"})
SVG_VOID = frozenset({"rect", "line", "circle", "polyline"})


class Html(HTMLParser):
    """A parsed page or fragment. Raises AssertionError where tags are not balanced."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert not self._open, f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID | SVG_VOID
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open[-1] == tag, f"</{tag}> closes {self._open[-1:]}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """The attributes of every `tag` that has the wanted ones; `class_` matches one class of several."""
        css = wanted.pop("class_", None)
        return [
            attrs
            for name, attrs in self.elements
            if name == tag
            and all(attrs.get(key.replace("_", "-")) == value for key, value in wanted.items())
            and (css is None or css in attrs.get("class", "").split())
        ]

    def one(self, tag: str, **wanted: str) -> dict[str, str]:
        """The attributes of the only such element."""
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{len(found)} × {tag} {wanted}"
        return found[0]

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """Every action button's name and value."""
        found = self.all("button", class_="action")
        return [(attrs["data-name"], attrs["data-value"]) for attrs in found if "data-name" in attrs]

    def assert_clean(self) -> None:
        """Nothing inline, no id twice, every reference to an id found."""
        ids = [attrs["id"] for _, attrs in self.elements if "id" in attrs]
        assert len(ids) == len(set(ids)), "an id stands twice"
        for tag, attrs in self.elements:
            assert tag != "style" and "style" not in attrs, f"inline style on {tag}"
            assert not [name for name in attrs if name.startswith("on")], f"inline script on {tag}"
            assert tag != "script" or attrs.get("src", "").startswith("/static/")
            for name in ("for", "aria-describedby", "aria-labelledby"):
                assert set(attrs.get(name, "").split()) <= set(ids), f"{tag} {name} points nowhere"
