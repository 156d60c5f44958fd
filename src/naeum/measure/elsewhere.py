"""How long will a model take on another machine, by what was measured there and what is measured here?

`naeum bench RUN --save FILE` measures there: the model, and small workloads that need no model. The same here gives a
ratio for each; the model's own is believed, the others say how far it may be off.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from naeum.errors import InputError

FORMAT = 1  # of the file
CALLS = 15  # of each workload; their median counts
LARGE, SMALL, INNER, OUTER = 64, 1, 384, 1_536  # rows and sides of the products: many rows of an encoder, and one
WORDS = 20_000  # that are looked up


@dataclass(frozen=True)
class Profile:
    """What was measured on the other machine."""

    name: str  # its processor
    key: str  # of the model
    latency_ms: float  # 95 % of single rows
    median_ms: float
    workloads: Mapping[str, float]  # milliseconds


@dataclass(frozen=True)
class Ratio:
    """Time there over time here, with the range in which the workloads see it."""

    value: float
    low: float
    high: float

    @property
    def said(self) -> str:
        """The ratio and its range.

        Example:
            >>> Ratio(1.5, 1.2, 2.0).said
            '1.50 [1.20, 2.00]'
        """
        return f"{self.value:.2f} [{self.low:.2f}, {self.high:.2f}]"


def workloads() -> dict[str, float]:
    """Milliseconds that this machine takes for the work that models are made of."""
    rng = np.random.default_rng(0)
    many, one, weights = (rng.random(shape, np.float32) for shape in ((LARGE, INNER), (SMALL, INNER), (INNER, OUTER)))
    words = [f"word{at % 997}" for at in range(WORDS)]
    known = {word: at for at, word in enumerate(words)}
    return {
        "products of many rows": _median(lambda: many @ weights),
        "products of one row": _median(lambda: one @ weights),
        "words looked up": _median(lambda: [known[word] for word in words]),
    }


def read(path: Path) -> Profile:
    """The profile in a file.

    Raises:
        InputError: there is none, or it is not what `naeum bench --save` writes.
    """
    try:
        told: Any = json.loads(path.read_text(encoding="utf-8"))
        if told["format"] != FORMAT:
            raise ValueError
        found = Profile(
            str(told["machine"]["processor"]), str(told["key"]), float(told["latency_ms"]), float(told["median_ms"]),
            {str(name): float(value) for name, value in told["workloads"].items()},
        )  # fmt: skip
        if not found.workloads or min(found.latency_ms, found.median_ms, *found.workloads.values()) <= 0:
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"--machine must name a file that naeum bench RUN --save wrote on that machine; {path} is none; write it "
            "anew"
        ) from error
    return found


def ratio(there: Profile, key: str, here: tuple[float, float], works: Mapping[str, float]) -> Ratio:
    """How many times as long the other machine takes.

    Args:
        there: its profile.
        key: of the model that is measured here; it must be the same one.
        here: its latency in milliseconds, 95 % and median.
        works: the workloads here.

    Raises:
        InputError: the profile is of another model.

    Example:
        >>> there = Profile("a server", "k", 6.0, 4.0, {"words looked up": 3.0})
        >>> ratio(there, "k", (3.0, 2.5), {"words looked up": 1.0})
        Ratio(value=1.6, low=1.6, high=3.0)
    """
    if there.key != key:
        raise InputError(
            "--machine must name a profile of the same model, as it is the measure; the file is of another one; "
            "write it anew with naeum bench RUN --save"
        )
    middle = there.median_ms / here[1]
    seen = [middle, there.latency_ms / here[0]]
    seen += [there.workloads[name] / works[name] for name in works if name in there.workloads]
    return Ratio(middle, min(seen), max(seen))


def _median(work: Callable[[], Any]) -> float:
    work()
    times = []
    for _ in range(CALLS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return max(1000 * float(np.median(times)), 1e-6)
