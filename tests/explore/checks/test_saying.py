"""Do sentences of checks read well, and are rows called by what names them?"""

from naeum.data import read
from naeum.explore.checks.saying import columns_of, ids, listed, plural, rows_of, shares


def test_lists_and_numbers():
    assert listed(["하나"]) == "하나" and listed(list("abcdefg")) == "a, b, c, d, e and 2 more"
    assert plural(2, "class", "classes") == "2 classes"
    assert shares({"a": 0.1, "b": 0.5}) == "b (50.0 %) and a (10.0 %)"


def test_rows_are_numbers_in_a_table_and_ids_in_data(plain):
    rows = [{"text": f"문장 {n}", "label": "ab"[n % 2]} for n in range(40)]
    table = plain(rows, "label")
    assert rows_of(table, "label = 'b'")[:2] == (1, 3) and ids(table, [7, 2]) == (7, 2)
    data = read(rows, target="label", text="text")
    with_data = type(table)(**{**table.__dict__, "data": data})
    assert ids(with_data, [1]) == (int(data.dataset.ids[1]),)


def test_columns_by_role(looked):
    subject = looked([{"age": str(n), "city": "서울부산"[n % 2]} for n in range(30)])
    assert list(columns_of(subject, "category")) == ["city"] and len(columns_of(subject)) == 2
