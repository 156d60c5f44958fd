"""Are rows of a table found that stand in another part too?"""

import pytest

from naeum.errors import NotApplicable
from naeum.explore import leaks as room
from naeum.explore.loading import opened
from naeum.explore.plain import leaks

TRAIN = [{"id": f"t{n}", "age": f"{n * 1.7:.1f}", "city": "서울부산"[n % 2], "label": "ab"[n % 2]} for n in range(100)]
TEST = [{"id": f"u{n}", "age": f"{(90 + n) * 1.7:.1f}", "city": "서울부산"[n % 2]} for n in range(40)]


def test_rows_equal_but_for_ids_and_target_are_counted(plain):
    subject = plain(TRAIN, "label", beside={"test": opened(TEST)})
    found = leaks.look(subject)
    pair = found["pairs"][0]
    assert (pair["first"], pair["second"], pair["rows"], pair["equal"], pair["near"]) == ("train", "test", 40, 10, 10)
    assert pair["named"] == list(range(10)) and found["what"] == "rows"
    assert room.look(subject) == found


def test_the_target_of_test_is_not_read(plain):
    other = [{**row, "label": "c"} for row in TEST]
    both = [leaks.look(plain(TRAIN, "label", beside={"test": opened(rows)})) for rows in (TEST, other)]
    assert both[0] == both[1]


def test_a_table_whose_rows_repeat_by_nature_is_not_blamed(plain):
    rows = [{"city": "서울부산"[n % 2], "label": "ab"[n % 3 % 2]} for n in range(100)]
    with pytest.raises(NotApplicable, match=r"only 2 % of the training rows differ"):
        leaks.look(plain(rows, "label", beside={"test": opened(rows[:20])}))


def test_it_needs_another_part_with_the_same_columns(plain):
    with pytest.raises(NotApplicable, match="name one with --valid or --test"):
        leaks.look(plain(TRAIN, "label"))
    with pytest.raises(NotApplicable, match="columns that all parts have"):
        leaks.look(plain(TRAIN, "label", beside={"test": opened([{"x": "1"}, {"x": "2"}])}))
