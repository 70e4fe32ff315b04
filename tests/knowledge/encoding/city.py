"""Articles on four subjects, and a model of four dimensions that knows the subjects by their characters."""

from __future__ import annotations

from pathlib import Path

from knowledge.article import Article, Kind, Layer, Passage
from knowledge.encoding.loading import load_encoder
from knowledge.encoding.onnx_model import OnnxModel
from knowledge.entry import Entry, merge_entries

FOLDER = Path(__file__).with_name("tiny")
SUBJECTS = ("休暇", "税金", "保育園", "住民票")
PLACES = ("東", "西", "南", "北", "中央")


def articles(count: int = 120) -> list[Article]:
    """Article n is on subject n % 4."""
    return [
        Article(
            id=f"a{number}",
            kind=Kind.FAQ,
            layer=Layer.EDITORIAL,
            title=f"{PLACES[number % 5]}の{SUBJECTS[number % 4]}の案内 その{number}",
            passages=(Passage(text=f"{SUBJECTS[number % 4]}については、第{number}窓口で案内します。"),),
        )
        for number in range(count)
    ]


def entries(count: int = 120) -> list[Entry]:
    """The articles as entries."""
    return merge_entries((), articles(count))


def model() -> OnnxModel:
    """The model."""
    encoder = load_encoder(str(FOLDER))
    assert isinstance(encoder, OnnxModel)
    return encoder
