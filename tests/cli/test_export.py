"""Does the verb export hand the run on, say what came of it, and is an exported folder answered with?"""

import json
import sys
from types import SimpleNamespace

import pytest

from naeum.cli.export import told
from naeum.compress.export import folder
from naeum.compress.quantize.arithmetic import Arithmetic
from naeum.compress.quantize.quantized import named
from naeum.contract import subset
from naeum.errors import InputError
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.data import make
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import korean as world

CARD = {"parity": {"rows": 1200, "largest": 3e-7, "flips": 0}, "task": {"inputs": ["text"]}}


@pytest.fixture
def exporting(shell, monkeypatch, tmp_path):
    """`naeum.cycle.export` in place of the real one: it writes one file."""

    def export(run, place, *, to, int8, words, max_loss, rung, with_):
        exporting.asked, exporting.own = (int8, words, max_loss), with_
        if to == "script":
            return {"to": to, "script": str(place), "weights": "m_weights", "parity": CARD["parity"], **exporting.code}
        if to != "onnx":
            raise InputError(f"--to must be one of onnx; got {to!r}; correct its name")
        (tmp_path / "model").mkdir()
        (tmp_path / "model" / "a").write_bytes(b"x" * 200_000)
        return {**CARD, "called": [run, place, rung]}

    exporting = shell
    monkeypatch.setattr(sys.modules["naeum.cycle"], "export", export, raising=False)
    return shell


def test_it_says_size_and_nearness(exporting, tmp_path):
    done = exporting("export", "RUN", "--to", "onnx", tmp_path / "model")
    assert done.code == 0, done.err
    assert f"{tmp_path / 'model'}: 0.2 MB. On 1,200 rows its scores are within 3e-07 of the run's" in done.out
    assert "no answer differs" in done.out and "predict.py" in done.out


def test_it_says_the_card_as_json(exporting, tmp_path):
    done = exporting("export", "RUN", tmp_path / "model", "--json", "--rung", "3")
    assert json.loads(done.out) == {
        "folder": str(tmp_path / "model"), **CARD, "called": ["RUN", str(tmp_path / "model"), 3],
    }  # fmt: skip


def test_flips_are_counted(tmp_path):
    assert "3 answers differ" in told({**CARD, "parity": {"rows": 9, "largest": 0.1, "flips": 3}}, tmp_path)


def test_eight_bits_are_asked_for_with_their_loss_and_told(exporting, tmp_path):
    exporting(
        "export", "RUN", tmp_path / "model", "--int8", "--calibration", "mse", "--max-loss", "0.5%", "--words", "used"
    )
    assert exporting.asked == ("mse", "used", 0.005)
    said = told({**CARD, "eight_bits": {"said": "In eight bits it is small."}}, tmp_path)
    assert "before it was made smaller.\nIn eight bits it is small.\nTry it" in said


@pytest.mark.parametrize(
    ("given", "how"), [(("--weights", "nf4"), "nf4"), (("--int8", "--balance"), "percentile+balance")]
)
def test_other_numbers_are_asked_for(exporting, tmp_path, given, how):
    exporting("export", "RUN", tmp_path / "model", *given)
    assert exporting.asked[0] == how and named(how).arithmetic != Arithmetic()


@pytest.mark.parametrize("given", [("--int8", "--weights", "int4"), ("--balance",)])
def test_numbers_that_do_not_go_together_are_refused(exporting, tmp_path, given):
    done = exporting("export", "RUN", tmp_path / "model", *given)
    assert done.code == 2 and "--weights must stand alone, and --balance with --int8" in done.err


def test_a_loss_that_is_no_share_is_refused(exporting, tmp_path):
    done = exporting("export", "RUN", tmp_path / "model", "--int8", "--max-loss", "half")
    assert done.code == 2 and "--max-loss must be a share from 0 to below 100 %; got 'half'" in done.err


def test_eight_bits_are_not_asked_for_by_themselves(exporting, tmp_path):
    exporting("export", "RUN", tmp_path / "model")
    assert exporting.asked == ("", "all", None)


def test_code_is_told_with_what_it_cannot_do(exporting, tmp_path):
    exporting.code = {"left_out": ["an average", "copies"], "no_training": "the script cannot train x; it predicts"}
    done = exporting("export", "RUN", tmp_path / "m.py", "--to", "script", "--with", "my.py")
    assert done.code == 0, done.err
    assert (
        "with its weights in m_weights. On 1,200 rows its scores are within 3e-07 of the run's, with the same"
        in done.out
    )
    assert "Its training leaves out: an average; copies." in done.out
    assert "It predicts, but does not train: the script cannot train x; it predicts." in done.out
    assert "m.py predict FILE --out answers.csv" in done.out and exporting.own == ("my.py",)


def test_an_unknown_format_is_refused(exporting, tmp_path):
    done = exporting("export", "RUN", tmp_path / "model", "--to", "tflite")
    assert done.code == 2 and "--to must be one of onnx; got 'tflite'" in done.err


def test_new_rows_are_answered_by_an_exported_folder(shell, tmp_path):
    given = world.parts(24)
    fitted = TfidfLogistic().fit(given, TinyRun(tmp_path / "run"))
    folder.export(fitted, tmp_path / "model", given.tune.rows)
    rows = make(6, korean=True).rows
    (tmp_path / "new.csv").write_text("text\n" + "\n".join(rows["text"].to_pylist()) + "\n", encoding="utf-8")
    done = shell("predict", tmp_path / "model", tmp_path / "new.csv", "--out", tmp_path / "a.jsonl")
    assert done.code == 0, done.err
    found = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [one["prediction"] for one in found] == fitted.predict(rows).labels.tolist()
    refused = shell("predict", tmp_path / "model", tmp_path / "new.csv", "--out", tmp_path / "b.csv", "--max-error=2%")
    assert refused.code == 2 and "needs the held-out rows of a run; got an exported model" in refused.err


def test_the_rows_of_tune_are_compared_and_those_of_fit_where_there_are_none(monkeypatch, tmp_path):
    monkeypatch.delitem(sys.modules, "naeum.cycle", raising=False)
    from naeum import cycle

    parts = world.parts(24)
    rung = SimpleNamespace(number=4, score=0.9, low=0.8, high=1.0)
    fitted = TfidfLogistic().fit(parts, TinyRun(tmp_path / "run"))
    found = {"fit": parts.fit, "tune": parts.tune}
    asked = []
    model = SimpleNamespace(rung=rung, predictor=fitted)
    ladder = SimpleNamespace(part=found.get, model=lambda number: (asked.append(number), model)[1])
    monkeypatch.setattr(cycle, "open_run", lambda run, with_=(): ladder)
    assert cycle.export("RUN", tmp_path / "a")["parity"]["rows"] == len(parts.tune)
    assert cycle.export("RUN", tmp_path / "a")["run"] == {"rung": 4, "score": 0.9, "low": 0.8, "high": 1.0}
    cycle.export("RUN", tmp_path / "a", rung=4)
    assert asked == [None, None, 4]
    found["tune"] = subset(parts.tune, [], "none")
    assert cycle.export("RUN", tmp_path / "a")["parity"]["rows"] == len(parts.fit)
    with pytest.raises(InputError, match="words must be one of all, used; got 'some'"):
        cycle.export("RUN", tmp_path / "b", words="some")
    with pytest.raises(InputError, match=r"--to must be one of onnx, .*; got 'torch'"):
        cycle.export("RUN", tmp_path / "b", to="torch")
    with pytest.raises(InputError, match="--int8 and --words must be given with --to onnx; got them with --to script"):
        cycle.export("RUN", tmp_path / "b", to="script", int8="minmax")
