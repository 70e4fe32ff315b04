"""What the knowledge pages say."""

from __future__ import annotations

# 一覧
KNOWLEDGE = "知識"
SEARCH_LABEL = "記事を探す"
SEARCH_HINT = "題、別名、読み、質問、担当課、id のどれかに含まれる言葉"
SEARCH = "探す"
NO_ENTRIES = "当てはまる記事はありません。言葉を変えて探すか、新しい記事を提案してください。"
NEW = "新しい記事を書く"
PROPOSALS = "提案と確認"
TO_LIST = "記事の一覧へ"
SKIP = "本文へ移動"
NO_OWNER = "担当課の指定なし"

# 記事
EDITORIAL = "説明（編集できる文章）"
OFFICIAL = "原文（文書のとおり。編集できません）"
NO_TEXT = "説明の文章はありません。原文だけでお答えします。"
DELETED = "この記事は削除されていて、答えには使われません。履歴から元に戻せます。"
DELETED_BESIDE_OFFICIAL = "説明は削除されていて、原文だけでお答えします。履歴から元に戻せます。"
DELETED_TITLE = "削除した記事"
READING = "読み"
ALIASES = "別名・略語"
QUESTIONS = "この記事で答える質問"
OWNER = "担当課"
REVIEW = "見直しの日"
REVIEW_OVERDUE = "見直しの日を過ぎています。内容を確かめて、見直しの日を直してください。"
OPENNESS = "案内できる範囲"
VISIBLE_TO = "見られる人"
STEPS = "手順"
NEEDS = "必要なもの"
DEADLINE = "期限"
VALID = "使う期間"
NONE = "なし"
VERSION = "版"
UNEDITED = "取り込んだまま（編集されていません）"
EDIT = "編集する"
HISTORY = "履歴を見る"
SOURCE_CHANGED = "取り込み元が変わりました"
SOURCE_CHANGED_TEXT = (
    "この記事が編集されたあとに、もとのファイルが取り込み直されました。いまは編集した内容で答えています。"
    "取り込み元の変更点は次のとおりです。"
)
SOURCE_GONE = "取り込み元から、この記事がなくなりました。"
MERGE = "両方の変更を合わせて編集する"
KEEP_EDIT = (
    "内容を確かめてから、編集した内容のままでよいときも、編集画面で保存してください。この知らせが消えます。"
)
PROPOSE_PHRASING = "言い方を提案する"
PHRASING_LABEL = "この記事で答えてほしい質問"
PHRASING_HINT = "例: 在宅で働くときの申込みは？（200字まで）。担当課かデジタル推進室が承認すると使われます。"
SEND_PROPOSAL = "提案を送る"
DELETE = "この記事を削除する"
DELETE_TEXT = "削除すると答えに使われなくなります。あとで履歴から元に戻せます。"
DELETE_BUTTON = "削除する"

# 編集
REASON = "変更の理由"
REASON_HINT = "履歴に残ります。例: 申請先の変更"
SAVE = "保存する"
CANCEL = "やめて記事に戻る"
THEIRS = "いま保存されている内容"
THEIRS_EMPTY = "（空）"
DIFFERENCE = "保存されている内容と、下の欄の内容との違い"
MENDED_FORM = "直してから承認する"

PROCEDURE_FIELDS = "手続の欄"
MORE_FIELDS = "くわしい設定（出典など）"

# 新しい記事
NEW_TITLE = "新しい記事"
NEW_TEXT = "送った提案は、担当課かデジタル推進室が承認すると答えに使われます。結果はお知らせします。"
KIND = "種類"
STEPS_OF_PROCEDURE = "手順や必要なものを書いたときは、「手続」を選んでください。"
PROPOSAL_HINTS = {
    "body": "段落は空の行で区切ります。手続は、手順を書けば本文がなくてもかまいません。",
    "steps": "手続のときに書きます。1行に1つ、行う順に",
    "needs": "手続のときに書きます。1行に1つ。様式は、名前のあとに空白とアドレス（https://…）を書けます。",
}
PUBLISH = "すぐに公開する"
PUBLISH_HINT = "公開できるのは、デジタル推進室と、担当課のDX推進リーダー・所属長です。"

# 履歴
HISTORY_TITLE = "履歴"
NO_HISTORY = "まだ編集されていません。"
NEWEST = "いまの版"
REVERT = "この版に戻す"
REVERT_SOURCE = "取り込み元の内容に戻す"
REVERT_SOURCE_TEXT = "編集をやめて、取り込んだファイルの内容で答えます。履歴は残ります。"
NO_DIFFERENCE = "文章の違いはありません。"
WHY = "理由"
SIDE_MARKS = {"same": " ", "removed": "－", "added": "＋"}
SIDE_NAMES = {"same": "", "removed": "削除", "added": "追加"}

BACK_TO_IT = "開き直す"
REVISED_CHANGES = "新しい版の原文の変わったところ"
REVISED_LIST_TITLE = "新しい版の原文に合っていない説明"
REVISED_LIST_TEXT = (
    "原文が新しい版になったため、答えに出していない説明です。開いて、原文の変わったところを確かめてください。"
)

# 提案
WAITING_TITLE = "承認を待っている提案"
NO_WAITING = "承認を待っている提案はありません。"
DECIDED_TITLE = "処理した提案"
CHANGED_TITLE = "取り込み元が変わった記事"
CHANGED_TEXT = "編集したあとに取り込み元が変わった記事です。開いて、どちらの内容にするか決めてください。"
PROPOSED_BY = "提案した人"
PROPOSED_AT = "提案した日時"
FROM = "もとになったもの"
PROPOSAL_REASON = "提案の理由"
CHANGES_TITLE = "承認すると変わるところ"
APPROVE = "承認する"
APPROVE_HINT = "承認すると、すぐに答えに使われます。"
WORD = "提案した人への一言（なくてもかまいません）"
REJECT = "却下する"
REJECT_REASON = "却下の理由（提案した人に伝えます）"
DECIDED_BY = "処理した人"
DECISION = "理由・一言"
TARGET_GONE = "もとの記事がなくなっているため、承認できません。却下するか、記事を元に戻してください。"
OPEN_ARTICLE = "いまの記事を見る"

_KINDS = {
    "term": "用語",
    "initiative": "取組",
    "section": "節",
    "role": "役割",
    "procedure": "手続",
    "faq": "よくある質問",
    "decision": "DX推進本部会議の決定",
}
_CHANGES = {
    "edited": "編集",
    "approved": "提案の承認",
    "rolled_back": "前の版に戻した",
    "deleted": "削除",
    "returned": "取り込み元の内容に戻した",
}
_ORIGINS = {
    "person": "職員の提案",
    "inquiry": "担当への質問",
    "feedback": "答えへの評価",
    "manual": "取り込んだ手引",
}
_DONE = {
    "saved": "第{number}版として保存しました。数秒のうちに答えに使われます。",
    "back": "第{number}版として元に戻しました。数秒のうちに答えに使われます。",
    "approved": "提案を承認し、第{number}版として保存しました。数秒のうちに答えに使われます。",
    "rejected": "提案を却下し、理由を提案した人に知らせます。",
    "proposed": "提案を送りました。承認されるまでは答えに使われません。結果はお知らせします。",
}


PHRASING_LENGTH = "質問を1～200字で書いてください。提案は送っていません。"


def revised(written_for: str, newest: str) -> str:
    """An explanation is left out, for the official text it was written to is another by now."""
    return (
        f"この説明は{written_for}の原文に添えたものです。原文が{newest}で変わったため、説明を答えに出していません。"
        f"説明を直し、「出典の版」を「{newest}」にして保存すると、また答えに出ます。"
    )


def kind(value: str) -> str:
    """What a kind of article is called."""
    return _KINDS[value]


def change(value: str) -> str:
    """What made a version."""
    return _CHANGES[value]


def origin(value: str) -> str:
    """What a proposal came from."""
    return _ORIGINS[value]


def proposal_kind(*, phrasing: bool) -> str:
    """Whether a proposal is a phrasing or an article."""
    return "言い方の追加" if phrasing else "記事"


def done(code: str) -> str:
    """What was just done, as `what-number`; empty for anything else."""
    if code in _DONE and "{" not in _DONE[code]:
        return _DONE[code]
    what, _, number = code.partition("-")
    text = _DONE.get(what, "")
    return text.format(number=number) if "{" in text and number.isdecimal() and len(number) < 10 else ""


def edit_title(title: str) -> str:
    """The heading of the edit form."""
    return f"「{title}」の編集" if title else "記事の編集"


def history_title(title: str) -> str:
    """The heading of the history."""
    return f"「{title}」の履歴"


def version(number: int) -> str:
    """A version by its number."""
    return f"第{number}版"


def valid(first: str, last: str) -> str:
    """The days a procedure holds; an open end is left out."""
    return f"{first}～{last}"


def found(total: int) -> str:
    """How many articles were found."""
    return f"{total:,} 件"


def to_decide(count: int) -> str:
    """How many proposals wait."""
    return f"提案と確認（承認待ち {count} 件）" if count else "提案と確認"
