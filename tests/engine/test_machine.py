"""Is the machine told apart by what decides which way is the quickest?"""

import pytest

from naeum.engine import machine


@pytest.fixture
def flags(tmp_path, monkeypatch):
    path = tmp_path / "cpuinfo"
    path.write_text("model name\t: A Processor\nflags\t\t: fpu avx512_vnni amx_bf16\n", encoding="utf-8")
    monkeypatch.setattr(machine, "FLAGS", path)
    return path


def test_the_processor_is_read(flags):
    assert machine.processor() == "A Processor"
    assert machine.instructions() == ("avx512_vnni", "amx_bf16")
    assert machine.cores() >= 1


def test_a_machine_that_tells_nothing_is_none_the_worse(flags):
    flags.unlink()
    assert machine.instructions() == ()
    assert isinstance(machine.processor(), str)


@pytest.mark.parametrize(("siblings", "count"), [("0-1 0-1 2-3 2-3", 2), ("0 1 2 3", 4), ("0,2 1,3 0,2 1,3", 2)])
def test_hardware_threads_of_one_core_are_one_core(tmp_path, monkeypatch, siblings, count):
    for cpu, one in enumerate(siblings.split()):
        (tmp_path / f"cpu{cpu}" / "topology").mkdir(parents=True)
        (tmp_path / f"cpu{cpu}" / "topology" / "thread_siblings_list").write_text(f"{one}\n", encoding="ascii")
    monkeypatch.setattr(machine, "TOPOLOGY", tmp_path)
    monkeypatch.setattr(machine.os, "sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    assert machine.physical() == count
    monkeypatch.setattr(machine.os, "sched_getaffinity", lambda _: {0}, raising=False)
    assert machine.physical() == 1
    monkeypatch.setattr(machine, "TOPOLOGY", tmp_path / "none")
    monkeypatch.setattr(machine.os, "sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    assert machine.physical() == 4  # nothing is told: every thread counts


def test_other_instructions_or_engines_are_another_machine(flags, monkeypatch):
    before = machine.fingerprint()
    assert machine.fingerprint() == before
    flags.write_text("model name\t: A Processor\nflags\t\t: fpu\n", encoding="utf-8")
    other = machine.fingerprint()
    monkeypatch.setattr(machine, "_version", lambda name: "99")
    assert len({before, other, machine.fingerprint()}) == 3


def test_gpus_are_told_apart(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "GPUS", tmp_path)
    before = machine.fingerprint()
    assert machine.gpus() == ()
    for at, name in enumerate(("NVIDIA L4", "NVIDIA T4")):
        (tmp_path / f"0000:0{at}:00.0").mkdir()
        (tmp_path / f"0000:0{at}:00.0" / "information").write_text(f"Model: \t\t {name}\nIRQ: 1\n", encoding="utf-8")
    assert machine.gpus() == ("NVIDIA L4", "NVIDIA T4") and machine.fingerprint() != before


def test_a_peak_is_measured_and_the_threads_put_back():
    import torch

    before = torch.get_num_threads()
    assert machine.peak(1) > 1e8
    assert torch.get_num_threads() == before
