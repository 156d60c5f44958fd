"""Does the figure of the resamples stand where they were fitted, with the learning curve above it?"""

from naeum import tongue
from naeum.report import drawing
from naeum.report.figures import resamples
from naeum.report.view import View


def shown(ladder):
    with drawing.style("resamples"):
        drawn = resamples.figure(View(ladder))
        if drawn is None:
            return None
        drawing.in_tongue(drawn)
        return [text.get_text() for axes in drawn.axes for text in (axes.xaxis.label, *axes.texts)] + [
            axes.get_title("left") for axes in drawn.axes
        ]


def test_both_meanings_stand_one_below_the_other(korean):
    said = shown(korean)
    assert "over 20 resamples" in said and "bias² 0.210" in said and "variance 0.040" in said
    assert (
        "by the learning curve" in said
        and said.count("mean squared error") == 1
        and "error on rows not learned from" in said
    )
    korean.bias_variance = None
    assert "by the learning curve" not in shown(korean)
    korean.resamples = None
    assert shown(korean) is None, "nobody asked for them"


def test_its_words_are_korean_where_korean_is_spoken(korean):
    with tongue.speaking("ko"):
        said = shown(korean)
    assert "재표본 20개에서" in said and "편향² 0.210" in said and "평균 제곱 오차(MSE)" in said
    assert not any(word in " ".join(said) for word in ("bias", "variance", "error"))
