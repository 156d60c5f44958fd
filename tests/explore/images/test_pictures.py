"""Are faults, sizes, modes and light of images seen?"""

import json

import pyarrow as pa
import pytest
from PIL import Image

from naeum.errors import NotApplicable
from naeum.explore.images.pictures import look
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of


@pytest.fixture
def found(make, tmp_path):
    jpeg = make.file(make.image(1, (60, 40)), "JPEG")
    files = {f"a/{n}.png": make.file(make.image(n)) for n in range(8)}
    files |= {"b/cut.jpg": jpeg[: len(jpeg) // 2], "b/text.png": b"<html>", "b/none.gif": b"", "b/named.png": jpeg}
    files |= {"b/giant.png": make.file(make.image(9, (400, 300))), "b/dwarf.png": make.file(make.image(9, (5, 4)))}
    files |= {"b/long.png": make.file(make.image(9, (100, 10))), "b/gray.png": make.file(make.image(9).convert("L"))}
    files |= {f"b/{name}.png": make.file(Image.new("RGB", (48, 36), name)) for name in ("red",)}
    ramp = Image.linear_gradient("L").resize((48, 36)).convert("RGB")
    files |= {"b/dark.png": make.file(ramp.point(lambda value: value // 7))}
    files |= {"b/bright.png": make.file(ramp.point(lambda value: 255 - value // 12))}
    make.put(tmp_path, files)
    (tmp_path / "b" / "link.png").symlink_to("/etc/hostname")
    return look(make.subject(tmp_path))


def test_faults_are_told_apart_with_their_rows(found):
    counts = {kind: one["count"] for kind, one in found["faults"].items()}
    assert counts == {"cut off": 1, "empty": 1, "not an image": 1}
    assert found["faults"]["cut off"]["shown"][0]["path"] == "b/cut.jpg" and found["faults"]["cut off"]["rows"] == [9]
    assert (found["images"], found["read"]) == (19, 16)
    assert found["said"] == ["19 images, 48 × 36 pixels in the median (PNG, JPEG; RGB, L); 3 cannot be read."]


def test_wrong_names_modes_and_formats_are_counted(found):
    assert [one["path"] for one in found["wrong"]["shown"]] == ["b/named.png"]
    assert found["modes"][1] == {"value": "L", "images": 1} and found["formats"][0]["value"] == "PNG"


def test_giants_dwarfs_and_long_images_are_named(found):
    sizes = found["sizes"]
    assert {kind: [one["path"] for one in sizes[kind]["shown"]] for kind in ("giants", "dwarfs", "long")} == {
        "giants": ["b/giant.png"], "dwarfs": ["b/dwarf.png"], "long": ["b/long.png"],
    }  # fmt: skip
    assert sizes["width"]["most"] == 400 and sum(sizes["width"]["histogram"]["counts"]) == sum(
        one["images"] for one in sizes["top"]
    )


def test_blank_dark_and_bright_images_are_named(found):
    light = found["light"]
    assert {kind: [one["path"] for one in light[kind]["shown"]] for kind in ("blank", "dark", "bright")} == {
        "blank": ["b/red.png"], "dark": ["b/dark.png"], "bright": ["b/bright.png"],
    }  # fmt: skip
    assert sum(light["brightness"]["histogram"]["counts"]) == 16


def test_what_was_left_out_is_said_and_all_is_json(found):
    why = "is a link out of the folder"
    assert found["left_out"] == {
        "count": 1, "reasons": [{"why": why, "count": 1}], "shown": [{"path": "b/link.png", "why": why}],
    }  # fmt: skip
    json.dumps(found, allow_nan=False)


def test_a_column_of_images_is_looked_at_too(make):
    images = [make.file(make.image(n)) for n in range(30)]
    table = opened(pa.table({"photo": pa.array(images, pa.binary()), "label": ["a", "b"] * 15}))
    found = look(subject_of(table, target="label"))
    assert (found["images"], found["read"], found["formats"]) == (30, 30, [{"value": "PNG", "images": 30}])


def test_without_an_image_nothing_applies_and_unreadable_ones_are_said(make, tmp_path):
    with pytest.raises(NotApplicable, match="it needs images; the data have none"):
        look(subject_of(opened([{"age": "3"}])))
    found = look(make.subject(make.put(tmp_path, {"a/1.png": b"x", "b/2.png": b"y"})))
    assert found["said"] == ["None of 2 images can be read."] and found["sizes"] is None and found["light"] is None
