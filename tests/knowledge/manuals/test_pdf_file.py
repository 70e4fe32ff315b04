"""PDF manuals: headings by size or number, running text put together, and files that cannot be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.importing import ImportFailed
from knowledge.manuals import Manual, pdf_file, read_manual
from tests.knowledge.manuals.files import nested_pdf, pdf, write_pdf

LENDING = [
    [
        (20.0, "端末貸出の手引"),
        (10.0, "この手引は、端末を借りる職員のために、情報システム課が作った"),
        (10.0, "ものです。"),
    ],
    [
        (8.0, "端末貸出の手引 第2版"),
        (16.0, "1 貸出の申込み"),
        (10.0, "申込みは、使う日の三日前までに、電子申請のページから行ってく"),
        (10.0, "ださい。"),
        (12.0, "手順"),
        (10.0, "1. 申込書を書く"),
        (10.0, "2. 情報システム課に出す"),
        (12.0, "必要なもの"),
        (10.0, "・職員証"),
        (12.0, "有効期間"),
        (10.0, "令和8年4月1日から"),
        (12.0, "見直し日"),
        (10.0, "令和9年3月1日"),
        (9.0, "- 2 -"),
    ],
    [(8.0, "端末貸出の手引 第3版"), (16.0, "2 返却"), (10.0, "使い終わったら返します。"), (9.0, "- 3 -")],
    [(8.0, "端末貸出の手引 第4版"), (16.0, "3 こわれたとき"), (10.0, "すぐに知らせます。"), (9.0, "- 4 -")],
]


def manual(tmp_path: Path, content: bytes) -> Manual:
    path = tmp_path / "手引.pdf"
    path.write_bytes(content)
    return read_manual(path)


@pytest.mark.parametrize("compress", [False, True])
def test_bigger_letters_are_headings_and_each_draft_names_its_page(tmp_path: Path, compress: bool) -> None:
    found = manual(tmp_path, pdf(LENDING, title="端末貸出の手引", compress=compress))
    assert [(draft.article.title, draft.article.source.page) for draft in found.drafts] == [
        ("端末貸出の手引", 1),
        ("貸出の申込み", 2),
        ("返却", 3),
        ("こわれたとき", 4),
    ]
    assert found.drafts[2].place == "手引.pdf 3ページ「端末貸出の手引 ＞ 2 返却」"


def test_lines_are_put_together_and_margins_left_out(tmp_path: Path) -> None:
    first, apply, back, _ = (draft.article for draft in manual(tmp_path, pdf(LENDING)).drafts)
    assert first.body == "この手引は、端末を借りる職員のために、情報システム課が作ったものです。"
    assert [passage.text for passage in apply.passages] == [
        "申込みは、使う日の三日前までに、電子申請のページから行ってください。"
    ]
    assert apply.steps == ("申込書を書く", "情報システム課に出す")
    assert [need.text for need in apply.needs] == ["職員証"]
    assert (apply.valid_from, apply.valid_until) == (date(2026, 4, 1), None)
    assert apply.review_on == date(2027, 3, 1)
    assert back.body == "使い終わったら返します。"


def test_letters_of_one_size_are_cut_by_number(tmp_path: Path) -> None:
    lines = [
        (10.0, text)
        for text in ("第1章 申請", "申請します。", "1.1 期限", "月末です。", "第2章 返却", "返します。")
    ]
    found = manual(tmp_path, pdf([lines]))
    assert [draft.article.title for draft in found.drafts] == ["申請", "返却"]
    assert found.drafts[0].article.deadline == "月末です。"


def test_look_alike_radicals_become_the_characters(tmp_path: Path) -> None:
    found = manual(tmp_path, pdf([[(16.0, "⼿引"), (10.0, "⼈が使⽤します。これは本文です。")]]))
    assert found.drafts[0].article.title == "手引"
    assert found.drafts[0].article.body == "人が使用します。これは本文です。"


def test_a_page_without_text_is_told(tmp_path: Path) -> None:
    pages = [LENDING[0], [], LENDING[2]]
    assert any("2ページには文字がありません" in note for note in manual(tmp_path, pdf(pages)).notes)


def encrypted() -> bytes:
    import io

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(LENDING))))
    writer.encrypt("himitsu", algorithm="AES-256")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "PDF として読めません"),
        (b"%PDF-1.7 broken", "PDF として読めません"),
        (write_pdf([b"q 500 0 0 700 0 0 cm Q"]), "文字認識（OCR）"),
        (encrypted(), "パスワードを外した"),
        (write_pdf([b"BT ET\n" * 1_500_000], compress=True), "1ページの中身が大きすぎます"),
        (write_pdf([b" " * 200_000_000], compress=True), "PDF"),
        (pdf([[(10.0, "あ")]] * 501), "501 ページあります"),
        (pdf([[(10.0, "本文だけです。")]]), "見出しが見つからない"),
        (pdf([[(10.0, "\ue001\ue002\ue003\ue004 ab")]]), "書体からは文字を取り出せません"),
    ],
    ids=["empty", "broken", "scanned", "locked", "heavy", "bomb", "pages", "no headings", "font"],
)
def test_a_file_that_cannot_be_used_says_what_to_do(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(ImportFailed, match=says):
        manual(tmp_path, content)


def test_drawings_within_drawings_end_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_file, "MOST_SECONDS", 0.3)
    with pytest.raises(ImportFailed, match="章ごとのファイルに分け"):
        manual(tmp_path, nested_pdf())
