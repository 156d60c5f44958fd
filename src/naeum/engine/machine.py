"""What machine is this, and how quickly does it multiply at most?"""

from __future__ import annotations

import importlib.metadata
import os
import platform
from pathlib import Path
from time import perf_counter
from typing import Any

from naeum.extras import need
from naeum.values import canonical, digest

FLAGS = Path("/proc/cpuinfo")
TOPOLOGY = Path("/sys/devices/system/cpu")
# Sums of products of bytes, and of bfloat16, in one step.
INSTRUCTIONS = ("avx512_vnni", "avx_vnni", "amx_int8", "asimddp", "avx512_bf16", "amx_bf16", "bf16")
PACKAGES = ("torch", "onnxruntime", "onnxruntime-gpu", "openvino")
GPUS = Path("/proc/driver/nvidia/gpus")  # the driver's own list
SIDE = 1_024  # of the square matrices that are multiplied for the peak
ROUNDS = 5  # the fastest counts


def processor() -> str:
    """The processor's name, as the kernel tells it."""
    try:
        lines = FLAGS.read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def cores() -> int:
    """Hardware threads that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def physical() -> int:
    """Processor cores that this process may use: of hardware threads that share one, only one counts.

    Told by the kernel; where it does not tell, every thread counts.
    """
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(cores()))
    siblings = {_siblings(cpu) for cpu in allowed}
    return len(siblings) if "" not in siblings else len(allowed)


def instructions() -> tuple[str, ...]:
    """Those of INSTRUCTIONS that this processor has; none where that is not told."""
    try:
        words = set(FLAGS.read_text(encoding="utf-8").split())
    except OSError:
        return ()
    return tuple(name for name in INSTRUCTIONS if name in words)


def fingerprint() -> str:
    """Equal for machines on which the same way is the quickest: processor, cores, instructions, GPUs, engines."""
    versions = {name: _version(name) for name in PACKAGES}
    return digest(canonical([processor(), cores(), physical(), instructions(), gpus(), versions]))


def gpus() -> tuple[str, ...]:
    """The names of NVIDIA's GPUs here, as the driver tells them; torch need not be loaded for that."""
    try:
        told = [one.read_text(encoding="utf-8") for one in sorted(GPUS.glob("*/information"))]
    except OSError:
        return ()
    lines = [line.partition(":") for one in told for line in one.splitlines()]
    return tuple(value.strip() for name, _, value in lines if name.strip() == "Model")


def peak(threads: int, dtype: str = "float32") -> float:
    """Floating-point operations a second of a product of square matrices in torch: what a model cannot exceed.

    Args:
        threads: of computation.
        dtype: float32 or bfloat16.

    Raises:
        MissingExtra: torch is not installed.
    """
    torch = need("torch", "measuring a processor")
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        return _multiplied(torch, getattr(torch, dtype))
    finally:
        torch.set_num_threads(before)


def _multiplied(torch: Any, dtype: Any) -> float:
    one = torch.ones(SIDE, SIDE, dtype=dtype)
    best = float("inf")
    with torch.inference_mode():
        one @ one  # the first call sizes buffers
        for _ in range(ROUNDS):
            start = perf_counter()
            one @ one
            best = min(best, perf_counter() - start)
    return float(2 * SIDE**3 / best)


def _siblings(cpu: int) -> str:
    """The hardware threads that lie in one core with this one; '' where that is not told."""
    try:
        return (TOPOLOGY / f"cpu{cpu}" / "topology" / "thread_siblings_list").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""
