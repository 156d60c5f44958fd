"""Does the ladder say what the run folder holds, and answer in any form it is asked?"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from naeum import registry
from naeum.contract import Finding, Predictor, Rung
from naeum.cycle import open_run
from naeum.errors import InputError
from naeum.improve.ladder import Ladder, finding_of, rung_event, rung_of, rungs_of, short
from naeum.improve.site import finite
from naeum.model.around.blend import Blend
from naeum.model.around.calibrated import Calibrated
from naeum.model.floor import Majority
from naeum.model.text.linear import NaiveBayesLogistic, TfidfLogistic


def test_a_folder_without_a_ledger_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=re.escape(f"a run folder must hold ledger.jsonl; {tmp_path} does not; make")):
        open_run(tmp_path)


def test_a_run_without_a_rung_has_no_champion(tmp_path: Path) -> None:
    (tmp_path / "ledger.jsonl").touch()
    with pytest.raises(InputError, match=r"a run must have a rung to have a champion; .* has none yet; go on with"):
        _ = open_run(tmp_path).champion


def test_the_champion_answers_texts_frames_and_tables_alike(climbed_run: Ladder) -> None:
    texts = ["정말 최고 감동이다", "최악 지루하다 영화", "환불 배송 고객센터"]
    answers = climbed_run.champion.predict(texts)
    assert answers.labels.tolist() == ["a", "b", "c"]
    for rows in (pd.DataFrame({"other": [1, 2, 3], "text": texts}), pa.table({"text": texts})):
        np.testing.assert_array_equal(climbed_run.champion.predict(rows).scores, answers.scores)


def test_equal_rows_are_computed_once_while_they_are_remembered(climbed_run: Ladder) -> None:
    champion, asked = climbed_run.champion, []

    class Counting:
        task = champion.predictor.task

        def predict(self, rows: pa.Table) -> Any:
            asked.append(rows.num_rows)
            return champion.predictor.predict(rows)

    counted = dataclasses.replace(champion, predictor=cast(Predictor, Counting()))
    texts = ["정말 최고 감동이다", "최악 지루하다 영화"]
    first = counted.predict([*texts, texts[0]])
    np.testing.assert_array_equal(first.scores[0], first.scores[2])
    np.testing.assert_array_equal(counted.predict(texts[::-1]).scores, first.scores[1::-1])
    assert asked == [2]


def test_any_rung_answers(climbed_run: Ladder) -> None:
    texts = ["정말 최고 감동이다", "최악 지루하다 영화"]
    floor = climbed_run.model(0)
    assert floor.rung.number == 0 and len(set(floor.predict(texts).labels)) == 1
    assert climbed_run.model() is climbed_run.champion
    with pytest.raises(InputError, match=r"a rung must be one of 0 … 3; got 9; see them all with: naeum why"):
        climbed_run.model(9)


def test_a_rung_comes_back_from_its_event(a_rung: Callable[..., Rung], tmp_path: Path) -> None:
    learner = Calibrated(Blend((TfidfLogistic(), NaiveBayesLogistic())))
    rung = a_rung(3, 0.7, learner=learner, parents=(1, 2), changed=("inner",), forecast={"gain": 0.1}, kept=True)
    event = finite(rung_event(rung, tmp_path))
    assert rung_of({**event, "elapsed": 1.0}, tmp_path, registry.values()) == rung
    assert rungs_of([{"event": "note"}, event], tmp_path, registry.values()) == (rung,)


def test_undefined_numbers_come_back_undefined(a_rung: Callable[..., Rung], tmp_path: Path) -> None:
    rung = a_rung(1, math.nan, forecast={"gain": math.nan, "seconds": 2.0})
    back = rung_of(finite(rung_event(rung, tmp_path)), tmp_path, registry.values())
    assert math.isnan(back.score)
    assert math.isnan(back.forecast["gain"])
    assert back.forecast["seconds"] == 2.0


def test_a_finding_comes_back_from_its_document() -> None:
    finding = Finding("M01", "bias", "issue", "much", {"error": 0.5}, (1, 2), ("full",))
    assert finding_of(finding.to_json()) == finding


def test_a_learner_in_few_words_names_what_is_not_usual() -> None:
    usual = TfidfLogistic()
    assert short(usual) == "tfidf_logistic"
    assert short(Calibrated(usual)) == "calibrated(tfidf_logistic)"
    assert short(Blend((usual, Majority()))) == "blend(tfidf_logistic + majority)"


def test_the_notebook_table_has_a_line_for_each_rung(climbed_run: Ladder) -> None:
    page = climbed_run._repr_html_()
    assert page.count("<tr>") == 1 + len(climbed_run.rungs)
    assert f"{climbed_run.rungs[1].score:.4f}" in page


def test_suspected_rows_come_with_their_text(climbed_run: Ladder) -> None:
    assert climbed_run.suspects
    assert all(row["text"] == climbed_run.text_of(row["id"]) != "" for row in climbed_run.suspects)
