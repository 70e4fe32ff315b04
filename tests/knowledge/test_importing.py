"""Articles from CSV, XLSX, Markdown and YAML: rows become articles, mistakes are named where they stand."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.article import Article, Kind, Layer
from knowledge.importing import FORMATS, ImportFailed, ImportResult, export_articles, read_articles

HEADER = "id,kind,title,reading,aliases,questions,body,document,section,edition,owner,review_on"
ROW = "p1,procedure,転入届,てんにゅうとどけ,転入|引っ越し,転入届はどこ|いつまで,窓口へ。,手引き,2章,令和8年版,市民課,2027-04-01"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def errors_of(path: Path) -> tuple[str, ...]:
    try:
        return read_articles(path).errors
    except ImportFailed as error:
        return error.errors


def check_whole(result: ImportResult) -> None:
    (article,) = result.checked()
    assert (article.id, article.kind, article.layer) == ("p1", Kind.PROCEDURE, Layer.EDITORIAL)
    assert (article.title, article.reading) == ("転入届", "てんにゅうとどけ")
    assert article.aliases == ("転入", "引っ越し")
    assert article.questions == ("転入届はどこ", "いつまで")
    assert article.body == "窓口へ。"
    assert article.source.cite() == "手引き 2章" or article.source.section == "2章"
    assert (article.source.edition, article.owner, article.review_on) == (
        "令和8年版",
        "市民課",
        date(2027, 4, 1),
    )


def test_shift_jis_is_believed_by_the_header_of_articles(tmp_path: Path) -> None:
    path = tmp_path / "kyuka.csv"
    path.write_bytes("title,body\n休暇,本文です\n".encode("cp932"))
    assert [article.title for article in read_articles(path).checked()] == ["休暇"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_csv_in_the_encodings_that_excel_writes(tmp_path: Path, encoding: str) -> None:
    result = read_articles(write(tmp_path, "a.csv", f"{HEADER}\r\n{ROW}\r\n".encode(encoding)))
    check_whole(result)
    assert bool(result.notes) is (encoding == "cp932")


def test_title_and_body_are_enough(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "title,body\nごみの日,月曜です。\n\nＤＸ とは,変えること。\n")
    first, second = read_articles(path).checked()
    assert (first.kind, first.owner, first.source.document) == (Kind.FAQ, "", "")
    again = read_articles(write(tmp_path, "b.csv", "body,title\n別の文。,DXとは\n")).checked()[0]
    assert again.id == second.id
    assert first.id != second.id


def test_a_body_is_split_into_paragraphs(tmp_path: Path) -> None:
    path = write(
        tmp_path, "a.csv", 'title,body\n一,"あ。\nい。"\n二,"あ\nい。\n\nう。"\n三,"【概要】え。\n①お。"\n'
    )
    one, two, three = read_articles(path).checked()
    assert [p.text for p in one.passages] == ["あ。", "い。"]
    assert [p.text for p in two.passages] == ["あ\nい。", "う。"]
    assert [(p.label, p.marker, p.text) for p in three.passages] == [("概要", "", "え。"), ("", "①", "お。")]


def test_every_bad_row_is_named(tmp_path: Path) -> None:
    rows = [
        "kind,title,body,review_on",
        "faq,,あ,",
        "手紙,い,う,",
        "用語,え,お,来年",
        "term,か,,2027-02-30",
        "faq,き,く,令和9年4月1日",
    ]
    result = read_articles(write(tmp_path, "a.csv", "\n".join(rows)))
    assert [error.split(":")[0] for error in result.errors] == [
        "行 2「title」",
        "行 3「kind」",
        "行 4「review_on」",
        "行 5「body」",
        "行 5「review_on」",
    ]
    assert result.articles[-1].review_on == date(2027, 4, 1)
    with pytest.raises(ImportFailed, match="行 3「kind」: term, initiative"):
        result.checked()


def test_the_first_fifty_mistakes_are_shown(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "title,body\n" + ",あ\n" * 70)
    with pytest.raises(ImportFailed, match="ほかに 20 件") as caught:
        read_articles(path).checked()
    assert len(caught.value.errors) == 70
    assert len(str(caught.value).splitlines()) == 51


def test_what_comes_twice_is_named_with_both_rows(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "id,title,body\na,一,あ\na,二,い\n,三,う\n,三,え\nb,一,お\n")
    result = read_articles(path)
    assert result.errors == (
        "行 3「id」: 「a」は 行 2 にもあります。どちらかを変えるか、id を付けてください。",
        "行 5「title」: 「三」は 行 4 にもあります。どちらかを変えるか、id を付けてください。",
    )
    assert result.notes == ("行 6: 題「一」は 行 2 と同じです（id が違うため、別の記事として扱います）。",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "ファイルが空です"),
        ("title;body\nあ;い\n", "列の区切りがカンマではない"),
        ("title\tbody\nあ\tい\n", "列の区切りがカンマではない"),
        ("名前,本文\nあ,い\n", "1行目に列の名前がありません"),
        ("title,body\n", "記事がありません"),
        ("title,body,color\nあ,い,赤\n", "行 1「color」: 知らない欄です"),
        ("title,body,title\nあ,い,う\n", "行 1「title」: 同じ列が2つ"),
        ("title,body\nあ,い,う\n", "行 2: 列が 3 個あります（見出しは 2 個）"),
        ("title,body\nあ\n", "行 2: 列が 1 個あります"),
        ("title,body,\nあ,い,う\n", "行 2: 見出しのない列に値があります"),
        ('title,body\nあ,"い\n', "行 2: 引用符"),
        ("title,body\nあ,い\x00\n", "行 2: 使えない文字"),
        (f"title,body\nあ,{'い' * 20_001}\n", "行 2「body」: 20,000 字まで"),
        ("id,title,body\na b,あ,い\n", "行 2「id」: id に空白は使えません"),
    ],
)
def test_a_wrong_table_is_named(tmp_path: Path, text: str, message: str) -> None:
    assert errors_of(write(tmp_path, "a.csv", text))[0].startswith(message)


def workbook(folder: Path, *rows: list[object]) -> tuple[openpyxl.Workbook, Path]:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    return book, folder / "a.xlsx"


def test_a_row_of_wrong_width_hides_no_other_row(tmp_path: Path) -> None:
    text = "title,body,review_on\nあ,い,来年\n,い,\nう,え\nお,か,,き\nく,け,\n"
    assert [error.partition(": ")[0] for error in errors_of(write(tmp_path, "a.csv", text))] == [
        "行 2「review_on」",
        "行 3「title」",
        "行 4",
        "行 5",
    ]


def test_fields_of_markdown_may_have_a_wide_colon_and_its_lists_stay(tmp_path: Path) -> None:
    text = "## 一\n- owner：市民課\n- PC: 貸出\n- 注意: 要予約\n\n## 二\n\\- pc: 貸出\n"
    one, two = read_articles(write(tmp_path, "a.md", text)).checked()
    assert (one.owner, one.body, two.body) == ("市民課", "- PC: 貸出\n- 注意: 要予約", "- pc: 貸出")


@pytest.mark.parametrize("format_", FORMATS)
def test_a_procedure_of_steps_alone_comes_back(tmp_path: Path, format_: str) -> None:
    steps = Article(
        id="p",
        kind=Kind.PROCEDURE,
        layer=Layer.EDITORIAL,
        title="端末の返却",
        steps=("票を書きます。", "出します。"),
    )
    (tmp_path / f"a.{format_}").write_bytes(export_articles([steps], format_))
    assert read_articles(tmp_path / f"a.{format_}").checked() == (steps,)


def test_xlsx(tmp_path: Path) -> None:
    values: list[object] = [*ROW.split(",")]
    values[-1] = date(2027, 4, 1)
    book, path = workbook(tmp_path, [*HEADER.split(",")], values)
    book.create_sheet("凡例").append(["説明だけのシート"])
    book.save(path)
    check_whole(read_articles(path))


def test_formulas_and_merged_cells_are_refused_by_name(tmp_path: Path) -> None:
    book, path = workbook(tmp_path, ["title", "body"], ["あ", "=1+1"], ["い", "う"], ["", ""])
    book.worksheets[0].merge_cells("A3:A4")
    book.save(path)
    errors = errors_of(path)
    assert errors[0].startswith("シート「Sheet」セル A3:A4: 結合されたセル")
    assert errors[1].startswith("シート「Sheet」セル B2: 数式")


def test_a_wrong_header_hides_no_row_of_another_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["title", "body", "色"], ["一", "あ", "赤"]):
        book.worksheets[0].append(row)
    second = book.create_sheet("二枚目")
    for row in (["title", "body", "kind"], ["二", "い", "手紙"]):
        second.append(row)
    book.save(tmp_path / "a.xlsx")
    assert [error.partition(": ")[0] for error in errors_of(tmp_path / "a.xlsx")] == [
        "シート「Sheet」行 1「色」",
        "シート「二枚目」行 2「kind」",
    ]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04garbage", b"\xd0\xcf\x11\xe0old", b"not a workbook"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    assert errors_of(write(tmp_path, "a.xlsx", content))


MARKDOWN = """\
---
document: 手引き
edition: 令和8年版
---
# 窓口の手引き

## 転入届

- id: p1
- kind: procedure
- reading: てんにゅうとどけ
- aliases: 転入|引っ越し
- questions: 転入届はどこ|いつまで
- section: 2章
- owner: 市民課
- review_on: 2027-04-01

窓口へ。
"""


def test_markdown(tmp_path: Path) -> None:
    check_whole(read_articles(write(tmp_path, "a.md", MARKDOWN)))


def test_markdown_is_taken_as_plain_text(tmp_path: Path) -> None:
    text = "# 手引き\n\n## 一\n\n- はさみ\n- id: のこと\n\n### 細目\n\n```\n## 見出しではない <b>\n```\n## 二 ##\n\n1 < 2 で <https://a.jp> へ\n"
    one, two = read_articles(write(tmp_path, "a.md", text)).checked()
    assert one.source.document == two.source.document == "手引き"
    assert [p.text for p in one.passages] == [
        "- はさみ\n- id: のこと",
        "細目",
        "```\n## 見出しではない <b>\n```",
    ]
    assert (two.title, two.body) == ("二", "1 < 2 で <https://a.jp> へ")


def test_the_mistakes_of_a_section_hide_no_others(tmp_path: Path) -> None:
    text = (
        "---\nauthor: あ\n---\n題のない文。\n\n## 一\n- alias: い|う\n- review_on: 来年\n\nあ<b>い</b>\n\n"
        "## 二\n- owner：市民課\n- kind: 手紙\n\nあ\n\n## 三\n\n## 四\n- 注意: 読むもの\n\n## 五\n- 担当課: 市民課\n\nあ\n"
    )
    assert [error.partition(": ")[0] for error in errors_of(write(tmp_path, "a.md", text))] == [
        "a.md 1行目「author」",
        "a.md 4行目",
        "a.md 7行目「alias」",
        "a.md 10行目",
        "a.md 6行目「review_on」",
        "a.md 12行目「kind」",
        "a.md 18行目「body」",
        "a.md 24行目「担当課」",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("## 一\n\n<script>alert(1)</script>\n", "a.md 3行目: HTML は使えません"),
        ("## 一\n\nあ<!-- い -->\n", "a.md 3行目: HTML は使えません"),
        ("はじめの文。\n\n## 一\n\nあ\n", "a.md 1行目: 最初の「## 題」より上"),
        ("---\ndocument: あ\n", "a.md 1行目: 先頭の「---」を閉じる"),
        ("---\nauthor: あ\n---\n## 一\nい\n", "a.md 1行目「author」: 知らない欄"),
        ("---\na: &x 1\nb: *x\n---\n", "a.md 2行目: 「&」「*」"),
        ("## 一\n- alias: い|う\n\nあ\n", "a.md 2行目「alias」: 知らない欄"),
        ("## 一\n\n## 二\n\nあ\n", "a.md 1行目「body」: 空です"),
        ("ただの文\n", "a.md 1行目: 最初の「## 題」より上"),
        ("", "記事がありません"),
    ],
)
def test_wrong_markdown_is_named(tmp_path: Path, text: str, message: str) -> None:
    assert errors_of(write(tmp_path, "a.md", text))[0].startswith(message)


YAML = """\
document: 手引き
edition: 令和8年版
articles:
- id: p1
  kind: procedure
  title: 転入届
  reading: てんにゅうとどけ
  aliases: [転入, 引っ越し]
  questions: 転入届はどこ|いつまで
  body: 窓口へ。
  section: 2章
  owner: 市民課
  review_on: 2027-04-01
"""


def test_yaml(tmp_path: Path) -> None:
    check_whole(read_articles(write(tmp_path, "a.yml", YAML)))


def test_every_broken_article_of_a_yaml_file_is_named(tmp_path: Path) -> None:
    broken = "articles:\n- title: あ\n  body: 12\n- い\n- title: う\n- title: え\n  body: お\n  color: 赤\n"
    assert [error.partition(": ")[0] for error in errors_of(write(tmp_path, "a.yaml", broken))] == [
        "a.yaml 3行目「body」",
        "a.yaml 4行目",
        "a.yaml 5行目「body」",
        "a.yaml 8行目「color」",
    ]
    shared = "author: あ\n" + broken
    assert [error.partition(": ")[0] for error in errors_of(write(tmp_path, "a.yaml", shared))][:2] == [
        "a.yaml 1行目「author」",
        "a.yaml 4行目「body」",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: あ\n", "a.yaml 1行目: いちばん上に「articles:」"),
        ("articles:\n- あ\n", "a.yaml 2行目: 「名前: 値」"),
        ("articles:\n- title: あ\n  body: 12\n", "a.yaml 3行目「body」: 文字で書いてください"),
        ("articles:\n- title: あ\n  text: い\n", "a.yaml 3行目「text」: 知らない欄"),
        ("articles:\n- title: あ\n  title: い\n", "a.yaml 3行目: 「title」が2行目にも"),
        ("articles: []\n", "記事がありません"),
    ],
)
def test_wrong_yaml_is_named(tmp_path: Path, text: str, message: str) -> None:
    assert errors_of(write(tmp_path, "a.yaml", text))[0].startswith(message)


def test_a_folder_is_read_as_one(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "## 一\n\nあ\n")
    write(tmp_path, "b.yaml", "articles:\n- {title: 二, body: い}\n")
    write(tmp_path, "c.txt", "読まない")
    assert [found.title for found in read_articles(tmp_path).checked()] == ["一", "二"]
    write(tmp_path, "d.yaml", "articles:\n- {title: 一, body: い}\n- {title: 三}\n")
    write(tmp_path, "e.yaml", "壊れた: [")
    errors = errors_of(tmp_path)
    assert [error.split(":")[0] for error in errors] == [
        "e.yaml 2行目",
        "d.yaml 2行目「title」",
        "d.yaml 3行目「body」",
    ]


def test_what_cannot_be_opened_is_named(tmp_path: Path) -> None:
    assert errors_of(tmp_path / "nowhere.csv")[0].startswith("nowhere.csv を開けません")
    assert errors_of(write(tmp_path, "a.doc", "あ"))[0].startswith("a.doc の形式が分かりません")
    (tmp_path / "empty").mkdir()
    assert errors_of(tmp_path / "empty")[0].startswith("フォルダー empty に")
    assert errors_of(write(tmp_path, "a.md", b"\x82\xff"))[0].startswith("a.md 1行目の文字コード")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail),
        st.text(max_size=200).map(lambda text: ("title,body\n" + text).encode("utf-8", "replace")),
        st.text(max_size=200).map(lambda text: ("## " + text).encode("utf-8", "replace")),
    ),
    format_=st.sampled_from(FORMATS),
)
def test_garbage_never_raises_anything_else(tmp_path: Path, content: bytes, format_: str) -> None:
    path = write(tmp_path, "garbage", content)
    try:
        result = read_articles(path, format_)
    except ImportFailed as error:
        assert error.errors
    else:
        assert result.articles or result.errors


@pytest.mark.material
def test_a_real_citys_faq_is_read_fast(shared_dir: Path) -> None:
    began = time.process_time()
    result = read_articles(shared_dir / "faq-benchmark" / "faq.csv")
    assert time.process_time() - began < 1
    assert (len(result.articles), result.errors, len(result.notes)) == (1786, (), 1)
