"""What a written text must not hold: the marks of a file that went wrong on its way, and people's own details."""

from __future__ import annotations

import re

from bot.texts.ja import importing as texts

# Nothing of them is seen: pasted from web pages, they keep a word from being found. Variation selectors stay.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_EXCEL_ERROR = re.compile(r"#(?:REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|N/A|SPILL!|CALC!)")
_LOST = "\ufffd"
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PERSONAL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|0\d{1,4}-\d{1,4}-\d{3,4}")
_HTML = re.compile(r"<!--|</?[A-Za-z](?!\w*:)[^<>]*>")
_ONE_LINE = frozenset({"id", "title", "reading", "owner"})


def visible(text: str) -> str:
    """The text without characters that nobody sees."""
    return _INVISIBLE.sub("", text)


def fault_of(name: str, text: str) -> str:
    """What is wrong with the text of a field and how to mend it; empty when nothing is."""
    if _EXCEL_ERROR.fullmatch(text):
        return texts.import_excel_error(text)
    if _LOST in text:
        return texts.IMPORT_LOST
    if found := _PRIVATE.search(text):
        return texts.import_private(f"U+{ord(found[0]):04X}")
    if _CONTROL.search(text):
        return texts.IMPORT_CONTROL
    if name in _ONE_LINE and "\n" in text:
        return texts.IMPORT_ONE_LINE
    if name == "owner" and _PERSONAL.search(text):
        return texts.IMPORT_OWNER_PERSONAL
    return ""


def html_in(text: str) -> str:
    """The first HTML tag in a text; empty when there is none."""
    found = _HTML.search(text)
    return found[0] if found else ""
