"""What the visualization of skills says."""

from __future__ import annotations

from collections.abc import Sequence

TITLE = "技量の見える化"
INTRO = "自己評価の集計です。締切後に公表した値だけを表示します。人事評価・昇任・異動の判断には使いません。"
NO_ROUND = "公表された自己評価の回が、まだありません。回が締め切られると、集計がここに出ます。"
ROUND = "回"
CHANGE = "表示する"
WHOLE = "全庁"
MAP_BY_DIVISION = "部ごとの、目標に届いている人の割合（%）"
MAP_OF = "{name}の課ごとの、目標に届いている人の割合（%）"
MAP_OF_OWN = "目標に届いている人の割合（%）"
SEE_ALL = "すべての部と課を見る"
AREA = "分野"
EVERY_AREA = "すべて"
BACK = "部ごとの表へ戻る"
UNIT = "部・課"
LEGEND = "数字は、目標（一般の職員に求める段階）に届いている人の割合（%）。○×で確かめるスキルは、正答の割合。"
HIDDEN, BLANK = "秘匿", "－"
HIDDEN_LEGEND = (
    "「秘匿」は人数が少なく表示できない値、「－」は回答がない所、「*」はほかの部・課と合わせた値です。"
)
TOGETHER_MARK = "*"
ABOVE_MARK = "↑"
ABOVE_LEGEND = "「↑」は、課の値が秘匿のため、かわりに示した部の値です。"
WHOLE_OF = "{name} 全体"
PUBLICATION = "公表番号 {numbers}（{on}）"

TIERS = "区分ごとの、目標に届いている人の割合（%）"
TREND = "全庁の変化（目標に届いている人の割合、%）"
SKILL = "スキル"
LEADERS = "DX推進リーダーのいる課"
LEADERS_COLUMNS = ("部", "課の数", "いない課")
ALL_LED = "すべての課にいます"
COVERAGE = "一人でできる職員のいる課の数（段階3以上）"
COVERAGE_COLUMNS = ("スキル", "いる課", "うち1人だけの課", "回答した課")
COVERAGE_INTRO = (
    "数は幅で示します。幅の中のどこであっても、課や個人のことがわからないように、公表のときに一度だけ決めています。"
    "○×で確かめるスキルは、ここにはありません。"
)
COVERAGE_NONE = "この回では、課の数を公表していません。"
ALONE_DIVISIONS = "1人に頼っている仕事（課×スキルの数。幅で示します）"
ALONE_COLUMNS = ("部", "数")
DEMAND = "研修で次の段階に進める人（目標まで差がある人）と、これからの定員"
DEMAND_COLUMNS = ("学びかた", "進める人", "これからの定員")
DEMAND_INTRO = "公表した集計から数えています。「以上」は、人数が少なく表示できない区分を含まない数です。"
NO_SEATS = "日程なし"
NO_LIMIT = "定員なし"
NOBODY = "目標まで差がある人を、研修で数えられるものはありません。"

ALONE_TITLE = "1人に頼っている仕事（職員課だけが見られます）"
ALONE_INTRO = "その課で、段階3以上の人が1人だけのスキルです。引継ぎと研修の計画に使い、人事評価には使いません。見たことは記録されます。"
ALONE_NONE = "1人に頼っている仕事は、見つかりませんでした。"
ALONE_LIST_COLUMNS = ("課", "スキル", "職員")
SEE_ALONE = "職員の名前を見る"


def cell_said(share: int, base: int | None, median: float | None, *, together: bool) -> str:
    """A cell in words."""
    told = f"{share}%（回答 {base}人" if base is not None else f"{share}%（"
    if median is not None:
        told += f"、中央値 {median:g}"
    return told + ("、ほかと合わせた値）" if together else "）")


def between(low: int, high: int) -> str:
    """A range of numbers of 課."""
    return str(low) if low == high else f"{low}〜{high}"


def people(count: int, *, at_least: bool) -> str:
    """Whom a training could take further."""
    return f"{count}人以上" if at_least else f"{count}人"


def seats(count: int | None, *, dated: bool) -> str:
    """Seats to come."""
    if not dated:
        return NO_SEATS
    return NO_LIMIT if count is None else str(count)


def map_said(lowest: Sequence[tuple[str, float]]) -> str:
    """The map in words: the skills in which the fewest are at the target in the city."""
    low = "、".join(f"{skill} {share:g}%" for skill, share in lowest)
    return f"スキルごとの{MAP_OF_OWN}。全庁で低いもの: {low}。" if low else f"スキルごとの{MAP_OF_OWN}。"


def above_said(share: int) -> str:
    """A cell that shows the 部's share."""
    return f"課の値は秘匿。部の値は{share}%"
