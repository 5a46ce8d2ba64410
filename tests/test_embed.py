"""Vectors: unit length, no network, the same in any order, bfloat16 as good as float32."""

from __future__ import annotations

import numpy as np
import pytest

from detector.embed import SentenceTransformerEmbedder, find_model
from detector.errors import ModelMissing, SettingsError

TEXTS = [
    "The dam broke at noon.",
    "A truce of thirty days was agreed between both governments after long talks.",
    "Shares of the bank fell by nine percent.",
    "The dam broke at noon.",
]


def test_rows_are_unit_vectors_in_the_given_order(embedder):
    matrix = embedder.embed(TEXTS)
    assert matrix.shape == (4, 384)
    assert matrix.dtype == np.float32
    assert np.linalg.norm(matrix, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(matrix[0], matrix[3])
    assert matrix[0] @ matrix[1] < 0.5


def test_order_and_company_do_not_matter(embedder):
    matrix = embedder.embed(TEXTS)
    assert np.array_equal(embedder.embed(TEXTS[::-1])[::-1], matrix)
    assert (embedder.embed(TEXTS[1:2])[0] @ matrix[1]) == pytest.approx(1, abs=1e-4)


def test_no_texts(embedder):
    assert embedder.embed([]).shape == (0, 384)


def test_bfloat16_is_as_good_as_float32():
    exact = SentenceTransformerEmbedder(precision="float32").embed(TEXTS)
    short = SentenceTransformerEmbedder(precision="bfloat16").embed(TEXTS)
    assert (exact * short).sum(axis=1).min() >= 0.999


def test_a_folder_is_a_model_too():
    folder = find_model("all-MiniLM-L6-v2")
    assert SentenceTransformerEmbedder(folder).embed(TEXTS[:1]).shape == (1, 384)


def test_missing_model_says_what_to_do(tmp_path):
    with pytest.raises(ModelMissing, match=r"cannot load the embedding model .*--model"):
        SentenceTransformerEmbedder(str(tmp_path / "nothing"))


def test_unknown_precision():
    with pytest.raises(SettingsError, match="precision 'half' is unknown; use one of: auto, float32, bfloat16"):
        SentenceTransformerEmbedder(precision="half")
