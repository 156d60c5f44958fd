"""Is a model answered by the engine that is the quickest here, and by none that was not allowed?"""

import shutil
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pytest

from naeum.compress.export import exported as opening
from naeum.compress.export import quickest as room
from naeum.compress.export.exported import OnnxModel
from naeum.compress.export.quickest import (
    AS_IS,
    Job,
    Wish,
    again,
    digest_of,
    known,
    made,
    opener,
    quickest,
    tried,
    ways,
)
from naeum.contract import Policy
from naeum.engine import ways as ways_of_answering
from naeum.engine.compiling import Compiled
from naeum.engine.ways import EIGHT, EXACT, HALF, ONNXRUNTIME, OPENVINO, TORCH, Way
from naeum.errors import InputError
from naeum.extras import there
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.worlds import korean

needs_openvino = pytest.mark.skipif(not there("openvino"), reason="openvino is not installed")


@dataclass(frozen=True)
class Around:
    """A predictor with a policy."""

    policy: Policy


@pytest.fixture
def job(tmp_path, monkeypatch):
    """Few rows that count as many."""
    monkeypatch.setattr(room, "LEAST_ROWS", 10)
    monkeypatch.setattr(room, "WORTH_TRYING", 0.0)
    monkeypatch.setattr(ways_of_answering, "BUDGETS", (256, 1_024))
    return Job(korean.parts(40).fit.rows, tmp_path / "home", "k", threads=2)


@pytest.fixture
def model(exported):
    return opening.opened(exported[0], 1)


def test_a_folder_is_answered_by_the_quickest_engine_that_answers_alike(model, job):
    quick = quickest(model, job, Wish())
    assert quick.way.engine in (ONNXRUNTIME, OPENVINO) and quick.way.precision == EXACT
    assert quick.said.startswith("Answering by ")
    np.testing.assert_allclose(quick.predictor.predict(job.rows).scores, model.predict(job.rows).scores, atol=1e-4)
    same = again(model, quick.way, job).predict(job.rows).scores
    np.testing.assert_array_equal(same, quick.predictor.predict(job.rows).scores)
    assert "measured before" in quickest(model, job, Wish()).said


def test_what_a_trial_found_is_known_and_may_be_tried_anew(model, job, monkeypatch):
    monkeypatch.setattr(room.trial, "SECONDS", 600.0)  # a busy machine tries all of them, too
    assert known(model, job, Wish()) is None
    first = tried(model, job, Wish())
    assert {(one.way.threads, one.way.streams) for one in first.tried} >= {(2, 2), (2, 1), (1, 1)}
    assert known(model, job, Wish()).way == first.way and tried(model, job, Wish()).remembered
    assert not tried(model, job, Wish(), anew=True).remembered
    assert made(model, job) is model


def test_torch_is_asked_on_the_threads_it_was_tried_with(model, job, monkeypatch):
    class Plain:
        task, kind = model.task, "plain"

        def predict(self, rows):
            return model.predict(rows)

    asked = []
    monkeypatch.setattr(room, "with_threads", lambda one, count: asked.append(count) or one)
    monkeypatch.setattr(room.trial, "chosen", lambda ways, opened, rows, **_: opened(Way(TORCH, threads=1))(rows))
    tried(model, job, Wish(), Plain())
    assert asked == [1]
    assert again("it", Way(TORCH, threads=3), job) == "it" and asked == [1, 3]


def test_a_network_on_a_gpu_is_tried_compiled_too(job):
    class OnGpu:
        def predict(self, rows):
            return rows

    assert room._of_torch(OnGpu(), 2) == [Way(TORCH, EXACT, 2)]
    assert room._of_torch(Around(Policy("cpu", HALF)), 2) == [Way(TORCH, HALF, 2)]  # as it was measured
    found = room._of_torch(Around(Policy("cuda:0", "float16")), 2)
    way = Way(TORCH, "float16", 2, device="cuda")
    assert found == [way, replace(way, compiled=True)]
    quick = again(OnGpu(), found[1], job)
    assert isinstance(quick, Compiled) and quick.predict("rows") == "rows"
    assert isinstance(again(OnGpu(), found[0], job), OnGpu)


def test_a_short_job_is_answered_as_it_is(model, job, monkeypatch):
    assert quickest(model, Job(job.rows.slice(0, 3), job.home), Wish()).predictor is model
    monkeypatch.setattr(room, "WORTH_TRYING", 100.0)
    quick = quickest(model, job, Wish())
    assert quick.predictor is model and quick.way is None and not quick.said
    assert quickest(model, job, Wish(AS_IS)).predictor is model


def test_a_model_of_a_run_is_exported_once_where_that_pays(parts, run, job, monkeypatch):
    mixed = run.fit(TfidfLogistic(), parts)
    assert quickest(mixed, job, Wish()).predictor is mixed  # seconds of work are not worth an export
    monkeypatch.setattr(room, "WORTH_EXPORTING", 0.0)
    assert quickest(mixed, job, Wish()).predictor is mixed  # n-grams are for no engine
    assert known(mixed, job, Wish()) is None
    with pytest.raises(InputError, match="must have an ONNX file for engines to be tried; this one answers with numpy"):
        tried(made(mixed, job), job, Wish(), mixed)
    assert (job.home / "model-k" / "model.json").is_file()
    monkeypatch.setattr(room.folder, "export", lambda *_: pytest.fail("exported again"))
    assert again(mixed, Way(ONNXRUNTIME), job).predict(job.rows).scores.shape == (len(job.rows), 3)
    assert again(mixed, Way(TORCH), job) is mixed and again(mixed, None, job) is mixed


def test_what_cannot_be_exported_stays_as_it_is_unless_an_engine_is_asked_for(job, monkeypatch):
    class Strange:
        task, kind = korean.parts(8).fit.task, "strange"

        def predict(self, rows):
            from naeum.contract import Outputs

            return Outputs(self.task, np.zeros((rows.num_rows, 2), np.float32))

    monkeypatch.setattr(room, "WORTH_EXPORTING", 0.0)
    strange = Strange()
    assert quickest(strange, job, Wish()).predictor is strange
    with pytest.raises(InputError, match="part of kind 'strange'"):
        quickest(strange, job, Wish(ONNXRUNTIME))
    with pytest.raises(InputError, match="must be in a store to be exported for a job"):
        quickest(strange, Job(job.rows, job.home), Wish(ONNXRUNTIME))


def test_bfloat16_is_tried_where_it_is_allowed_alone():
    allowed = [way.precision for way in ways(False, 2, Wish(half=True))]
    assert set(allowed) == ({EXACT, HALF} if there("openvino") else {EXACT})
    assert {way.precision for way in ways(False, 2, Wish())} == {EXACT}
    assert {way.precision for way in ways(True, 2, Wish())} == {EIGHT}
    assert ways(True, 2, Wish())[0] == Way(ONNXRUNTIME, EIGHT, 2)


def test_a_gpu_is_tried_where_onnxruntime_is_built_for_one(monkeypatch):
    monkeypatch.setattr(room.onnx_sessions, "on_cuda", lambda: True)
    found = ways(False, 2, Wish())
    assert [way.device for way in found if way.device != "cpu"] == ["cuda"] and found[0].device == "cpu"
    assert all(way.device == "cpu" for way in ways(True, 2, Wish()))  # eight bits are for processors
    assert all(way.device == "cpu" for way in ways(False, 2, Wish(OPENVINO)))


@needs_openvino
def test_an_engine_that_is_asked_for_is_taken(model, job):
    quick = quickest(model, job, Wish(OPENVINO))
    assert quick.way.engine == OPENVINO
    assert isinstance(opener(model)(quick.way), OnnxModel)


def test_an_unknown_engine_is_refused():
    with pytest.raises(InputError, match=r"--engine must be one of auto, as is, onnxruntime, openvino; got 'cuda'"):
        Wish("cuda")


def test_other_files_are_another_model(model, tmp_path):
    copy = shutil.copytree(model.model.folder, tmp_path / "copy")
    assert digest_of(opening.opened(copy)) == digest_of(model)
    card = copy / "model.json"
    card.write_text(card.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert digest_of(opening.opened(copy)) != digest_of(model)


def test_no_rows_are_no_job(model, tmp_path):
    empty = pa.table({"text": pa.array([], pa.string())})
    assert quickest(model, Job(empty, tmp_path), Wish()).predictor is model
