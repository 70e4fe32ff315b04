"""The wording of the self-assessment: its notice, its options, its checks."""

from __future__ import annotations

PURPOSE = (
    "職員の育成計画と、研修の計画をつくるために使います。自分の今の段階と、次の一歩を知ることもできます。"
)
NOT_USED_FOR = "人事評価・昇任・異動の判断には使いません。"
READERS = (
    "自分の結果は、自分が見られます。職員課の育成計画の担当者は、課でその仕事を一人でできる人がだれかを見ます（見たことは記録します）。"
    "書いていただいた例は、職員課とデジタル推進室の担当者が、課の名前を付けずに読みます。"
    "所属長が見るのは、個人がわからない集計です。個人の結果は「所属長に見せる」を押したときだけ見られます（いつでも取り消せます）。"
)
CONTACT = "職員課"
TIER = "あなたの区分"
TIER_HINT = "目標は区分ごとに違います。迷うときは、一般行政職員を選んでください。"
EXAMPLE = "この分野で、実際にしたことの例（書かなくてもかまいません）"
EXAMPLE_HINT = "市民や同僚の名前は書かないでください。"
CHECK_HINT = "正しいと思えば○、違うと思えば×を選んでください。分からないものは、そのままで大丈夫です。"
BELOW, REACHED = "目標未満", "目標以上"
YES, NO, UNKNOWN = "○", "×", "わからない"
NOT_MY_WORK, DECLINED = "担当業務にない", "答えたくない"


def check(skill: str) -> str:
    """The question over the checks of a skill."""
    return f"{skill}（確認）"


def anchor(level: int, text: str) -> str:
    """A level as an option."""
    return f"{level}　{text}"
