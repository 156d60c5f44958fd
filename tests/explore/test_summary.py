"""Does the summary say size, gaps, copies, classes, what tells and what goes together, and that it is no cause?"""

from naeum.contract import Finding
from naeum.explore import summary

ROWS = [
    {"cm": str(n * 7 % 90), "inch": str((n * 7 % 90) / 2.5), "gap": "" if n % 4 == 0 else "x" if n % 3 else "y",
     "label": "가나"[n % 2], "hint": "ab"[n % 2]}
    for n in range(180)
]  # fmt: skip


def test_the_whole_summary(looked):
    subject = looked(ROWS, "label").with_seen("texts", {"said": ["모든 글이 짧습니다."]})
    found = Finding("D01", "t", "warning", "seen 1.")
    said = summary.whole(subject, [found, Finding("D02", "t", "tip", "seen 2.")])
    assert said[0] == "180 rows, 5 columns: 3 categories and 2 numbers."
    assert said[1] == "5.0 % of all cells are missing, most of them in gap (25.0 %)."
    assert said[2] == "45 rows repeat an earlier one."
    assert said[3] == "The target label has 2 classes: 가 (50.0 %) and 나 (50.0 %)."
    assert said[4].startswith("Of the target label, hint (99.6 % of its entropy)")
    assert "cm and inch (1.00)" in said[5] and said[5].endswith(summary.NOT_CAUSE)
    assert said[6] == "모든 글이 짧습니다." and said[7] == "The checks found 1 warning and 1 tip."


def test_little_is_said_of_little(plain, looked):
    assert summary.first(plain([{"a": "1"}, {"a": "2"}]))[1:] == ()
    assert summary.whole(looked([{"a": "1"}, {"a": "2"}]), [])[-1] == "No check found anything."
    few = [{"a": str(n) if n else "", "b": str(n)} for n in range(2000)]
    assert summary.first(looked(few))[1] == "1 cell in 1 column is missing."


def test_many_classes_and_numbers_as_targets(looked):
    many = [{"text": f"문장 {n}", "label": f"c{n % 30}"} for n in range(600)]
    assert "30 classes, of 20 to 20 rows" in summary.first(looked(many))[-1]
    assert summary.first(looked(ROWS, "cm"))[-1] == "The target cm is a number."
