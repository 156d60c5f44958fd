"""Do texts that mean the same lie near each other?"""

import numpy as np
import pytest

from naeum import extras
from naeum.contract import Policy
from naeum.engine import bases
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of
from naeum.explore.text.space import encoded, latent
from naeum.testing.data import make
from naeum.testing.encoders import tiny_encoder


def test_rows_of_one_class_lie_nearer_in_the_latent_space():
    data = make(120, korean=True)
    found = latent(data.rows["text"].to_pylist()).vectors
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    alike = found @ found.T
    same = data.target[:, None] == data.target[None, :]
    np.fill_diagonal(same, False)
    assert alike[same].mean() > alike[~same].mean() + 0.1


@pytest.mark.parametrize("texts", [["", "", ""], ["가"], ["가나", "가나"]])
def test_hardly_any_text_is_answered(texts):
    found = latent(texts)
    assert found.vectors.shape[0] == len(texts) and np.isfinite(found.vectors).all()


@pytest.mark.skipif(not extras.there("torch"), reason="a base model needs torch")
def test_a_base_model_gives_vectors_and_keeps_them(tmp_path):
    base = bases.find(tiny_encoder(tmp_path / "encoder"), Policy(offline=True))
    texts, said = [f"movie {n}" for n in range(12)], []
    table = opened([{"text": text} for text in texts])
    subject = subject_of(table, text=("text",), cache=tmp_path / "cache", policy=Policy(threads=1), watch=said.append)
    one, again = encoded(base, texts, subject), encoded(base, texts, subject)
    assert one.vectors.shape == (12, base.width) and one.made_by == base.name
    assert (one.vectors == again.vectors).all() and (tmp_path / "cache" / "features").is_dir()
    assert any(event["event"] == "progress" for event in said)
