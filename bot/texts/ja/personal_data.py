"""The wording of the register of personal data: for docs/personal-data.md, 「自分のデータ」 and the security review."""

from __future__ import annotations

from typing import NamedTuple

PERSON = "本人"
AS_TOLD = "調査のはじめに示した日数（ふつう365日）"
REMOVED = "本人の行を消します"
REPLACED = "ほかの記録の中の職員番号と氏名を、だれのものでもない印に置き換えます"
STAYS = "残ります"
COLUMNS = ("データ", "内容", "置き場所", "保存期間", "見られる人", "消去（`dxbot privacy erase`）")
OUTSIDE_COLUMNS = ("置き場所", "内容", "保存期間", "見られる人", "消しかた")


class Wording(NamedTuple):
    """How one item is told. `kept` may name settings in braces, which are printed with what they are when nobody sets them.

    `viewers`: who sees it besides those whom the table of permissions names. `erasing` says more than the places do.
    """

    title: str
    what: str
    kept: str
    viewers: str = ""
    erasing: str = ""
    stays: str = ""


_QUESTION_DAYS = "{DXBOT_QUESTION_DAYS} 日（`DXBOT_QUESTION_DAYS`）"

ITEMS: dict[str, Wording] = {
    "directory": Wording(
        "職員名簿",
        "職員番号、氏名、メールアドレス、所属、役割、付けられた役割、予定の異動、Slack・Teams の利用者の番号",
        "在籍の間。退職を取り込むと、名簿からすぐに消えます",
        stays="名簿は職員課が管理しています。直すところがあれば、職員課へお知らせください",
    ),
    "upload": Wording(
        "取り込み中の名簿ファイル",
        "画面に上げて、まだ反映していない職員の一覧",
        "1時間",
        "上げた人",
        "まだ反映していないファイルを、すべて消します",
        "1時間で消えます",
    ),
    "leavers": Wording(
        "退職した人の控え",
        "退職した日と、そのときの名簿の1行。残っている記録から名前を消すために使います",
        "退職から {DXBOT_LEAVER_DAYS} 日（`DXBOT_LEAVER_DAYS`）。過ぎると `dxbot worker` が、その人のデータをすべて消します",
        "サーバーを管理する人",
        stays="期限が来ると、すべて消えます",
    ),
    "posts": Wording(
        "在籍の経過",
        "どの課にいつからいつまでいたか（職員番号と課だけ）。過去の集計の人数に使います",
        "消去まで",
        erasing="期間と課だけが残ります",
        stays="過去の集計の人数を変えないために残します",
    ),
    "sign-in": Wording(
        "サインイン",
        "使っているブラウザー、サインインのリンクと紙のコード（どれもハッシュだけ）",
        "期限まで（リンク10分、セッション {DXBOT_SESSION_HOURS} 時間、紙のコード90日）",
        stays="「サインアウト」ですぐに終わります",
    ),
    "audit": Wording(
        "監査の記録",
        "だれが、いつ、どこから、何を見たか・変えたか（仮の名前で残し、職員番号との対応表を別に持ちます）。回答や質問の内容は含みません",
        "今の年度のほかに {DXBOT_AUDIT_YEARS} 年度（`DXBOT_AUDIT_YEARS`）",
        erasing="対応表の行を消します。仮の名前の記録は残り、だれのものか分からなくなります",
        stays="不正を確かめるための記録です。保存期間を過ぎると消えます",
    ),
    "inbox": Wording("お知らせ", "Webで受け取ったお知らせ", _QUESTION_DAYS),
    "outbox": Wording(
        "送った知らせ",
        "Slack・Teams・Webへ送る文と宛先",
        "送るまで。送り終えた文は " + _QUESTION_DAYS,
        erasing="その人あての文を消し、ほかの人あての文からは名前を消します",
        stays="二重に送らないための控えです",
    ),
    "receipts": Wording(
        "受け取った通信",
        "Slack・Teams から届いた内容（答え終わるまで）と、届いたことの控え",
        "内容は答えるまで、控えは24時間",
        stays="24時間で消えます",
    ),
    "contacts": Wording(
        "チャットの宛先",
        "ボットから先に話しかけるための、Slack・Teams の宛先",
        "在籍の間",
        stays="消すと、知らせが届かなくなります。チャットのアプリを外すと消えます",
    ),
    "digest": Wording(
        "DX推進だよりの自分の分",
        "届いた号の自分の課の分と、受け取りかたの設定",
        "在籍の間",
        "デジタル推進室（下見）",
    ),
    "issues": Wording(
        "DX推進だよりの各号",
        "号の全体。報告の文に氏名が書かれていることがあります",
        "消しません（市の記録）",
        stays="市の記録です",
    ),
    "questions": Wording(
        "答えられなかった質問",
        "質問の文（電話番号などは伏せます）と、四半期ごとに変わる符号。氏名はありません。相談窓口を案内した質問は残しません",
        _QUESTION_DAYS,
        erasing="今の四半期の分を消します。前の四半期の分は、だれの質問か分かりません",
    ),
    "feedback": Wording(
        "答えの評価",
        "「解決した」「違う」と、四半期ごと・記事ごとに変わる符号。質問の文も氏名もありません",
        _QUESTION_DAYS,
        "デジタル推進室（記事ごとの数だけ）",
        "今の四半期の分を消します。前の四半期の分は、だれの評価か分かりません",
    ),
    "inquiries": Wording(
        "担当への質問",
        "質問と回答の文。聞いた人の名前は、名前を出すことを選んだときだけ、答えが届くまで残ります",
        _QUESTION_DAYS,
        erasing="答えを待っている質問を消します。答えた人としての番号は伏せます",
    ),
    "editing": Wording(
        "記事の編集と提案、AI・RPA事例",
        "編集・提案・承認をした人の職員番号、事例の連絡先",
        "消しません（市の記録）",
        stays="職務で作った記事は、市の記録として残ります",
    ),
    "documents": Wording(
        "取り込んだ文書",
        "計画や手続の文。氏名が書かれていることがあります",
        "入れ替えるまで",
        stays="文書を直して、取り込み直してください",
    ),
    "progress": Wording(
        "取組の報告と依頼",
        "報告・依頼・済みの登録をした人の職員番号、報告の文",
        "消しません（市の記録）",
        stays="職務で作った報告は、市の記録として残ります",
    ),
    "asked": Wording(
        "調査の対象者",
        "調査ごとの対象者と、答えたかどうか（答えの中身とは別）",
        "調査票の `kept_days`（ふつう365日）",
        "所属長（自分の課の数だけ）",
        stays="回答の数を正しく数えるための記録です。保存期間を過ぎると消えます",
    ),
    "answers": Wording(
        "調査の回答",
        "記名の回答は職員番号、記名しない回答（秘密）は調査の間だけの符号の下にあります",
        "調査票の `kept_days`（ふつう365日）",
        erasing="締切のあとの、記名しない回答は、だれのものか分からないため残ります",
        stays="締め切った調査の回答は、公表した集計のもとです。保存期間を過ぎると消えます",
    ),
    "drafts": Wording("調査の下書き", "書きかけの回答と、回答の画面へのリンク（ハッシュ）", "調査の締切まで"),
    "anonymous": Wording(
        "無記名の回答",
        "だれのものか分からない形の回答",
        "調査票の `kept_days`（ふつう365日）",
        stays="だれのものか、だれにも分かりません",
    ),
    "closing": Wording(
        "締切のときの回答",
        "氏名も番号もない、集計のもと",
        "調査票の `kept_days`（ふつう365日）",
        stays="だれのものか、だれにも分かりません",
    ),
    "wishes": Wording("督促の止め", "督促を止めている調査", "調査の締切まで。すべて止めたときは在籍の間"),
    "absences": Wording(
        "休んでいる人",
        "督促しない人の職員番号。理由はありません",
        "一覧を入れ替えるまで",
        stays="職員課とデジタル推進室が入れ替えます",
    ),
    "publications": Wording(
        "公表した集計",
        "少人数を秘匿した表と、共有した自由記述。氏名も番号もありません",
        "調査の締切から {DXBOT_RESULT_YEARS} 年（`DXBOT_RESULT_YEARS`）",
        stays="公表した集計は変えません。だれのものか、だれにも分かりません",
    ),
    "assessments": Wording(
        "技量の自己評価",
        "スキルごとの段階と、書いた例。回ごとの経過",
        "在籍の間",
        "所属長（本人が見せたときだけ）、職員課（1人に頼っている仕事の氏名だけ）",
    ),
    "plans": Wording("育成の計画", "選んだ学びかたと、済んだ日", "在籍の間"),
    "sharing": Wording(
        "所属長への共有", "共有を始めた日と、所属長のひとこと", "共有をやめるまで", "所属長（見せた相手）"
    ),
    "profiles": Wording("聞いてよい人の紹介", "得意なスキルと、ひとこと", "取り下げるまで", "職員"),
    "holds": Wording(
        "消去の保留",
        "保留を置いた人・外した人の職員番号と理由",
        "消しません（市の記録）",
        stays="公文書の扱いの記録です",
    ),
    "trainings": Wording(
        "研修受講履歴",
        "研修の名前と受講日",
        "在籍の間",
        stays="職員課の記録です。直すところがあれば、職員課へお知らせください",
    ),
}

OUTSIDE: dict[str, Wording] = {
    "logs": Wording(
        "動作の記録（ログ）",
        "時刻、場所、結果、かかった時間。氏名、職員番号、メール、質問や回答の文、合い言葉は書きません",
        "集める側の設定",
        "サーバーを管理する人",
        "消すものはありません",
    ),
    "exports": Wording(
        "書き出したファイル",
        "集計と一覧のファイル。サーバーには残しません",
        "受け取った人が決めます",
        "受け取った人",
        "書き出した人が消します（だれがいつ書き出したかは監査の記録にあります）",
    ),
    "backups": Wording(
        "データベースの控え",
        "控えを取ったときの、すべてのデータ",
        "{DXBOT_BACKUP_DAYS} 日（`DXBOT_BACKUP_DAYS`、`dxbot worker` が取ったもの）。手で取ったものは市が決めます",
        "サーバーを管理する人",
        "古い控えを消します。消去した人は、控えの期限が過ぎるまで控えの中に残ります",
    ),
    "slack": Wording(
        "Slack",
        "会話の画面に出た文（質問、答え、知らせ）。調査のうち慎重に扱うものと無記名のものは、Slack では答えません",
        "市の Slack の設定",
        "会話の参加者、Slack の管理者",
        "Slack の画面か管理者が消します。このプログラムからは消えません",
    ),
    "teams": Wording(
        "Teams",
        "会話の画面に出た文（質問、答え、知らせ）。調査のうち慎重に扱うものと無記名のものは、Teams では答えません",
        "市の Teams の設定",
        "会話の参加者、Teams の管理者",
        "Teams の画面か管理者が消します。このプログラムからは消えません",
    ),
    "browser": Wording(
        "職員のブラウザー",
        "サインインの印（Cookie、ブラウザーを閉じると消える）だけ",
        "ブラウザーを閉じるまで",
        PERSON,
        "サインアウトで消えます",
    ),
}

PAGE = """# 個人に関するデータの一覧

この表は、プログラムの中の1つの一覧（`staff/privacy/register.py`）をそのまま書き出したものです。`dxbot privacy register` で作り直せます。
「自分のデータ」、`dxbot privacy show`、消去は、どれも同じ一覧をたどります。データベースの表を足して一覧に書き忘れると、テストが止まります。

- 「見られる人」の役割は、[役割とできること](permissions.md) の表によります。サーバーで `dxbot` を実行できる人は、デジタル推進室と同じです。
- 市民のデータは持ちません。12桁のマイナンバーのような数は、受け付けず、残しません。

## データベースの中

"""
PAGE_OUTSIDE = "\n## データベースの外\n\n"


def several(parts: list[str]) -> str:
    """Several statements in one cell."""
    return "。".join(parts)
