"""Are images of another part told apart by their size and light?"""

import pytest

from naeum.errors import NotApplicable
from naeum.explore.images import shift
from naeum.explore.images.beside import lay_beside


@pytest.fixture
def parts(make, tmp_path):
    """Training images, and two other folders: one of the same kind, one of darker images."""

    def folder(name, first, light):
        files = {f"{n}.png": make.file(make.image(first + n, (16, 12), light)) for n in range(shift.LEAST_ROWS)}
        return make.put(tmp_path / name, files)

    return folder("train", 0, (0, 255)), folder("same", 1000, (0, 255)), folder("dark", 2000, (0, 120))


def test_darker_images_are_told_by_their_light(make, parts):
    train, same, dark = parts
    subject = make.subject(train)
    lay_beside(subject, {"valid": same, "test": dark}, {})
    alike, apart = sorted(shift.look(subject)["parts"], key=lambda one: one["auroc"])
    assert alike["part"] == "valid" and alike["auroc"] < 0.65
    assert apart["part"] == "test" and apart["auroc"] > 0.9 and apart["what"] == "images"
    assert apart["columns"][0]["column"] in ("brightness", "contrast", "bytes")
    assert apart["unlike"][0]["text"].startswith("test: ")


def test_it_needs_a_part_with_enough_images(make, tmp_path):
    subject = make.subject(make.put(tmp_path, {"a/1.png": make.file(make.image(1))}))
    with pytest.raises(NotApplicable, match="100 images to learn from and as many of another part"):
        shift.look(subject)
