"""Is the quickest way chosen that keeps what was promised, and remembered?"""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Outputs, Task
from naeum.engine import trial
from naeum.engine.ways import BUDGETS, EIGHT, HALF, ONNXRUNTIME, OPENVINO, TORCH, Way
from naeum.errors import MissingExtra

TASK = Task(classes=("가", "나"))
ROWS = pa.table({"text": [f"글 {n}" for n in range(400)]})
PLAIN, OTHER, HALVED = Way(ONNXRUNTIME), Way(OPENVINO), Way(OPENVINO, HALF)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Seconds pass where something answers, and nowhere else."""
    monkeypatch.setattr(trial, "perf_counter", lambda: PASSED[0])


PASSED = [0.0]


def answering(seconds, away=0.0, flip=0):
    """What answers after so many seconds, its scores off by `away`, the first `flip` rows otherwise."""

    def answer(rows):
        PASSED[0] += seconds
        scores = np.tile(np.array([[1.0, 0.0]], np.float32), (rows.num_rows, 1))
        scores[:, 0] += away
        scores[:flip] = scores[:flip, ::-1]
        return Outputs(TASK, scores)

    return answer


def opened():
    made = {PLAIN: answering(0.02), OTHER: answering(0.004), HALVED: answering(0.002, 0.01)}
    return lambda way: made.get(replace(way, budget=PLAIN.budget, streams=1))


def test_the_quickest_is_chosen_and_its_batches_are_tried(tmp_path):
    found = trial.chosen([PLAIN, OTHER], opened(), ROWS, home=tmp_path, model="m")
    assert found.way.engine == OPENVINO and not found.remembered
    assert {one.way.budget for one in found.tried if one.way.engine == OPENVINO} == set(BUDGETS)
    assert {one.way.budget for one in found.tried if one.way.engine == ONNXRUNTIME} == {PLAIN.budget}
    assert found.said.startswith(f"Answering by {found.way.said}: ")
    assert "measured now; beside it onnxruntime float32 " in found.said


def shaped(best, taken=0.004):
    """What opens ways of OpenVINO: the best takes a quarter of the time of others, its share of threads with other
    batches half of it."""

    def opening(way):
        shape = way.threads, way.streams, way.budget
        return answering(taken if shape == best else 2 * taken if shape[:2] == best[:2] else 4 * taken)

    return opening


@pytest.mark.parametrize("best", [(8, 1, 1024), (4, 4, 1024), (4, 1, 1024), (8, 4, 1024), (2, 2, 1024), (8, 8, 4096)])
def test_fewer_threads_and_more_batches_at_a_time_are_chosen_where_they_are_quicker(monkeypatch, best):
    monkeypatch.setattr(trial.machine, "physical", lambda: 4)
    found = trial.tried([Way(OPENVINO, threads=8)], shaped(best), ROWS, Way(OPENVINO, threads=8))
    assert (found.way.threads, found.way.streams, found.way.budget) == best
    assert {(8, 1), (4, 4), (2, 1)} <= {(one.way.threads, one.way.streams) for one in found.tried}


def test_batches_are_tried_on_as_many_rows_as_the_quickest_engine_answers_in_a_moment(monkeypatch):
    monkeypatch.setattr(trial.machine, "physical", lambda: 4)
    asked = {}

    def each(way):
        def answer(rows):
            asked.setdefault(way.engine, set()).add(rows.num_rows)
            return answering(rows.num_rows * (0.02 if way.engine == ONNXRUNTIME else 0.001))(rows)

        return answer

    trial.tried([PLAIN, replace(OTHER, threads=4)], each, ROWS, PLAIN)
    few, more = sorted(asked[OPENVINO])
    assert few == 32 and more == pytest.approx(200, abs=1), "a fifth of a second of the quickest"
    assert asked[ONNXRUNTIME] == {1, few, more}, "it says once what the others must answer"


def test_what_a_few_rows_let_pass_is_refused_on_more(monkeypatch):
    monkeypatch.setattr(trial.machine, "physical", lambda: 4)

    def each(flips):
        def opening(way):
            def answer(rows):
                if way.engine == ONNXRUNTIME:
                    return answering(rows.num_rows * 0.02)(rows)
                return answering(rows.num_rows * 0.001, flip=flips(rows.num_rows))(rows)

            return answer

        return opening

    half = replace(HALVED, threads=4)
    one = trial.tried([PLAIN, half], each(lambda rows: 1), ROWS, PLAIN)
    assert one.way.engine == OPENVINO, "one row of thirty-two is no share"
    several = trial.tried([PLAIN, half], each(lambda rows: 1 if rows < 100 else 4), ROWS, PLAIN)
    assert several.way.engine == ONNXRUNTIME
    (refused,) = [tried for tried in several.tried if tried.way == half]
    assert refused.refused == "2.0 % of the answers are other ones"


def test_torch_is_tried_on_fewer_threads(monkeypatch):
    monkeypatch.setattr(trial.machine, "physical", lambda: 4)
    ways = {Way(TORCH, threads=count): answering(0.01 / count if count < 8 else 0.02) for count in (8, 4, 2)}
    found = trial.tried([Way(TORCH, threads=8)], ways.get, ROWS, Way(TORCH, threads=8))
    assert found.way == Way(TORCH, threads=4) and {one.way for one in found.tried} == set(ways)


def test_few_ways_are_open_at_a_time(monkeypatch):
    monkeypatch.setattr(trial.machine, "physical", lambda: 8)
    sizes, plain = [], trial._Trial.of
    monkeypatch.setattr(trial._Trial, "of", lambda self, ways: sizes.append(len(ways)) or plain(self, ways))
    trial.tried([Way(OPENVINO, threads=16)], shaped((16, 16, 1024)), ROWS, Way(OPENVINO, threads=16))
    assert len(sizes) > 3 and max(sizes) == trial.AT_ONCE + 1


def test_a_choice_is_remembered_for_the_model_and_the_ways(tmp_path, monkeypatch):
    first = trial.chosen([PLAIN, OTHER], opened(), ROWS, home=tmp_path, model="m")
    again = trial.chosen([PLAIN, OTHER], lambda way: pytest.fail("tried again"), ROWS, home=tmp_path, model="m")
    assert again.way == first.way and again.remembered and "measured before" in again.said
    assert trial.before([PLAIN, OTHER], home=tmp_path, model="m") == again
    assert trial.before([PLAIN, OTHER], home=tmp_path, model="n") is None
    assert not trial.chosen([PLAIN, OTHER], opened(), ROWS, home=tmp_path, model="m", anew=True).remembered
    assert not trial.chosen([PLAIN, OTHER], opened(), ROWS, home=tmp_path, model="n").remembered
    assert not trial.chosen([PLAIN], opened(), ROWS, home=tmp_path, model="m").remembered
    monkeypatch.setattr(trial.machine, "physical", lambda: 999)
    assert trial.before([PLAIN, OTHER], home=tmp_path, model="m") is None  # another machine
    for file in tmp_path.iterdir():
        file.write_text('{"way": 3')  # broken: tried anew
    assert not trial.chosen([PLAIN, OTHER], opened(), ROWS, home=tmp_path, model="m").remembered


def test_what_parts_from_the_reference_is_refused_however_quick(tmp_path):
    made = {PLAIN: answering(0.004), OTHER: answering(0.0, away=0.001), Way(TORCH): answering(0.002)}
    found = trial.tried(list(made), made.get, ROWS, PLAIN)
    assert found.way == Way(TORCH)
    refused = {one.way: one.refused for one in found.tried}
    assert refused[OTHER] == "scores part by 0.001" and not refused[PLAIN]
    assert "openvino float32" in found.said and "(refused)" in found.said


def test_lower_precision_may_move_scores_and_hardly_any_answer():
    eight = Way(OPENVINO, EIGHT)
    for flips, refused in ((0, ""), (4, ""), (40, "10.0 % of the answers are other ones")):
        made = {Way(TORCH): answering(0.001), eight: answering(0.0, away=0.01, flip=flips)}
        found = trial._Trial(made.get, ROWS, answering(0)(ROWS), float("inf")).of([eight])
        assert found[eight].refused == refused


def test_an_engine_that_is_not_there_is_passed_over():
    def opening(way):
        if way == OTHER:
            raise MissingExtra("no such engine")
        return answering(0.0)

    found = trial.tried([Way(TORCH), OTHER], opening, ROWS, Way(TORCH))
    assert found.way == Way(TORCH)
    assert [one.refused for one in found.tried] == ["", "no such engine"]


def test_a_sample_is_spread_over_the_rows():
    assert trial.sample(ROWS, 3)["text"].to_pylist() == ["글 0", "글 199", "글 399"]
    assert trial.sample(ROWS.slice(0, 2)).num_rows == 2


def test_a_sample_of_a_large_table_copies_a_part_of_it_at_most():
    part = pa.table({"text": ["글 하나 " * 20] * 20_000})
    table = pa.concat_tables([part] * 20)
    before, pool = pa.default_memory_pool(), pa.proxy_memory_pool(pa.default_memory_pool())
    pa.set_memory_pool(pool)
    try:
        assert trial.sample(table).num_rows == trial.SAMPLE
    finally:
        pa.set_memory_pool(before)
    assert pool.max_memory() < table.nbytes / 10


def test_a_slow_machine_tries_fewer_rows_and_stops_in_time():
    asked = []

    def opening(way):
        def answer(rows):
            asked.append(rows.num_rows)
            PASSED[0] += rows.num_rows * (0.1 if way == PLAIN else 0.05)
            return answering(0)(rows)

        return answer

    begun = PASSED[0]
    found = trial.tried([PLAIN, OTHER], opening, ROWS, PLAIN)
    assert max(asked) == trial.LEAST_ROWS
    assert PASSED[0] - begun < 2 * trial.SECONDS
    assert found.way.engine == OPENVINO
