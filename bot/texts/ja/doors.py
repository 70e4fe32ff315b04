"""What doctor says of the ways in from other machines."""

from __future__ import annotations

THIS_MACHINE_ONLY = "この機械からだけ使えます。ほかの機械から使うには、DXBOT_PUBLIC_URL を設定してください（docs/install-lan.md）。"
NO_PUBLIC_URL = (
    "HOST は {host} ですが、DXBOT_PUBLIC_URL がないため、ほかの機械からは開けません。https:// で始まるアドレスを設定し、"
    "TLS（https）を受け持つWebサーバーを前に置いてください（docs/install-lan.md）。"
)
NOT_TRIED = "{address} が設定されています（--offline のため、つながるかは確かめていません）。"
OPEN = "{address} から、サインインして使えます。"
NOT_OPEN = (
    "{address} を開けません。前に置くWebサーバー、名前、証明書を確かめてください。市の証明書を使うときは、"
    "環境変数 SSL_CERT_FILE も要ります。`dxbot serve` が動いていないときも、こうなります。"
)
PROVIDER_THERE = "{issuer} からサインインできます。"
PROVIDER_AWAY = (
    "{issuer} を使えません（{reason}）。DXBOT_OIDC_ISSUER と、認証サーバーへの通信を確かめてください。"
)
PROXY_TRUSTED = "見出し {header} を、{ranges} から来たものだけ信用します。プロキシが、利用者の送った同じ名前の見出しを消すことを確かめてください。"
PROXY_WIDE = (
    "DXBOT_TRUSTED_PROXIES の {ranges} は広すぎます。この範囲の機械は、だれにでもなれてしまいます。"
    "プロキシのアドレスだけを書いてください。"
)
