"""Do the engines for ONNX files answer alike, one batch after the other and several at a time?"""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from naeum.engine import onnx_sessions
from naeum.engine.ways import CUDA, EIGHT, ENGINES, EXACT, HALF, ONNXRUNTIME, OPENVINO, TORCH, Way
from naeum.errors import InputError
from naeum.extras import there


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """x (rows, columns) -> twice x."""
    two = helper.make_tensor("two", TensorProto.FLOAT, [], [2.0])
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["rows", "columns"]) for name in "xy"]
    graph = helper.make_graph([helper.make_node("Mul", ["x", "two"], ["y"])], "double", ends[:1], ends[1:], [two])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    place = tmp_path_factory.mktemp("graphs") / "double.onnx"
    onnx.save(model, str(place))
    return place


@pytest.mark.parametrize("streams", [1, 2])
@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_answers_every_batch_in_its_order(path, engine, streams):
    if not there(engine):
        pytest.skip(f"{engine} is not installed")
    session = onnx_sessions.opened(path, Way(engine, EXACT, 2, streams))
    assert [one.name for one in session.get_inputs()] == ["x"]
    batches = [(n, {"x": np.full((n + 1, 3), n, np.float32)}) for n in range(9)]
    found = list(session.each(iter(batches)))
    assert [mark for mark, _ in found] == list(range(9))
    for n, answer in found:
        np.testing.assert_array_equal(answer, np.full((n + 1, 3), 2 * n, np.float32))
    np.testing.assert_array_equal(session.run(None, batches[1][1])[0], found[1][1])


@pytest.mark.parametrize("streams", [1, 2])
def test_an_error_of_a_batch_reaches_the_caller(path, streams):
    session = onnx_sessions.opened(path, Way(ONNXRUNTIME, EXACT, 2, streams))
    with pytest.raises(Exception, match="x"):
        list(session.each([(0, {"x": np.zeros(3, np.int64)})]))


def test_what_an_engine_cannot_do_is_refused(path):
    with pytest.raises(InputError, match=r"opened by onnxruntime or openvino; got 'torch'"):
        onnx_sessions.opened(path, Way(TORCH))
    with pytest.raises(InputError, match=r"onnxruntime computes in float32 or int8 on a processor; got bfloat16"):
        onnx_sessions.opened(path, Way(ONNXRUNTIME, HALF))
    assert OPENVINO in ENGINES


class OfGpus:
    """onnxruntime as it is built for GPUs; `finds` says whether it finds one when a file is opened."""

    def __init__(self, finds):
        self.finds, self.given = finds, []

    def get_available_providers(self):
        return ["CUDAExecutionProvider", "CPUExecutionProvider"]

    def SessionOptions(self):
        return type("Options", (), {})()

    def InferenceSession(self, path, options, providers):
        self.given.append(providers)
        names = [one if isinstance(one, str) else one[0] for one in providers]
        return type("Opened", (), {"get_providers": lambda _: names if self.finds else ["CPUExecutionProvider"]})()


@pytest.mark.parametrize(("precision", "tf32"), [(EXACT, "0"), (EIGHT, "1")])
def test_a_gpu_computes_where_that_is_asked_for_and_in_whole_float32(path, monkeypatch, precision, tf32):
    runtime = OfGpus(finds=True)
    monkeypatch.setattr(onnx_sessions, "need", lambda *_: runtime)
    assert onnx_sessions.on_cuda()
    onnx_sessions.opened(path, Way(ONNXRUNTIME, precision, 2, device=CUDA))
    onnx_sessions.opened(path, Way(ONNXRUNTIME, precision, 2))
    cpu = "CPUExecutionProvider"
    assert runtime.given == [[("CUDAExecutionProvider", {"use_tf32": tf32}), cpu], [cpu]]


def test_a_gpu_that_is_not_found_is_refused_rather_than_left_out(path, monkeypatch):
    monkeypatch.setattr(onnx_sessions, "need", lambda *_: OfGpus(finds=False))
    with pytest.raises(InputError, match="onnxruntime must find CUDA and cuDNN to compute on cuda; it does not"):
        onnx_sessions.opened(path, Way(ONNXRUNTIME, device=CUDA))


def test_the_onnxruntime_of_this_machine_says_whether_it_is_for_gpus():
    import onnxruntime

    assert onnx_sessions.on_cuda() == ("CUDAExecutionProvider" in onnxruntime.get_available_providers())
