"""Reading directory files: good ones whole, bad ones named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staff.importing import read_directory
from staff.model import Department, Person, Post, Role
from staff.tables import DirectoryFileError
from tests.staff.files import DAY, GOOD, HEADER, ORGANISATION, csv_bytes, read, with_people, xlsx_bytes

STAFF = Role.STAFF
PEOPLE = (
    Person(
        id="000123",
        name="見本 花子",
        email="hanako@example.lg.jp",
        posts=(Post(department_id="11", roles=frozenset({STAFF, Role.HR, Role.LEADER})),),
    ),
    Person(
        id="000124",
        name="見本 太郎",
        email="taro@example.lg.jp",
        posts=(
            Post(department_id="22", roles=frozenset({STAFF, Role.MANAGER})),
            Post(department_id="12", roles=frozenset({STAFF, Role.LEADER})),
        ),
    ),
    Person(id="000125", name="例示 部長", email="bucho@example.lg.jp", posts=(Post(department_id="10"),)),
)


def problems(*contents: bytes) -> tuple[str, ...]:
    with pytest.raises(DirectoryFileError) as raised:
        read(*contents)
    return raised.value.problems


def test_one_csv_with_both_tables() -> None:
    assert read(with_people(*GOOD)).roster.people == PEOPLE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_two_csv_files_in_the_encodings_of_a_city(encoding: str) -> None:
    people, organisation = csv_bytes([HEADER, *GOOD], encoding), csv_bytes(ORGANISATION, encoding)
    found = read(people, organisation)
    assert found.roster.people == PEOPLE
    assert any("CP932" in note for note in found.notes) == (encoding == "cp932")


def test_a_workbook_with_two_sheets_and_a_title() -> None:
    book = xlsx_bytes(職員=[["職員名簿"], [], HEADER, *GOOD], 組織=ORGANISATION, メモ=[["課を直した"]])
    assert read(book).roster.people == PEOPLE


def test_without_an_organisation_table_the_departments_stay() -> None:
    departments = read(with_people(*GOOD)).roster.departments
    found = read(csv_bytes([HEADER, *GOOD]), present=departments)
    assert found.roster.departments == departments
    assert found.roster.people == PEOPLE


def test_a_column_that_is_not_used_is_said() -> None:
    found = read(csv_bytes(ORGANISATION), csv_bytes([[*HEADER, "生年月日"], [*GOOD[0], "x"]]))
    assert found.notes == ("f2.csv 行 1: 列「生年月日」は使いません。",)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("職員番号", "", "行 10: 「職員番号」が空です"),
        ("職員番号", "０００１２６", None),
        ("職員番号", "1 2", "行 10: 職員番号「1 2」が正しくありません"),
        ("職員番号", "000124", "行 11: 職員番号「000124」が重複しています（行 10 と同じ）"),
        ("氏名", "", "行 10: 「氏名」が空です"),
        ("氏名", "あ" * 101, "行 10: 「氏名」が長すぎます"),
        ("氏名", "見本\u0007", "行 10: 使えない文字"),
        ("メール", "", "行 10: 「メール」が空です"),
        ("メール", "hanako", "行 10: メール「hanako」が正しくありません"),
        ("メール", "a b@example.lg.jp", "行 10: メール「a b@example.lg.jp」が正しくありません"),
        (
            "メール",
            "TARO@example.lg.jp",
            "行 11: メール「taro@example.lg.jp」が重複しています（行 10 と同じ）",
        ),
        ("課", "ない課", "行 10: 課「総務部/ない課」は組織の表にありません"),
        ("部", "ない部", "行 10: 課「ない部/職員課」は組織の表にありません"),
        ("役割", "部長", "行 10: 役割「部長」はありません。職員、DX推進リーダー"),
        ("兼務課", "総務課", "行 10: 課「総務課」は複数の部にあります（総務部、市民部）"),
        ("兼務課", "旧窓口課", "行 10: 課「旧窓口課」は 2026-12-01 の時点では適用期間の外です"),
        ("兼務課", "職員課", "行 10: 課「職員課」が2回書かれています"),
        ("兼務役割", "所属長", "行 10: 「兼務役割」がありますが「兼務課」が空です"),
    ],
)
def test_a_bad_cell_is_named_with_its_row(column: str, value: str, said: str | None) -> None:
    row = dict(zip(HEADER, GOOD[0], strict=True)) | {column: value}
    content = with_people([row[name] for name in HEADER], GOOD[1])
    if said is None:
        assert len(read(content).roster.people) == 2
    else:
        assert len(found := problems(content)) == 1
        assert found[0].startswith(said)


def test_everything_wrong_is_named_at_once_and_the_text_shows_fifty() -> None:
    rows = [[f"{n:06}", "", f"bad{n}", "", "ない課", "", "", ""] for n in range(40)]
    with pytest.raises(DirectoryFileError) as raised:
        read(with_people(*rows))
    assert len(raised.value.problems) == 120
    lines = str(raised.value).split("\n")
    assert len(lines) == 51
    assert lines[-1].startswith("ほかに 70 件")


def test_several_second_posts_take_their_roles_in_order() -> None:
    row = [*GOOD[0][:6], "市民窓口課|総務部/総務課", "所属長・DX推進リーダー|"]
    posts = read(with_people(row)).roster.people[0].posts
    assert posts[1:] == (
        Post(department_id="22", roles=frozenset({STAFF, Role.MANAGER, Role.LEADER})),
        Post(department_id="12"),
    )
    row[7] = "所属長"
    assert "数が合いません" in problems(with_people(row))[0]


def test_a_cell_of_several_lines_keeps_the_row_numbers_of_the_file_right() -> None:
    broken = ["000126", "見本\n三郎", "saburo@example.lg.jp", "", "職員課", "", "", ""]
    found = problems(with_people(broken, ["000127", "", "x@example.lg.jp", "", "職員課", "", "", ""]))
    assert found == ("行 12: 「氏名」が空です。入力してください。",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空です"),
        (b" \r\n", "空です"),
        ("職員番号,氏名".encode("utf-16"), "UTF-16"),
        (csv_bytes([HEADER]) + b"\r\n000123,\x80\xff\xfe,a", "行 3: 文字コード"),
        (csv_bytes([HEADER, ["000123", "見本 花子"]], "euc-jp"), "行 1: 文字コード"),
        (b"PK\x03\x04 not a workbook", "Excel ファイルとして読めません"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "古い形式"),
        (csv_bytes([["番号", "名前"], ["1", "a"]]), "見出し行が見つかりません"),
        (csv_bytes([["職員番号", "氏名"], ["1", "a"]]), "見出し「メール、課」がありません"),
        (csv_bytes([[*HEADER, "氏名"], GOOD[0]]), "見出し「氏名」が2つあります"),
        (csv_bytes([HEADER, GOOD[0]]), "組織の表がなく"),
        (csv_bytes(ORGANISATION), "職員の行がありません"),
        (csv_bytes([HEADER]) + '"000123,見本'.encode(), "行 2: 引用符"),
    ],
    ids=lambda value: value[-12:] if isinstance(value, str) else "",
)
def test_a_bad_file_is_named(content: bytes, said: str) -> None:
    assert any(said in problem for problem in problems(content))


def test_with_several_files_each_problem_names_its_file() -> None:
    found = problems(csv_bytes(ORGANISATION), csv_bytes([HEADER, ["", *GOOD[0][1:]]]))
    assert found == ("f2.csv 行 2: 「職員番号」が空です。入力してください。",)


@settings(deadline=None)
@given(st.binary(max_size=300) | st.binary(max_size=60).map(lambda tail: with_people(*GOOD) + tail))
def test_random_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        found = read_directory([("x.csv", content)], [], DAY)
    except DirectoryFileError as error:
        assert error.problems
    else:
        assert found.roster.people


@settings(deadline=None, max_examples=200)
@given(st.lists(st.lists(st.text(max_size=12), min_size=8, max_size=8), max_size=4))
def test_random_cells_are_read_or_refused(rows: list[list[str]]) -> None:
    text = "\r\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    content = csv_bytes([*ORGANISATION, [], HEADER]) + text.encode("utf-8", "surrogatepass")
    try:
        people = read_directory([("x.csv", content)], [], DAY).roster.people
    except DirectoryFileError as error:
        assert error.problems
    else:
        assert all(person.id and person.name and person.posts for person in people)


def test_a_department_row_keeps_its_order_code_and_last_day() -> None:
    departments = read(with_people(*GOOD)).roster.departments
    assert [(d.id, d.name, d.parent_id) for d in departments] == [
        ("10", "総務部", None),
        ("11", "職員課", "10"),
        ("12", "総務課", "10"),
        ("市民部", "市民部", None),
        ("21", "総務課", "市民部"),
        ("22", "市民窓口課", "市民部"),
        ("23", "旧窓口課", "市民部"),
    ]
    assert [str(d.valid_from) for d in departments[2:6:3]] == ["2026-04-01", "2020-04-01"]
    assert [str(d.valid_until) for d in departments[5:]] == ["2027-04-01", "2026-04-01"]


def test_without_codes_a_known_name_keeps_its_id() -> None:
    present = [Department(id="d1", name="総務部"), Department(id="d2", name="職員課", parent_id="d1")]
    rows = [["部", "課"], ["総務部", "職員課"], ["総務部", "新しい課"]]
    found = read(csv_bytes([*rows, [], HEADER, GOOD[0]]), present=present).roster.departments
    assert [d.id for d in found] == ["d1", "d2", "d1/新しい課"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["99", "", "課だけ", "", ""], "「部」が空です"),
        (["99", "総務部", "職員課", "", ""], "組織「職員課」が重複しています（行 3 と同じ）"),
        (["11", "総務部", "別の課", "", ""], "所属コード「11」が重複しています（行 3 と同じ）"),
        (["99", "総務部", "", "", ""], "組織「総務部」が重複しています（行 2 と同じ）"),
        (["99", "総務部", "別の課", "昨日", ""], "「適用開始日」の「昨日」を日付として読めません"),
        (["99", "総務部", "別の課", "", "2026-02-30"], "「適用終了日」の「2026-02-30」を日付として"),
        (["99", "新部", "", "2026-13-01", ""], "「適用開始日」の「2026-13-01」を日付として"),
        (["99", "総務部", "別の課", "2026-04-02", "2026-04-01"], "適用終了日が適用開始日より前です"),
    ],
)
def test_a_bad_department_row_is_named(row: list[str], said: str) -> None:
    found = problems(csv_bytes([*ORGANISATION, row, [], HEADER, GOOD[0]]))
    assert len(found) == 1
    assert found[0].startswith(f"行 8: {said}")
