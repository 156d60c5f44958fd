"""Are classes and words counted rightly?"""

from naeum.report.figures import overview
from naeum.report.view import View


def test_words_are_counted_over_all_inputs(korean):
    lengths = overview.words_of(korean.part("tune"))
    assert lengths.tolist()[:3] == [len(text.split()) for text in korean.texts[:3]]


def test_many_classes_name_the_largest_and_the_smallest(english):
    from naeum.report import drawing

    with drawing.style("overview"):
        axes = overview.figure(View(english)).axes[0]
    counts = english.summary["class_counts"]
    said = axes.texts[0].get_text()
    assert f"{max(counts):,}" in said and f"{min(counts):,}" in said


def test_few_classes_have_a_bar_each(korean):
    from naeum.report import drawing

    with drawing.style("overview"):
        axes = overview.figure(View(korean)).axes[0]
    assert sorted(bar.get_width() for bar in axes.patches) == sorted(korean.summary["class_counts"])
