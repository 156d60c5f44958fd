"""Are lines known, and is what is no YAML refused?"""

import pytest

from naeum.data.expectations.marked import read_file, read_marked
from naeum.errors import InputError


def test_lines_of_keys_and_items():
    marked = read_marked("a: 1\nb:\n  - {c: 2}\n  - x\n", "e.yaml")
    assert marked.content == {"a": 1, "b": [{"c": 2}, "x"]}
    assert marked.lines["b", 1] == 4 and marked.lines["b", 0, "c"] == 3
    assert str(marked.refusal(("b", 0, "nowhere"), "no")) == "e.yaml, line 3: no"


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("a: [1\n", "e.yaml, line 2: expectations must be YAML"),
        ("a: 1\na: 2\n", "e.yaml, line 2: a key must stand once; 'a' stands twice; take one out"),
        ("a: !!python/object:os.system x\n", "e.yaml, line 1: expectations must be YAML"),
        ("a: \x01\n", "e.yaml must be YAML"),
    ],
)
def test_refusals(text, sentence):
    with pytest.raises(InputError, match=sentence):
        read_marked(text, "e.yaml")


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(InputError, match=r"expectations must be a YAML file; there is none at .*e.yaml; make one with"):
        read_file(tmp_path / "e.yaml")
    (tmp_path / "e.yaml").write_bytes("가".encode("cp949"))
    with pytest.raises(InputError, match=r"e.yaml must be UTF-8 text; it is not; save it as UTF-8"):
        read_file(tmp_path / "e.yaml")
