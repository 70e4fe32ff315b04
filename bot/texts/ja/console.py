"""What the staff console says."""

from __future__ import annotations

# 枠
CONSOLE = "コンソール"
SECTIONS = "コンソールの項目"
SKIP = "本文へ移動"
NOT_ALLOWED = "この操作はできません"
NOTHING_THERE = "見つかりません"
BACK = "コンソールへ戻る"

# 項目
OVERVIEW = "はじめに"
KNOWLEDGE = "知識"
PEOPLE = "職員"
AUDIT = "監査"
HEALTH = "点検"

# はじめに
OVERVIEW_TITLE = "{name}さんの仕事"
ROLES_HERE = "あなたの役割"
WAITING = "対応を待っているもの"
NOTHING_WAITING = "いま対応を待っているものはありません。"
PLACES = "使えるページ"
PROPOSALS_WAITING = "承認を待っている提案"
INQUIRIES_WAITING = "回答を待っている質問"
FAILURES = "届かなかった知らせ（7日間）"
DOUBTFUL = "届いたか分からない知らせ"
UNIT = "件"

# 点検
HEALTH_TITLE = "動いている様子"
HEALTH_CAPTION = "いまの数"
HEALTH_NAME = "項目"
HEALTH_VALUE = "値"
HEALTH_ARTICLES = "答えに使える項目"
HEALTH_PEOPLE = "登録のある職員"
HEALTH_QUEUED = "送信を待っている知らせ"
HEALTH_SENT = "届けた知らせ"
HEALTH_DOUBTFUL = "届いたか分からない知らせ"
HEALTH_SESSIONS = "サインイン中の画面"
HEALTH_ALL_READY = "データベース、知識、窓口は使えます。"
HEALTH_NOT_READY = "まだ使えないものがあります:"
HEALTH_FAILURES = "届かなかった知らせ（7日間）"
HEALTH_NO_FAILURES = "届かなかった知らせはありません。"
HEALTH_DOCTOR = "くわしい点検は、サーバーで dxbot doctor を実行してください。"

# はじめに: それぞれのページで何ができるか
ABOUT = {
    "/console/skills": "部と課の集計、区分ごとの目標、研修の希望",
    "/skills": "自分の段階、目標、次の一歩",
    "/knowledge": "記事を探す、直す、提案する",
    "/console/people": "職員の検索、名簿の取り込み、役割",
    "/console/audit": "だれがいつ何を見たか、変えたか",
    "/console/surveys": "調査を開く、督促する、締め切る、休んでいる人の一覧",
    "/initiatives": "取組の進捗を見る、報告する",
    "/digests": "「DX推進だより」を読み返す、下見する",
    "/requests": "各課への依頼と、済んだ課",
    "/outbox": "届いたか分からない知らせの始末",
    "/console/health": "動いている様子と、届かなかった知らせ",
}
