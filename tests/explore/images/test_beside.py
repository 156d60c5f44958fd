"""Are the images of another folder laid beside, without a class of theirs being read?"""

import pytest

from naeum.errors import InputError
from naeum.explore import explore
from naeum.explore.images import copies
from naeum.explore.images.beside import lay_beside


def test_copies_in_another_folder_are_found(make, tmp_path):
    ours = {f"{'ab'[n % 2]}/{n}.png": make.file(make.image(n)) for n in range(6)}
    theirs = {"b/0.png": ours["a/0.png"], "b/x.png": make.file(make.image(50))}
    subject = make.subject(make.put(tmp_path / "train", ours))
    lay_beside(subject, {"test": make.put(tmp_path / "test", theirs)}, {})
    found = copies.look(subject)
    across = found["across"][0]
    assert (across["first"], across["second"], across["images"], across["equal"]) == ("train", "test", 2, 1)
    assert across["shown"][0] == ["test: b/0.png", "a/0.png"] and found["conflicts"]["groups"] == 0
    assert subject.table.one("SELECT count(*) FROM pictures WHERE row IS NULL") == (2,)


def test_the_whole_analysis_says_it(make, tmp_path):
    ours = {f"{'ab'[n % 2]}/{n}.png": make.file(make.image(n)) for n in range(8)}
    make.put(tmp_path / "train", ours)
    make.put(tmp_path / "valid", {"a/1.png": ours["b/1.png"], "a/2.png": make.file(make.image(70))})
    profile = explore(tmp_path / "train", valid=tmp_path / "valid", parts=["pictures", "copies"])
    assert "D45" in {one.code for one in profile.findings} and profile.rows == 8


def test_a_folder_without_images_is_refused(make, tmp_path):
    subject = make.subject(make.put(tmp_path / "train", {"a/1.png": make.file(make.image(1))}))
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="must hold images"):
        lay_beside(subject, {"test": tmp_path / "empty"}, {})
