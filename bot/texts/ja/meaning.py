"""What the bot says about the words of a message."""

from __future__ import annotations

TITLE = "このメッセージに出てくる言葉"
READ_ON = "くわしい説明は、言葉のボタンから読めます。"
NONE = "このメッセージには、説明できる用語が見つかりませんでした。知りたい言葉を入力して、お尋ねください。"
MORE = "ほかに{count}語あります。"
