"""The words of a message that a message action was called on."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from bot.teams.activity import MAX_TEXT

_APART = frozenset({"p", "div", "br", "li", "tr", "td", "th", "h1", "h2", "h3", "blockquote", "pre"})
_UNSEEN = frozenset({"script", "style"})


def quoted_text(payload: object) -> str:
    """The subject and the text of a `messagePayload`; "" where there is none. Teams sends HTML or plain text."""
    message = payload if isinstance(payload, Mapping) else {}
    body = message.get("body")
    told: Mapping[str, Any] = body if isinstance(body, Mapping) else {}
    content, subject = told.get("content"), message.get("subject")
    text = content[:MAX_TEXT] if isinstance(content, str) else ""
    if told.get("contentType") == "html":
        text = _Words(text).text
    head = subject[:MAX_TEXT] if isinstance(subject, str) else ""
    return "\n".join(filter(None, (head.strip(), text.strip())))[:MAX_TEXT]


class _Words(HTMLParser):
    """HTML's words, with a line between blocks. Whatever it is given, it reads to the end."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[str] = []
        self._unseen = 0
        self.feed(source)
        self.close()

    @property
    def text(self) -> str:
        return "".join(self._found)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _APART:
            self._found.append("\n")
        if tag == "img":
            self._found += [value for name, value in attrs if name == "alt" and value]

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._found.append(data)
