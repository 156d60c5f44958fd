"""Is a rung's why told whole: kept, refused, never tried?"""

import json

import pytest

from naeum.cli.aloud import width

KEPT = """Rung 4: Finetune from rung 2, kept
  tried because  M01: the probe's training error stands far above the reference.
  changed        probe → finetuned
  accuracy       0.8810 [0.8646, 0.8974] on select
  gain           +0.0080 [−0.0018, +0.0178], P(better) 0.96, estimated on select
  forecast       +0.0066 ± 0.0040 in 4 min 14 s
  cost           3 min 32 s to fit, 5.3 ms a row, 91 MB on disk
  decision       kept: likely better
"""


@pytest.fixture(autouse=True)
def _plain_titles(monkeypatch):
    from naeum.report.view import View

    monkeypatch.setattr(
        View, "titles", {"lora": "LoRA instead of full", "domain_pretraining": "Pretraining on the domain"}
    )


def test_a_kept_rung(shell):
    assert shell("why", "RUN", "4").out == KEPT


def test_hangul_stands_in_the_same_columns(shell):
    said = shell("why", "RUN", "4", "--lang", "ko").out.splitlines()
    score = next(line for line in said if "0.8810" in line)
    why = next(line for line in said if "M01" in line)
    assert score.startswith("  정확도")
    assert width(score.partition("0.8810")[0]) == width(why.partition("M01")[0]) == 17


def test_a_refused_rung(shell):
    said = shell("why", "RUN", "5").out
    assert said.startswith("Rung 5: LoRA instead of full from rung 4, not kept\n")
    assert "changed        method: full → lora" in said and "decision       not kept: the gain may be chance" in said


def test_the_floor_has_no_gain(shell):
    said = shell("why", "RUN", "0").out
    assert "gain" not in said and "starts with majority" in said


def test_the_champion_is_named(shell):
    assert shell("why", "RUN", "11").out.startswith("Rung 11: Calibrate from rung 9, the champion\n")


def test_an_untried_technique(shell):
    said = shell("why", "RUN", "domain-pretraining").out
    assert said == (
        "Pretraining on the domain (domain_pretraining) was not tried. It needs unlabelled rows; there are none.\n"
    )


def test_a_technique_that_was_tried_shows_its_rungs(shell):
    assert shell("why", "RUN", "lora").out == shell("why", "RUN", "5").out


def test_a_technique_that_failed(shell, korean):
    korean.events = ({"event": "failed", "technique": "focal_loss", "error": "out of memory"},)
    assert "It was tried and could not be fitted: out of memory" in shell("why", "RUN", "focal_loss").out


def test_every_rung_without_a_question(shell, korean):
    assert shell("why", "RUN").out.count("\nRung ") + 1 == len(korean.rungs)


def test_json_holds_the_numbers(shell, korean):
    found = json.loads(shell("why", "RUN", "5", "--json").out)
    assert found["gain"] == korean.rungs[5].gain and found["kept"] is False


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("99", "naeum: a rung must be one of 0 … 11; got 99; see them all with: naeum why RUN"),
        ("loora", "naeum: why must be asked of a rung's number or a technique; got 'loora'; did you mean lora?"),
    ],
)
def test_what_is_not_there(shell, what, words):
    done = shell("why", "RUN", what)
    assert done.code == 2 and done.err.strip() == words


def test_a_search_tells_its_trials(shell, fake, korean):
    fake.searched(korean)
    said = shell("why", "RUN", "12").out
    assert "  trial 1        layer 5, pooling cls: 0.8760\n  trial 2        layer 0, pooling cls: pruned" in said


def test_the_choice_of_the_base_model(shell, korean):
    why = {"name": "작은", "at_hand": True, "points": 0.71, "size_mb": 91.0, "licence": "mit", "suit": {}, "breaks": ""}
    korean.summary = {**korean.summary, "weighed": [{**why, "reasons": ["trained on ko"]}]}
    assert shell("why", "RUN", "bases").out == "작은 (at hand, 91 MB, mit): 0.71 points\n  trained on ko\n"
    korean.summary = {}
    assert "base models must have been weighed to say why" in shell("why", "RUN", "bases").err
