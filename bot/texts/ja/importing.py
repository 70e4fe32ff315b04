"""What is said when knowledge is read in: plans, packs, files."""

from __future__ import annotations

# 計画の文書
PLAN_EMPTY = "計画の文書に文字がありません。本文の入ったテキストファイルを指定してください。"
PLAN_NO_CHAPTERS = "計画の見出しが見つかりません。「1. …」「1. 1 …」の見出しか「取組項目」の表がある計画書のテキストを指定してください。"
NO_PLACE = "どの見出しにも属さない文字"
REASON_COVER = "表紙（書名・期間・版としてのみ使用）"
REASON_CONTENTS = "目次にあるが本文に見出しがない"


def plan_too_large(name: str, limit: int) -> str:
    """The file is too big to be a plan."""
    return f"{name} は {limit // 1024 // 1024} MB を超えています。計画書のテキストだけのファイルを指定してください。"


def unreadable(name: str, reason: str) -> str:
    """The file cannot be opened."""
    return f"{name} を開けません（{reason}）。ファイルの場所と読み取り権限を確かめてください。"


def not_text(line: int, code: str) -> str:
    """The bytes are in no encoding we read, or hold a character that is no text (`code`, as U+0000)."""
    if code:
        return f"{line}行目に文字ではない値（{code}）が含まれています。テキスト形式で保存し直してください。"
    return f"{line}行目の文字コードを読み取れません。UTF-8 か Shift_JIS（CP932）で保存し直してください。"


def plan_no_title(line: int) -> str:
    """A heading or row without a name."""
    return f"{line}行目の表に名前がありません。「取組項目」の右の欄に項目名を書いてください。"


def plan_twice(title: str, first: int, second: int) -> str:
    """Two headings that would be one article."""
    return f"{second}行目の「{title}」は{first}行目の見出しと番号か名前が同じです。どちらかの番号か名前を直してください。"


def coverage_share(share: float, without_lists: float) -> str:
    """The first line of the coverage report."""
    return (
        f"記事・見出しに入った文字: {share:.2%}（目次など見出しの一覧を除いて数えると {without_lists:.2%}）"
    )


def coverage_counts(total: int, article: int, heading: int, listed: int, layout: int, left_out: int) -> str:
    """The counts of the coverage report."""
    return (
        f"全 {total:,} 字 = 記事 {article:,} + 見出し・行名 {heading:,} + 目次・見出しの一覧 {listed:,}"
        f" + 体裁（空白・タグ・点線・ページ番号） {layout:,} + 除いた文字 {left_out:,}"
    )


def left_out_line(line: int, reason: str, text: str) -> str:
    """One stretch that was left out."""
    return f"  {line}行目 {reason}: {text if len(text) <= 40 else text[:40] + '…'}"


def note_no_edition() -> str:
    """The title block has no date."""
    return "注意: 表紙に年月が見つからないため、版を決められません。--edition で指定できます。"


def note_no_period() -> str:
    """The title block has no period."""
    return "注意: 表紙に計画期間（○年度～○年度）が見つからないため、期間の終わりを示せません。"


def note_contents_missing(line: int, title: str) -> str:
    """A heading of the 目次 that the text does not have."""
    return f"注意: {line}行目の目次の「{title}」が本文に見つかりません。"


# YAML
YAML_UNREADABLE = "YAML として読み取れません。文字だけのファイルか確かめてください。"
YAML_ALIAS = "「&」「*」で始まる参照は使えません。「&」や「*」で始まる値は引用符で囲んでください。"
YAML_DEEP = "入れ子が深すぎます。字下げとかっこを確かめてください。"
YAML_KEY = "欄の名前が文字ではありません。「名前: 値」の形で書いてください。"


def yaml_too_large(limit: int) -> str:
    """The text is too long."""
    return f"{limit // 1024 // 1024} MB を超えています。ファイルを分けてください。"


def yaml_tag(tag: str) -> str:
    """A tag, or a kind of value that is not taken."""
    return f"「{tag}」という特別な書き方は使えません。値をそのまま書くか、引用符で囲んでください。"


def yaml_twice(name: str, first: int) -> str:
    """The same key twice in one mapping."""
    return f"「{name}」が{first}行目にもあります。どちらかを消してください。"


def yaml_value(value: str) -> str:
    """A value that looks like a date or number and is none."""
    return f"「{value[:40]}」を値として読み取れません。引用符で囲んでください。"


def yaml_syntax(problem: str) -> str:
    """The text breaks YAML's rules."""
    return f"YAML の書き方が正しくありません。字下げ、コロンのあとの空白、引用符を確かめてください（{problem}）。"


# 欄
FIELD_MISSING = "この欄がありません。書き加えてください。"
FIELD_NOT_TEXT = "文字で書いてください。数字、日付、yes・no のように見える言葉は引用符で囲みます。"
FIELD_EMPTY = "空か、数が足りません。書き加えてください。"
FIELD_NOT_LIST = "「- 」を並べるか [ , ] の形で書いてください。"
FIELD_NOT_FINITE = (
    "限りのある数を書いてください（.inf や .nan は使えません）。限りがないときは、この欄を消してください。"
)
FIELD_NOT_MAPPING = "「名前: 値」の形で書いてください。"


def field_unknown(known: list[str]) -> str:
    """A field nobody knows."""
    return f"知らない欄です。書ける欄は {'、'.join(known)} です。"


def field_meant(name: str) -> str:
    """A field by what our forms call it."""
    return f"ファイルでは「{name}」と書いてください。"


def field_choice(choices: str) -> str:
    """A value that is none of the choices."""
    return f"{choices.replace(' or ', ', ')} のどれかを書いてください。"


FIELD_PATTERN = "半角の英数字と - と _ だけで、40字までで書いてください。"


def field_too_long(most: str) -> str:
    """More characters or entries than fit."""
    return f"長すぎます。{most}までにしてください。"


def field_range(least: str, most: str) -> str:
    """A number outside its bounds."""
    return f"{least}以上の数にしてください。" if least else f"{most}以下の数にしてください。"


def field_value(kind: str) -> str:
    """A value that is no date, no number or no yes or no."""
    if kind == "bool":
        return "true か false を書いてください。"
    return "日付は 2027-04-01 の形で書いてください。" if kind == "date" else "数で書いてください。"


# 資料集（パック）
PACK_NO_ARTICLES = "いちばん上に「articles:」を書き、その下に記事を「- id: …」で並べてください。"


def pack_place(file: str, line: int) -> str:
    """Where something stands."""
    return f"{file} {line}行目"


def pack_error(file: str, line: int, field: str, message: str) -> str:
    """One mistake of a pack."""
    return f"{file} {line}行目{f'「{field}」' if field else ''}: {message}"


def pack_twice(id_: str, first: str) -> str:
    """Two articles of one id."""
    return f"id「{id_}」は {first} にもあります。どちらかの id を変えてください。"


def pack_unknown(name: str, packs: list[str]) -> str:
    """No pack of that name."""
    return f"「{name}」という資料集はありません。ある資料集: {'、'.join(packs) or 'なし'}。DXBOT_CONTENT を確かめてください。"


# CSV・XLSX・Markdown・YAML
IMPORT_NO_ARTICLES = "記事がありません。題と本文のある記事を1件以上書いてください。"
IMPORT_FILE_EMPTY = "ファイルが空です。見出し行と記事の行があるファイルを指定してください。"
IMPORT_EMPTY = "空です。書き加えてください。"
IMPORT_ID_SPACE = "id に空白は使えません。空白を取り除いてください。"
IMPORT_COLUMN_TWICE = "同じ列が2つあります。どちらかを消してください。"
IMPORT_CELL_WITHOUT_NAME = "見出しのない列に値があります。1行目に列の名前を書くか、値を消してください。"
IMPORT_DELIMITER = "列の区切りがカンマではないようです。「CSV UTF-8（コンマ区切り）」で保存し直してください。"
MARKDOWN_FRONT_MATTER = "先頭の「---」を閉じる「---」がありません。"
MARKDOWN_HTML = "HTML は使えません。タグを消すか、文字として書くときは「＜」「＞」を使ってください。"
MARKDOWN_AS_TEXT = "本文の箇条書きなら、行頭に「\\」を付けるか、上に本文を1行書いてください。"
MARKDOWN_ABOVE = "最初の「## 題」より上に文章があります。「## 題」の下に移してください。"
IMPORT_LOST = "文字化けした文字（�）があります。もとの文字に直してください。"
IMPORT_CONTROL = "目に見えない制御文字があります。入力し直してください。"
IMPORT_NUMBER_FORMAT = "この表示形式のセルは、見えているとおりには読み取れません。表示形式を「文字列」にし、入力し直してください。"
IMPORT_ONE_LINE = "改行は使えません。1行で書いてください。"
IMPORT_OWNER_PERSONAL = "電話番号やメールは書けません。課の名前を書いてください。"


def owner_is_person(owner: str) -> str:
    """An owner who is somebody of the directory."""
    return f"「{owner[:40]}」は職員の氏名です。異動しても変わらない、課の名前を書いてください。"


_OWNER_UNKNOWN = "という課は職員名簿にありません。質問や見直しの知らせは、デジタル推進室に届きます。課の名前を確かめてください。"
_MOST_TITLES = 3


def owner_unknown(owner: str) -> str:
    """No 課 of the directory is in charge of an article."""
    return f"「{owner}」{_OWNER_UNKNOWN}"


def owners_unknown(owner: str, titles: list[str]) -> str:
    """The same for articles that are imported."""
    named = "".join(f"「{title}」" for title in titles[:_MOST_TITLES])
    more = f"など{len(titles)}件" if len(titles) > _MOST_TITLES else ""
    return f"注意: {named}{more}の担当課: {owner_unknown(owner)}"


EXPORT_SHEET = "記事"


OPENNESS = {"citizens": "市民案内可", "staff": "庁内限り"}
AUDIENCES = {
    "staff": "職員",
    "leader": "DX推進リーダー",
    "manager": "所属長",
    "hr": "職員課",
    "operator": "デジタル推進室",
    "owner": "担当課",
}
EVERYONE = "全員"
IMPORT_EVERYONE_ALONE = (
    "「全員」は、ほかの人と一緒には書けません。「全員」だけにするか、「全員」を消してください。"
)
IMPORT_NO_OWNER_TO_SEE = "「担当課」に見せる記事には、担当課（owner）を書いてください。"


def import_audience(written: str) -> str:
    """Somebody whom no article can be shown to."""
    return f"「{written[:40]}」は見せる相手に書けません。{'、'.join([EVERYONE, *AUDIENCES.values()])} から選んでください。"


def import_figure(line: str) -> str:
    """A figure that cannot be read."""
    return f"「{line[:40]}」を数値として読めません。「保有率=94%@2022」（名前=値と単位@年度か時点）の形で書いてください。"


IMPORT_NO_DECISION_DAY = "「決定」には、決定した日を「使い始める日」（valid_from）に書いてください。"


def import_no_such_day(written: str) -> str:
    """A day that no calendar has."""
    return f"「{written}」という日はありません。日付は 2027-04-01 の形で書いてください。"


def import_day_too_far(written: str, first: int, last: int) -> str:
    """A day long ago or far off."""
    return f"「{written}」は{first}年から{last}年までの日ではありません。年を確かめてください。"


def import_days(first: str, last: str) -> str:
    """A validity that ends before it begins."""
    return f"有効期間の終わり（{last}）が始まり（{first}）より前です。どちらかの日を直してください。"


def file_line(name: str, line: int) -> str:
    """A place in a text file."""
    return f"{name} {line}行目" if line else name


def import_error(place: str, field: str, message: str) -> str:
    """One mistake in a file."""
    return f"{place}{f'「{field}」' if field else ''}: {message}"


def more_errors(count: int) -> str:
    """There are more mistakes than shown."""
    return f"ほかに {count} 件あります。上の行を直してから、もう一度お試しください。"


def import_twice(value: str, first: str) -> str:
    """An id, or the title of an article without id, that came before."""
    return f"「{value}」は {first} にもあります。どちらかを変えるか、id を付けてください。"


def import_same_title(place: str, title: str, first: str) -> str:
    """Two articles of one title with different ids: allowed, but worth telling."""
    return f"{place}: 題「{title}」は {first} と同じです（id が違うため、別の記事として扱います）。"


def import_excel_error(value: str) -> str:
    """A cell that holds a spreadsheet's error value."""
    return f"「{value}」は Excel の計算の誤りです。正しい値を入力してください。"


def import_private(code: str) -> str:
    """A character that only some machines of the city know."""
    return f"外字（{code}）があります。ほかの端末では表示されません。ふつうの文字に直してください。"


def import_html(place: str, field: str, tag: str) -> str:
    """A tag that is shown as it is written: allowed, but worth telling."""
    return f"注意: {place}「{field}」: HTML のタグ（{tag[:20]}）は、そのまま文字として表示されます。不要なら消してください。"


def import_too_long(longest: int) -> str:
    """A field with too many characters."""
    return f"{longest:,} 字までで書いてください。"


def import_too_many(most: int) -> str:
    """A list with too many words."""
    return f"{most} 個までにしてください。"


def import_columns(expected: int, found: int) -> str:
    """A row with more or fewer cells than the header."""
    return f'列が {found} 個あります（見出しは {expected} 個）。カンマや改行を含む欄は「"」で囲んでください。'


def import_no_header(known: list[str]) -> str:
    """The first row is no header."""
    return (
        "1行目に列の名前がありません。少なくとも title と body を書いてください"
        f"（使える列: {'、'.join(known)}）。"
    )


def import_format(name: str, formats: tuple[str, ...]) -> str:
    """A format nobody knows."""
    return f"{name} の形式が分かりません。--format に {'、'.join(formats)} のどれかを指定してください。"


def import_empty_folder(name: str) -> str:
    """A folder without files to read."""
    return f"フォルダー {name} に、読み取れるファイル（.md、.yaml）がありません。"


def import_too_large(name: str, limit: int) -> str:
    """The file is too big."""
    return f"{name} は {limit // 1024 // 1024} MB を超えています。ファイルを分けてください。"
