"""Word files: headings by style or outline level, lists by numbering, tables row by row."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from bot.texts.ja import manuals as texts
from knowledge.importing.result import ImportFailed
from knowledge.manuals.blocks import LONGEST_HEADING, Block, body_block, heading_level

MOST_UNPACKED = 200 * 1024 * 1024
MOST_TEXT = 30 * 1024 * 1024
_HEADING_STYLE = re.compile(r"^(?:heading|見出し)\s*(?P<level>[1-9])$", re.IGNORECASE)
_CONTENTS_STYLE = re.compile(r"^(?:toc|目次)\b", re.IGNORECASE)
_LEAST_BOLD = 2
NO_LINKS: Mapping[Any, str] = {}


def read_docx(content: bytes, notes: list[str]) -> tuple[str, list[Block]]:
    """The document's title (or empty) and its blocks. Raises ImportFailed when it is no Word file within bounds."""
    _check_size(content)
    try:
        document = docx.Document(io.BytesIO(content))
    except Exception as error:  # python-docx names no errors of its own for broken files
        raise ImportFailed([texts.NOT_DOCX]) from error
    reader = _Reader(document)
    blocks = list(reader.blocks())
    if reader.boxes:
        notes.append(texts.docx_boxes(reader.boxes))
    if reader.links_elsewhere:
        notes.append(texts.docx_links(reader.links_elsewhere))
    return (document.core_properties.title or "").strip(), blocks


def _check_size(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
    except zipfile.BadZipFile:
        raise ImportFailed([texts.NOT_DOCX]) from None
    text = sum(size for name, size in sizes.items() if name.endswith((".xml", ".rels")))
    if sum(sizes.values()) > MOST_UNPACKED or text > MOST_TEXT:
        raise ImportFailed([texts.docx_too_large(MOST_UNPACKED, MOST_TEXT)])


@dataclass
class _Reader:
    """`boxes` and `links_elsewhere` count what was left out: drawings, and links that lead to no page of the web."""

    document: Document
    boxes: int = 0
    links_elsewhere: int = 0

    def blocks(self) -> Iterator[Block]:
        body = self.document.element.body
        styled = any(self._level(paragraph) for paragraph in body.iter(qn("w:p")))
        self.boxes = sum(1 for _ in body.iter(qn("w:drawing"), qn("w:pict")))
        yield from self._inside(body, styled=styled)

    def _inside(self, element: Any, *, styled: bool) -> Iterator[Block]:
        for child in element:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child, styled=styled)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag == qn("w:sdt") and not _is_contents(child):
                for inner in child.findall(qn("w:sdtContent")):
                    yield from self._inside(inner, styled=styled)

    def _paragraph(self, paragraph: Any, *, styled: bool) -> Iterator[Block]:
        text = self._linked_text(paragraph)
        if not text or _CONTENTS_STYLE.match(self._style_name(paragraph)):
            return
        level = self._level(paragraph) if styled else _plain_level(paragraph, _text(paragraph))
        numbered = self._numbered(paragraph)
        if level:
            yield Block("heading", _text(paragraph), level=level)
        elif numbered is not None:
            yield Block("item", body_block(text).text, numbered=numbered)
        else:
            yield body_block(text)

    def _styles(self, paragraph: Any) -> Iterator[Any]:
        """The paragraph's style, and what it is based on."""
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style_id = found.get(qn("w:val")) if found is not None else None
        seen: set[str] = set()
        while style_id and style_id not in seen:
            seen.add(style_id)
            style = next(
                (each for each in self.document.styles.element if each.get(qn("w:styleId")) == style_id), None
            )
            if style is None:
                return
            yield style
            based = style.find(qn("w:basedOn"))
            style_id = based.get(qn("w:val")) if based is not None else None

    def _style_name(self, paragraph: Any) -> str:
        style = next(self._styles(paragraph), None)
        name = style.find(qn("w:name")) if style is not None else None
        return name.get(qn("w:val"), "") if name is not None else ""

    def _level(self, paragraph: Any) -> int:
        for holder in (paragraph, *self._styles(paragraph)):
            outline = holder.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if outline is not None and (outline.get(qn("w:val")) or "9").isdecimal():
                level = int(outline.get(qn("w:val"))) + 1
                return level if level < 10 else 0
            name = holder.find(qn("w:name"))
            found = _HEADING_STYLE.match(name.get(qn("w:val"), "")) if name is not None else None
            if found:
                return int(found["level"])
        return 0

    def _numbered(self, paragraph: Any) -> bool | None:
        """Whether a list item's order matters; None for what is no list item."""
        for holder in (paragraph, *self._styles(paragraph)):
            number = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
            if number is not None:
                id_ = number.get(qn("w:val"))
                return None if id_ == "0" else self._format(id_) != "bullet"
        return None

    def _format(self, number_id: str) -> str:
        try:
            numbering = self.document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return "decimal"
        named = {each.get(qn("w:numId")): each for each in numbering.findall(qn("w:num"))}
        if number_id not in named:
            return "decimal"
        abstract_id = named[number_id].find(qn("w:abstractNumId")).get(qn("w:val"))
        for abstract in numbering.findall(qn("w:abstractNum")):
            if abstract.get(qn("w:abstractNumId")) == abstract_id:
                shape = abstract.find(f"{qn('w:lvl')}/{qn('w:numFmt')}")
                return str(shape.get(qn("w:val"))) if shape is not None else "decimal"
        return "decimal"

    def _table(self, table: Any) -> Iterator[Block]:
        rows = [[self._cell(cell) for cell in row.findall(qn("w:tc"))] for row in table.findall(qn("w:tr"))]
        rows = [row for row in rows if any(row)]
        wide = max((len(row) for row in rows), default=0)
        if wide <= 2:
            for row in rows:
                yield Block("row", row[-1], label=row[0] if len(row) == 2 else "")
            return
        header, *rest = rows
        for row in rest:
            named = [
                f"{name}: {cell}" if name else cell for name, cell in zip(header, row, strict=False) if cell
            ]
            yield Block("row", "、".join(named))

    def _cell(self, cell: Any) -> str:
        return "\n".join(filter(None, (self._linked_text(paragraph) for paragraph in cell.iter(qn("w:p")))))

    def _linked_text(self, element: Any) -> str:
        """The text with the addresses that links in it lead to: 貸出申請書（https://…）."""
        links = {
            link: target
            for link in element.iter(qn("w:hyperlink"))
            if (target := self._target(link)) and target not in _text(link)
        }
        return _text(element, links)

    def _target(self, link: Any) -> str:
        """The page that a link opens; empty for a place in the document itself, and what is no page of the web."""
        id_ = link.get(qn("r:id"))
        if id_ is None or id_ not in self.document.part.rels:
            return ""
        target = str(self.document.part.rels[id_].target_ref)
        if re.fullmatch(r"https?://[^\s（）]+", target):
            return target
        self.links_elsewhere += 1
        return ""


def _plain_level(paragraph: Any, text: str) -> int:
    """The level of a heading in a file without heading styles: by its numbering, or a short line all in bold."""
    if level := heading_level(text):
        return level
    runs = [run for run in paragraph.iter(qn("w:r")) if _text(run)]
    bold = [run for run in runs if run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None]
    short = _LEAST_BOLD <= len(text) <= LONGEST_HEADING and not text.endswith(("。", "、"))
    return 2 if runs and len(bold) == len(runs) and short else 0


def _text(element: Any, links: Mapping[Any, str] = NO_LINKS) -> str:
    """The text as it is read: with insertions, without deletions, furigana, and what stands in drawn boxes; behind each
    of the `links` its address.
    """
    return re.sub(r"[ \t]+", " ", "".join(_pieces(element, links))).strip()


def _pieces(element: Any, links: Mapping[Any, str]) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in {qn("w:tab"), qn("w:br"), qn("w:cr")}:
            yield " "
        elif child.tag not in {
            qn("w:rt"),
            qn("w:drawing"),
            qn("w:pict"),
            qn("w:del"),
            qn("w:pPr"),
            qn("w:rPr"),
        }:
            yield from _pieces(child, links)
            if child in links:
                yield f"（{links[child]}）"


def _is_contents(control: Any) -> bool:
    gallery = control.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"
