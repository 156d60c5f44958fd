"""Are topics that are there found, named, and laid out near each other?"""

import numpy as np
import pytest

from naeum.data import read
from naeum.errors import NotApplicable
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of
from naeum.explore.text import topics
from naeum.testing.data import make


@pytest.fixture(scope="module")
def blobs():
    rng = np.random.default_rng(0)
    member = np.repeat(np.arange(4), (50, 40, 30, 20))
    centers = np.eye(4, 8)
    return np.asarray(centers[member] + rng.normal(0, 0.05, (140, 8)), np.float32), member


def test_clusters_are_found_the_largest_first(blobs):
    vectors, member = blobs
    found = topics.topics(vectors)
    assert np.bincount(found.member).tolist() == [50, 40, 30, 20]
    assert len(set(zip(found.member.tolist(), member.tolist(), strict=True))) == 4
    assert found.silhouette > 0.8
    near = found.nearest(vectors, 0, 3)
    assert (found.member[near] == 0).all() and len(near) == 3


def test_a_map_keeps_clusters_together(blobs):
    vectors, member = blobs
    places = topics.laid_out(vectors)
    assert places.shape == (140, 2) and places.min() >= 0 and places.max() <= 1
    far = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(far, np.inf)
    assert (member[far.argmin(axis=1)] == member).mean() > 0.95
    assert (topics.laid_out(vectors) == places).all()


def test_few_or_equal_rows_have_no_topics():
    with pytest.raises(NotApplicable, match="topics need 60 unlike rows"):
        topics.topics(np.eye(10, dtype=np.float32))
    with pytest.raises(NotApplicable, match="topics need 60 unlike rows"):
        topics.topics(np.ones((100, 3), np.float32))
    with pytest.raises(NotApplicable, match="a map needs 60 rows"):
        topics.laid_out(np.eye(10, dtype=np.float32))


def test_a_part_has_topics_and_a_map_with_labels_lengths_and_errors():
    data = make(160, korean=True)
    rows = [
        {"text": f"{text} {n}", "label": "ab"[code]}
        for n, (text, code) in enumerate(zip(data.rows["text"].to_pylist(), data.target, strict=True))
    ]
    subject = subject_of(opened(rows), target="label", text=("text",), data=read(rows, target="label", text="text"))
    subject = subject.with_seen("languages", {"languages": [["ko", 160]]}).with_seen("suspects", {"wrong_rows": [3, 5]})
    found = topics.look(subject)
    assert found["by"] == "latent semantic analysis" and sum(one["rows"] for one in found["topics"]) == 160
    places = found["map"]
    assert len(places["x"][0]) == len(places["label"]) == len(places["length"]) == 160
    assert [at for at, flag in enumerate(places["error"]) if flag] == [3, 5] and places["classes"] == ["a", "b"]
    assert sum(count for one in found["topics"] for _, count in one["labels"]) == 160
