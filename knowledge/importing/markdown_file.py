"""Markdown: front matter for the document, then an article under each `##` heading, taken as plain text.

Lines such as `- aliases: 別名|略語` right under a heading are the article's fields; a word that is none is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.texts.ja import importing as texts
from bot.written.safe_yaml import YamlError, load_yaml
from knowledge.importing.records import FIELDS, Record, Value
from knowledge.importing.result import ImportFailed
from knowledge.importing.yaml_file import SHARED

_FENCE = re.compile(r"^\s{0,3}(```|~~~)")
_TITLE = re.compile(r"^#\s+(?P<title>\S.*?)(?:\s+#+)?\s*$")
_ARTICLE = re.compile(r"^##\s+(?P<title>\S.*?)(?:\s+#+)?\s*$")
_DEEPER = re.compile(r"^#{3,6}\s+")
_NAMES = [name for name in FIELDS if name not in {"title", "body"}]
# Small letters make a field's name; a list of things (- PC: …, - 注意: …) is the article's text.
_FIELD = re.compile(r"^-\s+(?P<name>[a-z][a-z_]*)\s*[:：]\s*(?P<value>.*)$")
_HTML = re.compile(r"<!--|</?[A-Za-z](?!\w*:)[^<>]*>")
_ESCAPED = re.compile(r"^\\(?=[#\-`~\\])")


@dataclass
class _Section:
    title: str
    line: int
    fields: dict[str, Value] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

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
    """The records of a file. Raises ImportFailed naming the lines that are wrong."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shared, start = _front_matter(name, lines)
    sections, mistakes = _sections(name, lines, start, shared)
    if mistakes:
        raise ImportFailed(mistakes)
    for section in sections:
        body = "\n".join(section.lines).strip("\n")
        fields = {**shared, **section.fields, "title": section.title, "body": body}
        yield Record(texts.file_line(name, section.line), fields, tags_are_text=False)


def _front_matter(name: str, lines: Sequence[str]) -> tuple[dict[str, Value], int]:
    if not lines or lines[0].strip() != "---":
        return {}, 0
    end = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        raise ImportFailed([texts.import_error(texts.file_line(name, 1), "", texts.MARKDOWN_FRONT_MATTER)])
    try:
        value = load_yaml("\n".join(["", *lines[1:end]])).value or {}
    except YamlError as error:
        raise ImportFailed([texts.import_error(texts.file_line(name, error.line), "", str(error))]) from None
    wrong = [key for key in value if key not in SHARED] if isinstance(value, dict) else [""]
    if wrong:
        message = texts.field_unknown(list(SHARED))
        raise ImportFailed([texts.import_error(texts.file_line(name, 1), str(key), message) for key in wrong])
    return {key: str(written) for key, written in value.items() if written is not None}, end + 1


def _sections(
    name: str, lines: Sequence[str], start: int, shared: dict[str, Value]
) -> tuple[list[_Section], list[str]]:
    sections: list[_Section] = []
    mistakes: list[str] = []
    fenced = False
    for number, line in enumerate(lines[start:], start + 1):
        fence = _FENCE.match(line) is not None
        fenced ^= fence
        if fenced or fence:
            _add(sections, line)
        elif unknown := _unknown_field(sections, line):
            message = f"{texts.field_unknown(_NAMES)}{texts.MARKDOWN_AS_TEXT}"
            mistakes.append(texts.import_error(texts.file_line(name, number), unknown, message))
        elif _HTML.search(line):
            mistakes.append(texts.import_error(texts.file_line(name, number), "", texts.MARKDOWN_HTML))
        elif heading := _ARTICLE.match(line):
            sections.append(_Section(heading["title"], number))
        elif not sections and (title := _TITLE.match(line)):
            shared.setdefault("document", title["title"])
        elif not sections and line.strip():
            mistakes.append(texts.import_error(texts.file_line(name, number), "", texts.MARKDOWN_ABOVE))
        else:
            _add(sections, line)
    return sections, mistakes


def _unknown_field(sections: Sequence[_Section], line: str) -> str:
    """The word right under a heading that looks like a field and is none."""
    found = _FIELD.match(line) if sections and sections[-1].fields_may_follow else None
    return found["name"] if found and found["name"] not in _NAMES else ""


def _add(sections: Sequence[_Section], line: str) -> None:
    if not sections:
        return
    section = sections[-1]
    if section.fields_may_follow and (found := _FIELD.match(line)):
        section.fields[found["name"]] = found["value"]
    else:
        section.lines.append(_ESCAPED.sub("", _DEEPER.sub("", line)))
