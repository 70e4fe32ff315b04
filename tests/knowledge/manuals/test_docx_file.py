"""Word manuals: headings, lists, tables, and files that are none."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from knowledge.article import Kind, Layer
from knowledge.importing import ImportFailed
from knowledge.manuals import Manual, docx_file, read_manual
from tests.knowledge.manuals.files import save, telework_docx


def manual(tmp_path: Path, content: bytes) -> Manual:
    path = tmp_path / "手引.docx"
    path.write_bytes(content)
    return read_manual(path, "職員課")


def test_each_heading_is_a_draft_procedure_with_its_place(tmp_path: Path) -> None:
    found = manual(tmp_path, telework_docx())
    assert [(draft.article.title, draft.place) for draft in found.drafts] == [
        ("在宅勤務", "手引.docx 「第1章 在宅勤務」"),
        ("申請のしかた", "手引.docx 「第1章 在宅勤務 ＞ 1.1 申請のしかた」"),
        ("端末の貸出", "手引.docx 「第1章 在宅勤務 ＞ 1.2 端末の貸出」"),
    ]
    for draft in found.drafts:
        assert (draft.article.kind, draft.article.layer) == (Kind.PROCEDURE, Layer.EDITORIAL)
        assert draft.article.owner == "職員課"
        assert draft.article.source.document == "在宅勤務の手引"
    assert any("表紙" in note for note in found.notes)


def test_small_headings_lists_and_tables_fill_the_procedure(tmp_path: Path) -> None:
    _, apply, lend = (draft.article for draft in manual(tmp_path, telework_docx()).drafts)
    assert apply.steps == ("所属長に相談する", "申請書を書く", "職員課に出す")
    assert [need.text for need in apply.needs] == ["在宅勤務申請書"]
    assert [passage.text for passage in apply.passages] == ["前の週までに申請します。"]
    assert lend.deadline == "使う日の3日前まで"
    assert [need.text for need in lend.needs] == ["職員証"]
    assert [(passage.label, passage.text) for passage in lend.passages] == [
        ("対象", "在宅勤務をする職員"),
        ("", "端末: ノート型、台数: 20、場所: 3階"),
        ("", "端末: タブレット、台数: 5、場所: 4階"),
    ]


def test_days_deadlines_and_offices_under_small_headings_are_fields(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("端末の貸出", level=1)
    document.add_paragraph("端末を借りられます。")
    for heading, text in (
        ("有効期間", "令和8年4月1日から令和９年３月31日まで"),
        ("見直し日", "令和9年3月1日"),
        ("期限", "使う日の3日前まで"),
        ("担当", "情報システム課"),
        ("対象", "職員"),
    ):
        document.add_heading(heading, level=2)
        document.add_paragraph(text)
    document.add_heading("返却", level=1)
    document.add_heading("見直しの日", level=2)
    document.add_paragraph("毎年3月")
    document.add_heading("有効期限", level=2)
    document.add_paragraph("2027年2月30日まで")
    document.add_heading("担当課", level=2)
    document.add_paragraph("情報システム課（内線 100）")
    (tmp_path / "手引.docx").write_bytes(save(document))
    lend, back = (draft.article for draft in read_manual(tmp_path / "手引.docx").drafts)
    assert (lend.valid_from, lend.valid_until) == (date(2026, 4, 1), date(2027, 3, 31))
    assert (lend.review_on, lend.deadline) == (date(2027, 3, 1), "使う日の3日前まで")
    assert lend.owner == "情報システム課"
    assert [(p.label, p.text) for p in lend.passages] == [("", "端末を借りられます。"), ("対象", "職員")]
    assert (back.review_on, back.valid_until, back.owner) == (None, None, "")
    assert [(p.label, p.text) for p in back.passages] == [
        ("見直しの日", "毎年3月"),
        ("有効期限", "2027年2月30日まで"),
        ("担当課", "情報システム課（内線 100）"),
    ]
    named, _ = (draft.article for draft in read_manual(tmp_path / "手引.docx", "職員課").drafts)
    assert named.owner == "職員課"
    assert ("担当", "情報システム課") in [(p.label, p.text) for p in named.passages]


def test_a_period_that_ends_before_it_begins_is_named_with_its_heading(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("貸出", level=1)
    document.add_heading("有効期間", level=2)
    document.add_paragraph("令和9年4月1日～令和8年3月31日")
    with pytest.raises(ImportFailed) as caught:
        manual(tmp_path, save(document))
    (error,) = caught.value.errors
    assert error.startswith("手引.docx 「貸出」「使い終わる日」: ") and "2027-04-01" in error


def test_links_keep_their_address(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("貸出", level=1)
    told = document.add_paragraph("くわしくは")
    link(told, "https://intra.example.jp/faq", "よくある質問")
    told.add_run("へ。")
    document.add_heading("必要なもの", level=2)
    link(document.add_paragraph(style="List Bullet"), "https://intra.example.jp/form.docx", "貸出申請書")
    link(
        document.add_paragraph(style="List Bullet"),
        "https://intra.example.jp/b",
        "https://intra.example.jp/b",
    )
    link(document.add_paragraph(style="List Bullet"), "file:///S:/form.docx", "返却届")
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text = "様式"
    link(cells[1].paragraphs[0], "http://intra.example.jp/c", "誓約書")
    found = manual(tmp_path, save(document))
    article = found.drafts[0].article
    assert article.body == "くわしくはよくある質問（https://intra.example.jp/faq）へ。"
    assert [(need.text, need.url) for need in article.needs] == [
        ("貸出申請書", "https://intra.example.jp/form.docx"),
        ("https://intra.example.jp/b", ""),
        ("返却届", ""),
        ("誓約書", "http://intra.example.jp/c"),
    ]
    assert any("リンクが 1 か所" in note for note in found.notes)


def link(paragraph: Paragraph, target: str, text: str) -> None:
    """Put a link at the end of a paragraph, as Word keeps it."""
    made = OxmlElement("w:hyperlink")
    made.set(qn("r:id"), paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run, leaf = OxmlElement("w:r"), OxmlElement("w:t")
    leaf.text = text
    run.append(leaf)
    made.append(run)
    paragraph._p.append(made)


def test_insertions_are_read_and_deletions_and_furigana_are_not(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("申請", level=1)
    paragraph = document.add_paragraph("紙で")
    for tag, inner, text in (
        ("w:ins", "w:t", "電子で"),
        ("w:del", "w:delText", "はんこで"),
        ("w:ruby", "", ""),
    ):
        outer = OxmlElement(tag)
        if tag == "w:ruby":
            for part, word in (("w:rt", "しんせい"), ("w:rubyBase", "申請")):
                holder, run, leaf = OxmlElement(part), OxmlElement("w:r"), OxmlElement("w:t")
                leaf.text = word
                run.append(leaf)
                holder.append(run)
                outer.append(holder)
        else:
            run, leaf = OxmlElement("w:r"), OxmlElement(inner)
            leaf.text = text
            run.append(leaf)
            outer.append(run)
        paragraph._p.append(outer)
    (draft,) = manual(tmp_path, save(document)).drafts
    assert draft.article.body == "紙で電子で申請"


def test_the_table_of_contents_is_left_out_and_content_controls_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    heading = document.add_heading("申請", level=1)
    for gallery, text in (("Table of Contents", "申請 …… 1"), ("", "枠の中の本文です。")):
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        if gallery:
            properties, part, kind = (
                OxmlElement(f"w:{name}") for name in ("sdtPr", "docPartObj", "docPartGallery")
            )
            kind.set(qn("w:val"), gallery)
            part.append(kind)
            properties.append(part)
            control.append(properties)
        moved = document.add_paragraph(text)._p
        content.append(moved)
        control.append(content)
        heading._p.addnext(control)
    (draft,) = manual(tmp_path, save(document)).drafts
    assert draft.article.body == "枠の中の本文です。"


def test_without_heading_styles_numbers_and_bold_lines_are_headings(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("第1章 貸出")
    document.add_paragraph("貸し出しています。")
    document.add_paragraph().add_run("返すとき").bold = True
    document.add_paragraph("窓口に返します。")
    document.add_paragraph().add_run("この行は太字ですが、文なので見出しではありません。").bold = True
    found = manual(tmp_path, save(document))
    assert [draft.article.title for draft in found.drafts] == ["貸出", "返すとき"]
    assert len(found.drafts[1].article.passages) == 2


@pytest.mark.parametrize(("step", "says"), [("あ" * 501, "500 字まで"), ("票\ufffdを書く", "文字化け")])
def test_what_could_not_be_imported_again_is_refused_with_its_place(
    tmp_path: Path, step: str, says: str
) -> None:
    document = docx.Document()
    document.add_heading("端末の返却", level=1)
    document.add_paragraph("票を書く", style="List Number")
    document.add_paragraph(step, style="List Number")
    path = tmp_path / "手引.docx"
    path.write_bytes(save(document))
    with pytest.raises(ImportFailed) as caught:
        read_manual(path)
    (error,) = caught.value.errors
    assert error.startswith("手引.docx 「端末の返却」「手順」: ") and says in error


def test_the_same_heading_twice_gives_two_drafts_and_the_same_file_the_same_ids(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("一つ目です。", "二つ目です。"):
        document.add_heading("申請", level=1)
        document.add_paragraph(text)
    first, second = (manual(tmp_path, save(document)) for _ in range(2))
    ids = [draft.article.id for draft in first.drafts]
    assert len(set(ids)) == 2 and ids == [draft.article.id for draft in second.drafts]


def bomb() -> bytes:
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(telework_docx())) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in source.namelist():
            archive.writestr(name, source.read(name))
        archive.writestr("word/media/image1.png", bytes(docx_file.MOST_UNPACKED))
    return written.getvalue()


def entities() -> bytes:
    """A Word file whose text is an entity that would grow to a gigabyte."""
    lines = ['<!ENTITY e0 "あああああああああああ">']
    lines += [f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 9)]
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(telework_docx())) as source, zipfile.ZipFile(written, "w") as archive:
        for name in source.namelist():
            text = source.read(name)
            if name == "word/document.xml":
                whole = text.decode().replace("在宅勤務は、", "&e8;")
                head, _, rest = whole.partition("?>")
                text = f"{head}?><!DOCTYPE w:document [{''.join(lines)}]>{rest}".encode()
            archive.writestr(name, text)
    return written.getvalue()


def headingless() -> bytes:
    document = docx.Document()
    document.add_paragraph("見出しのない文章です。")
    return save(document)


def long() -> bytes:
    document = docx.Document()
    document.add_heading("長い章", level=1)
    document.add_paragraph("あ" * 20_001)
    return save(document)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Word ファイルとして読めません"),
        (b"PK\x03\x04 broken", "Word ファイルとして読めません"),
        (b"\xd0\xcf\x11\xe0 old", "「.docx」で保存し直して"),
        (telework_docx()[:3000], "Word ファイルとして読めません"),
        (bomb(), "展開すると大きすぎます"),
        (entities(), "Word ファイルとして読めません"),
        (headingless(), "「見出し 1」"),
        (save(docx.Document()), "文章がありません"),
        (long(), "「長い章」: 文章が 20,000 字を超えています"),
    ],
    ids=["empty", "broken", "doc", "cut off", "bomb", "entities", "no headings", "no text", "too long"],
)
def test_a_file_that_cannot_be_used_says_what_to_do(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(ImportFailed, match=says):
        manual(tmp_path, content)
