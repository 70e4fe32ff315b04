"""The wording of the self-assessment: its notice, its options, its checks."""

from __future__ import annotations

PURPOSE = "職員の育成計画と研修の計画に使います。自分の今の段階と、次の一歩も分かります。"
NOT_USED_FOR = "人事評価・昇任・異動の判断には使いません。"
READERS = (
    "あなたの結果は、あなたが見られます。所属長が見るのは、個人がわからない集計です。「所属長に見せる」を押すと、結果も見られます（いつでも取り消せます）。"
    "職員課の育成計画の担当者は、課で一人でできる人がだれかを見ます（見たことは記録します）。"
    "書いた例は、職員課とデジタル推進室の担当者が、課の名前なしで読みます。"
)
CONTACT = "職員課"
TIER = "あなたの区分"
TIER_HINT = "目標は区分ごとに違います。迷うときは、このままで大丈夫です。"
EXAMPLE = "この分野でしたことの例（書かなくてもよい）"
EXAMPLE_HINT = "人の名前は書かないでください。"
CHECK_HINT = "正しければ○、違えば×。分からなければ、そのままで大丈夫です。"
BELOW, REACHED = "目標未満", "目標以上"
YES, NO, UNKNOWN = "○", "×", "わからない"
NOT_MY_WORK, DECLINED = "担当業務にない", "答えたくない"


def check(skill: str) -> str:
    """The question over the checks of a skill."""
    return f"{skill}（確認）"


def anchor(level: int, text: str) -> str:
    """A level as an option."""
    return f"{level}　{text}"
