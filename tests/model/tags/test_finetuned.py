"""Does an encoder learn to tag, decide on tune, survive storing, and keep the laws of learners?"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from naeum.contract import HasModule, Parts, Policy, State
from naeum.errors import BaseModelError, InputError
from naeum.model.floor import Majority
from naeum.model.tags.finetuned import EncoderTagger, Reading, TunedTagger
from naeum.model.text.tuning import Course, Full, Lora, Objective, Optimization, TopLayers
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import tags
from tests.model.tags import laws

QUICK = Optimization(epochs=6.0, learning_rate=2e-3, layer_decay=1.0, batch_size=8)
KINDS = (TunedTagger, Reading, Full, Lora, TopLayers, Optimization, Objective, Course)


def learner(base: str, **settings) -> TunedTagger:
    return TunedTagger(base, **{"optimization": QUICK, "reading": Reading(max_length=32), "dropout": 0.0} | settings)


def test_tags_are_learned(tiny_base: str, run: TinyRun) -> None:
    given = tags.parts(90)
    long = Optimization(epochs=20.0, learning_rate=5e-3, layer_decay=1.0, batch_size=8)
    predictor = learner(tiny_base, optimization=long, tuning=Full(embeddings=True), patience=99).fit(given, run)
    assert laws.f1(predictor, given.tune) > 0.9
    assert predictor.complete and predictor.history and isinstance(predictor, HasModule)


@pytest.mark.parametrize(
    "settings",
    [
        {"reading": Reading("mean", max_length=16)},
        {"tuning": TopLayers(1)}, {"tuning": Lora(4, rate=2.0)},
        {"objective": Objective(label_smoothing=0.05, class_weight="balanced"), "tuning": Full(embeddings=True)},
    ],
    ids=["mean", "top", "lora", "balanced"],
)  # fmt: skip
def test_every_way_of_tuning_beats_the_floor(tiny_base: str, settings: dict, run: TinyRun) -> None:
    given = tags.parts(48)
    assert laws.f1(Majority().fit(given, run), given.tune) == 0.0
    more = replace(QUICK, epochs=14.0, learning_rate=4e-3)
    assert laws.f1(learner(tiny_base, optimization=more, **settings).fit(given, run), given.tune) > 0.2


def test_characters_are_learned(tiny_base: str, run: TinyRun) -> None:
    words = [list("나는 최고 영화"), list("오늘 최악 보고")] * 20
    codes = [[4, 4, 4, 0, 2, 4, 4, 4], [4, 4, 4, 1, 3, 4, 4, 4]] * 20
    data = tags.dataset(words, codes)
    predictor = learner(tiny_base).fit(Parts(data, data), run)
    assert predictor.joint == ""
    assert predictor.predict(data.rows).codes.reshape(-1, 8)[0].tolist()[:3] == [4, 4, 4]


def test_what_is_stored_is_what_differs_and_the_base_is_found_again(
    tiny_base: str, run: TinyRun, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(tiny_base, tmp_path / "own"))
    predictor = learner(str(folder), tuning=TopLayers(layers=1)).fit(tags.parts(24), run)
    state = predictor.state()
    assert all(".layer.1." in name or not name.startswith("encoder") for name in state.arrays)
    again = EncoderTagger.restore(predictor.task, State(state.settings, dict(state.arrays)))
    rows = tags.odd()
    assert np.array_equal(predictor.predict(rows).scores, again.predict(rows).scores)
    config = folder / "config.json"
    config.write_text(config.read_text().replace('"layer_norm_eps": 1e-12', '"layer_norm_eps": 1e-06'))
    with pytest.raises(BaseModelError, match="must be there to use what was fitted on it"):
        EncoderTagger.restore(predictor.task, state)


def test_it_keeps_the_laws(tiny_base: str, run: TinyRun, tmp_path: Path) -> None:
    mine = learner(tiny_base, optimization=Optimization(epochs=2.0, learning_rate=5e-3, layer_decay=1.0), dropout=0.1)
    fitted = mine.fit(tags.parts(24), run)
    laws.keeps_json(mine, {one.kind: one for one in KINDS})
    laws.answers_every_word(fitted)
    laws.minds_no_order(fitted)
    laws.survives_the_store(fitted, tmp_path)
    laws.fits_alike_and_changes_nothing(mine, tmp_path)
    laws.decided_needs_no_tune(mine, tmp_path)
    laws.ignores_what_does_not_count(mine, tmp_path)


def test_costs_are_told(tiny_base: str, run: TinyRun) -> None:
    mine = learner(tiny_base)
    assert mine.estimate(tags.parts(24), run) > 0
    assert mine.nominal(2000, 20, Policy(offline=True)) == pytest.approx(
        2 * mine.nominal(1000, 20, Policy(offline=True))
    )


def test_wrong_settings_are_refused() -> None:
    with pytest.raises(InputError, match="dropout must be in"):
        TunedTagger(dropout=1.0)
    with pytest.raises(InputError, match="pieces must be one of first, mean; got 'last'"):
        Reading("last")
    with pytest.raises(InputError, match="max_length must be at least 3 pieces; got 2"):
        Reading(max_length=2)
