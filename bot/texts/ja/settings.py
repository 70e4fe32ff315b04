"""What is said about wrong settings: one line each, with how to mend it."""

from __future__ import annotations

from collections.abc import Mapping

_MENDS = {
    "int_parsing": "数字で書いてください。",
    "int_type": "数字で書いてください。",
    "greater_than_equal": "{ge} 以上にしてください。",
    "less_than_equal": "{le} 以下にしてください。",
    "bool_parsing": "1（有効）か 0（無効）で書いてください。",
    "string_too_short": "空にはできません。値を書くか、設定そのものを外してください。",
    "string_pattern_mismatch": "使えない値です。DEBUG、INFO、WARNING、ERROR のどれかにしてください。",
    "date_from_datetime_parsing": "日付を 2026-12-28 の形で、`,` で区切って書いてください。",
    "date_parsing": "日付を 2026-12-28 の形で、`,` で区切って書いてください。",
    "database_url": (
        "sqlite:///ファイル名 か postgresql://利用者:パスワード@ホスト/データベース名 の形で書いてください。"
    ),
    "inquiry_channel": "「課の名前=slack/チャンネルのID」の形で、`,` で区切って書いてください（例: 職員課=slack/C0123ABCD）。",
    "network": "アドレス（10.1.2.3）か範囲（10.1.2.0/24）を、`,` で区切って書いてください。",
    "site": "https://dxbot.example.lg.jp のように、? や # のないアドレスを書いてください。",
    "site_https": "https:// で始まるアドレスを書いてください（同じ機械で試すときだけ http://127.0.0.1 が使えます）。",
    "plain_name": "英数字と - _ . : / だけで書いてください。",
    "proxy_by_half": "DXBOT_PROXY_HEADER と DXBOT_TRUSTED_PROXIES は、両方を書くか、両方を外してください。",
    "oidc_by_half": "認証サーバーを使うには、DXBOT_OIDC_CLIENT_ID と DXBOT_PUBLIC_URL も要ります。使わないなら DXBOT_OIDC_ の設定を外してください。",
    "working_hours": "08:30-17:15 の形で、始まりを先に書いてください。",
    "web_address": "https:// か http:// で始まるアドレスを書いてください。",
    "playground_not_on_loopback": "1 にすると認証が外れるため、HOST が 127.0.0.1 のときだけ使えます。",
    "teams_missing": "Teams を使うには、この設定も要ります（docs/install-teams.md）。使わないなら TEAMS_ の設定を外してください。",
    "slack_missing": (
        "Slack を使うには、この設定も要ります（docs/install-slack.md。Socket Mode なら SLACK_SIGNING_SECRET の代わりに SLACK_APP_TOKEN）。"
        "使わないなら SLACK_ の設定を外してください。"
    ),
    "literal_error": "使えない値です。{expected} のどちらかにしてください。",
    "unknown": "この名前の設定はありません。綴りを確かめてください（一覧は docs/operation.md）。",
}
_OTHER = "値が正しくありません。docs/operation.md の設定の表を見て、書き直してください。"


def setting_line(name: str, code: str, limits: Mapping[str, str]) -> str:
    """One line for one wrong setting; `code` is the validator's name of the mistake."""
    return f"設定 {name}: {_MENDS.get(code, _OTHER).format_map(limits)}"
