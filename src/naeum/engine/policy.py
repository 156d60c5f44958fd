"""On which device, in which precision and with how many threads is computed?

Decided once, with the reason, by a short trial; what was decided is written down and given back on a resume, so two
halves of one run compute alike.
"""

from __future__ import annotations

import os
import time
from typing import Any

from naeum.contract import Policy
from naeum.errors import InputError
from naeum.extras import need, there

DTYPES = ("float32", "bfloat16")
# On a CPU hundreds of times slower, in training it overflows: for answers on GPUs that have no bfloat16.
HALF = "float16"
GAIN_THAT_PAYS = 1.3  # fewer bits round, so it must bring more than a trial's noise
TRIAL_SHAPE = (2048, 384, 1536)  # rows, in, out: the larger matrix of a small encoder at a usual batch
TRIAL_ROUNDS = 7  # the fastest of each counts: other processes only ever slow one down


def decide(
    threads: int | None = None, offline: bool = False, *, device: str | None = None, dtype: str | None = None
) -> Policy:
    """The policy of a run.

    Args:
        threads: of computation; None: the cores this process may use.
        offline: forbid the network.
        device: cuda, mps or cpu; None: the first of them that is there.
        dtype: float32 or bfloat16, on cuda also float16, which answers and is never learned in; None: bfloat16 (float16
            on a GPU without it) where a trial of a few hundredths of a second says it pays.

    Raises:
        InputError: a device or dtype that is not known or not there, or less than one thread.

    Example:
        >>> decide(2, dtype="float32", device="cpu")
        Policy(device='cpu', dtype='float32', threads=2, reason='cpu as given; float32 as given', offline=False)
    """
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    count = count if threads is None else threads
    if count < 1:
        raise InputError(f"threads must be at least 1; got {count}; leave it out to use every core")
    if dtype not in (None, HALF, *DTYPES):
        raise InputError(f"dtype must be one of {', '.join(DTYPES)}; got {dtype!r}; leave it out to have it measured")
    if not there("torch"):
        return Policy("cpu", "float32", count, "torch is not installed: numpy in float32", offline)
    where, why_there = _device(device)
    if dtype == HALF and where != "cuda":
        raise InputError(f"float16 must be computed on cuda; got {where}; leave it out to have it measured")
    precision, why_so = (
        (dtype, "float32 as given" if dtype == "float32" else f"{dtype} as given")
        if dtype
        else (_precision(where, count))
    )
    return Policy(where, precision, count, f"{why_there}; {why_so}", offline)


def use_threads(policy: Policy) -> None:
    """Set the number of threads of torch to the policy's: it is one for the whole process."""
    torch = need("torch", "computing")
    if torch.get_num_threads() != policy.threads:
        torch.set_num_threads(policy.threads)


def _device(asked: str | None) -> tuple[str, str]:
    torch = need("torch", "choosing a device")
    there_are = [name for name, yes in (
        ("cuda", torch.cuda.is_available()), ("mps", torch.backends.mps.is_available()), ("cpu", True),
    ) if yes]  # fmt: skip
    if asked is None:
        first = there_are[0]
        card = f" ({torch.cuda.get_device_name()})" if first == "cuda" else " (Apple)" if first == "mps" else ""
        return first, f"{first}{card}: the first of {', '.join(there_are)}"
    if asked not in there_are:
        raise InputError(f"the device must be one of {', '.join(there_are)} here; got {asked!r}; leave it out")
    return asked, f"{asked} as given"


def _precision(device: str, threads: int) -> tuple[str, str]:
    torch = need("torch", "choosing a precision")
    if device == "mps":
        return "float32", "float32: bfloat16 is not used on mps"
    none = device == "cuda" and not torch.cuda.is_bf16_supported(including_emulation=False)
    name, kept = (HALF, "; learning stays in float32, as this GPU has no bfloat16") if none else (DTYPES[1], "")
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        gain = trial(device, name)
    finally:
        torch.set_num_threads(before)
    if gain >= GAIN_THAT_PAYS:
        return name, f"{name} measured {gain:.1f} times as fast as float32{kept}"
    return "float32", f"{name} measured only {gain:.1f} times as fast as float32"


def trial(device: str = "cpu", dtype: str = "bfloat16") -> float:
    """How many times as fast a linear layer runs in fewer bits as in float32, casts of its input included."""
    torch = need("torch", "a trial of precisions")
    rows, inner, outer = TRIAL_SHAPE
    x = torch.ones(rows, inner, device=device)
    weights = {name: torch.ones(outer, inner, device=device, dtype=getattr(torch, name)) for name in ("float32", dtype)}
    best = {name: float("inf") for name in weights}
    with torch.inference_mode():
        for _ in range(TRIAL_ROUNDS):
            for name, weight in weights.items():  # in turn, so that a busy machine slows both
                best[name] = min(best[name], _seconds(torch, device, x, weight))
    return best["float32"] / best[dtype]


def _seconds(torch: Any, device: str, x: Any, weight: Any) -> float:
    start = time.perf_counter()
    torch.nn.functional.linear(x.to(weight.dtype), weight)
    if device == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter() - start
