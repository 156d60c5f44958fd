"""How is an ONNX file opened by an engine, so that several batches are computed at a time?

Each engine gives the same face: `run(None, given)` for one batch, as onnxruntime has it, and `each(batches)` for many.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from naeum.engine.ways import CPU, CUDA, ENGINES, EXACT, HALF, ONNXRUNTIME, Way
from naeum.errors import InputError
from naeum.extras import need, there

PROVIDERS = {CPU: "CPUExecutionProvider", CUDA: "CUDAExecutionProvider"}
AHEAD = 2  # batches that wait for each stream, so that none is idle

Array = npt.NDArray[Any]
Given = Mapping[str, Array]


class Session(Protocol):
    """An opened ONNX file."""

    def get_inputs(self) -> list[Any]:
        """What it is given; each has a `name`."""

    def run(self, names: Any, given: Given) -> list[Array]:
        """Its outputs for one batch; `names` is None: all of them."""

    def each(self, batches: Iterable[tuple[Any, Given]]) -> Iterator[tuple[Any, Array]]:
        """The first output of every batch, in their order, each beside the mark that it came with."""


def opened(path: Path, way: Way) -> Session:
    """An ONNX file, ready to answer in a way.

    Raises:
        InputError: the engine is none for ONNX files, or cannot compute so exactly.
        MissingExtra: the engine is not installed.
    """
    if way.engine not in ENGINES:
        raise InputError(f"an ONNX file must be opened by {' or '.join(ENGINES)}; got {way.engine!r}; choose one")
    if way.engine == ONNXRUNTIME and way.precision == HALF:
        raise InputError("onnxruntime computes in float32 or int8 on a processor; got bfloat16; use openvino")
    session: Session = _Onnxruntime(path, way) if way.engine == ONNXRUNTIME else _OpenVino(path, way)
    return session


def streamed(
    run: Callable[[Any, Given], list[Array]], batches: Iterable[tuple[Any, Given]], streams: int
) -> Iterator[tuple[Any, Array]]:
    """The first output of every batch, in order, so many batches at a time on threads of their own."""
    if streams == 1:
        for mark, given in batches:
            yield mark, run(None, given)[0]
        return
    waiting: deque[tuple[Any, Future[list[Array]]]] = deque()
    with ThreadPoolExecutor(streams) as pool:
        try:
            for mark, given in batches:
                waiting.append((mark, pool.submit(run, None, given)))
                if len(waiting) > AHEAD * streams:
                    done, answer = waiting.popleft()
                    yield done, answer.result()[0]
            while waiting:
                done, answer = waiting.popleft()
                yield done, answer.result()[0]
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


class _Onnxruntime:
    def __init__(self, path: Path, way: Way) -> None:
        self.streams = way.streams
        runtime = need("onnxruntime", "an ONNX file")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = max(1, way.threads // way.streams)
        options.log_severity_level = 3  # errors only
        self.session = runtime.InferenceSession(str(path), options, providers=_providers(way))
        if self.session.get_providers()[0] != PROVIDERS[way.device]:  # onnxruntime goes on without it, with a warning
            raise InputError(
                f"onnxruntime must find CUDA and cuDNN to compute on {way.device}; it does not; see what naeum doctor "
                "install says"
            )

    def get_inputs(self) -> list[Any]:
        return list(self.session.get_inputs())

    def each(self, batches: Iterable[tuple[Any, Given]]) -> Iterator[tuple[Any, Array]]:
        return streamed(self.run, batches, self.streams)

    def run(self, names: Any, given: Given) -> list[Array]:
        return list(self.session.run(names, dict(given)))


def on_cuda() -> bool:
    """Whether onnxruntime was built for GPUs; whether it finds one is seen when a file is opened."""
    return there("onnxruntime") and PROVIDERS[CUDA] in need("onnxruntime", "a GPU").get_available_providers()


def _providers(way: Way) -> list[Any]:
    """What computes: on a GPU exactly where that is asked for, the rest of a graph on the processor."""
    if way.device == CPU:
        return [PROVIDERS[CPU]]
    # TF32, on by default, keeps 10 bits of 23: scores would part from those of float32 in the third place.
    return [(PROVIDERS[way.device], {"use_tf32": "0" if way.precision == EXACT else "1"}), PROVIDERS[CPU]]


@dataclass(frozen=True)
class _Input:
    name: str


class _OpenVino:
    def __init__(self, path: Path, way: Way) -> None:
        self.streams = way.streams
        openvino = need("openvino", "answering by OpenVINO")
        settings = {
            "INFERENCE_NUM_THREADS": way.threads,
            "NUM_STREAMS": way.streams,
            "INFERENCE_PRECISION_HINT": "bf16" if way.precision == HALF else "f32",
        }
        core = openvino.Core()
        self.model = core.compile_model(core.read_model(str(path)), "CPU", settings)
        self.names = [one.get_any_name() for one in self.model.inputs]
        self.own = threading.local()  # a request of its own for each thread: one is not for two at a time

    def get_inputs(self) -> list[Any]:
        return [_Input(name) for name in self.names]

    def each(self, batches: Iterable[tuple[Any, Given]]) -> Iterator[tuple[Any, Array]]:
        return streamed(self.run, batches, self.streams)

    def run(self, names: Any, given: Given) -> list[Array]:
        request = getattr(self.own, "request", None)
        if request is None:
            request = self.own.request = self.model.create_infer_request()
        found = request.infer(dict(given))
        return [np.array(one) for one in found.values()]  # the next call writes over the request's own
