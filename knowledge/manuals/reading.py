"""Reading a manual into draft procedures, each with the place it comes from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.texts.ja import editing as fields
from bot.texts.ja import manuals as texts
from bot.texts.ja.importing import IMPORT_EMPTY
from knowledge.article import Article, Kind, Layer, Source
from knowledge.editing.store import Origin, Proposal
from knowledge.importing.exporting import fields_of
from knowledge.importing.reading import LARGEST
from knowledge.importing.records import LONGEST, read_values
from knowledge.importing.result import ImportFailed
from knowledge.manuals.blocks import Block
from knowledge.manuals.pieces import Piece, count_above, cut
from knowledge.manuals.rows import fields_in

SUFFIXES = (".docx", ".pdf")
MOST_PIECES = 500


@dataclass(frozen=True)
class Draft:
    """One draft article and the place it was read from."""

    article: Article
    place: str


@dataclass(frozen=True)
class Manual:
    """What a file holds: its name, its drafts, and things to tell whoever imports it."""

    source: str
    drafts: tuple[Draft, ...]
    notes: tuple[str, ...]

    def proposals(self, by: str, at: datetime) -> list[Proposal]:
        """A proposal for each draft. The same text read again gives the same proposal's id: it is not proposed twice."""
        return [
            Proposal(
                id=f"manual/{_digest(draft.article.model_dump_json(), draft.place)}",
                article_id=draft.article.id,
                article=draft.article,
                origin=Origin.MANUAL,
                reference=draft.place,
                proposed_by=by,
                proposed_at=at,
            )
            for draft in self.drafts
        ]


def read_manual(path: Path, owner: str = "") -> Manual:
    """Read a .docx or .pdf. Drafts belong to `owner`, a 課. Raises ImportFailed when nothing can be made of the file."""
    content = _content(path)
    notes: list[str] = []
    title, blocks = _read(path, content, notes)
    pieces = list(cut(blocks))
    if not pieces:
        raise ImportFailed([texts.NO_HEADINGS if blocks else texts.EMPTY])
    if len(pieces) > MOST_PIECES:
        raise ImportFailed([texts.too_many_pieces(len(pieces), MOST_PIECES)])
    if left_out := count_above(blocks):
        notes.append(texts.above_headings(left_out))
    source = path.resolve().name
    _check_lengths(pieces)
    drafts = tuple(_drafts(pieces, title or path.stem, source, owner))
    if faults := [fault for draft in drafts for fault in _faults(draft)]:
        raise ImportFailed(faults)
    return Manual(source, drafts, tuple(notes))


def _faults(draft: Draft) -> Iterator[str]:
    """What no article may hold, so that each can be exported and imported again: lost characters, too long a step …"""
    _, mistakes = read_values(fields_of(draft.article))
    for name, wrong in mistakes.items():
        # A heading without text is shown for approval, to be filled in there.
        if (name, wrong) != ("body", IMPORT_EMPTY):
            yield texts.piece_wrong(draft.place, fields.label(name), wrong)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise ImportFailed([texts.too_large(path.name, LARGEST)])
        return path.read_bytes()
    except OSError as error:
        raise ImportFailed([texts.unreadable(path.name, error.strerror or "")]) from None


def _read(path: Path, content: bytes, notes: list[str]) -> tuple[str, Sequence[Block]]:
    # Only loaded for a manual: they are large.
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ImportFailed([texts.OLD_WORD])
    if path.suffix.lower() == ".docx":
        from knowledge.manuals.docx_file import read_docx  # noqa: PLC0415

        return read_docx(content, notes)
    from knowledge.manuals.pdf_file import read_pdf  # noqa: PLC0415

    return read_pdf(content, notes)


def _check_lengths(pieces: Sequence[Piece]) -> None:
    longest = LONGEST["body"]
    mistakes = [
        texts.piece_too_long(_place(piece), longest)
        for piece in pieces
        if sum(len(block.text) for _, block in piece.blocks) > longest
    ]
    if mistakes:
        raise ImportFailed(mistakes)


def _drafts(pieces: Sequence[Piece], document: str, source: str, owner: str) -> list[Draft]:
    seen: dict[tuple[str, ...], int] = {}
    drafts = []
    for piece in pieces:
        seen[piece.path] = seen.get(piece.path, 0) + 1
        id_ = f"manual-{_digest(source, *piece.path, str(seen[piece.path]))[:16]}"
        drafts.append(Draft(_article(piece, id_, document, owner), f"{source} {_place(piece)}"))
    return drafts


def _article(piece: Piece, id_: str, document: str, owner: str) -> Article:
    fields = fields_in(piece, owner)
    above = " ".join(piece.path[:-1])
    return Article.model_validate(
        {
            "id": id_,
            "kind": Kind.PROCEDURE,
            "layer": Layer.EDITORIAL,
            "title": piece.title[: LONGEST["title"]],
            "source": Source(document=document, section=above, heading=piece.path[-1], page=piece.page),
            **fields,
        }
    )


def _place(piece: Piece) -> str:
    return texts.place(piece.path, piece.page)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
