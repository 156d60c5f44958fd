"""Are some images of each class shown, and the odd ones?"""

import base64

from naeum.explore.images import copies, sheet
from naeum.explore.images.sheet import look


def test_some_of_each_class_are_drawn_the_same_for_the_same_seed(make, tmp_path):
    files = {f"{name}/{n}.png": make.file(make.image(n + 100 * at)) for at, name in enumerate(("고양이", "개"))
             for n in range(10 - at)}  # fmt: skip
    files["개/cut.png"] = b"x"
    subject = make.subject(make.put(tmp_path, files))
    found = look(subject)
    assert [(one["class"], one["images"]) for one in found["classes"]] == [("개", 10), ("고양이", 10)]
    assert all(len(one["shown"]) == sheet.EACH for one in found["classes"])
    assert all(each["path"].startswith(one["class"]) for one in found["classes"] for each in one["shown"])
    assert base64.b64decode(found["classes"][0]["shown"][0]["image"]).startswith(b"\xff\xd8\xff")
    assert look(subject) == found and "largest" not in found["odd"]


def test_extremes_and_copies_are_shown(make, tmp_path):
    files = {f"a/{n}.png": make.file(make.image(n, (20 + 4 * n, 30))) for n in range(4)}
    files |= {"a/dark.png": make.file(make.image(9, light=(0, 9))), "b/copy.png": files["a/1.png"]}
    subject = make.subject(make.put(tmp_path, files))
    found = look(subject.with_seen("copies", copies.look(subject)))
    assert found["odd"]["darkest"][0]["path"] == "a/dark.png" and found["odd"]["largest"][0]["path"] == "a/dark.png"
    assert [(one["path"], one["label"]) for one in found["alike"]["conflicts"][0]] == [
        ("a/1.png", "a"),
        ("b/copy.png", "b"),
    ]


def test_classes_beyond_the_most_frequent_are_counted(make, tmp_path, monkeypatch):
    monkeypatch.setattr(sheet, "CLASSES", 2)
    files = {f"{name}/{n}.png": make.file(make.image(n)) for name in "abc" for n in range(1 + "abc".index(name))}
    found = look(make.subject(make.put(tmp_path, files)))
    assert [one["class"] for one in found["classes"]] == ["c", "b"] and found["known"] == 3


def test_without_classes_some_of_all_are_shown(make, tmp_path):
    found = look(make.subject(make.put(tmp_path, {f"{n}.png": make.file(make.image(n)) for n in range(3)})))
    assert found["classes"][0]["class"] is None and len(found["classes"][0]["shown"]) == 3
