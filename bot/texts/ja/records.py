"""What the console's page of holds and proofs of deletion says."""

from __future__ import annotations

TITLE = "保存と消去"
INTRO = "期限の過ぎたデータは、自動で消えます。公文書の扱いや情報公開請求で消してはならないときは、保留を置いてください。"
HOLDS = "消去の保留"
NO_HOLDS = "保留はありません。期限の過ぎたデータは消えます。"
HELD_BY = "{by}、{at} から"
OF_ROUND = "この回だけ: {round}"
PLACED = "保留を置きました。外すまで、この種類は消えません。"
RELEASED = "保留を外しました。期限の過ぎたものは、次の定期の処理（1時間おき）で消えます。"
RELEASE = "保留を外す"
RELEASE_TEXT = "外すと、期限の過ぎたものは消えて、元に戻せません。"
SURE = "消えてもよいことを確かめました"
NOT_SURE = "外していません。消えてもよいことを確かめ、「{sure}」に印を付けてから、もう一度押してください。"
GONE = "この保留は、もう外れているか、ありません。「保存と消去」を開き直して確かめてください。"

PLACE = "保留を置く"
PLACE_TEXT = (
    "保留の間は、期限が来ても、本人の求めがあっても消えません。置いたこと、外したことは監査の記録に残ります。"
)
KIND = "データの種類"
ROUND = "調査の回（調査の回答の、1つの回だけを残すとき）"
EVERY_ROUND = "すべて"
ROUND_LINE = "{title}（{opens} から）"
REASON = "理由（{longest} 字まで）"
PLACE_BUTTON = "保留を置く"

DELETIONS = "消した記録"
DELETIONS_TEXT = "新しい順に {most} 件までです。「残り」は、消すはずだったもののうち、消したあとに数えて残っていた件数です。"
NO_DELETIONS = "まだ何も消していません。"
COLUMNS = ("日時", "種類", "わけ", "消した数", "残り", "ファイルの書き直し")
UNCLEAN = "これから（開庁時間の外）"
