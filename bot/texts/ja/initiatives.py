"""What is said about initiatives: statuses, the report form, what is wrong with a report."""

from __future__ import annotations

from collections.abc import Mapping

STATUSES: Mapping[str, str] = {"on_track": "🟢順調", "at_risk": "🟡遅れ気味", "off_track": "🔴要対応"}
STATUS_HINT = (
    "迷ったら、期限に間に合うなら「順調」、手を打てば間に合うなら「遅れ気味」、助けが要るなら「要対応」です。"
)
UNREPORTED = "未報告"
UNDECIDED = "期間終了（続けるか未決定）"
STATES: Mapping[str, str] = {"running": "実施中", "closed": "終了", "carried_over": "次の計画へ引き継ぎ"}
CADENCES: Mapping[str, str] = {"monthly": "毎月", "quarterly": "3か月ごと", "never": "求めない"}
NO_OWNER = "担当者がいません"
BLANK = "（元の文書で空白）"

NO_STATUS = "状況を1つ選んでください。"
SAY_WHY = "「要対応」のときは、困っていることを書いてください。デジタル推進室が支援を考えます。"
AS_OF_MISSING = "値を書いたときは、いつ時点の値かも入れてください。"
AS_OF_UNREADABLE = "日付として読めません。2026-11-30 の形で入れてください。"
AS_OF_IN_FUTURE = "今日より先の日付です。値を確かめた日を入れてください。"
OUT_OF_RANGE = "0 以上の値を入れてください。"


def too_long(limit: int) -> str:
    """A text of the form is too long."""
    return f"{limit}文字以内にしてください。"


def not_a_number(unit: str) -> str:
    """A KPI value that is no number."""
    example = f"「412」か「412{unit}」" if unit else "「412」"
    return f"数として読めません。{example}のように入れてください。"


def wrong_unit(unit: str, written: str) -> str:
    """A KPI value in another unit."""
    wanted = f"「{unit}」です" if unit else "ありません"
    return (
        f"単位は{wanted}。「{written}」を「{unit}」での値に直してください。"
        if unit
        else (f"単位は{wanted}。「{written}」を消してください。")
    )


def split_line(line: str) -> str:
    """A line of the split by 課 that cannot be read."""
    return f"「{line}」を読めません。1行に1つ「課の名前: 値」の形で書いてください。"


def split_twice(name: str) -> str:
    """A 課 stands twice in the split."""
    return f"「{name}」が2回あります。1つにまとめてください。"


def split_differs(total: str, value: str) -> str:
    """The split by 課 does not add up."""
    return f"内訳の合計は{total}で、値の{value}と合いません。どちらかを直してください。"


def unknown_departments(names: str) -> str:
    """The split names 課 that are not in the directory."""
    return f"職員名簿にない課があります: {names}。名前を確かめてください。"


REPORT_TITLE = "進捗を報告する"
REPORT_STATUS = "状況"
REPORT_VALUE = "KPIの値"
REPORT_AS_OF = "いつ時点の値か"
REPORT_SPLIT = "課ごとの内訳（任意）"
REPORT_SPLIT_HINT = "1行に1つ「課の名前: 値」の形で書きます。合計が上の値になるようにしてください。"
REPORT_DONE = "したこと"
REPORT_NEXT = "次にすること"
REPORT_BLOCKED = "困っていること"
REPORT_BLOCKED_HINT = "なければ空のままで構いません。「要対応」のときは必ず書いてください。"
REPORT_SUBMIT = "報告する"


def report_intro(title: str, last: str) -> str:
    """What the form is about."""
    return f"「{title}」の今の様子を報告します。{last}"


def last_report(day: str, status: str) -> str:
    """What the last report said."""
    return f"前回は{day}の「{status}」でした。"


FIRST_REPORT = "はじめての報告です。"


def value_hint(name: str, target: str) -> str:
    """What the value is."""
    return f"{name}。{target}" if target else name


def target(year: str, value: str) -> str:
    """A year's target."""
    return f"{year}度末の目標は{value}です。"


REPORTED_TITLE = "報告を受け付けました"


def reported(title: str, status: str, due: str) -> str:
    """A report was kept."""
    return f"「{title}」は「{status}」で受け付けました。次の報告は{due}までです。週のはじめの「DX推進だより」に載ります。"


def unchanged(title: str, status: str, due: str) -> str:
    """「変化なし」 was kept."""
    return f"「{title}」は「{status}」のまま変化なしで受け付けました。次の報告は{due}までです。"


NOTHING_BEFORE = "前の報告がないため「変化なし」にはできません。はじめの報告をお願いします。"
OVERTAKEN = "ほかの方が先に報告しました。内容を確かめ、足りないことがあれば、もう一度報告してください。"
NOT_YOURS = "この取組の報告は、{owner}のDX推進リーダーか所属長、またはデジタル推進室ができます。"
NOT_FOUND = "その取組は見つかりませんでした。取組の一覧から選び直してください。"
NOT_OPEN = "この取組は終わっているため、報告は要りません。"

LIST_TITLE = "取組の進捗"
LIST_NONE = "進捗を管理している取組はありません。"
LIST_INTRO = "報告は「報告する」から。値と様子が前と同じなら「変化なし」を押してください。"
LIST_CAPTION = "取組の状況"
LIST_COLUMNS = ("取組", "状況", "目標", "報告値", "時点", "担当")
HISTORY_TITLE = "「{title}」の経過"
HISTORY_NONE = "まだ報告はありません。"
HISTORY_CAPTION = "報告の履歴（新しい順）"
HISTORY_COLUMNS = ("報告日", "状況", "値（時点）", "報告の内容")
HISTORY = "経過を見る"
SPLIT_CAPTION = "課ごとの内訳（{day}時点）"
SPLIT_COLUMNS = ("課", "値")
FIRST = "はじめの報告"
SAME = "変化なし"
SAME_STATUS = "状況は前回と同じ"
CHART_ALT = "{name}の推移。{first}から{last}へ。"


def status_changed(old: str, new: str) -> str:
    """The status changed from the report before."""
    return f"{old} → {new}"


def told(name: str, text: str) -> str:
    """What a report says under one head."""
    return f"{name}: {text}"


def dated(value: str, day: str) -> str:
    """A value and the day it counts for."""
    return f"{value}（{day}）" if day else value


def entry_label(title: str) -> str:
    """A button that reports on an initiative."""
    return f"報告: {title}"


def same_label(title: str) -> str:
    """A button that says that nothing changed."""
    return f"変化なし: {title}"


# Importing ------------------------------------------------------------------------------------------------

FILE_NO_LIST = "「initiatives:」の下に、取組を並べて書いてください。"


def file_problem(name: str, line: int, text: str) -> str:
    """A mistake in a file of initiatives."""
    return f"{name} の {line} 行目: {text}"


def id_twice(id_: str) -> str:
    """Two initiatives of one id."""
    return f"id「{id_}」が2回あります。別の id にしてください。"


def follows_unknown(id_: str) -> str:
    """An initiative carries on one that is not there."""
    return f"引き継ぎ元（follows）の id「{id_}」がありません。"


# Entering an initiative ------------------------------------------------------------------------------------

ENTER_NEW = "新しい取組を加える"
ENTER_CHANGE = "内容を変える"
ENTER_INTRO = "計画の取組を1つ登録します。担当は課で書きます。人の名前は書かないでください。"
CHANGE_INTRO = "変えたところだけ直してください。前の内容と変えた理由は、記録に残ります。"
ENTER_TITLE = "取組の名前"
ENTER_PLAN = "計画の名前"
ENTER_EDITION = "版（例: 令和9年4月）"
ENTER_OWNER = "担当の課"
ENTER_OWNER_HINT = "職員名簿にある課の名前を書きます。"
ENTER_STARTS = "始まり"
ENTER_ENDS = "終わり（決まっていなければ空）"
ENTER_FOLLOWS = "どの取組を引き継ぐか（なければ選ばない）"
ENTER_KPI = "KPIの名前（なければ空）"
ENTER_UNIT = "KPIの単位（例: 手続）"
ENTER_EACH_YEAR = "年度ごとの目標の数え方"
EACH_YEAR: Mapping[str, str] = {
    "no": "その年度末までの合計の値",
    "yes": "その年度だけの値（年度を足していく）",
}
ENTER_TARGETS = "年度ごとの目標"
TARGET_FORM = "「令和9年度: 120」の形で書いてください"
ENTER_TARGETS_HINT = "1行に1つ「令和9年度: 120」の形で書きます。数値がない年度は「数値なし」と書きます。"
ENTER_STEPS_HINT = (
    "1行に1つ「2027-12-10 転出届の受付開始」の形で書きます。日が決まっていなければ「令和9年度 転出届の受付開始」、"
    "済んだら後ろに「（済 2027-12-08）」を付けます。"
)
STEP_FORM = "「2027-12-10 転出届の受付開始」の形で書いてください"
ENTER_REASON = "変える理由（記録に残ります）"
ENTER_SUBMIT = "登録する"
FIELD_MISSING = "ここを埋めてください。"
DAY_UNREADABLE = "日付として読めません。2027-04-01 の形で入れてください。"
ENDS_BEFORE = "終わりが、始まりより前です。"
YEAR_TWICE = "同じ年度が2回あります。1つにまとめてください。"
KPI_NAME_MISSING = "単位か目標を書いたときは、KPIの名前も書いてください。"
OWNER_UNKNOWN = "「{owner}」は、職員名簿にありません。課の名前を確かめてください。"
ENTERED_NEW = "「{title}」を加えました。"
ENTERED = "「{title}」を変えました。"
ENTERED_NOTHING = "「{title}」は、変わったところがありません。"
ENTERED_NOBODY = "{owner}に{role}も所属長もいないため、報告のお願いはデジタル推進室に届きます。職員名簿を確かめてください。"
ENTERED_CARRIED = "「{title}」は「次の計画へ引き継ぎ」にしました。"


def split_target(value: str, split: str) -> str:
    """A target and what each 課 has of it."""
    return f"{value}（{split}）"


def of_plan(title: str, plan: str) -> str:
    """An initiative and the plan it belongs to."""
    return f"{title}（{plan}）"


def step_done_line(day: str) -> str:
    """When a step was done, as it is typed."""
    return f"（済 {day}）"


def line_problem(line: str, problem: str) -> str:
    """A line that cannot be read."""
    return f"「{line}」: {problem.rstrip('。')}。"


# Requests -------------------------------------------------------------------------------------------------

DONE = "「{title}」を、{department}の分は済みとして受け付けました。"
DONE_BEFORE = "「{title}」は、もう済みになっています。"
NO_ASSIGNMENT = "その依頼は見つかりませんでした。取り下げられたのかもしれません。"
NOT_YOUR_ASSIGNMENT = "「{title}」は、あなたの課あての依頼ではありません。"
ASSIGN_TITLE = "依頼・照会を出す"
ASSIGN_NAME = "件名"
ASSIGN_TEXT = "内容（任意）"
ASSIGN_DUE = "期限"
ASSIGN_TO = "あて先の課（選ばなければ、すべての課）"
ASSIGN_SUBMIT = "依頼する"
ASSIGNED = "「{title}」を依頼しました（{count}課、期限{due}）。次の「DX推進だより」で、各課のDX推進リーダーに届きます。"
ASSIGN_NAME_MISSING = "件名を80文字以内で書いてください。"
ASSIGN_DUE_WRONG = "期限は、今日か先の日付を 2026-11-30 の形で入れてください。"
ASSIGN_UNKNOWN = "職員名簿にない課です: {names}"

# The sample plan ------------------------------------------------------------------------------------------

DEMO_PLAN = "【見本】次のDX推進計画"
DEMO_EDITION = "見本"
DEMO_DONE = "【見本】担当課と手順を確かめました。"
DEMO_NEXT = "【見本】次の月に試行します。"
DEMO_BLOCKED = "決済端末の納期が2か月遅れています"
DEMO_ASSIGNMENTS = (
    (
        "terminals",
        "テレワーク端末の必要台数の回答",
        1,
        "課で来年度に使う台数を、共有フォルダーの表に入れてください。",
    ),
    ("forms", "紙の申請書の一覧の確認", 8, ""),
)
DEMO_MILESTONES = (
    ("online", "転出届のオンライン受付の開始", 13),
    ("writing", "書かない窓口の2か所目の開設", 20),
)
DEMO_COUNT = "見本の取組 {count} 件の進捗と、依頼・照会を入れました。"

# Pages ----------------------------------------------------------------------------------------------------

PAGE_TITLE = "取組"
PAGE_RUNNING = "実施中の取組"
PAGE_UNDECIDED = "計画期間が終わり、続けるかが決まっていない取組"
PAGE_UNDECIDED_NOTE = (
    "終えるか、次の計画の取組へ引き継ぐかを決めると、この一覧から消えます。決めるまで、報告は求めません。"
)
PAGE_COMING = "これから始まる取組"
PAGE_PAST = "終わった取組"
PAGE_NONE = "ありません。"
PAGE_KPI = "KPI"
PAGE_TARGET = "目標"
PAGE_NO_NUMBER = "数値なし"
PAGE_MILESTONES = "工程表"
PAGE_OWNER = "担当"
PAGE_CADENCE = "報告の間隔"
PAGE_PLAN = "計画"
PAGE_ROLE = "報告する役割"
NO_DATE = "期限なし"
PAGE_ADDED = "新しく加わりました"
PAGE_SAME = "内容は変わっていません"
PAGE_STATE = "扱い"
PAGE_FOLLOWS = "引き継いだ取組"
PAGE_SUCCESSOR = "引き継いだ先"
PAGE_PERIOD = "期間"
PAGE_LAST = "{day}時点（最後の報告）"
PAGE_AS_OF = "{day}時点"
PAGE_CHANGES = "取組そのものの変更"
PAGE_DECIDE = "この取組をどうするか"
PAGE_CLOSE = "終える"
PAGE_CARRY = "次の計画へ引き継いだことにする"
PAGE_REOPEN = "実施中に戻す"
PAGE_REASON = "理由（記録に残ります）"
PAGE_REASON_MISSING = "理由を書いてください。"
PAGE_REASON_LONG = "理由は{most}字までで書いてください。"
PAGE_DECIDED = "記録しました。"
PAGE_OVERTAKEN = "ほかの方が先に変更しました。内容を確かめて、もう一度選んでください。"
PAGE_EDITIONS = "計画の版で変わったところ"
REQUESTS = "依頼・照会"
REQUESTS_NONE = "出している依頼はありません。"
REQUESTS_COLUMNS = ("件名", "期限", "済んだ課", "まだの課")
REQUEST_WITHDRAW = "取り下げる"
ALL_DONE = "すべて済み"
SINCE = "{first} ～ {last}"
NO_END = "終わりは未定"


def step_name(text: str) -> str:
    """A step of the 工程表 whose date changed."""
    return f"工程表「{text}」"


def step_done(day: str) -> str:
    """When a step was done."""
    return f"（{day}に済み）"


def done_of(done: int, asked: int) -> str:
    """How many 課 have done it."""
    return f"{done}／{asked}"


def change_told(name: str, old: str, new: str) -> str:
    """A change of one thing."""
    return f"{name}: {old or 'なし'} → {new or 'なし'}"


def steps(count: int) -> str:
    """How many steps a 工程表 has."""
    return f"{count}項目"


DIFFERENCE_TITLE = "題"
SAME_AS_BEFORE = "変わったところはありません"


EDITION_CLOSED = "終えた取組"
EDITION_CARRIED = "引き継いだ取組"
EDITION_JOINED = "新しく加わった取組"
EDITION_WAITING = "まだ決まっていない取組"

IMPORT = "取組（KPI、工程表、担当課）を YAML から取り込みます。"
IMPORT_DRY_RUN = "確かめるだけで、取り込みません。"
IMPORT_DONE = "取組を取り込みました（追加 {added}、変更 {changed}、同じ {same}）。"
IMPORT_WOULD = "取り込むと、追加 {added}、変更 {changed}、同じ {same} です。確かめただけです。取り込むには --dry-run を外してください。"
IMPORT_GAP = "{owner}に{role}も所属長もいないため、「{title}」の報告のお願いはデジタル推進室に届きます。課の名前と職員名簿を確かめてください。"
BEFORE = "始まる前"
IMPORT_REASON = "{name} の取り込み"
CLI = "計画の取組を取り込み、今の様子を表示します。"
CLI_LIST = "取組の今の様子を表示します。"
CLI_LINE = "{id}　{title}　{status}　{owner}"
