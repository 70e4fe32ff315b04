"""What Slack refuses in blocks and views: unknown types and fields, lengths, counts, ids that stand twice.

Each check returns nothing or raises Invalid with the place and the reason, as Slack's own `invalid_blocks` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

Object = dict[str, Any]


class Invalid(Exception):
    """A block, element or view that Slack would refuse."""


# type → (required fields, further fields); `block_id` and `type` may stand in every block.
BLOCKS: dict[str, tuple[set[str], set[str]]] = {
    "section": (set(), {"text", "fields", "accessory", "expand"}),
    "header": ({"text"}, set()),
    "divider": (set(), set()),
    "context": ({"elements"}, set()),
    "actions": ({"elements"}, set()),
    "input": ({"label", "element"}, {"dispatch_action", "hint", "optional"}),
    "rich_text": ({"elements"}, set()),
    "image": ({"alt_text"}, {"title", "slack_file", "image_url"}),
    "table": ({"rows"}, {"column_settings"}),
}
ELEMENTS: dict[str, tuple[set[str], set[str]]] = {
    "button": ({"text", "action_id"}, {"value", "url", "style", "confirm", "accessibility_label"}),
    "plain_text_input": (
        {"action_id"},
        {
            "initial_value",
            "multiline",
            "min_length",
            "max_length",
            "dispatch_action_config",
            "focus_on_load",
            "placeholder",
        },
    ),
    "number_input": (
        {"action_id", "is_decimal_allowed"},
        {"initial_value", "min_value", "max_value", "placeholder"},
    ),
    "datepicker": ({"action_id"}, {"initial_date", "placeholder"}),
    "radio_buttons": ({"action_id", "options"}, {"initial_option"}),
    "checkboxes": ({"action_id", "options"}, {"initial_options"}),
    "static_select": ({"action_id"}, {"options", "option_groups", "initial_option", "placeholder"}),
    "multi_static_select": (
        {"action_id"},
        {"options", "option_groups", "initial_options", "placeholder", "max_selected_items"},
    ),
}
IN_ACTIONS = {"button", "radio_buttons", "checkboxes", "static_select", "multi_static_select", "datepicker"}
IN_INPUT = set(ELEMENTS) - {"button"}
SURFACES = {
    "message": set(BLOCKS) - {"input"},
    "modal": set(BLOCKS) - {"table"},
    "home": set(BLOCKS) - {"table"},
}
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
MOST_CHARACTERS = 13_200
STYLE = {"bold", "italic", "strike", "code"}
FILE_ID = re.compile(r"F[A-Z0-9]{8,}")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def check_message(blocks: object) -> None:
    """Blocks of a message."""
    _check_blocks(blocks, "message")
    size = sum(len(text) for text in texts(blocks))
    _need(size <= MOST_CHARACTERS, f"msg_blocks_too_long ({size} characters)")


def check_view(view: object) -> None:
    """A modal or Home view."""
    _need(isinstance(view, dict), "view must be an object")
    assert isinstance(view, dict)
    kind = view.get("type")
    _need(kind in ("modal", "home"), f"unknown view type {kind}")
    own = {"type", "blocks", "callback_id", "private_metadata", "external_id"}
    if kind == "modal":
        own |= {"title", "close", "submit", "clear_on_close", "notify_on_close", "submit_disabled"}
        _plain(view.get("title"), 24, "title")
        for name in {"close", "submit"} & set(view):
            _plain(view[name], 24, name)
        if any(block.get("type") == "input" for block in view.get("blocks", []) if isinstance(block, dict)):
            _need("submit" in view, "a modal with inputs needs submit")
    _need(set(view) <= own, f"unknown fields {set(view) - own}")
    _need(len(view.get("private_metadata", "")) <= 3000, "private_metadata over 3000")
    _need(len(view.get("callback_id", "")) <= 255, "callback_id over 255")
    _check_blocks(view.get("blocks"), str(kind))


def texts(value: object) -> Iterator[str]:
    """Every `text` string within."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name == "text" and isinstance(item, str):
                yield item
            else:
                yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def _check_blocks(blocks: object, surface: str) -> None:
    _need(isinstance(blocks, list), "blocks must be a list")
    assert isinstance(blocks, list)
    _need(0 < len(blocks) <= MOST_BLOCKS[surface], f"{len(blocks)} blocks in a {surface}")
    seen_blocks: set[str] = set()
    seen_actions: set[str] = set()
    tables = 0
    for place, block in enumerate(blocks):
        where = f"blocks[{place}]"
        _need(isinstance(block, dict), f"{where} is no object")
        kind = block.get("type")
        _need(kind in SURFACES[surface], f"{where}: block type {kind} in a {surface}")
        _fields(block, *BLOCKS[kind], {"type", "block_id"}, where)
        if "block_id" in block:
            _short(block["block_id"], 255, f"{where}.block_id")
            _once(block["block_id"], seen_blocks, f"{where}.block_id")
        tables += kind == "table"
        _need(tables <= 1, "only_one_table_allowed")
        CHECKS[kind](block, where)
        for element in _elements(block):
            # In inputs of their own blocks the same action_id may stand again.
            if kind != "input":
                _once(element.get("action_id"), seen_actions, f"{where}.action_id")


def _elements(block: Object) -> list[Object]:
    if block["type"] == "actions":
        return [element for element in block["elements"] if isinstance(element, dict)]
    return [block["element"]] if block["type"] == "input" else []


def _section(block: Object, where: str) -> None:
    _need("text" in block or "fields" in block, f"{where}: text or fields")
    if "text" in block:
        _text(block["text"], 3000, where)
    for field in block.get("fields", []):
        _text(field, 2000, where)


def _header(block: Object, where: str) -> None:
    _plain(block["text"], 150, where)


def _divider(block: Object, where: str) -> None:
    return


def _context(block: Object, where: str) -> None:
    _need(0 < len(block["elements"]) <= 10, f"{where}: {len(block['elements'])} elements")
    for element in block["elements"]:
        _text(element, 3000, where)


def _actions(block: Object, where: str) -> None:
    _need(0 < len(block["elements"]) <= 25, f"{where}: {len(block['elements'])} elements")
    for element in block["elements"]:
        _element(element, IN_ACTIONS, where)


def _input(block: Object, where: str) -> None:
    _plain(block["label"], 2000, where)
    if "hint" in block:
        _plain(block["hint"], 2000, where)
    _need(isinstance(block.get("optional", False), bool), f"{where}.optional")
    _element(block["element"], IN_INPUT, where)


def _rich_text(block: Object, where: str) -> None:
    _need(len(block["elements"]) > 0, f"{where}: no elements")
    for element in block["elements"]:
        _rich(element, where)


def _rich(element: object, where: str) -> None:
    _need(isinstance(element, dict), f"{where}: rich_text element")
    assert isinstance(element, dict)
    kind = element.get("type")
    known = {"rich_text_section", "rich_text_quote", "rich_text_preformatted", "rich_text_list"}
    _need(kind in known, f"{where}: {kind} in rich_text")
    more = {"style", "indent", "offset", "border"} if kind == "rich_text_list" else {"border"}
    _fields(element, {"elements"}, more, {"type"}, where)
    _need(len(element["elements"]) > 0, f"{where}: empty {kind}")
    if kind == "rich_text_list":
        _need(element.get("style") in ("bullet", "ordered"), f"{where}: list style")
    for inner in element["elements"]:
        if kind == "rich_text_list":
            _need(isinstance(inner, dict) and inner.get("type") == "rich_text_section", f"{where}: list item")
            _rich(inner, where)
        else:
            _rich_inline(inner, where)


def _rich_inline(inner: object, where: str) -> None:
    _need(isinstance(inner, dict) and inner.get("type") in ("text", "link"), f"{where}: inline {inner!r:.60}")
    assert isinstance(inner, dict)
    if inner["type"] == "link":
        _fields(inner, {"url"}, {"text", "unsafe", "style"}, {"type"}, where)
        _need(re.match(r"https?://\S", str(inner["url"])) is not None, f"{where}: url {inner['url']!r:.60}")
        _short(inner["url"], 3000, where)
        _short(inner.get("text", "-"), 3000, where)
        return
    _fields(inner, {"text"}, {"style"}, {"type"}, where)
    _short(inner["text"], 3000, where)
    _need(set(inner.get("style", {})) <= STYLE, f"{where}: style")


def _image(block: Object, where: str) -> None:
    _short(block["alt_text"], 2000, f"{where}.alt_text")
    if "title" in block:
        _plain(block["title"], 2000, where)
    _need(("slack_file" in block) != ("image_url" in block), f"{where}: slack_file or image_url")
    if "image_url" in block:
        _short(block["image_url"], 3000, f"{where}.image_url")
        return
    file = block["slack_file"]
    _need(isinstance(file, dict) and set(file) in ({"id"}, {"url"}), f"{where}.slack_file: id or url")
    if "id" in file:
        _need(FILE_ID.fullmatch(str(file["id"])) is not None, f"{where}.slack_file.id")


def files_in(blocks: object) -> Iterator[str]:
    """The ids of the files that blocks show."""
    for block in blocks if isinstance(blocks, list) else ():
        if isinstance(block, dict) and "id" in block.get("slack_file", {}):
            yield block["slack_file"]["id"]


def _table(block: Object, where: str) -> None:
    rows = block["rows"]
    _need(0 < len(rows) <= 100, f"{where}: {len(rows)} rows")
    for row in rows:
        _need(0 < len(row) <= 20 and len(row) == len(rows[0]), f"{where}: {len(row)} cells")
        for cell in row:
            _need(set(cell) == {"type", "text"} and cell["type"] == "raw_text", f"{where}: cell")
            _short(cell["text"], 10_000, where)
    _need(sum(len(cell["text"]) for row in rows for cell in row) <= 10_000, f"{where}: table too long")


CHECKS: dict[str, Callable[[Object, str], None]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "rich_text": _rich_text,
    "image": _image,
    "table": _table,
}


def _element(element: object, allowed: set[str], where: str) -> None:
    _need(isinstance(element, dict), f"{where}: element")
    assert isinstance(element, dict)
    kind = element.get("type")
    _need(kind in allowed, f"{where}: element {kind}")
    _fields(element, *ELEMENTS[str(kind)], {"type"}, where)
    _short(element["action_id"], 255, f"{where}.action_id")
    if kind == "button":
        _plain(element["text"], 75, where)
        _need(element.get("style", "primary") in ("primary", "danger"), f"{where}.style")
        if "value" in element:
            _short(element["value"], 2000, f"{where}.value")
        if "url" in element:
            _short(element["url"], 3000, f"{where}.url")
            _need(element["url"].startswith(("https://", "http://")), f"{where}.url")
    if "placeholder" in element:
        _plain(element["placeholder"], 150, where)
    if "initial_date" in element:
        _need(DATE.fullmatch(element["initial_date"]) is not None, f"{where}.initial_date")
    if kind == "number_input":
        _number(element, where)
    if kind == "plain_text_input":
        _need(0 < element.get("max_length", 3000) <= 3000, f"{where}.max_length")
        _need(
            len(element.get("initial_value", "")) <= element.get("max_length", 3000), f"{where}.initial_value"
        )
    if "options" in element or "option_groups" in element or kind in ("static_select", "multi_static_select"):
        _options(element, str(kind), where)


def _number(element: Object, where: str) -> None:
    told = [element[name] for name in ("min_value", "initial_value", "max_value") if name in element]
    decimals = element["is_decimal_allowed"]
    for text in told:
        _need(isinstance(text, str) and NUMBER.fullmatch(text) is not None, f"{where}: number {text!r}")
        _need(decimals or "." not in text, f"{where}: decimals in {text!r}")
    in_order = sorted(told, key=float) == told
    _need(in_order, f"{where}: initial_value out of min_value and max_value")


def _options(element: Object, kind: str, where: str) -> None:
    _need(("options" in element) != ("option_groups" in element), f"{where}: options or option_groups")
    groups = element.get("option_groups", [{"options": element.get("options")}])
    _need(len(groups) <= 100, f"{where}: groups")
    most = 10 if kind in ("radio_buttons", "checkboxes") else 100
    every: list[Object] = []
    for group in groups:
        if "label" in group:
            _plain(group["label"], 75, where)
        _need(0 < len(group["options"]) <= most, f"{where}: {len(group['options'])} options")
        every += group["options"]
    seen: set[str] = set()
    for option in every:
        _fields(option, {"text", "value"}, {"description"}, set(), where)
        _plain(option["text"], 75, where)
        _short(option["value"], 150, f"{where}.option")
        if "description" in option:
            _plain(option["description"], 75, where)
        _once(option["value"], seen, f"{where}.option")
    initial = element.get("initial_options", [])
    chosen = [*initial, *([element["initial_option"]] if "initial_option" in element else [])]
    if "max_selected_items" in element:
        _need(element["max_selected_items"] >= 1, f"{where}: max_selected_items")
        _need(len(initial) <= element["max_selected_items"], f"{where}: more initial_options than may be")
    _need("initial_options" not in element or len(initial) > 0, f"{where}: initial_options empty")
    _need(all(option in every for option in chosen), f"{where}: initial option is none of the options")


def _text(text: object, most: int, where: str) -> None:
    _need(isinstance(text, dict) and text.get("type") in ("plain_text", "mrkdwn"), f"{where}: text object")
    assert isinstance(text, dict)
    if text["type"] == "plain_text":
        _plain(text, most, where)
    else:
        _fields(text, {"text"}, {"verbatim"}, {"type"}, where)
        _short(text["text"], most, where)


def _plain(text: object, most: int, where: str) -> None:
    _need(isinstance(text, dict) and text.get("type") == "plain_text", f"{where}: plain_text")
    assert isinstance(text, dict)
    _fields(text, {"text"}, {"emoji"}, {"type"}, where)
    _short(text["text"], most, where)


def _short(text: object, most: int, where: str) -> None:
    _need(isinstance(text, str) and 0 < len(text) <= most, f"{where}: 1 to {most} characters")
    assert isinstance(text, str)
    _need(text.strip() != "", f"{where}: blank")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Invalid(f"{where}: half a character") from None
    _need("\x00" not in text, f"{where}: NUL")


def _fields(value: Object, required: set[str], further: set[str], always: set[str], where: str) -> None:
    _need(required <= set(value), f"{where}: missing {required - set(value)}")
    unknown = set(value) - required - further - always
    _need(not unknown, f"{where}: unknown fields {unknown}")


def _once(value: object, seen: set[str], where: str) -> None:
    _need(isinstance(value, str) and value not in seen, f"{where}: {value!r} stands twice")
    assert isinstance(value, str)
    seen.add(value)


def _need(condition: bool, reason: str) -> None:
    if not condition:
        raise Invalid(reason)
