"""Is a checkpoint whole, of this very job, and nothing but numbers?"""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from naeum.train import checkpoint


def stepped(kind) -> tuple[torch.nn.Parameter, torch.optim.Optimizer]:
    torch.manual_seed(0)
    words = torch.nn.Embedding(5, 3, sparse=kind is torch.optim.SparseAdam)
    optimizer = kind([words.weight], lr=0.1, **({"momentum": 0.9} if kind is torch.optim.SGD else {}))
    step(words, optimizer)
    return words, optimizer


def step(words, optimizer) -> None:
    optimizer.zero_grad()
    words(torch.tensor([1, 3])).pow(2).sum().backward()
    optimizer.step()


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    tensors = {"weight.한글": torch.randn(3, 2), "step": torch.tensor(4), "random": torch.arange(9, dtype=torch.uint8)}
    checkpoint.save(tmp_path, tensors, {"same": "a", "step": 4, "score": 0.1 + 0.2, "notes": ["메모"]})
    found = checkpoint.load(tmp_path, "a")
    assert found is not None
    assert all(torch.equal(found[0][name], tensor) for name, tensor in tensors.items())
    assert found[1] == {"same": "a", "step": 4, "score": 0.1 + 0.2, "notes": ["메모"]}
    assert [path.name for path in tmp_path.iterdir()] == [checkpoint.FILE]


def test_there_is_none_for_another_job_an_empty_folder_or_a_torn_file(tmp_path: Path) -> None:
    assert checkpoint.load(tmp_path, "a") is None
    checkpoint.save(tmp_path, {"x": torch.zeros(100)}, {"same": "a"})
    assert checkpoint.load(tmp_path, "b") is None
    file = tmp_path / checkpoint.FILE
    file.write_bytes(file.read_bytes()[:-40])
    assert checkpoint.load(tmp_path, "a") is None
    file.write_bytes(b"")
    assert checkpoint.load(tmp_path, "a") is None


def test_a_failed_save_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkpoint.save(tmp_path, {"x": torch.zeros(2)}, {"same": "a", "step": 1})

    def full(*_, **__) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="No space left"):
        checkpoint.save(tmp_path, {"x": torch.ones(2)}, {"same": "a", "step": 2})
    found = checkpoint.load(tmp_path, "a")
    assert found is not None and found[1]["step"] == 1
    assert [path.name for path in tmp_path.iterdir()] == [checkpoint.FILE]


@pytest.mark.parametrize("kind", [torch.optim.AdamW, torch.optim.SGD, torch.optim.Adafactor, torch.optim.SparseAdam])
def test_an_optimizer_goes_on_exactly(kind, tmp_path: Path) -> None:
    words, optimizer = stepped(kind)
    checkpoint.save(tmp_path, checkpoint.pack([optimizer]), {"same": ""})
    fresh = torch.nn.Embedding(5, 3, sparse=words.sparse)
    fresh.load_state_dict(words.state_dict())
    again = kind([fresh.weight], lr=0.1, **({"momentum": 0.9} if kind is torch.optim.SGD else {}))
    found = checkpoint.load(tmp_path, "")
    assert found is not None
    checkpoint.unpack([again], found[0])
    for _ in range(3):
        step(words, optimizer)
        step(fresh, again)
    assert torch.equal(words.weight, fresh.weight)


def test_a_checkpoint_is_forgotten(tmp_path: Path) -> None:
    checkpoint.save(tmp_path, {}, {"same": ""})
    checkpoint.remove(tmp_path)
    checkpoint.remove(tmp_path)
    assert checkpoint.load(tmp_path, "") is None
