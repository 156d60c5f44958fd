"""Does improve hand on what was typed, and end with the ladder's words?"""

import json

import pytest

from naeum.cli.improve import resolved
from naeum.errors import InputError


def test_what_was_typed_reaches_the_climb(shell, korean):
    shell.events = [{"event": "rung", "rung": rung} for rung in korean.rungs]
    done = shell("improve", "a.csv", "b.csv", "--target", "의도", "--max-latency-ms", "2")
    assert done.code == 0, done.err
    assert shell.called == (["a.csv", "b.csv"], {"target": "의도", "max_latency_ms": 2.0})
    assert "rung 11" in done.out and "Champion:" in done.out and korean.forecast in done.out
    assert (korean.folder / "report.html").exists()


def test_a_finished_run_says_how_to_go_on(shell):
    assert "was finished before; nothing was fitted. Go on with: naeum improve" in shell("improve", "a.csv").out


def test_json_is_one_object_a_line(shell, korean):
    shell.events = [{"event": "rung", "rung": korean.rungs[0]}, {"event": "note", "text": "안녕"}]
    lines = [json.loads(line) for line in shell("improve", "a.csv", "--json").out.splitlines()]
    assert [line["event"] for line in lines] == ["rung", "note", "done"]
    assert lines[-1]["champion"] == 11 and lines[-1]["report"].endswith("report.html")


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (InputError("the target must have two classes; it has one; add rows"), 2, "the target must have two classes"),
        (KeyboardInterrupt(), 130, "Interrupted. The same command goes on"),
        (OSError(28, "No space left on device"), 2, "the disk must have room; it is full"),
        (ZeroDivisionError("x"), 1, "This is a fault of naeum"),
    ],
)
def test_failures_are_sentences(shell, error, code, words):
    shell.events = [error]
    done = shell("improve", "a.csv")
    assert done.code == code and words in done.err and "Traceback" not in done.err


def test_no_rows_keeps_texts_out_of_the_report(shell, korean):
    korean.options["no_rows"] = True
    shell("improve", "a.csv", "--no-rows")
    assert "영화" not in (korean.folder / "report.html").read_text(encoding="utf-8")


def test_a_report_that_cannot_be_drawn_does_not_hide_the_model(shell, korean):
    korean.curve = {"sizes": [1, 2], "errors": "broken"}
    done = shell("improve", "a.csv")
    assert done.code == 0 and "the report could not be drawn" in done.err and "Champion:" in done.out


def test_flags_win_over_the_file(tmp_path):
    path = tmp_path / "run.yaml"
    path.write_text("data: [a.csv]\nminutes: 3\nmetric: macro_f1\n", encoding="utf-8")
    assert resolved((), str(path), {"minutes": 5.0}) == ("a.csv", {"minutes": 5.0, "metric": "macro_f1"})
    assert resolved(("b.csv",), str(path), {})[0] == "b.csv"


def test_a_misspelt_key_of_the_file_is_refused_with_the_nearest(tmp_path):
    path = tmp_path / "run.yaml"
    path.write_text("max-latency: 3\n")
    with pytest.raises(InputError, match=r"run.yaml: every key .* got 'max-latency'; did you mean 'max_latency_ms'\?"):
        resolved(("a.csv",), str(path), {})
