"""What the 育成計画 says."""

from __future__ import annotations

TITLE = "育成計画（区分と段階ごとの人数）"
INTRO = (
    "区分ごと、段階ごとに、年度の目標の人数と実績を並べます。実績は、自己評価に答えた人のうち、締切後に公表した人数です。"
    "人事評価・昇任・異動の判断には使いません。"
)
EVERYBODY = "区分の人数（スキルを問わない）"
SHOWN_SKILL = "見るスキル"
GOAL_YEAR = "目標を決める年度"
SHOW = "表示する"
TIER, LEVEL, PEOPLE = "区分", "段階", "人数"
ACTUAL, TARGET = "実績", "目標"
HIDDEN, NOT_YET, NO_GOAL = "秘匿", "－", "－"
LEGEND = (
    "「秘匿」は人数が少なく表示できない値、「－」は公表した回や目標がない所です。"
    "○×で確かめるスキルは、段階の人数を公表しないので、ここにはありません。"
)
SET_GOALS = "{year}の目標（人）"
SET_HINT = "空欄は「目標なし」です。段階の目標は「その段階以上の人数」で書きます。"
SAVE = "目標を保存する"
SAVED = "{year}の目標を保存しました。"
GOAL_OF = "{tier}、{level}の目標"
WRONG = "保存していません。赤い字の欄を直してください。"
BACK = "技量の見える化へ"
SEE = "スキルごとに見る、目標を決める"
SEE_ONLY = "スキルごとに見る"
NOT_A_NUMBER = "人数を数字で入れてください"
NO_SUCH_SKILL = "そのスキルは育成計画にありません。一覧から選んでください。"
BAD_YEAR = "年度は {first} から {last} の間で選んでください。"

PLAN_COMMAND = "育成計画（区分と段階ごとの人数の、年度の目標と実績）を表示します。"
SKILL_OPTION = "スキルの id（省くと、区分の人数）"
JSON_OPTION = "すべてのスキルを JSON で出します。"


def too_many(most: int) -> str:
    """A goal no city has the people for."""
    return f"{most:,} 人までで入れてください"


def more_than_below(most: int) -> str:
    """More people at a level than at a lower one."""
    return f"下の段階の目標（{most} 人）より多くできません"


def fiscal(era_year: str) -> str:
    """A 年度 in our era."""
    return f"{era_year}年度"


def level_or_more(level: int, label: str) -> str:
    """A line's level."""
    return f"{level} {label} 以上" if level else PEOPLE


def of_target(actual: str, target: str) -> str:
    """Actual and target in one cell of the command line."""
    return f"{actual} / {target}"
