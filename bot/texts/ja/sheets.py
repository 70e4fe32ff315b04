"""What stands in files for spreadsheets, and what is said when one cannot be written."""

from __future__ import annotations

PRODUCT = "DX相談ボット"
HIDDEN = "秘匿"
TOGETHER = "合算"
UNFIT_TITLE = (
    "シフト JIS（CP932）にない文字があるため、書き出していません。"
    "UTF-8 で書き出すか、〓に置き換えて書き出すことを選んでください。"
)
UNFIT = "{row}行目「{column}」: {character}（{code}）"
MORE_UNFIT = "ほかに {count} 文字あります。"
TOO_MANY_ROWS = "Excel の1枚の表に入る行数（1,048,576行）を超えます。CSV で書き出してください。"
TOO_LONG = "シート「{sheet}」のセル {cell} の文が、Excel のセルに入る長さ（32,767文字）を超えます。元の文を短くしてください。"
NOT_WRITTEN = (
    "Excel ファイルを書けませんでした。もう一度お試しください。続くときは CSV で書き出してください。"
)
