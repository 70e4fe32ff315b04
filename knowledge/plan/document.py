"""A city's plan, read word for word into articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.texts.ja import importing as texts
from knowledge.article import Article, Kind
from knowledge.plan.assembly import MAIN_PART, Assembly
from knowledge.plan.blocks import BlockReader
from knowledge.plan.contents import Contents, Entry, read_contents, starts_contents
from knowledge.plan.cover import Cover, read_cover
from knowledge.plan.coverage import Coverage, Ledger
from knowledge.plan.draft import Draft
from knowledge.plan.errors import PlanError
from knowledge.plan.headings import parse_heading
from knowledge.plan.reading import check_characters, read_plan_text
from knowledge.plan.traced import Line, Span, read_lines


@dataclass(frozen=True)
class PlanDocument:
    """A plan as knowledge: its articles, the account of its characters, and where each passage stands in `text`.

    `spans[id][n]` are the stretches of `text` that passage n of article `id` is made of.
    """

    title: str
    edition: str
    ended_on: date | None
    articles: tuple[Article, ...]
    coverage: Coverage
    text: str
    spans: Mapping[str, tuple[tuple[Span, ...], ...]]

    @property
    def source(self) -> str:
        """The name under which the edition is stored beside others."""
        return f"{self.title} {self.edition}".strip()


def read_plan(path: Path, **known: str) -> PlanDocument:
    """Read a plan's file; `known` as in parse_plan. Raises PlanError."""
    return parse_plan(read_plan_text(path), **known)


def parse_plan(text: str, *, title: str = "", edition: str = "") -> PlanDocument:
    """Read a plan's text into articles of the official layer.

    `title` and `edition` take the place of what the title block says. Raises PlanError with the line that is wrong.
    """
    text = text.removeprefix("\ufeff")
    check_characters(text)
    lines = read_lines(text)
    front, contents, body = _divide(lines)
    cover = read_cover(front)
    cover = replace(cover, document=title or cover.document, edition=edition or cover.edition)
    ledger = Ledger(text)
    assembly = Assembly(contents, ledger)
    drafts = assembly.read(
        BlockReader(body, contents, contents.parts[0] if contents.parts else MAIN_PART).read()
    )
    _check(drafts)
    missing = assembly.missing_entries(drafts)
    _account(ledger, drafts, front, cover)
    _account_contents(ledger, contents, missing)
    return PlanDocument(
        title=cover.document,
        edition=cover.edition,
        ended_on=cover.ended_on,
        articles=tuple(draft.article(cover) for draft in drafts),
        coverage=ledger.coverage(_notes(cover, missing)),
        text=text,
        spans={draft.id: draft.spans() for draft in drafts},
    )


def _divide(lines: Sequence[Line]) -> tuple[Sequence[Line], Contents, Sequence[Line]]:
    """The title block, the 目次, and the rest."""
    start = next((i for i, line in enumerate(lines) if starts_contents(line)), None)
    if start is not None:
        contents, count = read_contents(lines[start:])
        return lines[:start], contents, lines[start + count :]
    first = next((i for i, line in enumerate(lines) if _begins_body(line)), 0)
    return lines[:first], Contents(), lines[first:]


def _begins_body(line: Line) -> bool:
    return parse_heading(line.words) is not None or "\t" in line.words.text.strip()


def _check(drafts: Sequence[Draft]) -> None:
    if all(draft.kind is Kind.TERM or not draft.section for draft in drafts):
        raise PlanError(texts.PLAN_NO_CHAPTERS)
    seen: dict[str, Draft] = {}
    for draft in drafts:
        if not draft.title:
            raise PlanError(texts.plan_no_title(draft.line), draft.line)
        if draft.id in seen:
            raise PlanError(texts.plan_twice(draft.title, seen[draft.id].line, draft.line), draft.line)
        seen[draft.id] = draft


def _account(ledger: Ledger, drafts: Sequence[Draft], front: Sequence[Line], cover: Cover) -> None:
    for draft in drafts:
        for piece in draft.pieces:
            ledger.article(piece.words)
            ledger.article(piece.marker)
    for words in (words for draft in drafts for words in draft.headings):
        ledger.heading(words)
    for line in front:
        if line.number == cover.title_line:
            ledger.heading(line.words)
        else:
            ledger.leave_out(line.words, texts.REASON_COVER)


def _account_contents(ledger: Ledger, contents: Contents, missing: Sequence[Entry]) -> None:
    for words in contents.leaders:
        ledger.layout(words)
    for words in contents.titles:
        ledger.listed(words)
    lost = {entry.line for entry in missing}
    for entry in contents.entries:
        if entry.line in lost:
            ledger.leave_out(entry.words + entry.page_words, texts.REASON_CONTENTS)
        else:
            ledger.listed(entry.words + entry.page_words)


def _notes(cover: Cover, missing: Sequence[Entry]) -> list[str]:
    notes = [texts.note_contents_missing(entry.line, entry.words.text) for entry in missing]
    if not cover.edition:
        notes.append(texts.note_no_edition())
    if cover.ended_on is None:
        notes.append(texts.note_no_period())
    return notes
