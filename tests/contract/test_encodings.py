"""The store of encoded texts, on both databases."""

from __future__ import annotations

import numpy as np

from bot.services import Stores


def test_vectors_come_back_at_half_precision(stores: Stores) -> None:
    vectors = {f"key{n}": np.array([n / 3, -1.0, 0.25], np.float32) for n in range(3)}
    stores.encodings.add("one", vectors)
    held = stores.encodings.list_encoded("one")
    assert held.keys() == vectors.keys()
    assert all(np.allclose(held[key], vectors[key], atol=1e-3) for key in vectors)
    assert stores.encodings.list_encoded("another") == {}


def test_what_is_there_stays(stores: Stores) -> None:
    stores.encodings.add("one", {"key": np.array([1.0, 0.0], np.float32)})
    stores.encodings.add("one", {"key": np.array([0.0, 1.0], np.float32)})
    assert stores.encodings.list_encoded("one")["key"].tolist() == [1.0, 0.0]


def test_settling_forgets_what_no_text_has_and_other_encoders(stores: Stores) -> None:
    for encoder in ("one", "another"):
        stores.encodings.add(encoder, {key: np.array([1.0], np.float32) for key in ("kept", "gone")})
    before = stores.articles.revision()
    stores.encodings.settle("one", ["kept", "never"])
    assert [*stores.encodings.list_encoded("one")] == ["kept"]
    assert stores.encodings.list_encoded("another") == {}
    assert stores.articles.revision() == before + 1
