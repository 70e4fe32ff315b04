"""Manuals made for the tests: Word files by python-docx, PDF files written by hand."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence

import docx
from docx.document import Document

Line = tuple[float, str]


def save(document: Document) -> bytes:
    """The file's bytes."""
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def telework_docx() -> bytes:
    """A manual with styles, lists and tables as Word users make them."""
    document = docx.Document()
    document.core_properties.title = "在宅勤務の手引"
    document.add_paragraph("在宅勤務の手引")
    document.add_paragraph("令和9年4月 職員課")
    document.add_heading("第1章 在宅勤務", level=1)
    document.add_paragraph("在宅勤務は、自宅で仕事をする制度です。")
    document.add_heading("1.1 申請のしかた", level=2)
    document.add_paragraph("前の週までに申請します。")
    document.add_heading("手順", level=3)
    for step in ("所属長に相談する", "申請書を書く", "職員課に出す"):
        document.add_paragraph(step, style="List Number")
    document.add_heading("必要なもの", level=3)
    document.add_paragraph("在宅勤務申請書", style="List Bullet")
    document.add_heading("1.2 端末の貸出", level=2)
    table = document.add_table(rows=0, cols=2)
    for name, text in (("期限", "使う日の3日前まで"), ("対象", "在宅勤務をする職員"), ("持ち物", "職員証")):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, text
    wide = document.add_table(rows=0, cols=3)
    for row in (("端末", "台数", "場所"), ("ノート型", "20", "3階"), ("タブレット", "5", "4階")):
        cells = wide.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    return save(document)


def pdf(pages: Sequence[Sequence[Line]], *, title: str = "", compress: bool = False) -> bytes:
    """A PDF of lines from the top of each page, as (size of the letters, text). Japanese without an embedded font."""
    streams = [_content(lines) for lines in pages]
    return write_pdf(streams, title=title, compress=compress)


def write_pdf(streams: Sequence[bytes], *, title: str = "", compress: bool = False, extra: str = "") -> bytes:
    """A PDF of pages with these content streams; `extra` goes into every page's resources."""
    count = len(streams)
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiKakuGo-W5 /Encoding /UniJIS-UTF16-H /DescendantFonts ["
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiKakuGo-W5 /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> >>] >>",
        b"<< /Title <" + ("\ufeff" + title).encode("utf-16-be").hex().encode() + b"> >>",
    ]
    for at, stream in enumerate(streams):
        resources = f"<< /Font << /F1 3 0 R >> {extra} >>"
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {resources} /Contents {6 + 2 * at} 0 R >>"
        objects.append(page.encode())
        body = zlib.compress(stream) if compress else stream
        coding = b" /Filter /FlateDecode" if compress else b""
        objects.append(b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(body), coding, body))
    return _file(objects)


def nested_pdf(levels: int = 9, times: int = 12) -> bytes:
    """A small PDF whose one page draws `times` to the power of `levels` pieces of text: drawings within drawings."""

    def stream(head: bytes, body: bytes) -> bytes:
        return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(body), body)

    def resources(at: int) -> bytes:
        return b"/Resources << /Font << /F1 3 0 R >> /XObject << /X %d 0 R >> >>" % at

    drawn, last = b"/X Do\n" * times, b"BT /F1 10 Tf 1 0 0 1 50 700 Tm (text) Tj ET"
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 100 100] "
    forms = [stream(form + resources(8 + at), drawn if at < levels - 1 else last) for at in range(levels)]
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Title (x) >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] " + resources(7) + b" /Contents 6 0 R >>",
            stream(b"", drawn),
            *forms,
        ]
    )


def _content(lines: Sequence[Line]) -> bytes:
    pieces, y = [], 800.0
    for size, text in lines:
        y -= size * 1.6
        pieces.append(f"BT /F1 {size} Tf 1 0 0 1 60 {y:.1f} Tm <{text.encode('utf-16-be').hex()}> Tj ET")
    return "\n".join(pieces).encode()


def _file(objects: Sequence[bytes]) -> bytes:
    written, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(written)
