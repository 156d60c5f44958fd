"""Is every smaller model made that can be, each measured as it will be served?"""

import pytest

from naeum.compress import exported, folder, variants
from naeum.contract import subset
from naeum.errors import InputError, ParityError
from naeum.model.text.linear import TfidfLogistic


@pytest.fixture(autouse=True)
def brief(monkeypatch):
    monkeypatch.setattr(variants, "SECONDS", 0.05)


def test_an_encoder_gets_fewer_words_eight_bits_and_both(tuned, parts, tmp_path):
    said = []
    points = list(variants.variants(tuned, (parts.fit, parts.tune), tmp_path, 1.0, said.append))
    assert [point.name for point in points] == [variants.FLOAT, variants.FEWER, variants.EIGHT, variants.BOTH]
    assert said == []
    sizes = [point.size_mb for point in points]
    assert sizes[0] == max(sizes) and sizes[3] < sizes[1]
    for point in points:
        assert folder.is_export(point.place) and point.low <= point.score <= point.high and point.latency_ms > 0
    both = exported.opened(points[3].place).model.card
    assert both["vocabulary"]["kept"] and both["eight_bits"]["how"] == "percentile"
    assert both["parity"]["flips"] == 0
    own = variants.measured("own", tuned, parts.tune)
    lost = variants.losses((own, *points), own, (parts.fit, parts.tune))
    assert list(lost) == [point.name for point in points]
    assert lost[variants.FLOAT].flips == 0 and not lost[variants.FLOAT].layers
    assert sum(one.share for one in lost[variants.EIGHT].layers) == pytest.approx(1)


def test_what_cannot_be_made_is_told_and_left_out(parts, run, tmp_path):
    said = []
    fitted = TfidfLogistic().fit(parts, run)
    points = list(variants.variants(fitted, (parts.fit, parts.tune), tmp_path, 0.005, said.append))
    assert [point.name for point in points] == [variants.FLOAT]
    assert "fewer words: a model must have an encoder" in said[0] and "eight bits: a model must have" in said[1]
    assert [one.name for one in tmp_path.iterdir()] == ["float"]


def test_a_variant_that_fails_leaves_nothing(tuned, parts, tmp_path, monkeypatch):
    def failing(words, fit, tune, max_loss):
        def change(place, card):
            raise ParityError("a cut vocabulary must lose less; it loses much; keep all words")

        return change

    monkeypatch.setattr(variants, "cut_words", failing)
    said = []
    points = list(variants.variants(tuned, (parts.fit, parts.tune), tmp_path, 1.0, said.append))
    assert [point.name for point in points] == [variants.FLOAT, variants.EIGHT]
    assert said == ["fewer words: a cut vocabulary must lose less; it loses much; keep all words"]
    assert not (tmp_path / "words").exists()


def test_rows_without_labels_are_refused(tuned, parts):
    with pytest.raises(InputError, match="must be measured on labelled rows of tune; this run has none"):
        variants.measured("a", tuned, subset(parts.tune, [], "none"))
