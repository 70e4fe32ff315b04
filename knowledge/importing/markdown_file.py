"""Markdown: front matter for the document, then an article under each `##` heading, taken as plain text.

Lines such as `- aliases: 別名|略語` right under a heading are the article's fields; a word that is none is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.texts.ja import importing as texts
from bot.texts.ja.editing import label
from bot.written.safe_yaml import YamlError, load_yaml
from knowledge.importing.records import FIELDS, Record, Value
from knowledge.importing.yaml_file import SHARED

_FENCE = re.compile(r"^\s{0,3}(```|~~~)")
_TITLE = re.compile(r"^#\s+(?P<title>\S.*?)(?:\s+#+)?\s*$")
_ARTICLE = re.compile(r"^##\s+(?P<title>\S.*?)(?:\s+#+)?\s*$")
_DEEPER = re.compile(r"^#{3,6}\s+")
_NAMES = [name for name in FIELDS if name not in {"title", "body"}]
_MEANT = {label(name): name for name in _NAMES}
# Small letters make a field's name; a list of things (- PC: …, - 注意: …) is the article's text, but for those on our forms.
_FIELD = re.compile(
    r"^-\s+(?P<name>[a-z][a-z_]*|" + "|".join(map(re.escape, _MEANT)) + r")\s*[:：]\s*(?P<value>.*)$"
)
_HTML = re.compile(r"<!--|</?[A-Za-z](?!\w*:)[^<>]*>")
_ESCAPED = re.compile(r"^\\(?=[#\-`~\\])")


@dataclass
class _Section:
    title: str
    line: int
    fields: dict[str, Value] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def fields_may_follow(self) -> bool:
        return not any(self.lines)


def escape_line(line: str) -> str:
    """A line of plain text that this reader gives back as it is."""
    return f"\\{line}" if re.match(r"#|-\s|\s{0,3}(```|~~~)|\\", line) else line


def heading_line(title: str) -> str:
    """The heading of an article; a mark that ends its title is closed by another, which is no part of it."""
    return f"## {title} #" if title.endswith("#") else f"## {title}"


def read_markdown_file(name: str, text: str) -> Iterator[Record]:
    """The records of a file, each with what is wrong in its section; before them, what is wrong above the first."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    above: list[str] = []
    shared, start = _front_matter(name, lines, above)
    sections = _sections(name, lines, start, shared, above)
    if above:
        yield Record(name, {}, faults=tuple(above))
    for section in sections:
        body = "\n".join(section.lines).strip("\n")
        fields = {**shared, **section.fields, "title": section.title, "body": body}
        place = texts.file_line(name, section.line)
        yield Record(place, fields, tags_are_text=False, faults=tuple(section.faults))


def _front_matter(name: str, lines: Sequence[str], faults: list[str]) -> tuple[dict[str, Value], int]:
    """The fields that hold for every article, and the line behind them; what is wrong with them goes to `faults`."""
    if not lines or lines[0].strip() != "---":
        return {}, 0
    end = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        faults.append(texts.import_error(texts.file_line(name, 1), "", texts.MARKDOWN_FRONT_MATTER))
        return {}, next((i for i, line in enumerate(lines) if _ARTICLE.match(line)), len(lines))
    try:
        value = load_yaml("\n".join(["", *lines[1:end]])).value or {}
    except YamlError as error:
        faults.append(texts.import_error(texts.file_line(name, error.line), "", str(error)))
        return {}, end + 1
    if not isinstance(value, dict):
        value = {"": None}
    message = texts.field_unknown(list(SHARED))
    place = texts.file_line(name, 1)
    faults += [texts.import_error(place, str(key), message) for key in value if key not in SHARED]
    return {key: str(said) for key, said in value.items() if key in SHARED and said is not None}, end + 1


def _sections(
    name: str, lines: Sequence[str], start: int, shared: dict[str, Value], above: list[str]
) -> list[_Section]:
    """The sections with what is wrong in each; what is wrong before the first goes to `above`."""
    sections: list[_Section] = []
    fenced = False
    for number, line in enumerate(lines[start:], start + 1):
        fence = _FENCE.match(line) is not None
        fenced ^= fence
        if not (fenced or fence):
            if heading := _ARTICLE.match(line):
                sections.append(_Section(heading["title"], number))
                continue
            if not sections and (title := _TITLE.match(line)):
                shared.setdefault("document", title["title"])
                continue
            if fault := _fault(name, number, line, sections):
                (sections[-1].faults if sections else above).append(fault)
        _add(sections, line)
    return sections


def _fault(file: str, number: int, line: str, sections: Sequence[_Section]) -> str:
    """What is wrong with a line outside of a fence; empty when nothing is."""
    place = texts.file_line(file, number)
    if unknown := _unknown_field(sections, line):
        meant = texts.field_meant(_MEANT[unknown]) if unknown in _MEANT else texts.field_unknown(_NAMES)
        message = f"{meant}{texts.MARKDOWN_AS_TEXT}"
        return texts.import_error(place, unknown, message)
    if _HTML.search(line):
        return texts.import_error(place, "", texts.MARKDOWN_HTML)
    return "" if sections or not line.strip() else texts.import_error(place, "", texts.MARKDOWN_ABOVE)


def _unknown_field(sections: Sequence[_Section], line: str) -> str:
    """The word right under a heading that looks like a field and is none."""
    found = _FIELD.match(line) if sections and sections[-1].fields_may_follow else None
    return found["name"] if found and found["name"] not in _NAMES else ""


def _add(sections: Sequence[_Section], line: str) -> None:
    if not sections:
        return
    section = sections[-1]
    if section.fields_may_follow and (found := _FIELD.match(line)):
        if found["name"] in _NAMES:
            section.fields[found["name"]] = found["value"]
    else:
        section.lines.append(_ESCAPED.sub("", _DEEPER.sub("", line)))
