"""What my page, the plan, sharing and the finder say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

TITLE = "わたしの技量"
NOT_USED = "育成計画のための自己評価です。人事評価・昇任・異動の判断には使いません。"
NOT_YET = "自己評価がまだありません。はじめは5分ほどかかります。途中で保存でき、2回目からは、前回の答えから変わったものだけを直せば済みます。"
NOT_YET_NO_ROUND = "自己評価がまだありません。次の回が始まると、お知らせします。"
ASSESS = "自己評価をする"
REFRESH = "今の段階を見直す"
SEE_PLAN = "次の一歩を見る"
SEE_PAGE = "すべてのスキルをブラウザーで見る"
SHARE = "所属長に見せる"
UNSHARE = "所属長に見せるのをやめる"
BARS = "今の段階と目標（0から4）"
NOW_LEVEL = "今の段階"
SKILL, BAR, NOW, TARGET = "スキル", "段階", "今", "目標"
GAPS = "目標との差が大きいもの"
CHANGED = "前回からの変化"
NO_GAPS = "答えたスキルは、すべて目標に届いています。ほかの職員に教える側にまわると喜ばれます。"
SHARED = "所属長に見せています。いつでもやめられます。"
COMMENTS = "所属長から"
WITHOUT = {"not_my_work": "担当業務にない", "declined": "答えたくない", "": "未回答"}

PLAN_TITLE = "次の一歩"
PLAN_INTRO = "目標まで、この順に進めるのがおすすめです。前提になるものから並べています。"
PLAN_OWN = "自分の計画です。終わったら「済」を押してください。"
PLAN_ACCEPT = "この計画で進める"
PLAN_AGAIN = "計画を作り直す"
PLAN_ACCEPTED = "計画に入れました。終わったものから「済」を押してください。"
PLAN_NOTHING = "目標までの差がないため、計画に入れるものはありません。"
PLAN_MISSING = "学びかたの一覧に、まだ方法がないもの（デジタル推進室に相談してください）"
PLAN_ALL_DONE = "計画はすべて済みました。自己評価を見直すと、次の一歩が分かります。"
TICKED = "「{title}」を済にしました。"
UNTICKED = "「{title}」を、まだに戻しました。"
NOT_IN_PLAN = "この項目は計画にありません。「次の一歩を見る」から選び直してください。"
DONE = "済"
GONE_RESOURCE = "一覧からなくなった学びかた"
KINDS = {
    "course": "庁内研修",
    "online": "eラーニング",
    "reading": "資料",
    "practice": "自分の仕事で",
    "shadow": "できる人と",
}

REFRESH_TITLE = "変わりありませんか"
REFRESH_INTRO = "前回の答えです。変わったスキルだけを選んでください。変わりがなければ、そのまま「変わりありません」を押してください。"
REFRESH_WHICH = "変わったスキル"
REFRESH_NEXT = "選んだものを直す"
REFRESH_SAME = "変わりありません"
REFRESH_NONE = "変わったスキルを選ぶか、「変わりありません」を押してください。"
REFRESH_FORM = "今の段階を選んでください"
REFRESH_SAVE = "保存する"
REFRESHED = "今の段階を保存しました。"
KEPT_SAME = "変わりなしとして記録しました。"
CHOOSE = "どれか1つを選んでください。"

SHARE_DONE = "所属長が、あなたの段階と目標を見られるようになりました。ひとことをもらえることがあります。"
UNSHARE_DONE = "所属長からは見えなくなりました。所属長のひとことも消しました。"
TEAM_TITLE = "見せてくれている職員"
TEAM_NONE = "段階を見せている職員は、今はいません。見せるかどうかは、本人が決めます。"
NOT_SHARED = "この職員は、段階を見せていません。見せるかどうかは、本人が決めます。"
COMMENT = "ひとことを送る"
COMMENT_LABEL = "ひとこと（段階をつけ直すことはできません）"
COMMENT_SEND = "送る"
COMMENT_SENT = "ひとことを送りました。本人の「わたしの技量」に出ます。"
COMMENT_EMPTY = "ひとことを入れてください。"
COMMENT_LONG = "1000文字までにしてください。"
COMMENT_TOLD = "所属長から、技量についてひとことが届きました。"
PERSONAL_NUMBER = "マイナンバーらしい数字があります。消してから送ってください。"

EXPERTS = "詳しい人を探す"
EXPERT_ASK = "何に詳しい人を探しますか"
EXPERT_FIND = "探す"
EXPERT_NONE = "「{word}」に詳しいと名乗っている職員は、まだいません。デジタル推進室に相談してください。"
EXPERT_FOUND = "「{word}」について、相談を受けてもよいという職員です。"
EXPERT_OFFER = "相談を受ける人として名乗る"
EXPERT_OFFER_INTRO = (
    "選んだスキルとひとことが、全職員の検索に出ます。段階は出ませんが、そのスキルに詳しいことは全職員に分かります。"
    "ひとことには、選んだスキルのことだけを書いてください。いつでもやめられます。"
)
EXPERT_SKILLS = "相談を受けるスキル"
EXPERT_WORDS = "ひとこと（例: 帳票の自動化。火曜以外ならいつでも）"
EXPERT_SAVE = "名乗る"
EXPERT_STOP = "名乗るのをやめる"
EXPERT_SAVED = "検索に出るようにしました。ありがとうございます。"
EXPERT_WAITING = (
    "受け付けました。公表した集計と合わせても、ほかの職員の段階がわからないことを確かめてから、検索に出します。"
    "ふつうは数分です。結果をお知らせします。ひとことは、選んだスキルがすべて検索に出てから出します。"
)
EXPERT_STOPPED = "検索に出ないようにしました。"
EXPERT_CHOOSE = "スキルを1つ以上選んでください。"
EXPERT_LONG = "200文字までにしてください。"


def standing(tier: str, reached: int, rated: int, on: date) -> str:
    """Where somebody stands."""
    return f"{tier}の目標: {rated}項目のうち{reached}項目に届いています（{on.year}年{on.month}月{on.day}日の自己評価）。"


def gap(skill: str, level: str, target: str, anchor: str) -> str:
    """A gap with what the next level is about."""
    return f"{skill}: 今は「{level}」、目標は「{target}」。次の段階: {anchor}"


def moved(skill: str, by: int) -> str:
    """By how much a skill moved."""
    return f"{skill} {'＋' if by > 0 else '－'}{abs(by)}"


def step(title: str, kind: str, hours: float, gains: str) -> str:
    """A step of the way."""
    return f"{title}（{KINDS[kind]}、{hours:g}時間）: {gains}"


def gain(skill: str, level: int, to: int) -> str:
    """What a step raises."""
    return f"{skill} {level}→{to}"


def missing(skill: str, level: int, to: int) -> str:
    """What the catalogue does not lead to."""
    return f"{skill} {level}→{to}"


def plan_row(title: str, done_on: date | None) -> str:
    """A step that was taken on."""
    return f"{title}（{done_on.month}月{done_on.day}日に済）" if done_on else title


def session(title: str, at: str, place: str) -> str:
    """A coming date."""
    return f"{title}: {at}{f'、{place}' if place else ''}"


def total(steps: int, hours: float) -> str:
    """How much it is in all."""
    return f"全部で{steps}項目、{hours:g}時間ほどです。"


def of_person(name: str) -> str:
    """Whose page a 所属長 sees."""
    return f"{name}さんの技量（本人が見せているもの）"


def expert_shown(skills: Sequence[str]) -> str:
    """What somebody is found by from now on."""
    return (
        f"「{'」「'.join(skills)}」の相談を受ける人として、検索に出るようにしました。ありがとうございます。"
    )


def expert_held(skills: Sequence[str], words: str) -> str:
    """What would open a count, and that one's own words wait with it."""
    after = "ひとことも、それまで出しません。先に出したいときは、このスキルを外して名乗り直し、ひとことにも書かないでください。"
    return (
        f"「{'」「'.join(skills)}」は、公表した集計と合わせると、ほかの職員の段階が推測されるおそれがあるため、検索に出していません。"
        "次の自己評価の集計を公表したあとに、もう一度確かめてお知らせします。"
        f"{after if words else ''}"
    )


def expert(name: str, place: str, skills: str, words: str) -> str:
    """Somebody who is glad to be asked."""
    return f"{name}（{place}）: {skills}{f'。{words}' if words else ''}"


BACK_TO_CHAT = "チャットへ"
NEXT_LEVEL = "次の段階:"
LEVELS = "スキルごとの段階"
SHARING = "所属長に見せる"
SHARING_NOT = "所属長には見せていません。見せるかどうかは、自分で決められます。"
TRAININGS = "受けた研修"
CALENDAR = "研修の日程をカレンダーに入れる（.ics）"
HOURS = "時間"
OPEN = "開く"
UNDO = "まだに戻す"


def from_to(level: str, target: str) -> str:
    """Where a gap begins and ends."""
    return f"今は「{level}」、目標は「{target}」"


def bar_said(level: int | None, target: int) -> str:
    """What a bar shows, in words."""
    return f"今 {level}、目標 {target}" if level is not None else f"未回答、目標 {target}"


def bar_of(skill: str, level: int, target: int) -> str:
    """One bar of the picture, in words."""
    return f"{skill}は{level}（目標{target}）"


def all_bars(reached: int, rated: int, gaps: Sequence[str]) -> str:
    """The picture of all bars, in words."""
    far = f"差が大きいもの: {'、'.join(gaps)}。" if gaps else ""
    return f"スキルごとの今の段階と目標。{rated}項目のうち{reached}項目が目標に届いています。{far}"
