"""What the bot says to people who answer a survey, and to those who run one."""

from __future__ import annotations

from collections.abc import Sequence

# 質問ごとの誤り
REQUIRED = "この質問は必ず答えてください。"
NOT_AN_OPTION = "選択肢から選び直してください。"
NOT_A_NUMBER = "数字で入力してください（例: 2.5）。"
NOT_A_DATE = "日付を 2026-11-24 の形で入力してください。"
PERSONAL_NUMBER = (
    "マイナンバーと思われる12桁の番号が含まれているため、保存していません。番号を除いて、書き直してください。"
)
STILL_IN_CHAT = {
    "slack": "入力した番号は Slack に残っていることがあります。メッセージで送った場合は削除し、情報システムの担当に知らせてください。",
    "teams": "入力した番号は Teams に残っていることがあります。メッセージで送った場合は削除し、情報システムの担当に知らせてください。",
}
UNKNOWN_FIELD = "この調査にない質問への回答が含まれていたため、保存していません。画面を開き直してください。"


def alone(label: str) -> str:
    """An exclusive option beside others."""
    return f"「{label}」は、ほかの選択肢と一緒に選べません。どちらかを外してください。"


def at_most(most: int, count: int) -> str:
    """More ticked than may be."""
    return f"{most}つまで選べます（今は{count}つ）。{count - most}つ外してください。"


def too_long(limit: int, count: int) -> str:
    """A text with more characters than fit."""
    return f"{limit}字までです（今は{count}字）。短くしてください。"


def out_of_range(least: str, most: str) -> str:
    """A number or date outside its bounds; "" where there is none."""
    if least and most:
        return f"{least}から{most}までで入力してください。"
    return f"{least}以降（以上）で入力してください。" if least else f"{most}以前（以下）で入力してください。"


def out_of_step(step: float) -> str:
    """A number between two steps."""
    return f"{step:g}きざみで入力してください。"


# 一覧
LIST_TITLE = "回答を受け付けている調査"
NONE_OPEN = "今、回答をお願いしている調査はありません。"
ANSWER, GO_ON, EDIT = "回答する", "続きから回答する", "回答を直す"
LISTED = "{title}（{until}まで、約{minutes}分）"
DONE = "回答済み"
NOT_YET = "まだ回答していません"
DRAFTED = "途中まで保存しています"
DRAFTED_AGAIN = "回答済み。直しかけを保存しています（送るまでは、前に送った回答のままです）"

# はじめの説明
START = "回答を始める"
DETAILS, DETAILS_TITLE = "取扱いをくわしく読む", "回答の取扱い（くわしい説明）"
PURPOSE, STORED, READERS, KEPT, IDENTITY, UNTIL, CONTACT, NOT_USED, DRAFTS, SHOWN = (
    "使いみち",
    "保存",
    "見る人",
    "保存する期間",
    "氏名",
    "締切",
    "問い合わせ",
    "使わないこと",
    "途中の回答",
    "集計の見せかた",
)
_DAYS_OF_A_YEAR = 365
ATTRIBUTE_NAMES = {"section": "課", "division": "部", "role": "役割"}
STORED_ANSWERS = "回答"
STORED_DIRECTORY = "{names}"
KEPT_FOR = "締切から{kept}で消します。"
KEPT_IN_FULL = "1人ずつの回答は、締切から{kept}で消します。公表した集計は残ります。"
IDENTITIES = {
    "named": "記名です。職員番号と一緒に保存し、締切の後もシステムの管理者は調べられます。集計と自由記述には、氏名を出しません。",
    "confidential": "見る人にはわかりません。システム管理者は締切まで調べられます。",
    "anonymous": "匿名です。送った後は、システムの管理者にも、だれの回答かわかりません。",
}
IDENTITIES_IN_FULL = {
    "named": "記名です。職員番号と一緒に保存し、締切の後もシステムの管理者は調べられます。集計と自由記述には、氏名を出しません。",
    "confidential": "締切までは本人が直せるように、氏名の代わりの符号で保存します。見る人には、だれの回答かがわかりません。"
    "データベースを扱うシステムの管理者には、締切までは、技術的に結び付けることができます。"
    "符号の鍵は締切のときに消します。その後は、締切より前の控え（バックアップ）がないかぎり、だれにも本人と結び付けられません。",
    "anonymous": "匿名です。回答と本人を結び付ける符号は保存しません。「回答した」という印だけを、回答と別に保存します（督促を止めるため）。"
    "システムの管理者にも、送った後の回答を本人と結び付けることはできません。"
    "ただし、部を添えて保存する調査では、受付中に同じ部で回答した人がまだ少ない間は、管理者が印と部から推測できることがあります。",
}
EDITABLE = "{until}まで直せます。"
NOT_EDITABLE = (
    "締切は{until}です。送った後は、本人でも直せません。途中保存は本人と結び付けて保存し、送ると消えます。"
)
DRAFT_NOTE = "1ページ進むごとに途中の回答を保存し、{places}から続けられます。送らなかった回答は、締切のときに消します。"
PLACES = {"web": "庁内の画面（別の端末でも）", "slack": "Slack", "teams": "Teams"}
VOLUNTARY = "回答は任意です。質問に答えなくても不利になりません。"
VOLUNTARY_HERE = "任意です。答えなくても不利になりません。"
CHAT_NOTE = {
    "slack": "回答は Slack を通ります。",
    "teams": "回答は Teams を通ります。",
}

# 個人用のリンク
LINK_TITLE = "{title}は、専用の画面で回答します"
LINK_WHY = "答えにくい内容を含むため、チャットには入力しない決まりです。下のリンクは、あなた専用です。"
LINK_KEEP = (
    "リンクを開くと、ログインなしで、締切まで回答を見たり直したりできます（匿名の調査では、送った後の回答は開きません）。"
    "ほかの人に渡さないでください。Slack や Teams の管理者がメッセージを読める設定では、管理者も開けます。"
    "気になるときは、庁内の画面の「調査」から答えてください。"
)
LINK_UNTIL = "リンクは{until}まで、何度でも開けます。"
LINK_IN_PRIVATE = "あなた専用のリンクをお渡しするため、ボットとの1対1のメッセージで「調査」と送ってください。"
OPEN_PAGE = "回答の画面を開く"
NO_ADDRESS = "専用の画面のアドレスが設定されていないため、リンクを作れません。デジタル推進室に知らせてください（DXBOT_PUBLIC_URL）。"
LINK_GONE = "このリンクは使えません。調査が締め切られたか、リンクが正しくありません。チャットで「調査」と送ると、回答できる調査を確かめられます。"

# 回答のページ
NEXT, CHECK = "次へ", "内容を確かめる"
BACK, SAVE = "戻る", "保存して閉じる"
SAVED_TITLE = "途中まで保存しました"
SAVED = "「{title}」の続きは、{until}までにここ、または「調査」の一覧から始められます。締切までに送らないと消えます。"
CONFIRM_TITLE = "この内容で送りますか"
CONFIRM_FORM = "内容がよければ送ってください"
CONFIRM_INTRO = "上のとおりに保存します。まだ送っていません。"
CHANGED_ELSEWHERE = "別の画面で回答が変わりました。今の内容を確かめてください。"
NO_WINDOW = (
    "入力の画面を出せませんでした。ここまでの回答は保存しています。続きは、下のボタンから入力してください。"
)
SEND = "この内容で送る"
NO_ANSWER = "（未回答）"
STORED_COLUMNS = ("質問", "回答")
ATTACHED = "名簿から添えるもの"

# 控え
RECEIPT_TITLE = "回答を受け付けました"
RECEIPT = "保存した内容は次のとおりです。"
RECEIPT_DELICATE = "控えは、この画面にだけ出ます。メッセージでは送りません。"
RECEIPT_APART = "回答は全部保存しましたが、長いため、ここには並べません。"
RECEIPT_APART_DELICATE = "回答は全部保存しました。答えにくい内容を含むため、メッセージには並べません。"
RECEIPT_WHERE = "保存した内容は、「回答を直す」を押すと、全部を見られます。"
RECEIPT_EDIT = "{until}まで直せます。"
ANONYMOUS_ALREADY = "「{title}」は回答済みです。匿名の調査のため、送った後は直せません。"
STALE = "もっと新しい回答が保存されているため、この回答は保存していません。今の内容は「回答を直す」で確かめられます。"
THANKS = {
    "audience": "ありがとうございました。結果は、締切の後に集計します。「結果」と送ると見られます。",
    "readers": "ありがとうございました。結果は、締切の後に集計します。",
}

# 断り
CLOSED = "「{title}」は{until}で締め切りました。この回答は保存していません。"
STILL_STANDS = "前に送った回答は、そのまま有効です。"
NOT_OPEN_YET = "「{title}」は{since}から回答できます。"
NOT_ASKED = "「{title}」の対象ではないため、回答できません。名簿の内容に心あたりがないときは、職員課へ知らせてください。"
NO_SUCH_ROUND = "この調査は見つかりません。取りやめになったときは、回答は要りません。「調査」と送ると、回答できる調査を確かめられます。"

# お知らせ
ANNOUNCE_TITLE = "調査のお願い: {title}"
ANNOUNCE = "{purpose}"
ANNOUNCE_UNTIL = "締切は{until}です。約{minutes}分で終わります。"
REMIND_TITLE = "まだ間に合います: {title}"
REMIND = "締切は{until}です。まだ回答していない方にだけ送っています。"
REMIND_LAST = "締切が近づきました（{until}まで）。まだ回答していない方にだけ送っています。"
MUTE, MUTE_ALL = "この調査の督促を止める", "すべての督促を止める"
MUTED = "この調査の督促を止めました。回答は締切までできます。"
MUTED_ALL = (
    "すべての調査の督促を止めました。新しい調査のお知らせは届きます。「調査の督促を受け取る」で元に戻せます。"
)
UNMUTED = "調査の督促を、また受け取るようにしました。"
UNMUTE = "調査の督促を受け取る"

# 回答の数
SEE_RATES = "回答の数を見る"
RATES = "調査の回答の数"
RATES_CAPTION = "{title}（{at}時点）"
RATES_COLUMNS = ("所属", "対象", "回答")
RATES_WHOLE = "合計"
RATES_NOTE = "5人未満の課がある部は、部の数にまとめています。"
RATES_ANONYMOUS = "匿名の調査のため、部までの数です。"
NO_ROUNDS = "今、開いている調査はありません。"


def stored_of(names: Sequence[str], days: int) -> str:
    """What is stored: the answers, and what the directory adds; and for how many days."""
    directory = [STORED_DIRECTORY.format(names="・".join(names))] if names else []
    return f"{'と'.join([STORED_ANSWERS, *directory])}。{KEPT_FOR.format(kept=how_long(days))}"


def how_long(days: int) -> str:
    """A number of days; in years where it is whole ones."""
    years, rest = divmod(days, _DAYS_OF_A_YEAR)
    return f"{days}日" if rest else f"{years}年"


def hidden_below(least: int, most: int) -> str:
    """Which counts results do not show; `most`: of sensitive questions."""
    sensitive = f"（答えにくい質問は{most}人未満）" if most > least else ""
    return f"{least}人未満{sensitive}の数は隠します。ほかの数から引き算でわかる数も隠します。"


def added(pairs: Sequence[tuple[str, str]]) -> str:
    """What the directory adds, as (name, value)."""
    return "、".join(f"{name}: {value}" for name, value in pairs)
