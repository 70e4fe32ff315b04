"""What the bot says on Slack only."""

from __future__ import annotations

PRODUCT = "DX相談ボット"
BUTTON = "選ぶ"
OPEN_FORM = "入力画面を開く"
NOTHING_TO_SAY = "お伝えする内容がありません。言葉を変えて、もう一度お尋ねください。"
CUT_OFF = "長いため、続きを省きました。出典の文書をご覧ください。"
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
