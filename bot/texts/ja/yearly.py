"""What the yearly check and the 引継書 say."""

from __future__ import annotations

NOTHING = "4月1日までに決めることはありません。"
TITLE = "{day} までに決めること: {count} 件"
NO_HOLDER = "役割の人がいない"
LEFT_BEHIND = "なくなる課に残る職員（行き先を名簿に書いてください）"
OWNER_GONE = "担当課がなくなる記事"
HEIR = "→ {name} が担当します"
NO_HEIR = "→ 引継先がありません。記事の担当課を直してください"
INITIATIVE_GONE = "担当課がなくなる取組"
NO_TARGET = "新しい年度の目標がない取組"
ROUND_ACROSS = "年度をまたぐ調査"
ROUND = "{title} {wave}（{until} まで）"
NO_AUDIENCE = "対象の職員がいない調査"
NO_GOALS = "新しい年度の目標がない育成計画"
NO_GOALS_OF = "{year}年度の目標を、コンソールの育成計画（/console/skills/plan）で決めてください。"
GRANT_ENDS = "終わる役割"

HANDOVER_TITLE = "DX相談ボット 引継書"
HANDOVER_MADE = "{day} に作成。設定の値、合い言葉、職員の回答は含みません。"
HANDOVER_DONE = "引継書を {path} に書きました。"
NONE = "ありません。"
NOBODY = "いません"
NO_OWNER = "担当課の指定なし"
H_ROLES = "役割の人"
H_ARTICLES = "記事の担当課と数"
H_WAITING = "対応を待っているもの"
H_PLANNED = "日付が来たら反映する異動"
H_ROUNDS = "予定と実施中の調査"
H_MESSAGES = "知らせの送信"
H_YEAR = "次の4月1日までに決めること"
H_AUDIT = "監査の記録のアンカー（作成時）"
H_CALENDAR = "年間の仕事"
HOLDER = "{role}: {names}"
OWNED = "{owner}: {count} 件"
PROPOSALS = "承認を待っている提案: {count} 件"
PLANNED = "{day} 職員番号 {person}"
MESSAGES = "送信待ち {queued} 件、届いたか分からないもの {doubtful} 件"
CALENDAR = (
    "2月: 組織改正と異動の名簿を職員課から受け取る準備をする。dxbot year-roll で決めることを挙げる。",
    "3月: 組織の表（引継先）と職員の表（発令日・退職日）を取り込み、待っている異動を確かめる。",
    "4月1日: dxbot worker が反映したことを、コンソールの「監査」と「職員」で確かめる。",
    "4月: 担当課がなくなった記事と取組の担当を直す。役割のいない課に付ける。引継書を作り直す。",
    "毎月: 控えを別の場所に移し、監査のアンカーを控える。見直しの日を過ぎた記事を直す。",
    "年1回: 控えから戻す練習をする。紙のコードを配り直す。",
)
