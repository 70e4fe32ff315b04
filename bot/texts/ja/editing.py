"""What is said where articles are edited, proposed and approved."""

from __future__ import annotations

_LABELS = {
    "id": "ID",
    "kind": "種類",
    "title": "題",
    "reading": "読み",
    "aliases": "別名・略語",
    "questions": "この記事で答える質問",
    "body": "本文",
    "document": "出典の文書",
    "section": "出典の章・節",
    "edition": "出典の版",
    "owner": "担当課",
    "review_on": "見直しの日",
    "steps": "手順",
    "needs": "必要なもの",
    "deadline": "期限",
    "valid_from": "使い始める日",
    "valid_until": "使い終わる日",
    "openness": "案内できる範囲",
    "visible_to": "見られる人",
    "rests_on": "もとになる原文の記事（id）",
    "focus": "原文から引く段落を選ぶ言葉",
    "figures": "数値",
    "blank": "原文で空欄の行",
    "ended_on": "出典の期間の終わりの日",
    "reason": "理由",
    "word": "提案した人への一言",
}


PERSONAL_NUMBER = "マイナンバーのような12桁の番号が含まれています。消してください。"


def personal_details(found: str) -> str:
    """A question as somebody asked it tells of a resident."""
    return f"{found}らしいところがあります。消すか、だれのことか分からない言い方に直してください。"


def changed_line(field: str, mark: str, text: str) -> str:
    """A line of a field that goes or comes."""
    return f"{mark} {label(field)}: {text}"


def label(field: str) -> str:
    """What a field is called on screen."""
    return _LABELS.get(field, field)


def not_yours(owner: str) -> str:
    """Somebody without the right wants to change an article."""
    whose = f"担当課（{owner}）" if owner else "担当課"
    return f"この記事を変えられるのは、デジタル推進室と、{whose}のDX推進リーダー・所属長です。「提案」から案を送れます。"


def no_article(article_id: str) -> str:
    """No article of that id."""
    return f"id「{article_id}」の記事はありません。「知識」の画面か dxbot knowledge export で id を確かめてください。"


def nothing_to_delete(article_id: str) -> str:
    """Only the document's words are there, or it is deleted already."""
    return f"「{article_id}」には、削除できる説明がありません（原文だけか、すでに削除されています）。"


def no_version(article_id: str, number: int) -> str:
    """No version of that number."""
    return f"「{article_id}」に {number} 版はありません。履歴で版の番号を確かめてください。"


# 提案 ----------------------------------------------------------------------------------------------------

PROPOSE = "記事を提案する"
PROPOSED_TITLE = "提案を受け付けました"
PROPOSED = "担当課かデジタル推進室が承認すると、答えに使われます。結果はお知らせします。"
WAITING_TITLE = "承認を待っている提案があります"
WAITING_ARTICLE = "次の記事が提案されました。内容を確かめて、承認か却下を選んでください。直すときは「知識」の画面の「提案と確認」を使います。"
WAITING_ANSWER = "担当の回答から、次の記事が提案されました。内容を確かめて、承認か却下を選んでください。"
WAITING_ASKED = "この質問で見つかるようになります"
WAITING_SEEN = "見られる人: {names}だけです。承認しても、ほかの人には出ません。"
WAITING_SEEN_AS_ASKED = (
    "見られる人: {names}だけです（質問のもとの項目と同じです）。承認しても、ほかの人には出ません。"
)
WAITING_REPLACES = "承認すると、今ある記事が次のように変わります（－ が消え、＋ が加わります）。"
WAITING_MORE_LINES = "ほかに{count}行変わります。「知識」の画面の「提案と確認」で全部を見られます。"
WAITING_PHRASING = (
    "次の言い方でも「{title}」で答えてほしい、という提案がありました。承認か却下を選んでください。"
)
APPROVE = "承認する"
REJECT = "却下する"
REASON_NEEDED = "理由を書いてください。提案した人に、この理由を伝えます。"
APPROVED_REASON = "提案を承認"
_STATES = {"waiting": "承認待ち", "approved": "承認済み", "rejected": "却下"}


def state(value: str) -> str:
    """Where a proposal stands."""
    return _STATES[value]


def waiting_drafts(count: int) -> str:
    """A manual was read into drafts."""
    return f"手引から {count} 件の下書きができました。「知識」の画面の「提案と確認」で内容を確かめて、承認か却下を選んでください。"


def no_proposal(proposal_id: str) -> str:
    """No proposal of that id."""
    return f"提案「{proposal_id}」はありません。提案の一覧で確かめてください。"


def already_decided(value: str) -> str:
    """Somebody decided first."""
    return f"この提案は、ほかの人がすでに処理しました（{_STATES[value]}）。提案の一覧を開き直してください。"


TOLD_APPROVED_TITLE = "提案が承認されました"
TOLD_APPROVED = "次の提案は承認され、答えに使われるようになりました。ありがとうございました。"
TOLD_REJECTED_TITLE = "提案は採用されませんでした"
TOLD_REJECTED = "次の提案は、今回は採用されませんでした。理由を読んで、直した案をもう一度送れます。"
TOLD_REASON = "理由"
TOLD_WORD = "承認した人から"

# 保存 ----------------------------------------------------------------------------------------------------

CLASH = "この記事は、編集している間にほかの人が保存しました。まだ何も上書きしていません。"
NOTHING_CHANGED = "変わったところがありません。直してから保存してください。"
TITLE_TAKEN = "この題と種類の記事はすでにあります。その記事を編集するか、題を変えてください。"

OUTDATED = (
    "開いている間に、ほかの人がこの記事を変えました。何も上書きしていません。記事を開き直してください。"
)
OUT_OF_SIGHT = "このままでは、あなた自身が記事を見られなくなります。あなたも見られる範囲を選んでください。"
NOT_ALLOWED = "この操作はできません"
NOTHING_THERE = "見つかりません"
NOT_TAKEN = "まだ変更していません"
CHANGED_MEANWHILE = "先にほかの人が変更しました"
CLASHING_FIELD = (
    "ほかの人もこの欄を変えました。下の「いま保存されている内容」と見比べて、残す内容にしてください。"
)


def no_kind(value: str) -> str:
    """A kind that does not exist."""
    return f"「{value}」という種類はありません。種類を選び直してください。"


_HINTS = {
    "reading": "ひらがなで",
    "aliases": "1行に1つ",
    "questions": "1行に1つ。ふだんの言い方で",
    "body": "段落は空の行で区切ります。「【概要】」で始めると、見出しの付いた段落になります。",
    "owner": "課の名前（人の名前は書きません）",
    "steps": "1行に1つ、行う順に",
    "needs": "1行に1つ。様式は、名前のあとに空白とアドレス（https://…）を書けます。",
    "figures": "1行に1つ。「名前=数値 単位@年度」の形で",
    "focus": "1行に1つ",
    "blank": "1行に1つ",
    "visible_to": "選ばないと、全員（職員名簿にない人も）が見られます。選ぶと、ほかの人には記事がないのと同じになります。",
    "valid_from": "「DX推進本部会議の決定」では、決定した日を入れてください。",
    "review_on": "この日を過ぎると、見直しが必要な記事として示します。",
}
UNSEEN_BY_WHO_DECIDES = (
    "このままでは、承認する人が記事を見られません。"
    "「デジタル推進室」か「担当課」も選んでください（「担当課」には担当課の記入が要ります）。"
)
OPENNESS_UNSET = "指定なし（庁内限り）"
_BODILESS = "文章を書くと、原文に添える説明になります。原文そのものは変わりません。"


def hint(field: str, *, bodiless: bool = False) -> str:
    """How to fill in a field; `bodiless`: the article stands on the document's own words."""
    return _BODILESS if bodiless and field == "body" else _HINTS.get(field, "")


# コマンド ------------------------------------------------------------------------------------------------

CLI_HISTORY = "記事の履歴を、変わったところと一緒に表示します。"
CLI_ROLLBACK = "記事を前の版に戻します。戻したことも新しい版として残ります。"
CLI_DELETE = "記事を答えに使わないようにします。rollback で戻せます。"
CLI_TO = "戻す版の番号。0 は取り込み元の内容です。"
CLI_REASON = "変更の理由（履歴に残ります）。"
CLI_PROPOSALS = "提案の一覧か、1件の内容を表示します。"
CLI_STATE = "表示する提案（waiting 承認待ち、approved 承認済み、rejected 却下）。省くと承認待ちです。"
CLI_SHOW = "1件の提案と、承認すると変わるところを表示します。"
CLI_APPROVE = "提案を承認します。すぐに答えに使われます。"
CLI_REJECT = "提案を却下します。理由を提案した人に知らせます。"
CLI_REJECT_REASON = "却下の理由（提案した人に伝えます）。"
CLI_REJECTED = "却下しました。理由を提案した人に知らせます。"
CLI_NO_PROPOSALS = "当てはまる提案はありません。"
CLI_SOURCE_CHANGED = (
    "取り込み元が変わりました。「知識」の画面で両方を見比べ、どちらの内容にするか決めてください。"
)
IMPORT_OWNER = "手引（.docx、.pdf）の下書きの担当課。省くと、デジタル推進室が承認します。"


def source_changed(article_id: str) -> str:
    """An import changed what lies beneath an edited article."""
    return (
        f"「{article_id}」は画面で編集した記事です。取り込み元が変わりましたが、編集した内容で答えています。"
        "「知識」の画面で見比べてください。"
    )


def revised(article_id: str, edition: str) -> str:
    """A new edition left an explanation out of the answers."""
    return (
        f"「{article_id}」の原文は{edition}で変わりました。前の版に合わせた説明は、答えに出していません。"
        "「知識」の画面の「提案と確認」で確かめてください。"
    )


def waiting(count: int) -> str:
    """Proposals wait."""
    return f"承認を待っている提案が {count} 件あります（dxbot knowledge proposals）。"


def version_line(number: int, at: str, by: str, what: str, reason: str) -> str:
    """One version of the history."""
    return f"第{number}版 {at} {by} {what}{f'（{reason}）' if reason else ''}"


def rolled_back(article_id: str, to: int, number: int) -> str:
    """What a roll-back did."""
    back = f"第{to}版" if to else "取り込み元"
    return f"「{article_id}」を{back}の内容に戻し、第{number}版としました。"


def deleted(article_id: str, number: int) -> str:
    """What a deletion did."""
    return (
        f"「{article_id}」を削除し、第{number}版としました。"
        f"戻すときは dxbot knowledge rollback {article_id} --to 版の番号（0 は取り込み元）です。"
    )


def proposal_line(proposal_id: str, day: str, kind: str, title: str, reference: str) -> str:
    """One proposal of the list."""
    return f"{proposal_id} {day} {kind}: {title}{f'（{reference}）' if reference else ''}"


def approved(article_id: str, number: int) -> str:
    """What an approval did."""
    return f"承認し、「{article_id}」の第{number}版としました。数秒のうちに答えに使われます。"


def draft_line(place: str, steps: int, letters: int) -> str:
    """One draft of a manual."""
    counts = "、".join(
        filter(None, [f"手順 {steps}" if steps else "", f"本文 {letters:,} 字" if letters else ""])
    )
    return f"下書き: {place}（{counts}）"


def manual_would(source: str, new: int, known: int) -> str:
    """What importing a manual would do."""
    return (
        f"取り込むと「{source}」から {new} 件の下書きを提案します（前と同じ {known} 件は提案しません）。"
        "確かめただけです。取り込むには --dry-run を外してください。"
    )


def manual_done(source: str, new: int, known: int) -> str:
    """What importing a manual did."""
    if not new:
        return f"「{source}」の {known} 件は前と同じため、何も提案していません。"
    return (
        f"「{source}」から {new} 件の下書きを提案しました（前と同じ {known} 件は除きました）。"
        "まだ答えには使われません。「知識」の画面の「提案と確認」か dxbot knowledge approve で承認してください。"
    )
