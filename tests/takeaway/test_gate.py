"""Is a program that answers otherwise, or fails, refused?"""

import numpy as np
import pytest

from naeum.contract import Outputs, Task
from naeum.errors import ParityError
from naeum.model.floor import Majority
from naeum.takeaway import gate
from naeum.testing.worlds import korean

PROGRAM = """
import sys
if "fail" in sys.argv[0]:
    sys.exit("no such thing")
out = sys.argv[sys.argv.index("--out") + 1]
open(out, "w").write("prediction,score 0,score 1,score 2\\n" + "a,0.5,0.25,-1\\n" * 12)
"""


def test_a_program_that_fails_is_told_with_its_last_words(tmp_path):
    (tmp_path / "fail.py").write_text(PROGRAM)
    with pytest.raises(ParityError, match="a script must run by itself; it ended with: no such thing"):
        gate.answered(tmp_path / "fail.py", korean.parts(6).tune.rows)


def test_scores_and_answers_are_read_and_compared(tmp_path, run, monkeypatch):
    (tmp_path / "answer.py").write_text(PROGRAM)
    parts = korean.parts(36)
    fitted = run.fit(Majority(), parts)
    scores, answers = gate.answered(tmp_path / "answer.py", parts.tune.rows)
    assert scores.shape == (12, 3) and answers == ["a"] * 12
    own = fitted.predict(parts.tune.rows)
    for told, said in (((own.scores + 0.1, own.labels.tolist()), "its scores part by 0.0"),
                       ((own.scores, ["b"] * 12), "a script must answer as its scores say")):  # fmt: skip
        monkeypatch.setattr(gate, "answered", lambda script, rows, told=told: told)
        with pytest.raises(ParityError, match=said):
            gate.gate(tmp_path / "answer.py", fitted, parts.tune.rows)
    monkeypatch.setattr(gate, "answered", lambda script, rows: (own.scores, own.labels.tolist()))
    assert gate.gate(tmp_path / "answer.py", fitted, parts.tune.rows) == {"rows": 12, "largest": 0.0}


def test_numbers_are_compared_as_numbers():
    own = Outputs(Task(output="number"), np.array([[1.0]], np.float32), "identity")
    assert gate.same(own, ["1.00000001"]) and not gate.same(own, ["1.1"])
