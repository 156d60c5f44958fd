"""Does a head on frozen words learn tags, and keep the laws of learners?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from naeum.contract import Policy
from naeum.errors import InputError
from naeum.model.tags import probe
from naeum.model.tags.probe import PATH, WordProbe
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import tags
from tests.model.tags import laws


def test_tags_are_learned(tiny_base: str, run: TinyRun) -> None:
    given = tags.parts(120)
    fitted = WordProbe(tiny_base, layers=2).fit(given, run)
    assert laws.f1(fitted, given.tune) > 0.5
    assert fitted.c in PATH
    assert any("words read by" in note for *_, note in run.reports)


def test_vectors_stand_in_the_order_of_the_words(tiny_base: str, run: TinyRun) -> None:
    from naeum.model.tags.sentences import sentences

    given = tags.parts(30)
    fitted = WordProbe(tiny_base, layers=2).fit(given, run)
    words = sentences(given.tune.rows, given.tune.task)
    whole = fitted.vectors(words, np.arange(len(words.words)))
    some = np.array([7, 0, 3])
    np.testing.assert_allclose(fitted.vectors(words, some), whole[some], atol=1e-6)
    assert whole.shape[1] == 2 * 16 + probe.windows(fitted.base, words, 16, " ").looks.shape[1]


def test_few_of_many_words_are_enough(tiny_base: str, run: TinyRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "MOST_WORDS", 50)
    given = tags.parts(48)
    assert np.isfinite(WordProbe(tiny_base).fit(given, run).predict(given.tune.rows).scores).all()


def test_it_keeps_the_laws(tiny_base: str, run: TinyRun, tmp_path: Path) -> None:
    mine = WordProbe(tiny_base, layers=2, max_length=32)
    fitted = mine.fit(tags.parts(24), run)
    laws.keeps_json(mine, {"word_probe": WordProbe})
    laws.answers_every_word(fitted)
    laws.minds_no_order(fitted)
    laws.survives_the_store(fitted, tmp_path)
    laws.fits_alike_and_changes_nothing(mine, tmp_path)
    laws.decided_needs_no_tune(mine, tmp_path)
    laws.ignores_what_does_not_count(mine, tmp_path)


def test_its_cost_grows_with_the_words(tiny_base: str) -> None:
    mine, policy = WordProbe(tiny_base), Policy(offline=True)
    assert mine.nominal(2000, 20, policy) == pytest.approx(4 * mine.nominal(1000, 10, policy))
    assert mine.nominal(1, 1, policy) > 0


def test_wrong_settings_are_refused() -> None:
    with pytest.raises(InputError, match="layers at least 1 and max_length at least 3"):
        WordProbe(layers=0)
