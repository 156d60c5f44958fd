"""Are copies found, with their labels and parts?"""

import pytest

from naeum.errors import NotApplicable
from naeum.explore.images import copies
from naeum.explore.images.copies import look


def test_equal_and_near_copies_and_their_labels(make, tmp_path):
    files = {f"{'ab'[n % 2]}/{n}.png": make.file(make.image(n)) for n in range(10)}
    files |= {"a/again.png": files["a/0.png"], "b/other.png": files["a/2.png"]}
    files |= {"b/small.jpg": make.file(make.image(3, (48, 36)).resize((32, 24)), "JPEG")}
    subject = make.subject(make.put(tmp_path, files))
    found = look(subject)
    assert found["exact"]["copies"] == 2 and found["exact"]["groups"] == 2
    assert sorted(found["exact"]["shown"]) == [["a/0.png", "a/again.png"], ["a/2.png", "b/other.png"]]
    assert found["near"]["shown"] == [["b/3.png", "b/small.jpg"]] and len(found["near"]["rows"]) == 1
    assert found["conflicts"]["groups"] == 1 and found["conflicts"]["share"] == pytest.approx(1 / 13)
    assert [(one["path"], one["label"]) for one in found["conflicts"]["shown"][0]] == [
        ("a/2.png", "a"), ("b/other.png", "b"),
    ]  # fmt: skip
    assert found["across"] == []


def test_parts_are_compared_and_test_classes_are_not_read(make, tmp_path):
    files = {f"train/{'ab'[n % 2]}/{n}.png": make.file(make.image(n)) for n in range(6)}
    files |= {"test/b/0.png": files["train/a/0.png"], "test/b/x.png": make.file(make.image(50))}
    files |= {"test/b/near.png": make.file(make.image(1).resize((24, 18)))}
    found = look(make.subject(make.put(tmp_path, files)))
    assert found["conflicts"]["groups"] == 0  # the copy in test has another class, which nobody may know
    across = found["across"][0]
    assert (across["first"], across["second"], across["images"], across["equal"], across["near"]) == (
        "train", "test", 3, 1, 2,
    )  # fmt: skip
    assert across["shown"][0] == ["test/b/0.png", "train/a/0.png"] and across["rows"][0] == 0


def test_blank_images_are_no_near_copies(make, tmp_path):
    from PIL import Image

    files = {f"a/{n}.png": make.file(Image.new("RGB", (20 + n, 20), (n, n, n))) for n in range(4)}
    assert look(make.subject(make.put(tmp_path, files)))["near"]["copies"] == 0


def test_without_classes_there_are_no_conflicts_and_many_are_drawn(make, tmp_path, monkeypatch):
    monkeypatch.setattr(copies, "MOST_COMPARED", 3)
    found = look(make.subject(make.put(tmp_path, {f"{n}.png": make.file(make.image(n)) for n in range(6)})))
    assert found["conflicts"] is None and (found["compared"], found["images"]) == (3, 6)


def test_one_image_has_no_copy(make, tmp_path):
    subject = make.subject(make.put(tmp_path, {"1.png": make.file(make.image(1)), "2.png": b"x"}))
    with pytest.raises(NotApplicable, match="it needs two images that can be read"):
        look(subject)
