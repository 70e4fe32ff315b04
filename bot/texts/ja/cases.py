"""What is said of AI・RPA事例."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

STAGES = {"candidate": "候補", "running": "実施", "verified": "効果検証済み"}
TOOLS = {
    "rpa": "RPA",
    "ai": "AI",
    "no_code": "ノーコード",
    "spreadsheet": "表計算の自動化",
    "other": "その他の道具",
}
CONTACTS = ("DX推進リーダー", "所属長", "業務の担当")

DOCUMENT = "AI・RPA事例"
WORK, STAGE, BUILT, EFFECT, LINK, CONTACT = "業務", "段階", "作ったもの", "効果", "コード・手順", "問合せ先"
START_WANTED = "実施の段階では、始めた日を入れてください。"
HOURS_WANTED = "効果検証済みにするには、前と後の時間の両方を入れてください。"

REGISTER = "AI・RPA事例を登録"
REGISTER_INTRO = "課で自動化した（する）業務を登録します。デジタル推進室が確かめると、ほかの課から検索できるようになります。"
UPDATE = "AI・RPA事例を更新"
SEND = "登録する"
SENT_TITLE = "事例を受け付けました"
SENT = "デジタル推進室が確かめたあと、検索できるようになり、時間の集計に入ります。結果はお知らせします。"
LIST = "AI・RPA事例"
NONE_YET = "承認された事例は、まだありません。課で自動化した業務があれば、登録してください。"
KPI = "AI・RPA等の活用は毎年5業務以上（計画のKPI）。時間は、効果検証済みで承認された事例の年間の合計です。"
MORE_THERE = "ほかにもあります。業務の名前で質問すると見つかります（例: 「議事録の事例は？」）。"
NOT_YOURS = "この事例は、登録した課の人が更新できます。その課に更新を頼んでください。"
GONE = "この事例は見つかりません。「AI・RPA事例」の一覧から選び直してください。"
NO_DEPARTMENT = (
    "課が分からないため、登録できません。職員の一覧に自分が載っているか、デジタル推進室に確かめてください。"
)

LABELS = {
    "work": "業務の名前",
    "tool": "使った道具",
    "stage": "段階",
    "started_on": "始めた日（候補なら空のまま）",
    "hours_before": "前の時間（年間・時間）",
    "hours_after": "後の時間（年間・時間）",
    "built": "作ったもの・工夫したこと",
    "link": "コードや手順の置き場所",
    "contact": "問合せ先",
}
HINTS = {
    "work": "例: 会議録の作成。人の名前は書かないでください。",
    "hours_before": "1回の時間×年間の回数。分からなければ空のまま。",
    "built": "ほかの課が同じものを作れるように書くと喜ばれます。",
    "link": "庁内の共有フォルダーやページの場所。",
}
PERSONAL_NUMBER = "マイナンバーらしい数字があります。消してから送ってください。"
NOT_A_NUMBER = "0以上の数字で入れてください（例: 120）。"
NOT_A_DATE = "日付で入れてください（例: 2026-11-24）。"
FUTURE = "これからの日です。始めた日を入れてください。"
EMPTY = "入れてください。"
TOO_LONG = "{limit} 文字までにしてください。"
CHOOSE = "選んでください。"


def sent_before(text: str) -> str:
    """Beside a field that somebody else filled in otherwise, and sent first."""
    return f"ほかの人が先に「{text or '空'}」と送りました。どちらにするか決めて、もう一度「登録する」を押してください。"


def title(work: str, tool: str) -> str:
    """The article's title."""
    return f"{work}の{tool}事例"


def questions(work: str, tool: str) -> Iterator[str]:
    """How staff may ask for it."""
    yield f"{work}を{tool}で自動化した課はありますか"
    yield f"{work}の自動化の事例"


def work_line(department: str, work: str, tool: str) -> str:
    """What was done where."""
    return f"{department}が、{work}に{tool}を使っています。"


def stage_line(stage: str, started_on: date | None) -> str:
    """How far it is."""
    since = f"（{started_on.year}年{started_on.month}月から）" if started_on else ""
    return f"{stage}{since}"


def effect(before: float, after: float) -> str:
    """Hours a year, before and after."""
    saved = before - after
    outcome = f"{saved:g}時間の削減" if saved >= 0 else f"{-saved:g}時間の増加"
    return f"年間{before:g}時間が{after:g}時間になりました（{outcome}）。"


def contact_line(department: str, contact: str) -> str:
    """Whom to ask: a role of the 課."""
    return f"{department}の{contact}"


def counted(year: str, works: int, hours: float) -> str:
    """The running count."""
    return f"{year}年度は{works}業務、年間{hours:g}時間の削減です。"


def list_row(department: str, stage: str, saved: float | None) -> str:
    """What the list says beside a title."""
    effect_told = f"、年間{saved:g}時間の削減" if saved is not None and saved > 0 else ""
    return f"{department}、{stage}{effect_told}"
