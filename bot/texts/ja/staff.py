"""What is said about the directory: reading its file, what would change, and who may do what."""

from __future__ import annotations

from collections.abc import Sequence

# Reading a file ------------------------------------------------------------------------------------------

FILE_EMPTY = "ファイルが空です。見出し行と職員の行があるファイルを指定してください。"
FILE_UTF16 = "文字コードが UTF-16 です。「CSV UTF-8（コンマ区切り）」で保存し直してください。"
NOT_XLSX = "Excel ファイルとして読めません。Excel で開けるか確かめ、「.xlsx」で保存し直してください。"
OLD_EXCEL = "古い形式（.xls）は読めません。Excel で「.xlsx」または「CSV UTF-8（コンマ区切り）」に保存し直してください。"
NO_HEADER = "見出し行が見つかりません。1行目に「職員番号, 氏名, メール, 部, 課, 役割」のような見出しを書いてください。"
NO_PEOPLE = "職員の行がありません。職員を1人以上書いてください。"
NO_DEPARTMENTS = (
    "組織の表がなく、登録済みの課もありません。「部, 課」を見出しにした組織の表も一緒に指定してください。"
)
UNREADABLE_TEXT = "使えない文字（制御文字や壊れた文字）があります。その文字を消してください。"
BAD_QUOTES = '引用符（"）の対応がとれていません。前後の行の " を確かめてください。'
READ_AS_CP932 = (
    "文字コードをシフト JIS（CP932）として読みました。文字化けがないか、下の内容を確かめてください。"
)


def file_too_large(megabytes: int) -> str:
    """The file is larger than any city's directory."""
    return f"ファイルが {megabytes} MB を超えています。職員名簿のファイルか確かめてください。"


def wrong_encoding(line: int) -> str:
    """The bytes are neither UTF-8 nor CP932."""
    return f"行 {line}: 文字コードが UTF-8 でもシフト JIS でもありません。「CSV UTF-8（コンマ区切り）」で保存し直してください。"


def row(number: int) -> str:
    """The place of a row in a CSV file."""
    return f"行 {number}"


def hidden_rows(sheet: str, rows: Sequence[int]) -> str:
    """Rows that nobody sees who opens the workbook are read like the others."""
    shown = "、".join(str(row) for row in rows[:10]) + ("…" if len(rows) > 10 else "")
    return f"注意: シート「{sheet}」の非表示の行 {shown} も読みました。要らない行なら、消してから取り込んでください。"


def sheet_row(sheet: str, number: int) -> str:
    """The place of a row in a workbook."""
    return f"シート「{sheet}」行 {number}"


def sheet_cell(sheet: str, cell: str) -> str:
    """The place of a cell in a workbook."""
    return f"シート「{sheet}」セル {cell}"


def problem(place: str, what: str) -> str:
    """One thing to mend, with its place."""
    return f"{place}: {what}"


def more_problems(count: int) -> str:
    """The list of problems was cut."""
    return f"ほかに {count} 件あります。上の行を直してから、もう一度お試しください。"


FORMULA = "数式は読めません。値に置き換えてください（コピーして「値の貼り付け」）。"
MERGED = "結合されたセルは読めません。結合を解除し、各行に値を入れてください。"
NUMBER_ID = "職員番号が数値です。先頭の 0 が失われるため、セルの書式を「文字列」にして入力し直してください。"


def missing_columns(names: str) -> str:
    """The header row lacks columns."""
    return f"見出し「{names}」がありません。見出し行に加えてください。"


def double_column(name: str) -> str:
    """The header row has one name twice."""
    return f"見出し「{name}」が2つあります。1つにしてください。"


def unused_column(name: str) -> str:
    """A column that the import does not read."""
    return f"列「{name}」は使いません。"


def missing(name: str) -> str:
    """A required cell is empty."""
    return f"「{name}」が空です。入力してください。"


def too_long(name: str, limit: int) -> str:
    """A cell is longer than allowed."""
    return f"「{name}」が長すぎます。{limit} 文字以内にしてください。"


def bad_id(value: str) -> str:
    """A 職員番号 with unexpected characters."""
    return f"職員番号「{value}」が正しくありません。半角の英数字とハイフン、20 文字以内で入力してください。"


def double_id(value: str, first: str) -> str:
    """A 職員番号 stands twice."""
    return f"職員番号「{value}」が重複しています（{first} と同じ）。どちらかを直してください。"


def bad_email(value: str) -> str:
    """An e-mail address that cannot be one."""
    return f"メール「{value}」が正しくありません。name@example.lg.jp の形で入力してください。"


def double_email(value: str, first: str) -> str:
    """An e-mail stands twice."""
    return f"メール「{value}」が重複しています（{first} と同じ）。どちらかを直してください。"


def unknown_department(name: str) -> str:
    """A 課 that the organisation does not have."""
    return f"課「{name}」は組織の表にありません。課の名前を直すか、組織の表に加えてください。"


def ambiguous_department(name: str, choices: str) -> str:
    """A 課 name that several 部 have."""
    return (
        f"課「{name}」は複数の部にあります（{choices}）。「部」も入力してください（兼務課は「部/課」の形）。"
    )


def not_in_force(name: str, day: str) -> str:
    """A 課 that does not exist on the day."""
    return f"課「{name}」は {day} の時点では適用期間の外です。組織の表の適用日を確かめてください。"


def unknown_role(name: str, choices: str) -> str:
    """A role that does not exist."""
    return f"役割「{name}」はありません。{choices} のどれかにしてください（複数は | で区切ります）。"


UNPAIRED_ROLES = (
    "「兼務課」と「兼務役割」の数が合いません。課と同じ順に | で区切って書いてください"
    "（1つの課に複数の役割があるときは ・ で区切ります）。"
)
ROLES_WITHOUT_POST = "「兼務役割」がありますが「兼務課」が空です。兼務課を入力してください。"


def double_post(name: str) -> str:
    """A person holds two posts in one 課."""
    return f"課「{name}」が2回書かれています。1回にしてください。"


def bad_date(name: str, value: str) -> str:
    """A date that cannot be read."""
    return (
        f"「{name}」の「{value}」を日付として読めません。2026-04-01 か 令和8年4月1日 の形で入力してください。"
    )


DATES_REVERSED = "適用終了日が適用開始日より前です。日付を確かめてください。"


def double_department(name: str, first: str) -> str:
    """A department stands twice."""
    return f"組織「{name}」が重複しています（{first} と同じ）。どちらかを直してください。"


def double_code(code: str, first: str) -> str:
    """A 所属コード stands twice."""
    return f"所属コード「{code}」が重複しています（{first} と同じ）。どちらかを直してください。"


# What would change ---------------------------------------------------------------------------------------

NOTHING_CHANGES = "名簿に変更はありません。"
DIRECTORY_CHANGED = (
    "確認している間に名簿が変わりました。何も変更していません。もう一度取り込みを始めてください。"
)
DIFF_TITLES = {
    "joiners": "新しく加わる人",
    "leavers": "いなくなる人",
    "moves": "課が変わる人",
    "role_changes": "役割が変わる人",
    "other_changes": "氏名・メールが変わる人",
    "departments_added": "増える組織",
    "departments_removed": "なくなる組織",
    "departments_changed": "変わる組織",
}


def count_line(title: str, count: int) -> str:
    """How many of a kind of change."""
    return f"{title}: {count} 件"


def person_line(person_id: str, name: str, place: str) -> str:
    """A person who joins or leaves."""
    return f"  {person_id} {name}（{place}）"


def change_line(person_id: str, name: str, before: str, after: str) -> str:
    """A person with something changed."""
    return f"  {person_id} {name}: {before} → {after}"


def department_line(name: str) -> str:
    """A department that comes or goes."""
    return f"  {name}"


def department_change_line(before: str, after: str) -> str:
    """A department with something changed."""
    return f"  {before} → {after}"


def period(name: str, begin: str, end: str) -> str:
    """A department with its period of validity; an empty day is open."""
    return f"{name}（{begin}～{end}）" if begin or end else name


def more_lines(count: int) -> str:
    """The list was cut."""
    return f"  ほか {count} 件"


SUCCESSOR_OF_STANDING = "「引継先」は、適用終了日のある課にだけ書けます。"
LAST_OPERATOR_LEAVES = (
    "この名簿を反映すると「デジタル推進室」の役割の人がいなくなり、管理できなくなります。"
    "名簿の役割を直すか、先にコンソールで残る人へ役割を付けてください。"
)


def unknown_successor(name: str) -> str:
    """Who took over is not clear."""
    return f"「引継先」の「{name}」が1つに決まりません。組織の表の課の名前（部/課）か所属コードで書いてください。"


def planned_line(day: str, id_: str, name: str, place: str) -> str:
    """One change that waits for its day."""
    return f"  {day} {id_} {name} → {place}"


PLANNED_TITLE = "日付が来たら反映するもの"
LEAVES = "退職"


def too_many_leavers(leavers: int, people: int) -> str:
    """The guard against a file that holds only part of the staff."""
    return (
        f"登録済み {people} 人のうち {leavers} 人がいなくなります（3割超）。全職員のファイルか確かめ、"
        "正しければ、大量の削除を確認済みとして指定し、もう一度取り込んでください。"
    )


# Who may do what -----------------------------------------------------------------------------------------

PERMISSION_NAMES = {
    "ask": "質問",
    "console.use": "コンソールの利用",
    "health.read": "動いている様子の閲覧",
    "roles.grant": "役割の付与と取り消し",
    "inbox.read": "お知らせの閲覧",
    "knowledge.import": "知識の取り込み",
    "knowledge.read": "知識の記事の閲覧",
    "knowledge.propose": "知識の記事の提案",
    "knowledge.edit": "知識の記事の編集と承認",
    "knowledge.edit_own": "担当課の記事の編集と承認",
    "inquiry.ask": "担当への質問",
    "skills.own": "自分の技量の閲覧と計画",
    "skills.experts": "相談を受ける職員を探すことと、名乗ること",
    "skills.shared": "自分の課の職員が見せている段階の閲覧とひとこと",
    "skills.map": "技量の集計の閲覧",
    "skills.goals": "育成計画の目標を決めること",
    "skills.people": "1人に頼っている仕事の職員名の閲覧",
    "survey.answer": "調査への回答",
    "survey.manage": "調査を開くことと締め切ること",
    "survey.rates": "調査の回答の数の閲覧",
    "survey.rates_own": "自分の課の調査の回答の数の閲覧",
    "results.read": "すべての調査の結果と自由記述の閲覧",
    "results.read_own": "自分の課と部の調査の結果の閲覧",
    "results.read_shared": "全職員に共有された調査の結果の閲覧",
    "inquiry.answer": "担当としての回答",
    "questions.read": "答えられなかった質問の閲覧",
    "feedback.read": "評価の集計の閲覧",
    "directory.read": "職員名簿の閲覧",
    "directory.import": "職員名簿の取り込み",
    "audit.read": "監査記録の閲覧",
    "privacy.own": "自分のデータの閲覧と消去",
    "records.read": "保存と消去の記録の閲覧",
    "records.hold": "消去の保留を置くことと外すこと",
    "privacy.show": "1人のデータをまとめて見ること",
    "privacy.erase": "1人のデータを消すこと",
    "metrics.read": "利用状況の閲覧",
    "initiative.read": "取組の進捗の閲覧",
    "initiative.report": "取組の進捗の報告",
    "initiative.manage": "取組の登録と終了",
    "request.manage": "依頼・照会の登録",
    "request.settle": "依頼・照会の済みの登録",
    "digest.read": "DX推進だよりの閲覧",
    "digest.preview": "DX推進だよりの下見",
    "outbox.settle": "届いたか分からない知らせの始末",
    "export.make": "集計のファイルへの書き出し",
    "export.people": "職員名の入ったファイルへの書き出し",
    "export.texts": "自由記述のファイルへの書き出し",
}


def not_allowed(permission: str, roles: str) -> str:
    """A known person lacks the role."""
    return f"「{PERMISSION_NAMES[permission]}」は{roles}の役割の人ができます。必要なときは、その担当に依頼してください。"


def not_known(permission: str) -> str:
    """The directory does not know the person."""
    return (
        f"「{PERMISSION_NAMES[permission]}」には職員名簿への登録が必要です。"
        "登録されたメールアドレスで使っているかを確かめ、違うときは職員課にお知らせください。"
    )


# A synthetic city ----------------------------------------------------------------------------------------


def real_people_present(count: int) -> str:
    """Synthetic staff are not mixed with real staff."""
    return (
        f"名簿に実在の職員が {count} 人います。架空の職員は入れません。別の DATABASE_URL を使ってください。"
    )


def too_few_staff(least: int) -> str:
    """Too few people for one of each role."""
    return f"職員の数は {least} 人以上にしてください（役割ごとに1人が必要です）。"
