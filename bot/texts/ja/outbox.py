"""What operators read about messages that did not arrive, or of which nobody can tell."""

from __future__ import annotations

from collections.abc import Mapping

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
GIVEN_UP = "{count}回試しましたが、答えを作れませんでした。「再送する」を押すと、もう一度質問してもらうお願いを送ります。"
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
# What a failure's own word begins with, and what it means for whoever mends it.
REASONS: Mapping[str, str] = {
    "user_not_found": "この人のアカウントがありません。退職や異動でないか、職員名簿を確かめてください",
    "users_not_found": "この人のアカウントがありません。退職や異動でないか、職員名簿を確かめてください",
    "user_disabled": "この人のアカウントは止められています。職員名簿を確かめてください",
    "account_inactive": "ボットのアカウントが止められています",
    "messages_tab_disabled": "この人はボットとの会話を止めています",
    "cannot_dm_bot": "宛先がボットです。職員名簿のつながりを確かめてください",
    "channel_not_found": "宛先の会話がありません。チャンネルのIDと、ボットを招待したかを確かめてください",
    "not_in_channel": "ボットがそのチャンネルにいません。招待してください",
    "is_archived": "宛先のチャンネルは使われなくなっています。受け取る場所を変えてもらってください",
    "the directory lacks this person": "職員名簿にいない人です",
    "the directory has no address": "職員名簿にメールアドレスがありません",
    "Slack does not vouch": "このメールアドレスの人を見つけられません。職員名簿を確かめてください",
    "no conversation with this user": "この人はまだボットを追加していません",
    "status 403": "この人はボットを止めているか、外しています",
    "status 404": "宛先の会話がもうありません",
    "no such person": "宛先の人がいません",
    "no reply": "返事が来ないまま切れました。届いたかどうかは分かりません",
    "TimeoutError": "時間内に返事が来ませんでした。届いたかどうかは分かりません",
    "Server": "返事の途中で切れました。届いたかどうかは分かりません",
    "HTTP 5": "相手の側で不具合が起きていました。届いたかどうかは分かりません",
    "status 5": "相手の側で不具合が起きていました。届いたかどうかは分かりません",
    "internal_error": "相手の側で不具合が起きていました。届いたかどうかは分かりません",
    "fatal_error": "相手の側で不具合が起きていました。届いたかどうかは分かりません",
    "the reply": "返事を読み取れませんでした。届いたかどうかは分かりません",
    "unreadable reply": "返事を読み取れませんでした。届いたかどうかは分かりません",
}


def why(reason: str) -> str:
    """A failure's own word, with what it means where that is known."""
    meaning = next((words for begin, words in REASONS.items() if reason.startswith(begin)), "")
    return f"{meaning}（{reason[:60]}）" if meaning else reason[:200]


MARK_HERE = "送信済みにする"
RESEND_HERE = "再送する"
