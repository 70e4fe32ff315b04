"""YAML that people write by hand: plain values only, each with the line it stands in.

Refused: duplicate keys, anchors and aliases, tags, several documents, deep nesting, more than 1 MiB (unless the caller allows more).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from bot.texts.ja import importing as texts

LARGEST = 1024 * 1024
DEEPEST = 20

Path = tuple[str | int, ...]
"""The way to a value: keys of mappings and places in lists."""

_LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_PREFIX = "tag:yaml.org,2002:"
_PLAIN = {_PREFIX + name for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")}


class YamlError(ValueError):
    """The text cannot be taken. The message says why, in Japanese; `line` is where, counted from 1."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class YamlDocument:
    """The value of a document, and the line of every value in it."""

    value: Any
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """The line of the value at `path`, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def load_yaml(text: str, largest: int = LARGEST) -> YamlDocument:
    """Read one document of at most `largest` bytes. Raises YamlError."""
    if len(text.encode("utf-8", "surrogatepass")) > largest:
        raise YamlError(texts.yaml_too_large(largest))
    try:
        _scan(text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error) from None
    except (yaml.YAMLError, UnicodeError, RecursionError) as error:
        raise YamlError(texts.YAML_UNREADABLE) from error
    lines: dict[Path, int] = {}
    return YamlDocument(None if node is None else _value(node, (), lines), lines)


def _scan(text: str) -> None:
    """Refuse what makes a small text grow or a parser sink, before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise YamlError(texts.YAML_ALIAS, line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise YamlError(texts.YAML_DEEP, line)


def _line(found: yaml.Event | yaml.Node) -> int:
    mark = found.start_mark
    return mark.line + 1 if mark else 0


def _value(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    line = _line(node)
    lines[path] = line
    if node.tag not in _PLAIN:
        raise YamlError(texts.yaml_tag(node.tag.removeprefix(_PREFIX)), line)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, place), lines) for place, child in enumerate(node.value)]
    return _scalar(node, line)


def _mapping(node: yaml.MappingNode, path: Path, lines: dict[Path, int]) -> dict[Any, Any]:
    values: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        line = _line(key_node)
        if not isinstance(key_node, yaml.ScalarNode) or key_node.tag not in _PLAIN:
            raise YamlError(texts.YAML_KEY, line)
        key = key_node.value
        if key in values:
            raise YamlError(texts.yaml_twice(key, lines[(*path, key)]), line)
        values[key] = _value(value_node, (*path, key), lines)
        lines[(*path, key)] = line
    return values


def _scalar(node: yaml.Node, line: int) -> Any:
    try:
        return yaml.constructor.SafeConstructor().construct_object(node)
    except (yaml.YAMLError, ValueError, OverflowError):
        raise YamlError(texts.yaml_value(str(node.value)), line) from None


def _syntax_error(error: yaml.MarkedYAMLError) -> YamlError:
    mark = error.problem_mark or error.context_mark
    return YamlError(texts.yaml_syntax(str(error.problem)), mark.line + 1 if mark else 0)
