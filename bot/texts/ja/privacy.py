"""What the commands about personal data say."""

from __future__ import annotations

CLI = "個人に関するデータを見る、消す、残す。"
REGISTER = "個人に関するデータの一覧を、docs/personal-data.md の形で表示する。"
