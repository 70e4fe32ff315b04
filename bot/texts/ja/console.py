"""What the staff console says."""

from __future__ import annotations

# 枠
CONSOLE = "コンソール"
SECTIONS = "コンソールの項目"
SKIP = "本文へ移動"
NOT_ALLOWED = "この操作はできません"
NOTHING_THERE = "見つかりません"
BACK = "コンソールへ戻る"

# 項目
OVERVIEW = "はじめに"
KNOWLEDGE = "知識"
PEOPLE = "職員"
AUDIT = "監査"
HEALTH = "点検"

# はじめに
OVERVIEW_TITLE = "{name}さんの仕事"
ROLES_HERE = "あなたの役割"
WAITING = "対応を待っているもの"
NOTHING_WAITING = "いま対応を待っているものはありません。"
PLACES = "使えるページ"
PROPOSALS_WAITING = "承認を待っている提案"
FAILURES = "届かなかった知らせ（7日間）"
DOUBTFUL = "届いたか分からない知らせ"
DIGEST_LATE = "送り終わっていない今週の「DX推進だより」"
UNIT = "件"

# 点検
HEALTH_TITLE = "動いている様子"
HEALTH_CAPTION = "いまの数"
HEALTH_NAME = "項目"
HEALTH_VALUE = "値"
HEALTH_ARTICLES = "答えに使える項目"
HEALTH_PEOPLE = "登録のある職員"
HEALTH_QUEUED = "送信を待っている知らせ"
HEALTH_SENT = "届けた知らせ"
HEALTH_DOUBTFUL = "届いたか分からない知らせ"
HEALTH_SESSIONS = "サインイン中の画面"
HEALTH_ALL_READY = "データベース、知識、窓口は使えます。"
HEALTH_NOT_READY = "まだ使えないものがあります:"
HEALTH_LATE = "{week} の「DX推進だより」が、10時を過ぎても送り終わっていません。サーバーで dxbot worker が動いているかを確かめてください。"
HEALTH_FAILURES = "届かなかった知らせ（7日間）"
HEALTH_NO_FAILURES = "届かなかった知らせはありません。"
HEALTH_SETTLE = "送れなかった知らせを確かめる"
HEALTH_DOCTOR = "くわしい点検は、サーバーで dxbot doctor を実行してください。"

# はじめに: それぞれのページで何ができるか
ABOUT = {
    "/console/skills": "部と課の集計、区分ごとの目標、研修の希望",
    "/skills": "自分の段階、目標、次の一歩",
    "/knowledge": "記事を探す、直す、提案する",
    "/console/exports": "技量とテレワークの集計を、Excel か CSV で受け取る",
    "/console/people": "職員の検索、名簿の取り込み、役割",
    "/my-data": "自分について残っているものを見る、書き出す、消す",
    "/console/audit": "だれがいつ何を見たか、変えたか",
    "/console/records": "消去の保留を置く・外す、消した記録",
    "/console/surveys": "調査を開く、督促する、締め切る、休んでいる人の一覧",
    "/initiatives": "取組の進捗を見る、報告する",
    "/digests": "「DX推進だより」を読み返す、下見する",
    "/requests": "各課への依頼と、済んだ課",
    "/outbox": "届いたか分からない知らせの始末",
    "/console/health": "動いている様子と、届かなかった知らせ",
}

# 職員
PEOPLE_TITLE = "職員"
PEOPLE_SEARCH = "職員を探す"
PEOPLE_HINT = "職員番号、氏名、課、役割のどれかに含まれる言葉"
SEARCH = "探す"
PEOPLE_NONE = "当てはまる職員はいません。"
PEOPLE_ASK = "言葉を入れて探してください。"
IMPORT_LINK = "名簿を取り込む"
NO_PERSON = "この職員番号の職員は名簿にいません。"
NUMBER = "職員番号"
MAIL = "メール"
POSTS = "名簿の所属と役割"
GRANTS = "コンソールで付けた役割"
NO_GRANTS = "付けた役割はありません。"
WHOLE_CITY = "市全体"
GRANT_TITLE = "役割を付ける"
GRANT_TEXT = (
    "すぐに（始まりの日を書いたときはその日から）使えるようになります。付けたことは監査の記録に残ります。"
)
ROLE = "役割"
DEPARTMENT = "所属（DX推進リーダーと所属長のとき）"
FROM = "始まりの日（空ならすぐ）"
UNTIL = "この日から使えなくする（空ならずっと）"
GRANT_BUTTON = "付ける"
REVOKE_BUTTON = "取り消す"
SIGN_OUT_TITLE = "サインインを終わらせる"
SIGN_OUT_TEXT = "端末をなくしたときなどに、この職員のサインインと届いたリンクをすべて使えなくします。"
SIGN_OUT_BUTTON = "すべて終わらせる"
CODES_LEFT = "使っていない紙のコード"
BAD_DAY = "日付を 2026-12-28 の形で書いてください。"
DONE = {
    "granted": "役割を付けました。",
    "revoked": "役割を取り消しました。すぐに効きます。",
    "signed-out": "サインインをすべて終わらせました。",
}


def found_people(total: int, most: int) -> str:
    """How many people were found, and that the list is cut."""
    return f"{total} 人" + (
        f"（はじめの {most} 人を表示しています。言葉を足して絞ってください）" if total > most else ""
    )


def period(begin: object, until: object) -> str:
    """From when until when a role was given."""
    if begin is None and until is None:
        return "ずっと"
    return f"{begin or ''}～{f'{until} の前日' if until else ''}"


# 監査
AUDIT_TITLE = "監査の記録"
AUDIT_TEXT = "だれが、いつ、どこから、何を見たか、変えたかの記録です。回答や質問の中身は入っていません。この画面を見たことも記録されます。"
AUDIT_FILTER = "絞り込み"
AUDIT_COLUMNS = ("番号", "日時", "した人", "したこと", "対象", "場所", "くわしく")
AUDIT_ACTOR = "した人（職員番号など）"
AUDIT_ACTION = "したこと"
AUDIT_CHANNEL = "場所"
AUDIT_SINCE = "この日から"
AUDIT_UNTIL = "この日まで"
AUDIT_ANY = "すべて"
AUDIT_SHOW = "絞り込む"
AUDIT_NONE = "当てはまる記録はありません。"
AUDIT_OLDER = "前の記録を見る"
AUDIT_VERIFY = "書き換えられていないか確かめる"
AUDIT_VERIFY_HINT = "この機械の外に控えたアンカー（なくてもかまいません）"
AUDIT_VERIFY_BUTTON = "確かめる"
AUDIT_SOUND = "{count} 件の記録は、すべてつながっています。"
AUDIT_BROKEN = "記録が切れています。{reason}"
AUDIT_ANCHOR = "いまのアンカー"
AUDIT_ANCHOR_TEXT = (
    "この1行を、この機械の外（紙や別の保管場所）に控えてください。あとで切り詰めや書き換えを見つけられます。"
)
AUDIT_BACK = "記録へ戻る"
ERASED = "消去済みの職員（{key}）"
CHANNELS = {"slack": "Slack", "teams": "Teams", "web": "Web", "cli": "サーバー"}
ACTIONS = {
    "access.link": "サインインのリンクを受け取った",
    "access.sign_in": "サインインした",
    "access.sign_out": "サインアウトした",
    "access.refused": "サインインを断った",
    "access.codes": "紙のコードを作った",
    "access.revoke": "サインインを終わらせた",
    "permission.refused": "許されていない操作を断った",
    "roles.grant": "役割を付けた",
    "roles.revoke": "役割を取り消した",
    "people.view": "職員の画面を見た",
    "audit.read": "監査の記録を見た",
    "audit.verify": "監査の記録を確かめた",
    "backup.make": "データベースの控えを取った",
    "backup.restore": "データベースを控えから戻した",
    "privacy.own": "自分のデータを書き出した",
    "records.hold": "消去の保留を置いた",
    "records.release": "消去の保留を外した",
    "privacy.show": "1人のデータをまとめて見た",
    "privacy.erase": "1人のデータを消した",
    "audit.prune": "保存期間を過ぎた記録を消した",
    "cli.run": "サーバーでコマンドを実行した",
    "export.skills": "技量の集計を書き出した",
    "export.telework": "テレワークの集計を書き出した",
    "directory.import": "職員名簿を取り込んだ",
    "directory.plan": "異動の予定を入れた",
    "directory.due": "予定の異動を反映した",
    "directory.demo": "架空の職員を入れた",
    "knowledge.import": "知識を取り込んだ",
    "knowledge.remove": "取り込んだ知識を消した",
    "knowledge.edit": "記事を直した",
    "knowledge.delete": "記事を削除した",
    "knowledge.rollback": "記事を前の版に戻した",
    "knowledge.propose": "記事を提案した",
    "knowledge.approve": "提案を承認した",
    "knowledge.reject": "提案を却下した",
    "questions.read": "答えられなかった質問を見た",
    "questions.tell": "答えられなかった質問を担当に伝えた",
    "questions.discard": "答えられなかった質問を消した",
    "feedback.read": "評価の集計を見た",
    "inquiry.answer": "担当への質問に答えた",
    "inquiry.close": "担当への質問を終えた",
    "inquiry.move": "担当への質問をほかの課に回した",
    "survey.plan": "調査の予定を入れた",
    "survey.open": "調査を開いた",
    "survey.remind": "調査の督促を送った",
    "survey.close": "調査を締め切った",
    "survey.drop": "調査の回を取り消した",
    "survey.absent": "休んでいる人の一覧を入れ替えた",
    "results.publish": "調査の集計の追加を試みた",
    "results.text": "調査の自由記述を見た",
    "skills.view": "共有された職員の技量を見た",
    "skills.alone": "1人に頼っている仕事の職員名を見た",
    "skills.ics": "自分の研修の日程を書き出した",
    "skills.import": "技量の枠組みを取り込んだ",
    "skills.trainings": "研修の履歴を取り込んだ",
    "initiative.save": "取組を登録した",
    "initiative.report": "取組の進捗を報告した",
    "request.save": "依頼・照会を登録した",
    "request.settle": "依頼・照会を済みにした",
    "digest.settings": "DX推進だよりの受け取り方を変えた",
    "outbox.mark_sent": "届いていた知らせを送信済みにした",
    "outbox.resend": "届かなかった知らせを送り直した",
}

# 名簿の取り込み
IMPORT_TITLE = "名簿を取り込む"
IMPORT_TEXT = (
    "職員の表と組織の表（CSV か Excel）を選びます。次の画面で変わるところを確かめてから反映します。"
    "書き方は「職員名簿の取り込み」の手引にあります。"
)
IMPORT_PEOPLE = "職員の表（組織の表のシートがあってもかまいません）"
IMPORT_PLACES = "組織の表（別のファイルのとき）"
IMPORT_READ = "変わるところを見る"
IMPORT_PROBLEMS = "次のところを直してください。まだ何も変わっていません。"
IMPORT_NO_FILE = "ファイルを選んでください。"
IMPORT_GONE = "読み込んだファイルが見つかりません。1時間を過ぎたか、別のファイルを読み込んでいます。もう一度選んでください。"
IMPORT_CHANGED = "見ている間に名簿が変わりました。いまの変更点を確かめて、もう一度押してください。"
PREVIEW_TITLE = "変わるところの確認"
PREVIEW_TEXT = "まだ反映していません。確かめてから「反映する」を押してください。"
PREVIEW_LEAVERS = "大量の職員がいなくなることを確かめました"
PREVIEW_APPLY = "反映する"
PREVIEW_OTHER = "別のファイルを選ぶ"
DONE |= {"imported": "名簿を反映しました。"}
