"""Does YAML come back as it was written, and is a wrong line refused with its number?"""

import pytest

from naeum.data.expectations import learn, load
from naeum.errors import InputError

ROWS = [
    {"도시": ("서울", "부산", "no")[n % 3], "n": str(n * 1.5), "t": "True" if n % 2 else "False"} for n in range(90)
]


def test_learned_expectations_come_back_equal():
    learned = learn(ROWS)
    again = load(learned.to_yaml())
    assert set(again.rules) == set(learned.rules) and len(again) == len(learned)
    assert again.reference == learned.reference and again.chance == learned.chance
    assert again.to_yaml() == learned.to_yaml()


def test_odd_names_of_columns_come_back():
    odd = {"A": "1", "a": "x", 'q"uo': "가", "n\nl": "2", "no": "3", "1": "4", "긴 이름 " * 40: "5"}
    learned = learn([odd] * 30)
    again = load(learned.to_yaml())
    assert set(again.rules) == set(learned.rules) and again.check([odd] * 30).holds


def test_one_expectation_a_line():
    text = learn(ROWS).to_yaml()
    assert "\n    values: {values: ['no', 부산, 서울], of: 90}\n" in text
    assert "\n    missing: {of: 90}\n" in text


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("colums:\n  a: {}\n", "line 1: a key here must be one of version, .*; got 'colums'; did you mean 'columns'?"),
        ("columns:\n  a:\n    rnage: [0, 1]\n", "line 3: .*; got 'rnage'; did you mean 'range'?"),
        ("columns:\n  a:\n    range: {at_lest: 0}\n", "line 3: .*; got 'at_lest'; did you mean 'at_least'?"),
        ("columns:\n  a:\n    range: 5\n", "line 3: range must be keys with values; got 5"),
        ("columns:\n  a:\n    type: {name: 3}\n", "line 3: name must be text; got 3; write it in quotes"),
        ("columns:\n  a:\n    missing: {of: many}\n", "line 3: of must be a whole number of rows; got 'many'"),
        ("columns:\n  a:\n    values: {values: 3}\n", "line 3: values must be a list of plain values; got 3"),
        ("columns:\n  a:\n    shares: {x: y}\n", "line 3: counts must be values with whole numbers"),
        ("columns:\n  a:\n    length: [x, 2]\n", "line 3: at_least must be a number; got 'x'"),
        ("columns:\n  a:\n    distribution: {points: [1]}\n", "line 3: distribution must name below and of"),
        ("columns:\n  - a\n  - b\n", "line 1: columns must be names with expectations below each; indent them"),
        ("version: 9\ncolumns: {}\n", "line 1: version must be 1; got 9; update naeum"),
        ("chance: 5\ncolumns: {}\n", "line 1: chance must be between 0 and 1; got 5; 0.001 is usual"),
        ("- a\n- b\n", "line 1: expectations must be keys with values; start with columns:"),
        ("order:\n  - {first: a, than: b}\n", "line 2: .*; got 'than'; did you mean 'then'?"),
        ("columns:\n  a: {type: zahl}\nrows: [1, 3]\n", "line 2: a type must be one of whole"),
    ],
)
def test_refusals(text, sentence):
    with pytest.raises(InputError, match=sentence):
        load(text)
