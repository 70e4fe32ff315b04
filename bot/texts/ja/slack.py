"""What the bot says on Slack only."""

from __future__ import annotations

PRODUCT = "DX相談ボット"
BUTTON = "選ぶ"
OPEN_FORM = "入力画面を開く"
NOTHING_TO_SAY = "お伝えする内容がありません。言葉を変えて、もう一度お尋ねください。"
CUT_OFF = "長いため、続きを省きました。全部は、もとの画面か出典の文書をご覧ください。"
WARNING_MARK = "【注意】"
VERBATIM = "原文"
FAILED = (
    "処理の途中で問題が起きたため、お答えできませんでした。少し待ってから、もう一度お試しください。"
    "続くときはデジタル推進室へお知らせください。"
)


def source(cite: str, heading: str, edition: str) -> str:
    """Where an answer comes from, in one line."""
    place = " ".join(filter(None, [cite, heading]))
    return f"出典: {place}（{edition}）" if edition else f"出典: {place}"


SUBMIT = "送信する"
CLOSE = "閉じる"
CHOOSE = "選んでください"
TOO_LATE = (
    "時間がかかり、入力画面を開けませんでした。下のボタンで開けます。入力が済んでいた分は残っています。"
)
PROCESSING = "処理中です。終わると、この画面に結果が出ます。画面を閉じても、処理は続きます。"
TAKEN_ALREADY = (
    "この入力は、すでに受け付けています。結果は先の画面か、ボットからのメッセージでご確認ください。"
    "どちらにも出ないときは、もう一度入力してください。"
)


def field_error(label: str, error: str) -> str:
    """One wrong field of a form, told above it."""
    return f"{WARNING_MARK}{label}: {error}"


HOME_TITLE = "DX相談ボット"
HOME_INTRO = (
    "DX推進計画の用語や取組について、ふだんの言葉でお尋ねください。根拠になる文書の場所を添えてお答えします。"
)
HOME_LABEL = "質問"
HOME_PLACEHOLDER = "例：BPRとは何ですか（Enterで送信）"
HOME_INDEX = "用語の索引"


def index_row(row: str, left_out: int) -> str:
    """The heading of one row of the index; `left_out` terms of it are not shown."""
    name = f"{row}行" if row else "英字・その他"
    return f"{name}（ほか{left_out}語は、言葉を入力して調べてください）" if left_out else name


def option_group(number: int) -> str:
    """The heading of a hundred options."""
    return f"{(number - 1) * 100 + 1}番目から"


APP_DESCRIPTION = "庁内のDXの言葉と計画を、出典といっしょにお答えします。"
APP_LONG_DESCRIPTION = (
    "DX推進計画の用語や取組について、ふだんの言葉で質問できます。答えには、根拠になる文書の場所を必ず添えます。"
    "書かれていないことは「記載がありません」とお伝えし、担当の課をご案内します。生成AIは使いません。"
    "質問は市のサーバーの中だけで調べ、ほかのサービスへは送りません。"
    "ダイレクトメッセージ、メンション、/dx コマンド、メッセージのショートカット「この言葉の意味」、アプリのホームから使えます。"
)
COMMAND_DESCRIPTION = "DXの言葉と計画を調べます（返事はあなただけに見えます）"
COMMAND_HINT = "RPAとは何ですか ／ 用語 BPR ／ 使いかた"
SHORTCUT = "この言葉の意味"
SHORTCUT_DESCRIPTION = "メッセージに出てくるDXの用語を説明します"

SCOPE_MENTIONS = "チャンネルでの @メンションを受け取る"
SCOPE_CHANNELS = "ボットのいる公開チャンネルで、自分の返事が届いたかを確かめる"
SCOPE_WRITE = "返事を書き込む"
SCOPE_COMMANDS = "/dx コマンドとショートカットを受け取る"
SCOPE_FILES = "グラフの画像を返事に添える"
SCOPE_GROUPS = "ボットのいる非公開チャンネルで、自分の返事が届いたかを確かめる"
SCOPE_DIRECT = "ボットへのダイレクトメッセージを受け取る"
SCOPE_OPEN = "ボットからダイレクトメッセージを始める"
SCOPE_USERS = "質問した人を知る"
SCOPE_EMAIL = "職員名簿とメールアドレスで照らし合わせる"

MANIFEST = "Slack のアプリの設定（マニフェスト）を表示します。"
MANIFEST_URL = "このサーバーのアドレス（https://…）。省くと Socket Mode の設定になります。"
MANIFEST_BAD_URL = (
    "--url は https://bot.example.jp のように、https:// とサーバーの名前だけで指定してください。"
    "サーバーを外から呼べないときは、--url を付けずに Socket Mode を使ってください。"
)

DOCTOR_MISSING = "{missing} がありません。設定に加えてください。"
DOCTOR_NO_WAY_IN = "SLACK_SIGNING_SECRET がありません。設定に加えてください（Socket Mode なら SLACK_APP_TOKEN でも構いません）。"
DOCTOR_SIGNED_IN = "ワークスペース「{team}」に {user} として入れます。"
DOCTOR_SCOPE = "権限 {scope}（{purpose}）がありません。Slack のアプリの設定で加え、入れ直してください。"
DOCTOR_HTTP = "HTTP で受けます。Slack のアプリの設定の Request URL が、このサーバーの {path} を指しているか確かめてください。"
DOCTOR_SOCKET = "Socket Mode で受けられます。"
DOCTOR_REFUSED = "Slack が {setting} を受け付けません（{code}）。値を確かめ、違うときは発行し直してください。"
DOCTOR_UNREACHABLE = "{host} につながりません（{reason}）。通信の許可とプロキシを確かめてください。"
