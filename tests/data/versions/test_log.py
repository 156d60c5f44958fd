"""Are versions named, kept once, pointed at and given back as they were?"""

import json

import pandas as pd
import pyarrow as pa
import pytest

from naeum.data.versions import Versions, read_pointer
from naeum.errors import InputError


@pytest.fixture
def versions(tmp_path):
    return Versions(tmp_path / "store")


def reviews(n):
    return pa.table(
        {"id": [str(at) for at in range(n)], "문장": [f"{at}번째로 좋은 영화 {at * 7919}" for at in range(n)]}
    )


def size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*.parquet"))


def test_versions_have_parents_notes_and_steps(versions):
    first = versions.save(reviews(10), name="reviews", note="처음")
    other = versions.save(reviews(3), name="other")
    second = versions.save(reviews(11), name="reviews", steps=[{"kind": "fill"}], note="하나 더")
    assert [one.name for one in versions.log()] == ["v1", "v2", "v3"]
    assert (first.parent, other.parent, second.parent) == ("", "", "v1")
    assert [one.note for one in versions.log("reviews")] == ["처음", "하나 더"]
    assert versions.log()[2].steps == [{"kind": "fill"}] and second.time.endswith("+00:00")
    assert versions.save(reviews(4), name="branch", parent="v2").parent == "v2"


def test_rows_come_back_as_they_were(versions, tmp_path):
    frame = pd.DataFrame(
        {"n": [1, 2, None], "t": pd.to_datetime(["2026-01-01", None, "2026-01-03"]), "글": ["가", "", None]}
    )
    saved = versions.save(frame)
    assert versions.table(saved).equals(versions.table("v1"))
    assert versions.table().to_pylist() == pa.Table.from_pandas(frame, preserve_index=False).to_pylist()
    path = tmp_path / "a.csv"
    path.write_text("id,글\n007,가\n8,\n", encoding="utf-8")
    assert versions.save(path).data == "a.csv"
    assert versions.table("v2").to_pylist() == [{"id": "007", "글": "가"}, {"id": "8", "글": ""}]


def test_nothing_new_is_no_version(versions):
    one = versions.save(reviews(10), name="r")
    assert versions.save(reviews(10), name="r", note="again") == one and len(versions.log()) == 1
    back = versions.save(reviews(9), name="r"), versions.save(reviews(10), name="r")
    assert back[1].name == "v3" and back[1].key == one.key and back[1].written == 0


def test_an_edit_in_the_middle_is_stored_as_its_pieces_only(versions):
    whole = reviews(60_000)
    versions.save(whole, name="r")
    full = size(versions.folder)
    cells = whole["문장"].to_pylist()
    cells[30_000] = "고친 문장"
    edited = versions.save(whole.set_column(1, "문장", pa.array(cells)), name="r")
    assert 0 < edited.written < full / 3 and size(versions.folder) == full + edited.written
    assert versions.table(edited)["문장"][30_000].as_py() == "고친 문장"


def test_versions_are_found_by_name_hash_and_pointer(versions, tmp_path):
    first = versions.save(reviews(10), name="r")
    second = versions.save(reviews(11), name="r")
    assert versions.find() == second and versions.find("v1") == versions.find(first.key[:8]) == first
    pointer = versions.point(first, tmp_path / "r.csv")
    assert pointer.name == "r.csv.naeum.json" and versions.find(pointer) == first
    before = pointer.read_bytes()
    assert versions.point(first, tmp_path / "r.csv").read_bytes() == before and len(before) < 500
    assert json.loads(before)["rows"] == 10


def test_refusals(versions, tmp_path):
    with pytest.raises(InputError, match=r"a store must hold versions; .* has none; save some with naeum data save"):
        versions.find("v1")
    versions.save(reviews(3))
    with pytest.raises(InputError, match=r"a version must be one of the store .*: v1; got 'v9'; correct it"):
        versions.find("v9")
    (tmp_path / "x.naeum.json").write_text("[]")
    with pytest.raises(InputError, match=r"a pointer must be the JSON that naeum data save writes; .* is not"):
        read_pointer(tmp_path / "x.naeum.json")
    (tmp_path / "bad.csv").write_text("a,b\n" + "1,x\n" * 60 + "2,y,z\n")
    with pytest.raises(InputError, match=r"a version must hold every line; .*bad.csv has 1 that cannot be read"):
        versions.save(tmp_path / "bad.csv")
    with pytest.raises(InputError, match=r"data must hold rows; got none; add rows"):
        versions.save(reviews(0))
