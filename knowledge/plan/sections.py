"""The numbered sections of running text: whose parent is whose, whose a footnote is, what a heading alone says."""

from __future__ import annotations

from knowledge.article import Kind
from knowledge.plan.blocks import Caption, SectionTitle
from knowledge.plan.draft import Draft, slug
from knowledge.plan.items import Piece
from knowledge.plan.wording import readable

FIGURE = "図"


class SectionTree:
    """Makes a draft of every heading, then finishes them together."""

    def __init__(self) -> None:
        self._sections: list[Draft] = []
        self._by_number: dict[tuple[str, tuple[int, ...]], Draft] = {}
        self._children: dict[str, list[tuple[Draft, SectionTitle]]] = {}
        self._above: tuple[str, tuple[int, ...]] = ("", ())

    def section(self, part: str, block: SectionTitle) -> Draft:
        """The draft of a heading."""
        heading = block.heading
        if not heading.item:
            self._above = (part, heading.number)
        elif self._above[0] != part:
            self._above = (part, ())
        chapter = ".".join(map(str, self._above[1]))
        item = str(heading.number[0]) if heading.item else ""
        draft = Draft(
            id="-".join(filter(None, [slug(part), chapter, item])),
            kind=Kind.SECTION,
            title=heading.title.text,
            part=part,
            section=chapter + (f"({item})" if item else ""),
            line=block.line,
            page=block.page,
            headings=[heading.whole],
        )
        self._enter(draft, block)
        return draft

    def caption(self, part: str, block: Caption, current: Draft | None) -> Draft:
        """The draft of a figure that is lost: its caption is all there is."""
        return Draft(
            id=f"{slug(part)}-{block.name}",
            kind=Kind.SECTION,
            title=block.title.text or block.name,
            part=part,
            section=current.section if current else "",
            heading=f"{block.name} {block.title.text}".strip(),
            line=block.line,
            aliases=(block.name,),
            headings=[block.words],
            blank=(FIGURE,),
        )

    def finish(self) -> None:
        """Give footnotes to the sections that refer to them, and headings to the sections they divide.

        A section without any text is one whose figure is lost.
        """
        move_footnotes(self._sections)
        for draft in self._sections:
            bare = not draft.pieces
            for _, title in self._children.get(draft.id, []):
                if title.heading.item or bare:
                    draft.pieces.append(_mention(title))
            if not draft.pieces:
                draft.blank = (FIGURE,)

    def _enter(self, draft: Draft, block: SectionTitle) -> None:
        number = block.heading.number
        above = self._above if block.heading.item else (draft.part, number[:-1])
        parent = self._by_number.get(above)
        if parent:
            self._children.setdefault(parent.id, []).append((draft, block))
        if not block.heading.item:
            self._by_number[(draft.part, number)] = draft
        self._sections.append(draft)


def move_footnotes(sections: list[Draft]) -> None:
    """A note stands where the page had room: it belongs to the nearest section above that refers to one."""
    for place, draft in enumerate(sections):
        notes = [piece for piece in draft.pieces if _is_note(piece)]
        if not notes or _refers(draft):
            continue
        owner = next((s for s in reversed(sections[:place]) if _refers(s) and not _answered(s)), None)
        if owner:
            owner.pieces += notes
            draft.pieces = [piece for piece in draft.pieces if piece not in notes]


def _mention(title: SectionTitle) -> Piece:
    heading = title.heading
    return Piece(readable(heading.title), marker=heading.marker)


def _is_note(piece: Piece) -> bool:
    return "※" in piece.marker.text


def _refers(draft: Draft) -> bool:
    return any("※" in piece.words.text for piece in draft.pieces if not _is_note(piece))


def _answered(draft: Draft) -> bool:
    return any(_is_note(piece) for piece in draft.pieces)
