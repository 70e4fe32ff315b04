"""What is said when the knowledge or the directory changes."""

from __future__ import annotations

IMPORT_TITLE = "知識が更新されました"
IMPORT_COUNTS = "「{source}」の取り込みで、追加 {added}、変更 {changed}、削除 {removed} 項目がありました。"
IMPORT_ADDED = "追加: {title}"
IMPORT_CHANGED = "変更: {title}"
IMPORT_REMOVED = "削除: {title}"
IMPORT_MORE = "ほか {count} 項目"
IMPORT_NEXT = "内容は、項目の名前で質問すると確かめられます。心当たりがないときは、デジタル推進室の担当者に確かめてください。"
