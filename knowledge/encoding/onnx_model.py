"""A sentence-embedding model in a folder the city provides, laid out as sentence-transformers exports it:

model.onnx (or onnx/model.onnx) and tokenizer.json; where they are there, config_sentence_transformers.json (what is put
before questions and passages), 1_Pooling/config.json (how tokens become one vector), sentence_bert_config.json (the most
tokens).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from bot.texts.ja import encoding as texts
from knowledge.encoding.encoder import EncoderError
from knowledge.meaning.words import Vectors, unit

_BATCH = 16
_MOST_TOKENS = 512
_END = 1_000_000
_QUESTION_PROMPTS, _PASSAGE_PROMPTS = ("query", "question"), ("passage", "document", "corpus")


class OnnxModel:
    """The encoder of a folder."""

    def __init__(self, folder: str) -> None:
        """Raises EncoderError naming the file that is missing or cannot be read."""
        self._folder = Path(folder)
        if not self._folder.is_dir():
            raise EncoderError(texts.NO_FOLDER.format(folder=folder))
        self._model_file = self._needed("model.onnx", "onnx/model.onnx")
        self._tokenizer_file = self._needed("tokenizer.json")
        prompts = self._config("config_sentence_transformers.json").get("prompts") or {}
        self._prompts = [
            next((str(prompts[name]) for name in names if name in prompts), "")
            for names in (_QUESTION_PROMPTS, _PASSAGE_PROMPTS)
        ]
        self._takes_first = bool(self._config("1_Pooling/config.json").get("pooling_mode_cls_token"))
        self._most = int(self._config("sentence_bert_config.json").get("max_seq_length") or _MOST_TOKENS)

    @cached_property
    def name(self) -> str:
        """The folder's name with a digest of the files: the whole tokenizer, the model's size and both its ends."""
        digest = blake2b(self._tokenizer_file.read_bytes(), digest_size=8)
        with self._model_file.open("rb") as model:
            digest.update(model.read(_END))
            size = model.seek(0, 2)
            model.seek(max(0, size - _END))
            digest.update(model.read())
        digest.update(repr((size, self._prompts, self._takes_first, self._most)).encode())
        return f"{self._folder.resolve().name} {digest.hexdigest()}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Texts to be found."""
        return self._encode([self._prompts[1] + text for text in texts])

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """What is asked or looked for."""
        return self._encode([self._prompts[0] + text for text in texts])

    def _encode(self, prompted: Sequence[str]) -> Vectors:
        batches = [
            self._pooled(prompted[start : start + _BATCH]) for start in range(0, len(prompted), _BATCH)
        ]
        return unit(np.concatenate(batches))

    def _pooled(self, prompted: Sequence[str]) -> Vectors:
        read = self._tokenizer.encode_batch(list(prompted))
        told = {
            "input_ids": np.array([one.ids for one in read], np.int64),
            "attention_mask": np.array([one.attention_mask for one in read], np.int64),
            "token_type_ids": np.array([one.type_ids for one in read], np.int64),
        }
        inputs = {put.name: told[put.name] for put in self._session.get_inputs() if put.name in told}
        found = np.asarray(self._session.run([self._output], inputs)[0], np.float32)
        if found.ndim == 2:  # the model pools by itself
            return found
        if self._takes_first:
            return np.asarray(found[:, 0], np.float32)
        mask = told["attention_mask"][:, :, None].astype(np.float32)
        return np.asarray((found * mask).sum(axis=1) / np.maximum(mask.sum(axis=1), 1), np.float32)

    @cached_property
    def _session(self) -> Any:
        import onnxruntime  # noqa: PLC0415  an extra; read when it first encodes

        try:
            return onnxruntime.InferenceSession(str(self._model_file), providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime raises classes of its own without a common one
            raise self._unreadable(self._model_file, error) from error

    @cached_property
    def _output(self) -> str:
        names = [str(put.name) for put in self._session.get_outputs()]
        return "sentence_embedding" if "sentence_embedding" in names else names[0]

    @cached_property
    def _tokenizer(self) -> Any:
        import tokenizers  # noqa: PLC0415  as above

        try:
            tokenizer = tokenizers.Tokenizer.from_file(str(self._tokenizer_file))
        except Exception as error:  # tokenizers raises Exception itself
            raise self._unreadable(self._tokenizer_file, error) from error
        tokenizer.enable_truncation(self._most)
        if tokenizer.padding is None:
            tokenizer.enable_padding()
        return tokenizer

    def _needed(self, *names: str) -> Path:
        found = next((self._folder / name for name in names if (self._folder / name).is_file()), None)
        if found is None:
            raise EncoderError(texts.NO_FILE.format(folder=self._folder, name=names[0]))
        return found

    def _config(self, name: str) -> Mapping[str, Any]:
        path = self._folder / name
        if not path.is_file():
            return {}
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise self._unreadable(path, error) from error
        return found if isinstance(found, dict) else {}

    @staticmethod
    def _unreadable(path: Path, error: Exception) -> EncoderError:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        return EncoderError(texts.UNREADABLE.format(path=path, reason=reason))
