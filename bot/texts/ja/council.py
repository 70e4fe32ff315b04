"""The page for the council and DX推進本部会議, in 公用文."""

from __future__ import annotations

import re

OFFICE = "デジタル推進室"
TITLE = "DX推進に係る取組の進捗状況について"
OPENING = "　このことについて、{day}現在の状況を、下記のとおり報告します。"
SUMMARY = "１　概況"
EACH = "２　取組ごとの状況"
STUCK = "３　課題となっている事項"
COMING = "４　今後の予定（４週間以内）"
NOTE = "（注）「未報告」は、報告の期限を過ぎて新しい報告がないものである。値は、各取組の担当課が報告した時点のものである。"
END = "以上"
COLUMNS = ("取組", "状況", "今年度の目標", "報告値", "時点", "前回から", "担当課")
NOTHING = "進捗を管理している取組はありません"
DASH = "―"
_MARKS = re.compile("[🟢🟡🔴⚪]")


def date_line(day: str) -> str:
    """The date at the head."""
    return day


def without_marks(text: str) -> str:
    """The words without their colours."""
    return _MARKS.sub("", text).replace("　", "、")


def summary(told: str) -> str:
    """How the initiatives stand in all."""
    return f"　取組の状況は、{told}である。（単位：件）"


def unreported(titles: str) -> str:
    """Which are not reported."""
    return f"　期限までに報告のない取組は、{titles}である。"


def stuck(title: str, text: str) -> str:
    """What an initiative is stuck with."""
    return f"{title}：{text}"


def coming(day: str, text: str) -> str:
    """A date to come."""
    return f"{day}　{text}"


def item(number: int, text: str) -> str:
    """One entry of a list."""
    return f"　({number}) {text}"
