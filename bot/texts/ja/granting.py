"""What is said about giving and taking roles."""

from __future__ import annotations

NOBODY = "この職員番号の職員は名簿にいません。"
NOT_GRANTABLE = (
    "この役割は付けられません。DX推進リーダー、所属長、職員課、監査、デジタル推進室から選んでください。"
)
OF_CITY = "この役割は市全体のものです。所属を選ばずに付けてください。"
NOT_IN_DEPARTMENT = "この役割は、その職員が所属（兼務を含む）している課でだけ付けられます。課を選び直すか、先に名簿へ兼務を加えてください。"
ENDS_TOO_EARLY = "終わりの日は、始まりの日と今日より後にしてください。"
HAS_IT_ALREADY = "その役割はもう付いています。"
NO_GRANT = "その役割はもう取り消されています。画面を開き直してください。"
LAST_OPERATOR = (
    "「デジタル推進室」の役割の人がいなくなるため、できません。先に別の人へこの役割を付けてください。"
)
