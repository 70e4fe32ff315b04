"""The page for the council and DX推進本部会議, in 公用文."""

from __future__ import annotations

import re
from datetime import date

FILE = "取組の進捗"
OFFICE = "デジタル推進室"
TITLE = "DX推進に係る取組の進捗状況について"
OPENING = "　このことについて、{day}現在の状況を、下記のとおり報告します。"
HEAD = "記"
SUMMARY = "１　概況"
EACH = "２　取組ごとの状況"
STUCK = "３　課題となっている事項"
COMING = "４　今後の予定（４週間以内）"
NOTE = "（注）「未報告」は、報告の期限を過ぎても新しい報告がないもの。値は、担当課が報告した時点のもの。"
END = "以上"
COLUMNS = ("取組", "状況", "今年度の目標", "報告値", "時点", "前回から", "担当課")
NOTHING = "進捗を管理している取組なし"
DASH = "―"
_MARKS = re.compile("[🟢🟡🔴⚪]")


def date_line(day: str) -> str:
    """The date at the head."""
    return day


def without_marks(text: str) -> str:
    """The words without their colours."""
    return _MARKS.sub("", text)


def count(name: str, number: int) -> str:
    """How many stand so."""
    return f"{name} {number}件"


def summary(told: str, total: int) -> str:
    """How the initiatives stand in all."""
    return f"　{told}（計{total}件）" if total else f"　{NOTHING}"


def unreported(titles: str) -> str:
    """Which are not reported."""
    return f"　期限までに報告のない取組：{titles}"


def stuck(title: str, text: str) -> str:
    """What an initiative is stuck with."""
    return f"{title}：{text}"


def day_of_year(day: date) -> str:
    """A day of this year."""
    return f"{day.month}月{day.day}日"


def coming(day: str, text: str) -> str:
    """A date to come."""
    return f"{day}　{text.replace(': ', '：')}"


def shortened(text: str, most: int) -> str:
    """A text in one line, cut where it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def more(count: int) -> str:
    """Entries that find no room."""
    return f"　　ほか{count}件"


def item(number: int, text: str) -> str:
    """One entry of a list."""
    return f"　（{number}）{text}"
