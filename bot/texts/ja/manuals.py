"""What is said when the city's own manuals (.docx, .pdf) are read into drafts."""

from __future__ import annotations

from collections.abc import Sequence

OLD_WORD = "古い形式（.doc など）は読めません。Word で開き、「.docx」で保存し直してください。"
NOT_DOCX = (
    "Word ファイルとして読めません。Word で開けるか確かめ、「.docx」で保存し直してください"
    "（パスワードの付いたファイルは、パスワードを外してください）。"
)
NOT_PDF = "PDF として読めません。PDF を開けるか確かめ、もとの Word などから PDF を作り直してください。"
PDF_LOCKED = "この PDF にはパスワードが付いています。パスワードを外した PDF を作り直してください。"
PDF_SCANNED = (
    "この PDF には文字がありません（紙を読み取った画像です）。もとの Word ファイルを取り込むか、"
    "複合機や Acrobat の文字認識（OCR）で「検索できる PDF」に作り直してください。"
)
PDF_UNREADABLE_FONT = (
    "この PDF の書体からは文字を取り出せません（文字の対応表がありません）。"
    "もとの Word ファイルを取り込むか、「フォントを埋め込む」設定で PDF を作り直してください。"
)
EMPTY = "ファイルに文章がありません。手引の本文があるファイルを指定してください。"
NO_HEADINGS = (
    "見出しが見つからないため、分けられません。Word では「見出し 1」などのスタイルを付けてください。"
    "PDF では、見出しを本文より大きい文字にするか、「第1章」「1.1」のような番号を付けてください。"
)


def docx_too_large(all_bytes: int, text_bytes: int) -> str:
    """Unpacked, the file is larger than any manual."""
    return (
        f"展開すると大きすぎます（全体 {all_bytes // 1024 // 1024} MB、文章 {text_bytes // 1024 // 1024} MB まで）。"
        "画像を圧縮するか、章ごとのファイルに分けてください。"
    )


def docx_boxes(count: int) -> str:
    """Drawings and text boxes were left out."""
    return f"注意: 図や文字の枠が {count} か所あります。中の文字は読み取っていません。必要な文は承認のときに書き加えてください。"


def docx_links(count: int) -> str:
    """Links that no browser opens were left out."""
    return f"注意: https:// で始まらないリンクが {count} か所あります。リンク先は取り込んでいません。必要なら承認のときに書き加えてください。"


def pdf_too_many_pages(count: int, most: int) -> str:
    """More pages than any manual."""
    return f"{count:,} ページあります。{most} ページまでのファイルに分けてください。"


def pdf_heavy_page(page: int, most: int) -> str:
    """A page whose drawing instructions are too long."""
    return f"{page}ページの中身が大きすぎます（{most // 1024 // 1024} MB まで）。そのページを除くか、PDF を作り直してください。"


def pdf_too_slow(seconds: float) -> str:
    """Reading took too long."""
    return f"{seconds:.0f} 秒かけても読み終わりません。章ごとのファイルに分けるか、PDF を作り直してください。"


def pdf_empty_pages(pages: Sequence[int]) -> str:
    """Pages without any text."""
    shown = "、".join(str(page) for page in pages[:10]) + ("…" if len(pages) > 10 else "")
    return f"注意: {shown}ページには文字がありません（画像か白紙です）。必要な文は承認のときに書き加えてください。"


def too_many_pieces(count: int, most: int) -> str:
    """More headings than anyone can approve."""
    return f"見出しが {count:,} 個あります。{most} 個までのファイルに分けてください。"


def piece_too_long(place: str, longest: int) -> str:
    """More text under one heading than an article holds."""
    return f"{place}: 文章が {longest:,} 字を超えています。見出しを加えて分けてください。"


def piece_wrong(place: str, field: str, wrong: str) -> str:
    """What the text under a heading must not hold."""
    return f"{place}「{field}」: {wrong}"


def above_headings(count: int) -> str:
    """Text that stands above the first heading."""
    return f"注意: 最初の見出しより上の {count:,} 字（表紙など）は取り込みません。"


def too_large(name: str, limit: int) -> str:
    """The file is too big."""
    return f"{name} は {limit // 1024 // 1024} MB を超えています。画像を圧縮するか、章ごとのファイルに分けてください。"


def unreadable(name: str, reason: str) -> str:
    """The file cannot be opened."""
    return f"{name} を開けません（{reason}）。ファイルの場所と読み取り権限を確かめてください。"


def place(path: Sequence[str], page: int | None) -> str:
    """Where a draft comes from."""
    headings = " ＞ ".join(path)
    return f"{page}ページ「{headings}」" if page else f"「{headings}」"
