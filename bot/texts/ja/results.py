"""What is said about survey results."""

from __future__ import annotations

RANGE = "〜"
OR_MORE = "以上"
ANSWERS_GONE = (
    "回答の保存期間が過ぎたため、新しい集計は作れません。公表済みの表は、そのままお使いいただけます。"
)
ANOTHER_FIRST = "ほかの人が同時に集計を追加しました。結果の画面を開き直して、もう一度お試しください。"
