"""What the weekly digest says, when it says nothing, and what is told about sending it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

NAME = "DX推進だより"
WEEKDAYS = "月火水木金土日"


def title(year: int, number: int, day: date) -> str:
    """The head of an issue."""
    return f"{NAME} {year}年第{number}週 {short_day(day)}"


def preview_title(head: str) -> str:
    """The head of a preview."""
    return f"【下見】{head}"


def short_day(day: date) -> str:
    """A day of this or the next months, e.g. 11月30日（月）."""
    return f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


TASKS = "今週すること"
NO_TASKS = "あなたの課に、今週の期限はありません。"
STATUS = "取組の状況"
DEADLINES = "4週間以内の期限"
SURVEYS = "回答をお願いしている調査"
QUESTIONS = "職員からの質問"
ARTICLES = "新しい・変わった記事"
TRAININGS = "研修"
MORE = "もっと見る"
OVERDUE = "【期限を過ぎています】"
TODAY = "【今日まで】"


def task(title: str, when: str, told: str) -> str:
    """One thing to do, and below it what exactly is asked."""
    head = f"{title}　{when}".rstrip("　")
    return f"{head}\n　　{told}" if told else head


def until(day: date) -> str:
    """A deadline."""
    return f"{short_day(day)}まで"


REPORT_TASK = "「{title}」の進捗の報告"
INQUIRY_TASK = "質問への回答「{title}」"
MORE_TASKS = "ほかに{count}件あります（「もっと見る」）。"
OWN_BROKEN = "あなたの課の分を読み取れませんでした。デジタル推進室に知らせてあります。"
BROKEN = "次の欄を読み取れませんでした: {names}。デジタル推進室に知らせてあります。"
SECTIONS: Mapping[str, str] = {
    "initiatives": STATUS,
    "deadlines": DEADLINES,
    "surveys": SURVEYS,
    "questions": QUESTIONS,
    "articles": ARTICLES,
    "trainings": TRAININGS,
}


def counts(on_track: int, at_risk: int, off_track: int, unreported: int) -> str:
    """How many initiatives stand how; a colour is only shown where there is one."""
    told = (("🟢順調", on_track), ("🟡遅れ気味", at_risk), ("🔴要対応", off_track), ("⚪未報告", unreported))
    return "　".join(f"{name} {count}" for name, count in told if count)


def undecided(count: int) -> str:
    """Initiatives whose period is over."""
    return f"計画期間が終わり、続けるかが決まっていない取組が{count}件あります。"


NO_INITIATIVES = "進捗を管理している取組はありません。"
UNREPORTED = "⚪未報告"
NOBODY = "担当者がいません（{owner}）"
CHANGED = "前回は{old}"
NO_CHANGE = "増減なし"


def line(mark: str, title: str, rest: str) -> str:
    """One initiative."""
    return f"{mark} {title}" + (f"：{rest}" if rest else "")


def value(value: str, target: str, as_of: str, change: str, spark: str) -> str:
    """The KPI in one line."""
    of = f"／目標 {target}" if target else ""
    told = "、".join(filter(None, [as_of, change]))
    return f"{value}{of}" + (f"（{told}）" if told else "") + (f" {spark}" if spark else "")


def day_alone(day: date) -> str:
    """A date in a column that says what it is."""
    return f"{day.month}月{day.day}日"


def as_of(day: date) -> str:
    """The date of a value."""
    return f"{day.month}月{day.day}日時点"


def change(difference: str) -> str:
    """The change from the report before."""
    return f"前回から{difference}"


def last_reported(day: date, status: str) -> str:
    """What was said last, of something that is not reported now."""
    return f"最後の報告は{day.month}月{day.day}日の「{status}」"


LAST_ONE = "{day}（最後の報告）"
NEVER_REPORTED = "まだ報告がありません"


def blocked(text: str) -> str:
    """What the owner is stuck with."""
    return f"困りごと: {text}"


def survey(title: str, answered: int, asked: int, closes: str) -> str:
    """How many answered a survey."""
    return f"{title}: {answered:,}／{asked:,}人が回答{closes}"


def own_responses(name: str, answered: int, asked: int) -> str:
    """How many of one's own 課 answered."""
    return f"{name}は{answered}／{asked}人"


def closes(day: date) -> str:
    """Until when."""
    return f"（{short_day(day)}まで）"


FORWARD_LABEL = "課内へ転送する文"


def forward(titles: str, closes: str) -> str:
    """The text a leader may forward; it says that answering is voluntary."""
    return f"「{titles}」の調査が行われています{closes}。回答は任意です。答えなくても不利益はなく、だれが答えたかを所属に知らせることはありません。"


def dated_step(day: date, title: str, step: str) -> str:
    """A step of an initiative and its day."""
    return f"{short_day(day)} {title}: {step}"


def question(text: str, askers: int) -> str:
    """A question asked by several people; without a number where few asked and デジタル推進室 tells it."""
    return f"「{text}」（{askers}人以上が質問）" if askers else f"「{text}」"


UNANSWERED = "まだ答えがない質問: {question}"
ANSWERED = "よく聞かれた質問: {question}"
NEW = "新しい記事"
CHANGED_ARTICLE = "変わった記事"
CASE = "AI・RPAの事例"


def decision(day: date | None) -> str:
    """What a decision is called."""
    return "DX推進本部会議の決定" + (f"（{day.month}月{day.day}日）" if day else "")


def article(kind: str, title: str) -> str:
    """An article that is new or changed."""
    return f"{kind}: {title}"


def moment(day: date, begins: str) -> str:
    """When a training begins."""
    return f"{short_day(day)}{begins}"


def training(when: str, title: str, place: str, left: int | None, apply: str) -> str:
    """A training to come: when, what, where, the seats left, and how one applies."""
    seats = "" if left is None else f"残り{left}席"
    told = "、".join(filter(None, [place, seats]))
    return f"{when} {title}" + (f"（{told}）" if told else "") + (f" 申込み: {apply}" if apply else "")


QUIET = "今週の期限と新しいお知らせはありません。"


def quiet(told: str) -> str:
    """A week without anything due: one line."""
    return QUIET + (f"取組: {told}" if told else "")


DONE_LABEL = "済: {title}"
REPORT_LABEL = "報告: {title}"
SAME_LABEL = "変化なし: {title}"
INQUIRY_LABEL = "回答: {title}"
READ_LABEL = "読む: {title}"

TABLE_CAPTION = "すべての取組"
TABLE_COLUMNS = ("取組", "状況", "報告値／目標", "時点", "前回から", "担当")
COURSES = "報告値の推移"
COURSE = "{title}は、{count}回の報告で{first}から{last}になりました"


def turn(back: int) -> str:
    """Which report a value is of, counted back from the newest."""
    return "最新" if not back else "前回" if back == 1 else f"{back}回前"


NO_ISSUE = "その週の「DX推進だより」はありません。"
WEB = "この号は、Webの画面「DX推進だより」（/digests/{week}）でも見られます。"

# Settings of a reader -------------------------------------------------------------------------------------

SETTINGS_TITLE = "DX推進だよりの受け取り方"
SETTINGS_INTRO = "週のはじめの営業日に届きます。今週の分をもう送ったあとの変更は、次の号からです。"
SETTINGS_TIME = "届く時刻"
SETTINGS_TIME_HINT = "{start}から{end}までの時刻を 8:45 の形で入れてください。"
SETTINGS_TIME_WRONG = "{start}から{end}までの時刻を 8:45 の形で入れてください。"
SETTINGS_PLACE = "届く場所"
SETTINGS_PLACE_DM = "自分あてのメッセージ"
SETTINGS_PLACE_CHANNEL = "Slackのチャンネル"
SETTINGS_CHANNEL = "チャンネルのID（チャンネルに届けるとき）"
SETTINGS_CHANNEL_HINT = "C で始まるIDです。ボットをそのチャンネルに招待しておいてください。"
SETTINGS_CHANNEL_WRONG = "C か G で始まるチャンネルのIDを入れてください。チャンネルの名前では届きません。"
SETTINGS_PAUSE = "休み（この日まで届けない）"
SETTINGS_PAUSE_HINT = "空にすると、休みません。"
SETTINGS_PAUSE_WRONG = "日付を 2026-12-28 の形で入れてください。"
SETTINGS_SUBMIT = "この内容で受け取る"
SETTINGS_LABEL = "受け取り方を変える"


def settings_kept(at: str, place: str, paused: str) -> str:
    """A reader's settings were kept."""
    return f"{at}に、{place}へ届けます。{paused}"


PAUSED = "{day}までは休みます。"

# Nudges, summaries, alerts --------------------------------------------------------------------------------

NUDGE_TITLE = "取組の進捗の報告をお願いします"
NUDGE = "次の「DX推進だより」（{day}）に載せます。1分ほどで終わります。前と変わりがなければ「変化なし」を押すだけで構いません。"
NUDGE_ITEM = "「{title}」（{when}）"
NUDGE_DUE = "期限 {day}"
NUDGE_NOBODY = "{owner}に担当者（DX推進リーダー・所属長）がいないため、デジタル推進室に届けています。職員名簿を確かめてください。"
SUMMARY_TITLE = "取組の月のまとめ（{month}月）"
SUMMARY_CITY = "市全体の取組"
SUMMARY_OWN = "あなたの課が担当する取組"
SUMMARY_DUE = "あなたの課の取組の、4週間以内の期限"
SUMMARY_ASSIGNMENTS = "あなたの課の依頼・照会"
SUMMARY_DONE = "{month}月に期限のあった{asked}件のうち、{done}件が済んでいます。"
SUMMARY_NO_LEADER = "{department}にDX推進リーダーがいません。だよりと報告のお願いを受け取る人を決め、デジタル推進室に知らせてください。"
SUMMARY_OPEN = "{title}（{day}まで、まだです）"
SUMMARY_NONE = "あなたの課に、担当の取組と残っている依頼はありません。"
ALERT_TITLE = "「DX推進だより」が届いていません"
UNREAD_TITLE = "「DX推進だより」で読み取れなかったものがあります"
ALERT_NO_ISSUE = (
    "{week}の号が、10時を過ぎても作られていません。`dxbot worker` が動いているかを確かめてください。"
)
ALERT_WAITING = "{week}の号のうち{count}通が、10時を過ぎてもまだ送られていません。`dxbot doctor` の「送信待ち」の行を見てください。"
ALERT_UNREAD = (
    "{week}の号で、{count}人のリーダーの分を読み取れませんでした。ほかの人には届いています。"
    "記録（ログ）で理由を確かめ、直してください。まだ届いていない人には、直したあとに届きます。"
)
ALERT_MISSING = "{week}の号が、{count}人のリーダーにまだ作られていません。`dxbot worker` の記録（ログ）で理由を確かめてください。"
ALERT_BROKEN = "{week}の号で読み取れなかったものがあります（{names}）。記録（ログ）で理由を確かめてください。"

# Command line ---------------------------------------------------------------------------------------------

CLI = "DX推進だよりを下見し、送ります。"
CLI_PREVIEW = "DXリーダーに届く内容を表示します。"
CLI_SEND = "その週の分を送信待ちに入れます。もう送った分は変わりません。"
CLI_COUNCIL = "議会・本部会議用の1枚を Word で書き出します。"
CLI_WEEK = "ISO の週（2026-W48）。省くと今の週です。"
CLI_PERSON = "職員番号。省くと、preview ははじめの1人、send は全員です。"
CLI_JSON = "JSON で表示します。"
CLI_OUT = "書き出すファイル（.docx）。"
CLI_SENT = "{week}: 送信待ちに入れました {put} 通、前に入れた分 {held} 通、休み {paused} 人、読み取れず {broken} 人。"
CLI_NOT_THIS_WEEK = "送れるのは、今の週（{week}）の分だけです。preview なら、ほかの週も見られます。"
CLI_WRONG_WEEK = "「{week}」という週はありません。2026-W48 の形で指定してください。"
CLI_NO_READER = "職員番号「{person}」のDX推進リーダーは、職員名簿にいません。"
CLI_NO_READERS = "DX推進リーダーが職員名簿に1人もいません。`dxbot directory import` で登録してください。"
CLI_COUNCIL_DONE = "{path} に書き出しました。"

# Pages ----------------------------------------------------------------------------------------------------

PREVIEW = "下見する"
PREVIEW_INTRO = "リーダーに届く内容を、送る前に確かめます。今の週（{week}）は{day}に届きます。"
PREVIEW_PERSON = "だれの分を見るか"
PREVIEW_WEEK = "週"
PREVIEW_OF = "{name}さんに届く内容"
PREVIEW_BUTTONS = "付くボタン: "
COUNCIL = "議会・本部会議用の1枚（Word）"
ISSUES = "これまでの号"
NO_ISSUES = "まだ1号も出ていません。"
