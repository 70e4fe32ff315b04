"""What the bot says in Teams only, and what its installation says."""

from __future__ import annotations

APP_NAME = "DX相談ボット"
APP_FULL_NAME = "DX相談ボット（庁内DXの言葉と計画の相談窓口）"
APP_SHORT = "DXの言葉と計画を、出典といっしょにお答えします。"
APP_DESCRIPTION = (
    "DX推進計画の用語や取組について、ふだんの言葉で質問できます。答えには、根拠になる文書の場所を必ず添えます。"
    "書かれていないことは「記載がありません」とお伝えし、担当の課をご案内します。質問は市のサーバーで調べ、"
    "Teams のほかのサービスへは送りません。"
)
APP_DEVELOPER = "デジタル推進室"
COMMAND_HELP = ("使いかた", "質問のしかたと例を表示します")
SEARCH_TITLE = "用語を調べる"
SEARCH_DESCRIPTION = "DXの用語を調べて、説明のカードを会話に貼ります"
SEARCH_PARAMETER = "調べたい用語"
MEANING_TITLE = "この言葉の意味"
MEANING_DESCRIPTION = "メッセージに出てくるDXの用語を、自分だけに説明します"
SEARCH_PARAMETER_DESCRIPTION = "例: BPR、テレワーク"

WELCOME_TITLE = "DX相談ボットです"
WELCOME = "DX推進計画の用語や取組について、ふだんの言葉でお尋ねください。答えには出典を付けます。"
WELCOME_CHANNEL = "このチャネルでは、@DX相談ボット に続けて質問してください。このスレッドの中でお答えします。"
WELCOME_EXAMPLES = "例えば、次のように聞けます。"

SOURCE = "出典"
READ_ON = "もっと読む"
CUT = "長いため、ここまでを表示しています。続きは、チャットで同じことを質問してご覧ください。"
REQUIRED = "{label}を入力してください。"
CHOOSE = "選んでください"
DIALOG_TITLE = "DX相談ボット"
FAILED = "処理の途中で問題が起きました。記録を残しました。少し待ってから、もう一度お試しください。"
SEARCH_EMPTY = "調べたい用語を入力してください。"
SEARCH_RESTRICTED = (
    "この言葉の記事は、見られる人が限られているため貼れません。ボットとの個人チャットで聞いてください。"
)
SEARCH_NOTHING = "当てはまる用語がありません。別の言葉で調べてください。"
UNREADABLE_PRESS = "ボタンの内容を読み取れませんでした。質問をもう一度入力してください。"

DOCTOR_PLAYGROUND = "試用モード（TEAMS_PLAYGROUND=1）です。認証をしないため、本番では外してください。"
DOCTOR_MISSING = "{missing} がありません。docs/install-teams.md の手順で設定してください。"
DOCTOR_LOGIN = "送信用のトークンを受け取れました。"
DOCTOR_NO_LOGIN = (
    "送信用のトークンを受け取れません（{reason}）。TEAMS_APP_ID、TEAMS_APP_PASSWORD、"
    "TEAMS_APP_TENANT_ID の値を確かめてください。"
)
DOCTOR_NO_IDENTITY = (
    "送信用のトークンを受け取れません（{reason}）。TEAMS_APP_ID の値と、"
    "そのマネージド ID がこのサーバーに割り当てられているかを確かめてください（宛先: {host}）。"
)
DOCTOR_KEYS = "受信を確かめるための鍵を{count}個受け取れました。"
DOCTOR_NO_KEYS = "受信を確かめるための鍵を受け取れません（{reason}）。{host} への通信を確かめてください。"

PACKAGE = "Teams のアプリ パッケージ（zip）を書き出します。"
PACKAGE_SITE = "市のWebサイトのアドレス（https://…）。アプリの説明に載ります。"
PACKAGE_WRITTEN = (
    "{path} に書き出しました（アプリID {app_id}、版 {version}）。Teams 管理センターから追加してください。"
)
PACKAGE_SITE_NOTE = (
    "市のアドレスの代わりに例のアドレスを入れました。--site https://… で指定して作り直してください。"
)
PACKAGE_NO_ID = "TEAMS_APP_ID がありません。Azure Bot のアプリIDを設定してから、もう一度実行してください。"
PACKAGE_BAD_ID = "TEAMS_APP_ID は 00000000-0000-0000-0000-000000000000 の形で設定してください。"
PACKAGE_BAD_SITE = "--site には https:// で始まるアドレスを書いてください。"
PACKAGE_NOT_WRITTEN = "ファイル {path} に書き込めません。場所と権限を確かめてください。"
NO_HISTORY = "Teamsでは、送ったものを読み返せないため"
