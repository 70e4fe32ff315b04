"""What the local chat's pages say."""

from __future__ import annotations

PRODUCT = "DX相談ボット"
BOT_SAYS = "DX相談ボットの返事"
YOU_SAY = "あなたの質問"
SKIP_TO_INPUT = "質問の入力欄へ移動"
NEXT_PAGE = "次のページ"
PREVIOUS_PAGE = "前のページ"
LOG_LABEL = "相談のやりとり"

INPUT_LABEL = "質問"
INPUT_PLACEHOLDER = "例：BPRとは何ですか"
INPUT_HINT = "Enterで送信、Shift＋Enterで改行"
INPUT_EMPTY = "質問を入力してから送信してください。"
SEND = "送信"
THINKING = "考えています"

STARTERS_LABEL = "質問の例"

SWITCH_LABEL = "利用者を切り替える"
SWITCH_NOTE = "試用のための架空の職員です。切り替えると、画面のやりとりは消えます。"
SWITCH_CURRENT = "いま選択中"
GUEST = "未登録の職員"
GUEST_NOTE = "職員名簿にない人として相談します"

CONSOLE = "コンソール"
SECTIONS = "コンソールの項目"
MENU = "メニュー"
SKIP = "本文へ移動"
ACCOUNT = "サインイン中の職員"
SIGN_OUT = "サインアウト"
INBOX = "お知らせ"
INBOX_EMPTY = "お知らせはまだありません。届くと、ここに新しい順に並びます。"
INBOX_GUEST = "未登録の職員にはお知らせは届きません。利用者を切り替えるとご覧になれます。"
BACK_TO_CHAT = "相談へ戻る"

SOURCE = "出典"
VERBATIM = "原文"
CHART_DATA = "グラフの数値を見る"
ACTIONS_LABEL = "つぎにできること"
REQUIRED = "必須"
FORM_ERRORS = "入力を確かめてください。赤い印の項目を直すと送信できます。"

FAILED = "うまく送れませんでした。通信の状態を確かめて、もう一度お試しください。"
RETRY = "もう一度送る"
NEEDS_SCRIPT = "この画面を使うには、ブラウザーのJavaScriptを有効にしてください。"

ERROR_TITLES = {
    400: "内容を読み取れませんでした",
    401: "サインインが必要です",
    403: "この場所からは開けません",
    404: "ページが見つかりません",
    405: "この操作はできません",
    409: "先にほかの人が変更しました",
    413: "内容が大きすぎます",
    415: "送信の形式が違います",
    500: "処理の途中で問題が起きました",
}
ERROR_TEXTS = {
    400: "送られた内容に読み取れないところがあります。画面を開き直して、もう一度お試しください。",
    401: "サインインしてから時間がたったため、もう一度サインインが必要です。画面を開き直してください。",
    403: "この画面は、プログラムが動いているパソコン自身のブラウザーで "
    "http://127.0.0.1 または http://localhost から開いてください。"
    "ほかの機械から使うには、管理する人が DXBOT_PUBLIC_URL（https://…）を設定します（docs/install-lan.md）。",
    404: "アドレスが変わったか、ページがありません。相談の画面からお進みください。",
    405: "相談の画面を開き直して、もう一度お試しください。",
    409: "画面を開き直して、いまの内容を確かめてから、もう一度お試しください。",
    413: "一度に送れるのは1MBまでです。内容を短く分けて、もう一度お送りください。",
    415: "相談の画面を開き直して、もう一度お送りください。",
    500: "記録を残しました。少し待ってから、もう一度お試しください。続くときはデジタル推進室へお知らせください。",
}
ELSEWHERE = "この画面は {address} から開いてください。アドレスの名前が違うか、https でないときは開けません。"
CROSS_SITE = "ほかのサイトからの操作は受け付けていません。相談の画面を開き直してください。"
UNKNOWN_PERSON = "選べる利用者ではありません。相談の画面の一覧から選び直してください。"


def greeting(name: str) -> str:
    """The chat's first line, to a person by name or to someone unknown (empty name)."""
    return f"{name}さん、こんにちは。" if name else "こんにちは。"


GREETING_TEXT = (
    "DX推進計画の用語や取組について、ふだんの言葉でお尋ねください。"
    "根拠になる文書の場所を添えてお答えします。書かれていないことは、分からないとお伝えします。"
)


def inbox_count(count: int, more: bool) -> str:
    """How many messages wait, for screen readers."""
    return f"{count}件以上" if more else f"{count}件"


def delivered(when: str) -> str:
    """When a message was delivered."""
    return f"{when} に届きました"
