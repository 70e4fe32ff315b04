"""From blocks to articles: which text belongs to which heading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.article import Kind
from knowledge.plan.blocks import Block, Caption, Furniture, PartTitle, SectionTitle
from knowledge.plan.contents import Contents, Entry
from knowledge.plan.coverage import Ledger
from knowledge.plan.draft import Draft, slug
from knowledge.plan.glossary import header_words, read_terms
from knowledge.plan.initiatives import PART as INITIATIVES
from knowledge.plan.initiatives import read_initiative
from knowledge.plan.items import Piece
from knowledge.plan.paragraphs import Paragraph
from knowledge.plan.sections import SectionTree
from knowledge.plan.tables import GLOSSARY, INITIATIVE, Table
from knowledge.plan.traced import Traced
from knowledge.plan.wording import key, readable

MAIN_PART = "本編"

_SHORT_TITLE = 30


class Assembly:
    """Puts the blocks of a document together into drafts, in the order of the document."""

    def __init__(self, contents: Contents, ledger: Ledger) -> None:
        self._contents = contents
        self._ledger = ledger
        self._drafts: list[Draft] = []
        self._tree = SectionTree()
        self._part = contents.parts[0] if contents.parts else MAIN_PART
        self._current: Draft | None = None
        self._initiatives = 0
        self._part_titles: list[Traced] = []

    def read(self, blocks: Iterable[Block]) -> list[Draft]:
        """Every article of the document."""
        for block in blocks:
            self._add(block)
        self._tree.finish()
        return merge_same(self._without_prefaces_that_list())

    def missing_entries(self, drafts: Iterable[Draft]) -> list[Entry]:
        """The headings of the 目次 that the text does not have."""
        named = [(draft.part, words) for draft in drafts for words in draft.headings]
        found = {entry.line for part, words in named if (entry := self._contents.find(part, words))}
        titles = {key(words.text) for words in self._part_titles}
        return [
            entry for entry in self._contents.entries if entry.line not in found and entry.key not in titles
        ]

    def _add(self, block: Block) -> None:
        match block:
            case PartTitle(part=part, words=words):
                self._part, self._current = part, None
                self._part_titles.append(words)
                self._ledger.heading(words)
            case SectionTitle():
                self._current = self._start(self._tree.section(self._part, block))
            case Caption():
                self._start(self._tree.caption(self._part, block, self._current))
            case Table():
                self._add_table(block)
            case Furniture(words=words):
                self._ledger.layout(words)
            case Paragraph():
                self._add_paragraph(block)

    def _start(self, draft: Draft) -> Draft:
        self._drafts.append(draft)
        return draft

    def _add_table(self, table: Table) -> None:
        if table.kind == INITIATIVE:
            self._initiatives += 1
            self._part = INITIATIVES
            self._current = self._start(read_initiative(table, self._initiatives, self._contents))
            return
        self._part, self._current = GLOSSARY, None
        for words in header_words(table):
            self._ledger.heading(words)
        self._drafts += read_terms(table)

    def _add_paragraph(self, paragraph: Paragraph) -> None:
        if self._current is None:
            self._current = self._start(_preface(self._part, paragraph))
            if self._current.headings:
                return
        self._current.pieces.append(Piece(paragraph.words, marker=paragraph.marker))

    def _without_prefaces_that_list(self) -> list[Draft]:
        """The drafts but for the text above the first heading of a part that only lists headings, or is one line."""
        headings = {key(words.text) for draft in self._drafts if draft.section for words in draft.headings}
        headings |= self._contents.keys
        kept: list[Draft] = []
        for draft in self._drafts:
            if _is_preface(draft) and all(key(piece.words.text) in headings for piece in draft.pieces):
                self._account_listing(draft)
            else:
                kept.append(draft)
        return kept

    def _account_listing(self, draft: Draft) -> None:
        for piece in draft.pieces:
            self._ledger.listed(piece.words)
            self._ledger.layout(piece.marker)
        for words in draft.headings if draft.pieces else []:
            self._ledger.listed(words)


def merge_same(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, where a heading above an initiative's table is one article with the table."""
    kept: list[Draft] = []
    headings: dict[str, Draft] = {}
    for draft in drafts:
        if draft.kind is Kind.SECTION:
            headings[draft.id] = draft
        heading = headings.pop(draft.id, None) if draft.kind is Kind.INITIATIVE else None
        if heading:
            kept.remove(heading)
            draft.pieces = [*heading.pieces, *draft.pieces]
            draft.headings = [*heading.headings, *draft.headings]
        kept.append(draft)
    return kept


def _preface(part: str, paragraph: Paragraph) -> Draft:
    """The draft of text above the first heading of a part, named by its first line when that is short."""
    draft = Draft(slug(part), Kind.SECTION, part, part, paragraph.line)
    title = readable(paragraph.words).text
    if len(title) <= _SHORT_TITLE and "。" not in title and not paragraph.marker:
        draft.title = title
        draft.headings.append(paragraph.words)
    return draft


def _is_preface(draft: Draft) -> bool:
    return draft.kind is Kind.SECTION and draft.id == slug(draft.part)
