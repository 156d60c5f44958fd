"""Does every check give one of three answers, and does the summary say them in one sentence?"""

import json
import re
from dataclasses import FrozenInstanceError, fields, replace
from pathlib import Path

import numpy as np
import pytest

from naeum.contract import Finding
from naeum.diagnose import CHECKS, Answer, look_all, summary, weigh

TECHNIQUES = {
    *("base", "top_layers", "full", "lora", "epochs", "learning_rate", "schedule", "batch_size", "dropout"),
    *("weight_decay", "label_smoothing", "class_weights", "focal", "logit_adjustment", "max_length", "layer_pooling"),
    *("ngrams", "regularization", "clean_labels", "augment", "calibrate", "blend", "second_seed", "averaging"),
}
ROOT = Path(__file__).resolve().parents[2]


def test_every_check_answers_in_one_of_three_ways(subject, curve):
    answers = look_all(subject(tune_rows=300, curve=curve(0.01, 1.8)))
    assert [each.code for each in answers] == [f"M{number:02d}" for number in range(1, len(CHECKS) + 1)]
    assert {each.state for each in answers} == {"finding", "passed", "not applicable"}
    for each in answers:
        document = json.loads(json.dumps(each.to_json()))
        assert set(document) == {"code", "title", "state", "seen"}
        assert bool(document["seen"]) == (each.state != "passed")


def test_findings_are_json_with_finite_numbers_and_ids(subject, curve):
    found = [each.finding for each in look_all(subject(fit_error=0.3, tune_error=0.4, tune_rows=300)) if each.finding]
    assert found
    for each in found:
        document = json.loads(json.dumps(each.to_json(), allow_nan=False))
        assert document["seen"].endswith(".") and document["seen"].count("\n") == 0


def test_looking_twice_says_the_same_and_changes_nothing(subject, curve):
    given = subject(tune_rows=300, curve=curve(0.01, 1.8))
    before = given.tune_outputs.scores.copy(), given.fit.target.copy()
    assert look_all(given) == look_all(given)
    assert np.array_equal(before[0], given.tune_outputs.scores) and np.array_equal(before[1], given.fit.target)


def test_nothing_known_is_nothing_said(subject):
    bare = subject(sample=None, sample_outputs=None, tune_outputs=None, fit_rows=10, tune_rows=10)
    assert {each.state for each in look_all(bare)} <= {"passed", "not applicable"}


def test_tasks_of_other_shapes_are_refused_by_no_crash(subject):
    given = subject(tune_rows=90)
    number = replace(given, task=replace(given.task, output="number"))
    assert {each.code for each in look_all(number) if each.state == "not applicable"} >= {"M01", "M02", "M12"}


def test_checks_are_frozen_and_without_fields():
    for check in CHECKS:
        assert not fields(check)
        with pytest.raises(FrozenInstanceError, match="cannot assign to field"):
            check.anything = 1


def test_techniques_named_are_the_known_ones():
    for check in CHECKS:
        assert set(getattr(check, "answers", ())) <= TECHNIQUES


def test_summary_names_bias_or_variance_first_and_then_the_worst(subject, curve):
    given = subject(tune_rows=300, curve=curve(0.01, 1.8))
    tip = Answer("M12", "duplicates", Finding("M12", "duplicates", "tip", "seen."))
    issue = Answer("M05", "truncated texts", Finding("M05", "truncated texts", "issue", "seen."))
    bias = Answer("M02", "variance", Finding("M02", "variance", "issue", "seen."))
    said = summary([tip, issue, bias], weigh(given))
    assert said.startswith("2.0 % of the fit rows") and said.endswith(
        "; also truncated texts (M05) and duplicates (M12)."
    )
    assert summary([tip, issue]) == "Found: truncated texts (M05) and duplicates (M12)."
    assert summary([], weigh(given)) == weigh(given).sentence
    assert summary([Answer("M01", "a"), Answer("M02", "b")]) == "Nothing stands out in 2 checks; 0 do not apply."


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_every_check_has_a_page_whose_thresholds_are_the_constants(check):
    page = (ROOT / "docs" / "findings" / f"{check.code}.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", page, re.MULTILINE)
    assert headings[:3] == ["How it is detected", "Why it matters", "What to do"]
    assert page.startswith(f"# {check.code} · {check.title}\n")
    source = (ROOT / "src" / "naeum" / "diagnose" / "checks" / f"{check.code.lower()}.py").read_text(encoding="utf-8")
    for name, value in _constants(source):
        assert f"| `{name}` | {value} |" in page
    for name in re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE):
        assert name in dict(_constants(source)) or name in dict(_constants(_weighing()))


@pytest.mark.parametrize("code", ["M01", "M02"])
def test_pages_of_bias_and_variance_show_the_thresholds_of_both(code):
    page = (ROOT / "docs" / "findings" / f"{code}.md").read_text(encoding="utf-8")
    for name, value in _constants(_weighing()):
        assert f"| `{name}` | {value} |" in page


def _weighing():
    return (ROOT / "src" / "naeum" / "diagnose" / "bias_variance.py").read_text(encoding="utf-8")


def _constants(source):
    return re.findall(r"^([A-Z][A-Z_]+) = ([0-9][0-9._]*)  # ", source, re.MULTILINE)
