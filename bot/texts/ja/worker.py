"""Why a message was not sent, as the operator reads it."""

from __future__ import annotations

NOT_CONFIGURED = "チャンネル {channel} は、ここでは設定されていません。"
CANNOT_TELL = "届いたかどうかを確かめられません（{reason}）。宛先の画面で確かめてください。"
OUT_OF_HOURS = "勤務時間の外なので、次の勤務時間まで待ちます。"
NO_TURN = "送る順番が来るまで、送信待ちに戻しました。"
GIVEN_UP = "24時間試しても送れませんでした（{reason}）。"
