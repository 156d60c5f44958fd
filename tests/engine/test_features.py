"""Are features right, computed once, and equal after a kill?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from naeum.contract import Policy
from naeum.engine import bases, sessions
from naeum.engine import features as module
from naeum.engine.features import features
from naeum.errors import BaseModelError, InputError

SINGLE = Policy(threads=1, offline=True)
TEXTS = [
    "the movie was good",
    "bad",
    "",
    "영화가 정말 좋다",
    "very " * 40,
    "today a movie was not very bad and b c",
] * 3


def plain(base, texts, layer=-1):
    """Mean pooling by transformers alone, one text at a time in float32."""
    import torch
    from transformers import AutoModel, PreTrainedTokenizerFast

    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(base.folder / "tokenizer.json"))
    model = AutoModel.from_pretrained(base.folder, add_pooling_layer=False).eval()
    with torch.inference_mode():
        rows = [
            model(**tokenizer(text, truncation=True, max_length=32, return_tensors="pt"), output_hidden_states=True)
            .hidden_states[layer][0].mean(0).numpy()
            for text in texts
        ]  # fmt: skip
    return np.stack(rows)


def cosine(one, two):
    return (one * two).sum(1) / np.linalg.norm(one, axis=1) / np.linalg.norm(two, axis=1)


@pytest.fixture
def counted(monkeypatch):
    """How many batches were run."""
    batches = []
    run = sessions.hidden_states
    monkeypatch.setattr(
        sessions, "hidden_states", lambda *given, **more: batches.append(len(given[2])) or run(*given, **more)
    )
    return batches


def ask(base, texts, cache=None, **more):
    return features(base, texts, **({"policy": SINGLE, "cache": cache, "max_length": 32} | more))


@pytest.mark.parametrize("layer", [-1, 0, 2])
def test_equal_to_plain_mean_pooling(base, tmp_path, layer):
    wanted = plain(base, TEXTS, layer)
    for cache in (None, tmp_path):
        got = ask(base, TEXTS, cache, layers=(layer,))
        assert cosine(got, wanted).min() > 0.99999
        np.testing.assert_allclose(got, wanted, atol=2e-3, rtol=1e-3)


def test_real_weights_in_both_precisions(monkeypatch, tmp_path):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "none"))
    base = bases.find("all-MiniLM-L6-v2", SINGLE)
    texts = [
        "where is my card?",
        "how do i say hello in korean",
        "a gorgeous, witty, seductive movie.",
        "카드가 어디 있나요?",
    ]
    wanted = plain(base, texts)
    assert cosine(ask(base, texts), wanted).min() > 0.99999
    half = Policy(threads=1, offline=True, dtype="bfloat16")
    assert cosine(ask(base, texts, policy=half), wanted).min() > 0.9998
    assert cosine(ask(base, texts, policy=half), wanted).mean() > 0.9999


def test_several_layers_stand_side_by_side(base, tmp_path):
    both = ask(base, TEXTS, tmp_path, layers=(-1, 1), pooling="cls")
    np.testing.assert_array_equal(both[:, :16], ask(base, TEXTS, tmp_path, layers=(3,), pooling="cls"))
    np.testing.assert_array_equal(both[:, 16:], ask(base, TEXTS, tmp_path, layers=(-3,), pooling="cls"))


def test_neither_order_nor_company_matter(base, tmp_path):
    whole = ask(base, TEXTS, tmp_path)
    order = np.random.default_rng(0).permutation(len(TEXTS))
    np.testing.assert_allclose(ask(base, [TEXTS[at] for at in order]), whole[order], atol=1e-3)  # one step of float16
    for at in range(6):
        np.testing.assert_allclose(ask(base, [TEXTS[at]])[0], whole[at], atol=1e-3)
    np.testing.assert_allclose(whole[:6], whole[6:12], atol=0)  # the same texts again


def test_float32_states_do_not_depend_on_the_batch(base):
    from naeum.engine.tokens import pad, tokenize

    tokens = tokenize(base, TEXTS[:6], 32)
    together, _ = sessions.hidden_states(base, SINGLE, *pad(tokens, range(6)))
    for at in range(6):
        alone, _ = sessions.hidden_states(base, SINGLE, *pad(tokens, [at]))
        np.testing.assert_allclose(together[-1][at, : tokens.lengths[at]], alone[-1][0], atol=1e-4)


def test_one_pass_serves_every_layer_and_pooling(base, tmp_path, counted):
    ask(base, TEXTS, tmp_path)
    assert sum(counted) == len(set(TEXTS))  # each text once
    counted.clear()
    for layer in range(4):
        for pooling in module.POOLINGS:
            ask(base, TEXTS[::-1], tmp_path, layers=(layer,), pooling=pooling)
    assert not counted


def test_only_new_rows_are_computed(base, tmp_path, counted):
    before = ask(base, TEXTS, tmp_path)
    counted.clear()
    more = ask(base, ["c b a", *TEXTS, "c b a"], tmp_path)
    assert sum(counted) == 1
    np.testing.assert_array_equal(more[1:-1], before)


def test_other_settings_have_other_vectors(base, tmp_path, counted):
    ask(base, TEXTS, tmp_path)
    ask(base, TEXTS, tmp_path, max_length=16)
    half = ask(base, TEXTS, tmp_path, policy=Policy(threads=1, offline=True, dtype="bfloat16"))
    assert sum(counted) == 3 * len(set(TEXTS))
    assert not np.array_equal(half, ask(base, TEXTS, tmp_path))


def test_an_arrow_column_is_read_in_pieces(base, tmp_path, monkeypatch):
    import pyarrow as pa

    monkeypatch.setattr(module, "HASHED_AT_ONCE", 4)
    column = pa.chunked_array([TEXTS[:5], [*TEXTS[5:], None]])
    np.testing.assert_array_equal(ask(base, column, tmp_path), ask(base, [*TEXTS, ""], tmp_path))


def test_few_layers_where_all_would_be_too_large(base, tmp_path, monkeypatch):
    wanted = ask(base, TEXTS, layers=(3, 2))
    rows = len(set(TEXTS))
    monkeypatch.setattr(module, "LAST_LAYERS", 2)
    for most, stored in ((rows * 4 * 2 * 32 - 1, "2-3-mean-cls"), (1, "2-3-mean")):
        monkeypatch.setattr(module, "MOST_BYTES", most)
        np.testing.assert_allclose(ask(base, TEXTS, tmp_path, layers=(3, 2)), wanted, atol=1e-3)
        assert any(folder.name.endswith(f"cpu-{stored}") for folder in (tmp_path / "features").iterdir())


def test_progress_is_told_and_ctrl_c_keeps_what_was_done(base, tmp_path, counted, monkeypatch):
    monkeypatch.setitem(module.BUDGET, "cpu", 8)
    told = []

    def report(step, steps):
        told.append((step, steps))
        if len(told) == 3:
            raise KeyboardInterrupt("by hand")

    with pytest.raises(KeyboardInterrupt, match="by hand"):
        ask(base, TEXTS, tmp_path, report=report)
    assert told == [(1, 6), (2, 6), (3, 6)]
    counted.clear()
    ask(base, TEXTS, tmp_path)
    assert sum(counted) == 3


def test_broken_numbers_are_refused(own_folder, tmp_path):
    from safetensors.torch import load_file, save_file

    weights = load_file(own_folder / "model.safetensors")
    weights["embeddings.LayerNorm.weight"] *= float("nan")
    save_file(weights, own_folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(BaseModelError, match="a base model must give finite numbers"):
        ask(bases.find(own_folder, SINGLE), TEXTS, tmp_path)


@pytest.mark.parametrize(
    ("more", "match"),
    [
        ({"layers": (4,)}, r"a layer must lie between 0 \(embeddings\) and 3 .*; got 4"),
        ({"layers": (-5,)}, "got -5"),
        ({"pooling": "sum"}, "pooling must be one of mean, cls; got 'sum'"),
    ],
)
def test_unknown_settings_are_refused(base, more, match):
    with pytest.raises(InputError, match=match):
        ask(base, TEXTS, **more)


def test_no_rows(base, tmp_path):
    assert ask(base, [], tmp_path, layers=(1, 2)).shape == (0, 32)


CHILD = """
import sys, time
from pathlib import Path
import numpy as np
from naeum.contract import Policy
from naeum.engine import bases, features as module
folder, cache, out, wait = sys.argv[1:]
module.BUDGET["cpu"] = 64
module.SECONDS_BETWEEN_FLUSHES = 0.0
base = bases.find(folder, Policy(offline=True))
words = "the a movie was good bad and very not today".split()
rng = np.random.default_rng(0)
texts = [" ".join(rng.choice(words, rng.integers(1, 20))) for _ in range(300)]
def report(step, steps):
    Path(out + ".step").write_text(str(step))
    time.sleep(float(wait))
asked = {"policy": Policy(threads=1), "cache": Path(cache), "layers": (-1, 1), "max_length": 32, "report": report}
np.save(out, module.features(base, texts, **asked))
"""


def child(base, cache, out, wait=0.0):
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", CHILD, str(base.folder), str(cache), str(out), str(wait)], env=environment
    )


def wait_for_step(out: Path, least: int) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        step = Path(f"{out}.step")
        if step.is_file() and (step.read_text() or "0").isdigit() and int(step.read_text() or 0) >= least:
            return
        time.sleep(0.02)
    raise TimeoutError(f"no step {least} of {out}")


def test_a_killed_pass_goes_on_to_the_same_bits(base, tmp_path):
    assert child(base, tmp_path / "quiet", tmp_path / "quiet.npy").wait(120) == 0
    killed = child(base, tmp_path / "hit", tmp_path / "hit.npy", wait=0.05)
    wait_for_step(tmp_path / "hit.npy", 80)
    killed.send_signal(signal.SIGKILL)
    killed.wait(60)
    assert not (tmp_path / "hit.npy").exists()
    assert child(base, tmp_path / "hit", tmp_path / "hit.npy").wait(120) == 0
    np.testing.assert_array_equal(np.load(tmp_path / "hit.npy"), np.load(tmp_path / "quiet.npy"))


def test_two_processes_share_one_pass(base, tmp_path):
    both = [child(base, tmp_path / "shared", tmp_path / f"{name}.npy") for name in ("one", "two")]
    assert [process.wait(180) for process in both] == [0, 0]
    np.testing.assert_array_equal(np.load(tmp_path / "one.npy"), np.load(tmp_path / "two.npy"))
    (folder,) = (tmp_path / "shared" / "features").iterdir()
    unique = (folder / "index").stat().st_size // 20
    assert (folder / "rows.f16").stat().st_size == unique * 4 * 2 * 16 * 2
    assert unique <= 300
