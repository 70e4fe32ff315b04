"""The fields of a draft procedure: what its small headings, lists and tables say is a step, a form, a day or its 課."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.article import Need, Passage
from knowledge.importing.days import NoDay, read_day, read_period
from knowledge.importing.records import read_need
from knowledge.manuals.pieces import (
    DEADLINE,
    NEEDS,
    OWNER,
    REVIEW,
    STEPS,
    VALID,
    VALID_FROM,
    VALID_UNTIL,
    Piece,
    row_name,
)

_LISTS = (STEPS, NEEDS, DEADLINE)
_OFFICE = re.compile(r"[^\s。、:：0-9０-９]{1,20}(?:課|室|局|所|センター|館)")
_LINKED = re.compile(r"（(?P<url>https?://[^\s（）]+)）")
_LONGEST_LABEL = 20


def fields_in(piece: Piece, owner: str) -> Mapping[str, object]:
    """The fields of an article. A row whose text is no day, or no 課, stays a passage under its name; so does a 課
    beside the `owner` who was named for the whole manual.
    """
    rows: dict[str, list[str]] = {name: [] for name in _LISTS}
    found: dict[str, object] = {"owner": owner} if owner else {}
    passages: list[Passage] = []
    for label, block in piece.blocks:
        name = row_name(label) if label else None
        if name is None and block.numbered and not label:
            name = STEPS
        if name in _LISTS:
            rows[str(name)].append(block.text)
            continue
        said = _read(name or "", block.text)
        if said and all(found.setdefault(key, value) == value for key, value in said.items()):
            continue
        passages.append(Passage(text=block.text, label=label.strip("【】")[:_LONGEST_LABEL]))
    return {
        **found,
        "passages": tuple(passages),
        "steps": tuple(rows[STEPS]),
        "needs": tuple(_need(text) for text in rows[NEEDS]),
        "deadline": "、".join(rows[DEADLINE]),
    }


def _read(name: str, text: str) -> Mapping[str, object]:
    """What a row says as fields; nothing where it cannot be read as its name promises."""
    said = text.strip(" 　。")
    if name == OWNER:
        return {OWNER: said} if _OFFICE.fullmatch(said) else {}
    try:
        return _days(name, said)
    except NoDay:
        return {}


def _days(name: str, said: str) -> Mapping[str, object]:
    if name == VALID:
        first, last = read_period(said)
        return {key: day for key, day in ((VALID_FROM, first), (VALID_UNTIL, last)) if day}
    if name in {VALID_FROM, VALID_UNTIL, REVIEW}:
        return {name: read_day(said.removesuffix("から" if name == VALID_FROM else "まで"))}
    return {}


def _need(text: str) -> Need:
    """A form with the address that a link in its name leads to; several stay in the text."""
    links = _LINKED.findall(text)
    if len(links) != 1:
        return read_need(text)
    name = _LINKED.sub("", text).strip()
    return Need(text=name, url=links[0]) if name else Need(text=links[0])
