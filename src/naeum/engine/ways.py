"""In which ways can a model be answered with: by which engine, how exactly, in which batches?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

TORCH, ONNXRUNTIME, OPENVINO = "torch", "onnxruntime", "openvino"
ENGINES = (ONNXRUNTIME, OPENVINO)  # that answer an ONNX file
EXACT, HALF, EIGHT = "float32", "bfloat16", "int8"  # how exactly
BUDGETS = (512, 1_024, 2_048, 4_096)  # padded tokens of a batch: little stays in the cache, much wastes no call
USUAL = 1_024


@dataclass(frozen=True)
class Way:
    """One way to answer.

    Args:
        engine: torch (the model as it is), or what answers its ONNX file.
        precision: of the arithmetic: float32, bfloat16, or int8 with the rest in float32.
        threads: of computation in all.
        streams: batches at a time, each on its share of the threads.
        budget: padded tokens of a batch; of torch its own.
    """

    engine: str = TORCH
    precision: str = EXACT
    threads: int = 1
    streams: int = 1
    budget: int = USUAL

    @property
    def said(self) -> str:
        """In a few words.

        Example:
            >>> Way(OPENVINO, HALF, 2, 2, 512).said
            'openvino in bfloat16, 2 batches of 512 tokens at a time on 2 threads'
            >>> Way(TORCH, threads=2).said
            'torch in float32 on 2 threads'
        """
        threads = f"{self.threads} threads" if self.threads > 1 else "1 thread"
        if self.engine == TORCH:
            return f"torch in {self.precision} on {threads}"
        batches = f"{self.streams} batches" if self.streams > 1 else "one batch"
        return f"{self.engine} in {self.precision}, {batches} of {self.budget} tokens at a time on {threads}"

    def to_json(self) -> dict[str, Any]:
        """Its fields."""
        return asdict(self)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Way:
        """The way that `to_json` wrote."""
        return cls(**document)
