"""Do image files become rows with their bytes?"""

import pytest

from naeum.data.images import reading as images
from naeum.data.images.reading import read_images
from naeum.errors import InputError

PNG = b"\x89PNG\r\n\x1a\n"


def test_rows_hold_bytes_path_class_and_size(tmp_path):
    for name, content in (("고양이/1.jpg", PNG), ("개/2.png", PNG + b"x")):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(content)
    rows = read_images(tmp_path).to_pylist()
    assert rows == [
        {"image": PNG + b"x", "path": "개/2.png", "label": "개", "part": None, "size": 9},
        {"image": PNG, "path": "고양이/1.jpg", "label": "고양이", "part": None, "size": 8},
    ]


def test_what_cannot_be_read_or_is_too_large_has_no_image_and_batches_are_small(tmp_path, monkeypatch):
    for place in range(4):
        (tmp_path / f"{place}.png").write_bytes(PNG * (place + 1))
    monkeypatch.setattr(images, "MOST_BYTES", 24)
    monkeypatch.setattr(images, "BATCH_BYTES", 10)
    table = read_images(tmp_path)
    assert table.column("image").null_count == 1 and table.column("size").to_pylist() == [8, 16, 24, None]
    assert table.column("image").num_chunks == 3


def test_another_source_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    with pytest.raises(
        InputError, match="images must be a folder, a zip, or a table with a column of their paths; got"
    ):
        read_images(tmp_path / "a.csv")
