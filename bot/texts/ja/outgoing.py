"""What stands between this machine and a server, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

OFFLINE = "外への通信は確かめていません（--offline）。"
OBSTACLES: Mapping[str, str] = {
    "dns": "名前からアドレスを引けません。このサーバーの DNS の設定を確かめ、プロキシを通すなら HTTPS_PROXY を設定してください",
    "refused": "接続が断られました{detail}。ファイアウォールの許可を確かめ、プロキシを通すなら HTTPS_PROXY を設定してください",
    "timeout": "5秒待っても返事がありません。ファイアウォールの許可を確かめ、プロキシを通すなら HTTPS_PROXY を設定してください",
    "tls": (
        "証明書を確かめられません{detail}。プロキシが通信を検査するときは、"
        "その証明書を信頼する証明書に加えたファイルを SSL_CERT_FILE で指定してください"
    ),
    "proxy": "プロキシにつながりません。HTTPS_PROXY の値を確かめてください",
    "proxy-refused": "プロキシが通しません{detail}。宛先の許可と、プロキシの利用者名・パスワードを確かめてください",
    "broken": "通信が途中で切れました{detail}。ファイアウォールとプロキシを確かめてください",
}


def reach_line(host: str, proxy: str, obstacle: str, detail: str) -> str:
    """One line: the server is reached, or what stands between and what to do."""
    way = f"（プロキシ {proxy} を通る）" if proxy else ""
    if not obstacle:
        return f"{host} につながります{way}。"
    said = OBSTACLES[obstacle].format(detail=f"（{detail}）" if detail else "")
    return f"{host} につながりません{way}: {said}。"
