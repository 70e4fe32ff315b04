"""What channels hand in (Request) and get back (Reply): channel-neutral, no I/O."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.charts.chart import Chart
from bot.texts.ja import forms as texts
from knowledge.answer import Answer
from staff.model import Person


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Request(_Frozen):
    """One thing a person did in a channel.

    `name` is the command, action or form id the router looks up; `text` what was typed; `value` what the pressed
    button carries; `values` a form's fields. `user` is the channel's own id of the person; `person` their entry in
    the directory, or None when the directory does not know them. `private`: nobody but them sees the reply.
    """

    channel: str
    user: str
    name: str = "ask"
    text: str = ""
    value: str = ""
    values: dict[str, str | list[str]] = {}
    person: Person | None = None
    conversation: str = ""
    private: bool = False
    at: datetime | None = None


class Paragraph(_Frozen):
    """Plain running text, under a small `label` if there is one. `tone`: as text, a small note, or a warning."""

    type: Literal["paragraph"] = "paragraph"
    text: str
    label: str = ""
    tone: Literal["text", "note", "warning"] = "text"


class Quote(_Frozen):
    """The source's own words, with where they stand, unless a SourceLine tells. `label` names the row or item quoted."""

    type: Literal["quote"] = "quote"
    text: str
    cite: str
    label: str = ""


WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"\\^`{|}]+$", max_length=2000)]


class Linked(_Frozen):
    """Words that open a page of the web: a form to fill in."""

    text: str
    url: WebAddress

    def __str__(self) -> str:
        return self.url if self.text == self.url else f"{self.text} {self.url}"


def linked(text: str, url: str) -> Linked | str:
    """Words that open a page; plain ones with the address behind them where it is none of the web's."""
    try:
        return Linked(text=text, url=url)
    except ValidationError:
        return f"{text} {url}".strip()


class Items(_Frozen):
    """A list; numbered when the order matters."""

    type: Literal["items"] = "items"
    items: tuple[Linked | str, ...]
    numbered: bool = False


class Table(_Frozen):
    """Rows under column names; `caption` says what it shows."""

    type: Literal["table"] = "table"
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class SourceLine(_Frozen):
    """Where an answer comes from: document, place and edition."""

    type: Literal["source"] = "source"
    cite: str
    edition: str = ""
    heading: str = ""


Part = Annotated[Paragraph | Quote | Items | Table | Chart | SourceLine, Field(discriminator="type")]


LINK = "link"
_MOST_STANDING_OPEN = 24


BETWEEN = "|"
"""What stands between the parts of a button's value; where it is about an article, that comes first."""


class Action(_Frozen):
    """A button: pressing it sends a Request with this name and value.

    One that `opens_form` leads to a form: chats open a window for it at once. A `main` one is what people came to press.
    With a `url` it opens that page instead and sends nothing: its name is LINK then (see `link_to`).
    """

    name: str
    label: str
    value: str = ""
    opens_form: bool = False
    main: bool = False
    url: str = ""


def link_to(url: str, label: str) -> Action:
    """A button that opens a page."""
    return Action(name=LINK, label=label, url=url)


class Choice(_Frozen):
    """One option of a field. `hint` says more about it (what a level of a scale means)."""

    value: str
    label: str
    hint: str = ""


class FormField(_Frozen):
    """One question of a form. `max_length` counts characters.

    A `scale` is a single choice whose choices have an order; those in `exclusive` stand outside of it. A `matrix` asks
    each of `rows` with the same choices; a row's answer comes back under `row_id(field, row)`, and `value` holds such ids
    with the choice, as "id=choice". `minimum`, `maximum` and `step` bound a number of `unit`; at most `most` choices of a multi may
    be ticked, and one of `exclusive` only alone. Channels help people keep these; they are checked in the domain.

    Every field of a sent form comes back: a multi as a list, any other as text, empty where nothing was filled in.
    """

    id: str
    label: str
    kind: Literal["text", "long_text", "number", "date", "single", "multi", "scale", "matrix"] = "text"
    required: bool = False
    choices: tuple[Choice, ...] = ()
    rows: tuple[Choice, ...] = ()
    value: str | tuple[str, ...] = ""
    hint: str = ""
    error: str = ""
    max_length: int = 3000
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    unit: str = ""
    most: int | None = None
    exclusive: tuple[str, ...] = ()


class Form(_Frozen):
    """Fields to fill in; submitting sends a Request named `name` with the values.

    `actions` are other ways on (back, save and close): pressing one sends its Request with the values so far, unchecked.
    A form of several pages says which of `steps` this one is.
    """

    name: str
    title: str
    intro: str = ""
    fields: tuple[FormField, ...]
    submit: str
    value: str = ""
    actions: tuple[Action, ...] = ()
    step: int = 1
    steps: int = 1


def row_id(field: FormField, row: Choice) -> str:
    """Under which name a matrix row's answer comes back."""
    return f"{field.id}.{row.value}"


def row_fields(field: FormField) -> tuple[FormField, ...]:
    """A matrix as a single choice for each row. What is wrong with it is told at its first row without an answer."""
    held = field.value if isinstance(field.value, tuple) else ()
    names = [row_id(field, row) for row in field.rows]
    chosen = {
        name: entry.removeprefix(f"{name}=")
        for name in names
        for entry in held
        if entry.startswith(f"{name}=")
    }
    empty = next((name for name in names if not chosen.get(name)), names[0] if names else "")
    return tuple(
        field.model_copy(
            update={
                "id": name,
                "label": row.label,
                "hint": row.hint,
                "kind": "single",
                "rows": (),
                "value": chosen.get(name, ""),
                "error": field.error if name == empty else "",
            }
        )
        for name, row in zip(names, field.rows, strict=True)
    )


def stands_open(matrix: FormField) -> bool:
    """Whether chats show what can be chosen in every row at once: one press an answer, where a menu takes two."""
    return len(matrix.rows) * len(matrix.choices) <= _MOST_STANDING_OPEN


def flat_fields(form: Form) -> tuple[FormField, ...]:
    """The fields as they come back: each row of a matrix for itself."""
    return tuple(
        one for field in form.fields for one in (row_fields(field) if field.kind == "matrix" else (field,))
    )


def full_hint(field: FormField) -> str:
    """What helps to fill a field in: its hint, or the bounds of a number without one; how many may be ticked."""
    return "\n".join(filter(None, [short_hint(field), _most_told(field)]))


def short_hint(field: FormField) -> str:
    """The same for channels that show it below the field: how many may be ticked is told by `full_label`."""
    if field.kind == "number" and not field.hint:
        return texts.bounds(field.minimum, field.maximum, field.step, field.unit)
    return field.hint


def full_label(field: FormField) -> str:
    """The label with how many may be ticked, to be known before the first."""
    most = _most_told(field)
    return f"{field.label}{texts.beside(most)}" if most else field.label


def _most_told(field: FormField) -> str:
    return texts.at_most(field.most) if field.kind == "multi" and field.most else ""


def can_be_cleared(field: FormField) -> bool:
    """Whether an answer given before may be taken back: people cannot untick a radio button."""
    return field.kind in ("single", "scale") and not field.required and bool(field.value)


class Reply(_Frozen):
    """What the bot says back: a heading, parts in reading order, buttons, perhaps a form.

    `answer` is the decision behind a question's reply, for callers that want it as data. A `fleeting` reply is shown
    to one person alone and never stored. `refused`: the person lacks the permission; the router keeps that on record.
    `in_message` stands in its place in a message of a chat, where it is fleeting or too long for one.
    """

    title: str = ""
    parts: tuple[Part, ...] = ()
    actions: tuple[Action, ...] = ()
    form: Form | None = None
    answer: Answer | None = None
    fleeting: bool = False
    refused: bool = False
    in_message: Reply | None = None

    @property
    def text(self) -> str:
        """The whole reply as plain text, one part a line; what notifications and the command line show."""
        return "\n".join(filter(None, [self.title, *(plain_text(part) for part in self.parts)]))


def plain_text(part: Part) -> str:
    """One part as plain text."""
    match part:
        case Paragraph(text=text, label=label) | Quote(text=text, label=label):
            return f"【{label}】{text}" if label else text
        case Items(items=items, numbered=numbered):
            return "\n".join(f"{n}. {item}" if numbered else f"・{item}" for n, item in enumerate(items, 1))
        case Table(caption=caption, columns=columns, rows=rows):
            return "\n".join([caption, *(" / ".join(row) for row in (columns, *rows))])
        case Chart(alt=alt):
            return alt
        case SourceLine(cite=cite, edition=edition):
            return f"出典: {cite}（{edition}）" if edition else f"出典: {cite}"
