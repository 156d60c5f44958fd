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


@dataclass(frozen=True)
class Meant:
    """A limit of milliseconds a row that is meant on another machine.

    Args:
        name: of that machine's processor.
        most: milliseconds there.
        ratio: of the time there over the time here.
        by_model: whether the very model was measured on both; else the small workloads alone.
    """

    name: str
    most: float
    ratio: Ratio
    by_model: bool = False

    @property
    def here(self) -> float:
        """Milliseconds here that are expected to hold the limit there, at the careful end.

        Example:
            >>> Meant("a server", 5.0, Ratio(2.0, 1.0, 2.5)).here
            2.0
        """
        return self.most / self.ratio.high

    @property
    def said(self) -> str:
        """What the limit becomes here, and how much that is worth."""
        by = "by this model on both" if self.by_model else "by small workloads, not by your model"
        return (
            f"The limit of {self.most:g} ms a row is meant on {self.name}, which takes {self.ratio.said} times as long "
            f"as this machine ({by}). So {self.here:.3g} ms here are allowed, at the careful end: an estimate, to be "
            "checked again there before release."
        )

    def there(self, latency_ms: float) -> str:
        """What a latency that was measured here is expected to be there.

        Example:
            >>> Meant("a server", 5.0, Ratio(2.0, 1.0, 2.5)).there(1.2)
            'Expected on a server: 2.4 ms a row [1.2, 3] where 5 is allowed; check it there before release.'
        """
        middle, low, high = (latency_ms * one for one in (self.ratio.value, self.ratio.low, self.ratio.high))
        return (
            f"Expected on {self.name}: {middle:.3g} ms a row [{low:.3g}, {high:.3g}] where {self.most:g} is allowed; "
            "check it there before release."
        )


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


def of_workloads(there: Profile, works: Mapping[str, float]) -> Ratio:
    """How many times as long the other machine takes, by the small workloads alone; their median is believed.

    Args:
        there: its profile, of whatever model.
        works: the workloads here.

    Raises:
        InputError: the profile has none of these workloads.

    Example:
        >>> there = Profile("a server", "k", 6.0, 4.0, {"a": 3.0, "b": 2.0, "c": 8.0})
        >>> of_workloads(there, {"a": 1.0, "b": 1.0, "c": 2.0})
        Ratio(value=3.0, low=2.0, high=4.0)
    """
    seen = [there.workloads[name] / works[name] for name in works if name in there.workloads]
    if not seen:
        raise InputError(
            "--machine must name a profile with the workloads of this naeum; the file has none of them; write it anew "
            "with naeum bench RUN --save"
        )
    return Ratio(float(np.median(seen)), min(seen), max(seen))


def _median(work: Callable[[], Any]) -> float:
    work()
    times = []
    for _ in range(CALLS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return max(1000 * float(np.median(times)), 1e-6)
