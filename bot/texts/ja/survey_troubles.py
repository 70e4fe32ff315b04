"""What is said of rounds whose results could not be made, and of rounds that could not open."""

from __future__ import annotations

from collections.abc import Mapping

WHY: Mapping[str, str] = {
    "refused": "集計の点検で、個人が推測されないように公表できる表がない、と分かりました。",
    "memory": "集計の途中で、サーバーのメモリーが足りなくなりました。",
    "defect": "集計の途中で、プログラムの誤りが見つかりました。",
}
KEPT = "回答は、すべて残っています。"

# 結果を見る人に
STUCK = "まだ結果を出せません。{why}{kept}デジタル推進室に知らせてあり、{when}ごろに、また自動で集計します。できしだい、ここで見られます。"

# デジタル推進室に
UNPUBLISHED_TITLE = "調査の集計ができません"
UNPUBLISHED = "「{title}」（{id}）の結果を、まだ出せません{times}。"
TO_DO: Mapping[str, str] = {
    "refused": "理由（{detail}）と調査の id を、開発の担当に伝えてください。",
    "memory": "サーバーの空きメモリーを確かめ、増やすか、ほかの処理を止めてください。",
    "defect": "調査の id（{id}）と誤りの場所（{detail}）を、開発の担当に伝えてください。",
}
AGAIN = "次は{when}に、その後も間をあけて自動で試します。直してすぐ試すときは、サーバーで `dxbot survey results {id}` を実行してください。"

# dxbot doctor、コンソール
UNPUBLISHED_WAITING = "結果を出せていない調査"
UNOPENED_WAITING = "予定の時刻に開けなかった調査"
UNOPENED = "「{title}」（{id}）は、{since}の予定でしたが、開いていません。{reason}"
UNOPENED_WORKER = "サーバーで `dxbot worker` が動いているかを確かめてください。"
UNOPENED_NEXT = "直すか、`dxbot survey drop {id}` で取り消してください。"
NONE = "滞っている調査はありません。"
ATTEMPTS = "（{count}回試しました）"
