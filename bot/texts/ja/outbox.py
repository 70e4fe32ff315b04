"""What operators read about messages that did not arrive, or of which nobody can tell."""

from __future__ import annotations

TROUBLE_TITLE = "届かなかった・届いたか分からない知らせがあります"
TROUBLE_LINE = "{channel}: {reason}　{count}件"
TROUBLE_NEXT = "「送れなかった知らせ」で1件ずつ見て、宛先の方の画面で届いていれば「送信済みにする」、届いていなければ「再送する」を押してください。"
LIST_TITLE = "送れなかった知らせ"
LIST_NONE = "送れなかった知らせも、届いたか分からない知らせもありません。"
LIST_INTRO = "宛先の方に届いているかを確かめてから押してください。届いているのに再送すると、二重に届きます。"
LIST_CAPTION = "届かなかった・届いたか分からない知らせ（新しい順）"
LIST_COLUMNS = ("だれに", "何を", "様子", "わけ", "いつ")
LIST_MORE = "ほかに{count}件あります。"
UNCLEAR = "届いたか分からない"
FAILED = "届かなかった"
MARK = "送信済みにする: {who}"
RESEND = "再送する: {who}"
MARKED = "送信済みにしました。"
RESENT = "再送を予約しました。まもなく届きます。"
GONE = "その知らせは、ほかの方がもう片づけました。"

CLI = "送れなかった知らせと、届いたか分からない知らせを片づけます。"
CLI_LIST = "一覧を表示します。"
CLI_SETTLE = "届いていることを確かめたので、送信済みにします（キーで指定）。"
CLI_RESEND = "届いていないことを確かめたので、もう一度送ります（キーで指定）。"
CLI_LINE = "{key}　{state}　{channel} {who}　{at}　{reason}"
CLI_GONE = "「{key}」は、一覧にありません（もう片づいているか、キーの書きまちがいです）。"
CLI_SETTLED = "送信済みにしました: {key}"
CLI_RESENT = "再送を予約しました: {key}"
