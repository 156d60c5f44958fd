"""In which ways can a model be answered with: by which engine, how exactly, in which batches?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

TORCH, ONNXRUNTIME, OPENVINO = "torch", "onnxruntime", "openvino"
ENGINES = (ONNXRUNTIME, OPENVINO)  # that answer an ONNX file
EXACT, HALF, EIGHT = "float32", "bfloat16", "int8"  # how exactly; torch on a GPU also in float16
BUDGETS = (512, 1_024, 2_048, 4_096)  # padded tokens of a batch: little stays in the cache, much wastes no call
USUAL = 1_024
CPU, CUDA = "cpu", "cuda"
LARGE = (4_096, 16_384, 65_536)  # padded tokens of a batch on a GPU, which little work leaves idle
GPU_USUAL = 16_384


@dataclass(frozen=True)
class Way:
    """One way to answer.

    Args:
        engine: torch (the model as it is), or what answers its ONNX file.
        precision: of the arithmetic: float32, bfloat16, float16, or int8 with the rest in float32.
        threads: of computation in all.
        streams: batches at a time, each on its share of the threads.
        budget: padded tokens of a batch; of torch its own.
        device: cpu or cuda; of an ONNX file cuda is by onnxruntime-gpu.
        compiled: of torch: whether networks are compiled.
    """

    engine: str = TORCH
    precision: str = EXACT
    threads: int = 1
    streams: int = 1
    budget: int = USUAL
    device: str = CPU
    compiled: bool = False

    @property
    def said(self) -> str:
        """In a few words.

        Example:
            >>> Way(OPENVINO, HALF, 2, 2, 512).said
            'openvino in bfloat16, 2 batches of 512 tokens at a time on 2 threads'
            >>> Way(TORCH, threads=2).said
            'torch in float32 on 2 threads'
            >>> Way(ONNXRUNTIME, EXACT, 4, budget=GPU_USUAL, device=CUDA).said
            'onnxruntime in float32 on cuda, one batch of 16384 tokens at a time'
            >>> Way(TORCH, HALF, 4, device=CUDA, compiled=True).said
            'torch, compiled, in bfloat16 on cuda'
        """
        if self.engine == TORCH and self.device != CPU:
            if self.compiled:
                return f"torch, compiled, in {self.precision} on {self.device}"
            return f"torch in {self.precision} on {self.device}"
        threads = f"{self.threads} threads" if self.threads > 1 else "1 thread"
        if self.engine == TORCH:
            return f"torch in {self.precision} on {threads}"
        batches = f"{self.streams} batches" if self.streams > 1 else "one batch"
        if self.device != CPU:
            return f"{self.engine} in {self.precision} on {self.device}, {batches} of {self.budget} tokens at a time"
        return f"{self.engine} in {self.precision}, {batches} of {self.budget} tokens at a time on {threads}"

    @property
    def kind(self) -> str:
        """Engine, precision and device, whatever its batches and threads."""
        told = f"{self.engine} {self.precision}" + ("" if self.device == CPU else f" {self.device}")
        return f"{told} compiled" if self.compiled else told

    def to_json(self) -> dict[str, Any]:
        """Its fields."""
        return asdict(self)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Way:
        """The way that `to_json` wrote."""
        return cls(**document)


def shares(way: Way, cores: int) -> tuple[Way, ...]:
    """A way on other numbers of threads, and with other numbers of batches at a time, the likeliest first.

    Threads are all of the way's, as many as there are cores, where each has several hardware threads, and half of the
    cores. They compute one batch after the other together, each a batch of its own, or in even groups between.

    Args:
        way: on all threads that may be used.
        cores: in which these threads lie.

    Example:
        >>> [(one.threads, one.streams) for one in shares(Way(ONNXRUNTIME, threads=8), 4)]
        [(8, 8), (8, 1), (4, 4), (4, 1), (8, 4), (8, 2), (4, 2), (2, 2), (2, 1)]
        >>> [one.threads for one in shares(Way(TORCH, threads=8), 4)]
        [8, 4, 2]
    """
    most, real = way.threads, min(way.threads, max(1, cores))
    half = max(1, real // 2)
    if way.device != CPU:  # one batch fills it; a second one is padded and copied meanwhile
        found = [(most, 1)] if way.engine == TORCH else [(most, 1), (most, 2)]
    elif way.engine == TORCH:  # one batch after the other
        found = [(count, 1) for count in (most, real, half)]
    else:
        ends = [(count, streams) for count in (most, real) for streams in (count, 1)]
        between = [(count, streams) for count in (most, real) for streams in _divisors(count)]
        found = [*ends, *between, (half, half), (half, 1)]
    return tuple(replace(way, threads=count, streams=streams) for count, streams in dict.fromkeys(found))


def sizes(way: Way) -> tuple[Way, ...]:
    """A way with batches of other sizes; torch has its own.

    Example:
        >>> [one.budget for one in sizes(Way(OPENVINO))]
        [512, 1024, 2048, 4096]
    """
    if way.engine == TORCH:
        return ()
    return tuple(replace(way, budget=budget) for budget in (BUDGETS if way.device == CPU else LARGE))


def _divisors(count: int) -> list[int]:
    """Of a number, but one and itself, the largest first; few, as each costs a trial."""
    return [count // n for n in (2, 4) if count % n == 0 and 1 < count // n < count]
