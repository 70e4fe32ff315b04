"""What 「自分のデータ」 says."""

from __future__ import annotations

TITLE = "自分のデータ"
INTRO = "あなたについて、このボットに残っているものです。"
CAPTION = "残っているデータ"
COLUMNS = ("データ", "件数", "保存期間", "自分で消す")
YES, NO = "できます", "できません"
IN_PRIVATE = (
    "自分のデータは、ボットとの個別の会話で表示します。個別の会話で「自分のデータ」と送ってください。"
)
OPEN = "くわしく見る、書き出す"
EDIT = "調査の回答を直す"
SKILLS = "技量を直す"
DELETE = "自分で消す"
CORRECT = "名簿の氏名・所属・メールアドレスの誤りは、職員課へお知らせください。受付中の調査の回答は、締切まで直せます。"
FORM_TITLE = "自分のデータを消す"
FORM_INTRO = "選んだデータを消します。元には戻せません。公表した集計と、保存が決まっている記録は残ります。"
WHICH = "消すデータ"
SURE = "確かめ"
SURE_YES = "元に戻せないことが分かりました"
SUBMIT = "消す"
CHOOSE = "消すデータを1つ以上選んでください。"
CONFIRM = "消してよければ、これを選んでください。"
NOTHING = "自分で消せるデータは残っていません。"
DELETED = "消しました（{count} 件）: {titles}"
STAYS = "残るものと、そのわけ"
FAILED = "いまは消せません。デジタル推進室にお知らせください。何も消していません。"
HELD = "残すことになっているため（{reasons}）、いまは消せません。何も消していません。くわしくは、デジタル推進室にお尋ねください。"
JSON, CSV = "JSON で書き出す", "CSV で書き出す"
CSV_COLUMNS = ("データ", "場所", "内容")
WHY = "残すわけ、直しかた"
DONE = "選んだデータを消しました。"


def stays(title: str, why: str) -> str:
    """What stays, and why."""
    return f"{title}: {why}"
