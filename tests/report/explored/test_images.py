"""Does the page show images, and none where rows may not be shown?"""

import re

import pytest

from naeum.explore import Profile
from naeum.report.explored.images import images
from naeum.report.explored.view import Seen

NONE = {"count": 0, "rows": [], "shown": []}
LINE = {"edges": [0.0, 0.5, 1.0], "counts": [3, 4]}
JPEG = "/9j/4AAQ"


def shown(path):
    return {"row": 0, "path": path, "width": 48, "height": 36, "image": JPEG}


def pictures(**more):
    side = {"least": 10, "median": 48.0, "most": 400, "histogram": {"edges": [10.0, 60.0, 400.0], "counts": [6, 1]}}
    sizes = {"width": side, "height": side, "distinct": 2, "pixels": 1728.0, "giants": NONE, "dwarfs": NONE,
             "long": NONE, "top": [{"width": 48, "height": 36, "images": 6}]}  # fmt: skip
    light = {name: {"histogram": LINE, "median": 0.5} for name in ("brightness", "contrast")}
    wrong = {"count": 1, "rows": [1], "shown": [{"path": "개/비밀.png", "format": "JPEG"}]}
    cut = {"count": 1, "rows": [2], "shown": [{"path": "개/cut.jpg", "format": None}]}
    return {
        "images": 7, "test": 0, "read": 6, "bytes": 70_000, "faults": {"cut off": cut}, "wrong": wrong,
        "formats": [{"value": "PNG", "images": 6}], "modes": [{"value": "RGB", "images": 6}], "animated": NONE,
        "turned": NONE, "sizes": sizes, "light": {**light, "blank": NONE, "dark": NONE, "bright": NONE},
        "left_out": {"count": 1, "shown": [{"path": "개/link.png", "why": "is a link out of the folder"}]},
        "said": ["7 images, 48 × 36 pixels in the median (PNG; RGB); 1 cannot be read."], **more,
    }  # fmt: skip


COPIES = {"images": 6, "compared": 6, "exact": {"copies": 1, "groups": 1}, "near": {"copies": 0, "groups": 0},
          "conflicts": {"groups": 1, "images": 2},
          "across": [{"first": "train", "second": "test", "near": 3}]}  # fmt: skip
PAIR = [{**shown("고양이/<b>1</b>.png"), "label": "고양이"}, {**shown("개/1.png"), "label": "개"}]
SHEET = {"classes": [{"class": "고양이", "images": 4, "shown": [shown("고양이/비밀.png")]}], "known": 3,
         "odd": {"darkest": [shown("개/2.png")]}, "alike": {"conflicts": [PAIR]}}  # fmt: skip


def view(rows=True, **parts):
    return Seen(Profile(name="x", rows=7, columns={"path": "id"}, parts=parts), rows=rows)


def test_classes_sizes_light_faults_and_copies_are_shown():
    body = images(view(pictures=pictures(), copies=COPIES, sheet=SHEET)).body
    assert body.count(f'<img src="data:image/jpeg;base64,{JPEG}"') == 4
    wanted = ("고양이", "2 more classes", "48 × 36", "cut off", "개/비밀.png (JPEG)", "is a link out of the folder",
              "test images that also stand in train", "Copies with different labels",
              "brightness and contrast")  # fmt: skip
    for said in wanted:
        assert said in body
    assert "<b>1</b>" not in body and "&lt;b&gt;1" in body


def test_without_rows_there_is_no_picture_and_no_name_of_a_file():
    body = images(view(rows=False, pictures=pictures(), copies=COPIES, sheet=SHEET)).body
    assert "<img" not in body and JPEG not in body and "비밀" not in body and "link.png" not in body
    assert "cut off" in body


def test_what_is_no_base_64_never_gets_into_an_address():
    sheet = {**SHEET, "classes": [{"class": "a", "images": 1, "shown": [{**shown("a"), "image": '"><script>'}]}]}
    assert "<script" not in images(view(pictures=pictures(), sheet=sheet)).body


@pytest.mark.parametrize("missing", ["sizes", "light"])
def test_unreadable_images_have_no_figures(missing):
    assert images(view(pictures=pictures(**{missing: None}))).anchor == "images"


def test_images_of_one_size_need_no_figure_of_sides():
    sizes = {**pictures()["sizes"], "distinct": 1}
    assert len(re.findall("<svg", images(view(pictures=pictures(sizes=sizes))).body)) == 1


def test_without_images_there_is_no_section():
    assert images(view()) is None
