"""Replies as Block Kit, within Slack's limits for one message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.charts.chart import Chart
from bot.messages import Action, Items, Linked, Paragraph, Part, Quote, Reply, SourceLine, Table
from bot.slack.wording import Block, cut, cut_or, escaped, is_blank, plain
from bot.texts.ja import charts as chart_texts
from bot.texts.ja import slack as texts

MAX_BLOCKS = 50
MAX_CHARACTERS = 11_000  # of all blocks together: Slack answers msg_blocks_too_long somewhat above
MAX_TEXT = 3_000
MAX_HEADER = 150
MAX_BUTTONS_IN_BLOCK = 25
MAX_BUTTON = 75
MAX_VALUE = 2_000
MAX_FALLBACK = 3_000
MAX_ROWS = 100
MAX_COLUMNS = 20
MAX_TABLE_CHARACTERS = 9_000
ACTION_PREFIX = "dx"
MAX_ALT = 2_000
FORM_PREFIX = "form"
NO_FILES: Mapping[Chart, str] = {}


def message(reply: Reply, files: Mapping[Chart, str] = NO_FILES) -> dict[str, Any]:
    """A reply as the fields of chat.postMessage: blocks, and the text that notifications show.

    `files` holds the uploaded picture of each chart that has one; the others stand there in words and numbers alone.
    Names, links and channel names in its words stay plain text, and nothing is unfolded; a Linked item is a link.
    """
    return {
        "text": escaped(cut_or(reply.text, MAX_FALLBACK, texts.PRODUCT), MAX_FALLBACK),
        "blocks": blocks(reply, files=files),
        "mrkdwn": False,
        "parse": "none",
        "link_names": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def blocks(
    reply: Reply,
    most: int = MAX_BLOCKS,
    *,
    most_tables: int = 1,
    files: Mapping[Chart, str] = NO_FILES,
    characters: int = MAX_CHARACTERS,
) -> list[Block]:
    """A reply's blocks, at most `most`, with at most so many characters. A form becomes a button that opens it; tables beyond `most_tables` lists."""
    buttons = button_blocks(reply.actions)
    if reply.form is not None:
        buttons = [*_form_button(reply), *buttons]
    buttons = buttons[: most // 2]
    body = list(_body(reply, most - len(buttons), characters, most_tables, files))
    return body + buttons or [_words(texts.NOTHING_TO_SAY)]


def is_cut(reply: Reply) -> bool:
    """Whether one message has no room for all of it."""
    return _small(texts.CUT_OFF) in blocks(reply)


def button_blocks(actions: Sequence[Action], start: int = 0) -> list[Block]:
    """Buttons in as few blocks as Slack allows; their action ids are numbered from `start`."""
    made = [button(action, number) for number, action in enumerate(actions, start)]
    groups = range(0, len(made), MAX_BUTTONS_IN_BLOCK)
    return [{"type": "actions", "elements": made[at : at + MAX_BUTTONS_IN_BLOCK]} for at in groups]


def button(action: Action, number: int) -> Block:
    """One button. Its action id carries the action's name behind a number that sets it apart, and what it opens."""
    name = f"{FORM_PREFIX}:{action.name}" if action.opens_form else action.name
    made: Block = {
        "type": "button",
        "action_id": cut(f"{ACTION_PREFIX}:{number}:{name}", 255),
        "text": plain(action.label, MAX_BUTTON, texts.BUTTON),
    }
    if action.main:
        made["style"] = "primary"
    if action.url:
        made["url"] = action.url
    if action.value:
        made["value"] = cut_or(action.value, MAX_VALUE, "-")
    return made


def action_name(action_id: str) -> str:
    """The name that `button` put into an action id; an id of any other making stands for itself."""
    prefix, _, rest = action_id.partition(":")
    number, _, name = rest.partition(":")
    return name if prefix == ACTION_PREFIX and number.isascii() and number.isdigit() and name else action_id


def _form_button(reply: Reply) -> list[Block]:
    assert reply.form is not None  # noqa: S101 (the caller's condition)
    form = reply.form
    opening = Action(name=form.name, label=texts.OPEN_FORM, value=form.value, opens_form=True, main=True)
    return [{"type": "actions", "elements": [button(opening, 900)]}]


def _body(
    reply: Reply, most: int, room: int, most_tables: int, files: Mapping[Chart, str]
) -> Iterator[Block]:
    """Title and parts until blocks or characters run out; then a line that says so."""
    made = [*_title(reply.title), *_parts(reply.parts, most_tables, files)]
    if len(made) < most and _is_short(reply):
        yield from made
        return
    if reply.form is not None and not is_blank(reply.form.intro):
        made.append(_words(reply.form.intro))
    for place, block in enumerate(made):
        size = text_length(block)
        left_out = size > room or (place == most - 1 and len(made) > most)
        if left_out:
            yield _small(texts.CUT_OFF)
            return
        room -= size
        yield block


def _is_short(reply: Reply) -> bool:
    """Whether there is no need to count what every block holds."""
    charts = any(isinstance(part, Chart) for part in reply.parts)
    return reply.form is None and not charts and len(reply.text) < MAX_CHARACTERS // 3


def text_length(value: object) -> int:
    """How many characters of text a block holds."""
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        own += len(value["url"]) if value.get("type") == "link" else 0
        return own + sum(text_length(item) for item in value.values())
    if isinstance(value, list):
        return sum(text_length(item) for item in value)
    return 0


def _title(title: str) -> list[Block]:
    if is_blank(title):
        return []
    return [{"type": "header", "text": plain(title, MAX_HEADER)}]


def _parts(parts: Sequence[Part], most_tables: int, files: Mapping[Chart, str]) -> Iterator[Block]:
    tables = 0
    for part in parts:
        tables += isinstance(part, Table)
        if isinstance(part, Chart):
            yield from _chart(part, files.get(part, ""))
        elif isinstance(part, Table) and tables > most_tables:  # Slack takes one a message and none in a view
            yield from _table_as_list(part)
        else:
            yield from _part(part)


def _part(part: Part) -> Iterator[Block]:
    match part:
        case Paragraph():
            yield from _paragraph(part)
        case Quote():
            yield from _quote(part)
        case Items():
            yield from _list(part.items, numbered=part.numbered)
        case Table():
            yield from _table(part)
        case SourceLine():
            yield _small(texts.source(part.cite, part.heading, part.edition))


def _paragraph(part: Paragraph) -> Iterator[Block]:
    if part.tone == "note":
        yield _small(_labelled(part.label, part.text))
    elif part.tone == "warning":
        yield _words(f"{texts.WARNING_MARK}{part.text}", part.label)
    else:
        yield from (_words(piece, label) for piece, label in _pieces(part.text, part.label))


def _quote(part: Quote) -> Iterator[Block]:
    for piece, label in _pieces(part.text, part.label or texts.VERBATIM):
        heading = [_section([_bold(label)])] if label else []
        yield {"type": "rich_text", "elements": [*heading, _quoted(piece)]}
    if not is_blank(part.cite):
        yield _small(part.cite)


def _pieces(text: str, label: str) -> Iterator[tuple[str, str]]:
    """A long text in pieces of one block each, the label on the first."""
    clean = cut(text, MAX_CHARACTERS)
    for at in range(0, max(len(clean), 1), MAX_TEXT):
        yield clean[at : at + MAX_TEXT], label if at == 0 else ""


def _words(text: str, label: str = "") -> Block:
    """Running text under a bold label."""
    heading = [_bold(f"{cut(label, 200)}\n")] if not is_blank(label) else []
    return {"type": "rich_text", "elements": [_section([*heading, _text(text)])]}


def _section(elements: list[Block]) -> Block:
    return {"type": "rich_text_section", "elements": elements}


def _quoted(text: str) -> Block:
    return {"type": "rich_text_quote", "elements": [_text(text)]}


def _text(text: str) -> Block:
    return {"type": "text", "text": cut_or(text, MAX_TEXT, "-")}


def _bold(text: str) -> Block:
    return _text(cut(text, 200)) | {"style": {"bold": True}}


def _small(text: str) -> Block:
    return {"type": "context", "elements": [plain(text, MAX_TEXT)]}


def _labelled(label: str, text: str) -> str:
    return text if is_blank(label) else f"{label}: {text}"


def _list(items: Sequence[Linked | str], *, numbered: bool = False) -> Iterator[Block]:
    """A list in as many blocks as it takes: what has no room in one goes on in the next."""
    style = "ordered" if numbered else "bullet"
    for start, run in _runs(items or ["-"]):
        going_on = {"offset": start} if numbered and start else {}
        made = {"type": "rich_text_list", "style": style, **going_on}
        yield {
            "type": "rich_text",
            "elements": [made | {"elements": [_section([_item(item)]) for item in run]}],
        }


def _item(item: Linked | str) -> Block:
    return _text(item) if isinstance(item, str) else {**_text(item.text), "type": "link", "url": item.url}


def _runs(items: Sequence[Linked | str]) -> Iterator[tuple[int, Sequence[Linked | str]]]:
    """Items one after the other that fit into one block, with the place of the first."""
    start, size = 0, 0
    for place, item in enumerate(items):
        length = len(str(item))
        if place > start and size + length > MAX_TEXT:
            yield start, items[start:place]
            start, size = place, 0
        size += length
    yield start, items[start:]


def _table(part: Table) -> Iterator[Block]:
    fits = len(part.rows) < MAX_ROWS and 0 < len(part.columns) <= MAX_COLUMNS
    same_width = all(len(row) == len(part.columns) for row in part.rows)
    if not fits or not same_width or _size(part) > MAX_TABLE_CHARACTERS:
        yield from _table_as_list(part)
        return
    if not is_blank(part.caption):
        yield _words(part.caption)
    yield {"type": "table", "rows": [[_cell(text) for text in row] for row in (part.columns, *part.rows)]}


def _size(part: Table) -> int:
    return sum(len(cell) for row in (part.columns, *part.rows) for cell in row)


def _cell(text: str) -> Block:
    return {"type": "raw_text", "text": cut_or(text, MAX_TEXT, "-")}


def _table_as_list(part: Table) -> Iterator[Block]:
    if not is_blank(part.caption):
        yield _words(part.caption)
    if len(part.columns) == 2 and all(len(row) == 2 for row in part.rows):  # what is asked, and the answer
        yield from _list([f"{name}: {value}" for name, value in part.rows])
    else:
        yield from _list([" / ".join(row) for row in (part.columns, *part.rows)])


def _chart(part: Chart, file: str) -> Iterator[Block]:
    yield _words(part.alt, part.title)
    if file:
        yield {
            "type": "image",
            "slack_file": {"id": file},
            "alt_text": cut_or(part.alt, MAX_ALT, part.title or "-"),
        }
    if part.told_below:
        return
    rows = part.rows_beside if file else part.rows
    yield from _table_as_list(Table(caption="", columns=part.columns, rows=rows))
    if left := len(part.rows) - len(rows):
        yield _small(chart_texts.REST_IN_PICTURE.format(count=left))
