"""What is said when the directory changes."""

from __future__ import annotations

IMPORT_TITLE = "職員の登録が更新されました"
IMPORT_COUNTS = "追加 {joined} 人、変更 {changed} 人、いなくなった人 {left} 人です。"
IMPORT_NEXT = "心当たりがないときは、デジタル推進室の担当者に確かめてください。"
