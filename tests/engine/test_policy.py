"""Is the policy decided by a trial, said with its reason, and overridden by argument?"""

from __future__ import annotations

import pytest
import torch

from naeum.contract import Policy
from naeum.engine import policy as policies
from naeum.engine.policy import decide, trial, use_threads
from naeum.errors import InputError


def test_given_is_kept():
    decided = decide(1, True, device="cpu", dtype="bfloat16")
    assert decided == Policy("cpu", "bfloat16", 1, "cpu as given; bfloat16 as given", True)


@pytest.mark.parametrize(
    ("gain", "dtype"), [(1.0, "float32"), (1.29, "float32"), (1.31, "bfloat16"), (8.0, "bfloat16")]
)
def test_bfloat16_must_pay(monkeypatch, gain, dtype):
    monkeypatch.setattr(policies, "trial", lambda device, dtype: gain)
    decided = decide(1, device="cpu")
    assert decided.dtype == dtype and f"{gain:.1f} times as fast as float32" in decided.reason


def test_the_trial_measures_and_leaves_the_threads_alone():
    before = torch.get_num_threads()
    assert decide(1, device="cpu").dtype in policies.DTYPES
    assert torch.get_num_threads() == before
    assert trial() > 0


def test_every_core_by_default():
    assert decide(device="cpu", dtype="float32").threads >= 1


def test_without_torch_numpy_computes(monkeypatch):
    monkeypatch.setattr(policies, "there", lambda name: False)
    assert decide(2).reason == "torch is not installed: numpy in float32"


@pytest.mark.parametrize(
    ("cuda", "mps", "said"),
    [
        (True, False, "cuda (NVIDIA L4): the first of cuda, cpu; float32 as given"),
        (False, True, "mps (Apple): the first of mps, cpu; float32 as given"),
        (False, False, "cpu: the first of cpu; float32 as given"),
    ],
)
def test_a_gpu_is_taken_and_named(monkeypatch, cuda, mps, said):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda: "NVIDIA L4")
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
    assert decide(1, dtype="float32").reason == said


@pytest.mark.parametrize(
    ("gain", "dtype", "said"),
    [
        (2.0, "float16", "float16 measured 2.0 times as fast as float32; learning stays in float32"),
        (1.1, "float32", "float16 measured only 1.1 times as fast as float32"),
    ],
)
def test_a_gpu_without_bfloat16_may_answer_in_float16(monkeypatch, gain, dtype, said):
    asked = []
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda: "Tesla T4")
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: False)
    monkeypatch.setattr(policies, "trial", lambda device, name: asked.append((device, name)) or gain)
    decided = decide(1)
    assert decided.dtype == dtype and said in decided.reason and asked == [("cuda", "float16")]
    assert decide(1, dtype="float16").reason.endswith("float16 as given")
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: True)
    assert decide(1).dtype == ("bfloat16" if gain > 2 - 1e-9 else "float32") and asked[-1] == ("cuda", "bfloat16")


def test_threads_are_set():
    before = torch.get_num_threads()
    try:
        use_threads(Policy(threads=1))
        assert torch.get_num_threads() == 1
    finally:
        torch.set_num_threads(before)


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        ({"threads": 0}, "threads must be at least 1; got 0"),
        ({"dtype": "int4"}, "dtype must be one of float32, bfloat16; got 'int4'"),
        ({"dtype": "float16", "device": "cpu"}, "float16 must be computed on cuda; got cpu; leave it out"),
        ({"device": "tpu"}, "the device must be one of .*; got 'tpu'"),
    ],
)
def test_what_is_not_there_is_refused(arguments, match):
    with pytest.raises(InputError, match=match):
        decide(**arguments)
