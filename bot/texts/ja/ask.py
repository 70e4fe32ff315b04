"""What the bot says to a question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

EMPTY = "質問が空のようです。調べたい言葉や知りたいことを入力してください。例: 「RPAとは何ですか」"
NOTHING_READABLE = "文字として読める質問が見つかりませんでした。調べたい言葉を文字で入力してください。"
TOO_LONG = "質問が長いため、はじめの{limit}文字で調べました。短く分けて聞くと、より正確にお答えできます。"
PERSONAL_NUMBER = (
    "12桁の番号が含まれています。マイナンバーなどの個人の番号は入力しないでください。"
    "この質問は調べず、記録もしていません。番号を除いて、もう一度入力してください。"
)

OFFICIAL = "原文"
PLAIN = "やさしい説明"
PERIOD_OVER = "この計画の期間は{until}で終わっています。内容は{edition}の時点のもので、今の状況とは異なることがあります。"
BLANK = "{document}では、「{row}」の欄は空白です（記載がありません）。"
NOT_YET_VALID = "この手続は{day}から使えるものです。それより前のことは、{owner}へ確かめてください。"
NO_LONGER_VALID = "この手続の有効期間は{day}で終わっています。今の手続は、{owner}へ確かめてください。"
VALID_BETWEEN = "この手続の有効期間は、{since}から{until}までです。"
VALID_SINCE = "この手続は、{since}から使えます。終わる日は決められていません。"
VALID_UNTIL = "この手続の有効期間は、{until}までです。"
TO_REVIEW = "この手続の見直しの予定日は、{day}です。"
REVIEW_OVERDUE = (
    "この内容は、見直しの予定日（{day}）を過ぎています。最新の内容かどうか、{owner}へ確かめてください。"
)
OF_ARTICLE = "「{title}」: {said}"
FOR_CITIZENS = "市民案内可: この内容は、市民への案内に使えます。"
FOR_STAFF = "庁内限り: この内容は、市民への案内には使わないでください。"
REVISED = "「{title}」の原文が改訂されています（{edition}）。やさしい説明は前の版に合わせたものなので、お見せしていません。"
OLDER_EDITION = "これは前の版（{edition}）の内容です。今の版は{newest}です。"
EARLIER = "前の版を見る"
NEWEST = "今の版を見る"
EDITION_CHANGES = "今の版で変わったところ"
CHANGED_SINCE = "「{title}」で、{older}から{newest}に変わったところです。"
SAME_SINCE = "「{title}」に書かれていることは、{older}と{newest}で同じです。"
ONE_EDITION = "「{title}」は{document}の{newest}だけが登録されていて、前の版と比べられません。前の版のことは、担当の課にお問い合わせください。"
CHANGES_OF_WHAT = "どの項目の変わったところを知りたいですか。「○○は前の版から変わりましたか」のように、項目の名前を入れて質問してください。"
EDITION_SAME = "今の版でも、書かれていることは同じです。"
CHANGE_ADDED = "今の版で加わった: {text}"
CHANGE_REMOVED = "今の版でなくなった: {text}"
AS_OF_EDITION = "いつの数字かは書かれていません。出典は「{document}」の{edition}です。"
LOST_FIGURE = "ここには図がありましたが、取り込んだ文書に図の中身がないため、お見せできません。"

FOLLOWING = "前のお答えに続けて、「{title}」についてのご質問としてお答えしました。別のことを知りたいときは、その言葉を入れて質問してください。"

CLARIFY_TITLE = "どれについて知りたいですか"
CLARIFY = "いくつかの項目が当てはまります。近いものを選んでください。"
NONE_OF_THESE = "どれでもない"
NONE_OF_THESE_REPLY = (
    "近い項目を見つけられませんでした。別の言葉で聞き直すか、{owner}へお問い合わせください。"
)

SIDE_UNWRITTEN = "「{side}」についての記載はありません。"

UNKNOWN_TITLE = "記載が見つかりませんでした"
UNKNOWN = "ご質問への直接の記載はありません。{owner}へお問い合わせください。"
RELATED = "関連する記載: 次の記載は、ご質問への答えではありません。"
RELATED_TITLES = "関連する記載のある項目を選べます。ご質問への答えではありません。"

MORE = "もっと読む"
NOT_FOUND = "この項目は、今の知識ベースにはありません。言葉を入力して、もう一度調べてください。"

HELP_TITLE = "DX相談ボットの使いかた"
HELP = "DX推進計画の言葉や取組について、文章でそのまま質問してください。答えには必ず出典を付けます。"
HELP_EXAMPLES = (
    "「三層の対策とは何ですか」のように、言葉の意味を聞く",
    "「キャッシュレス化の目標はいつまでですか」のように、取組や期限を聞く",
    "「BPRとRPAの違いは」のように、2つの言葉を比べる",
)
HELP_UNKNOWN = "書かれていないことには「記載がありません」とお答えし、担当の課をご案内します。"
STARTERS = ("7つの重点取組項目は何ですか", "RPAとは何ですか", "テレワークの課題は何ですか", "使いかた")

UNKNOWN_ACTION = "この操作は行えませんでした。画面が古い可能性があります。質問をもう一度入力してください。"

TERM_TITLE = "用語を調べる"
TERM_EMPTY = "調べたい用語を続けて入力してください。例: 「用語 BPR」"

DEFAULT_OWNER = "デジタル推進室"


def seen_by(names: Sequence[str]) -> str:
    """Who finds a restricted article, beside its answer."""
    return f"見られる人: {'・'.join(names)}だけです。ほかの人には、この内容を転送しないでください。"


def day(on: date) -> str:
    """A day as people write it, e.g. 令和8年4月1日."""
    year = "元" if on.year == 2019 else str(on.year - 2018)
    return f"令和{year}年{on.month}月{on.day}日" if on.year >= 2019 else f"{on.year}年{on.month}月{on.day}日"
