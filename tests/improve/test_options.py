"""Is every option checked, kept in YAML, and read back the same?"""

import math
import re
from pathlib import Path

import pytest

from naeum.errors import InputError
from naeum.improve.options import Options, from_dict, known, mapping, read, write


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"minutes": 0}, "minutes must be above 0; got 0; give a larger number"),
        ({"minutes": math.nan}, "minutes must be a finite number; got nan; give a number or leave it out"),
        ({"minutes": "5"}, "minutes must be a finite number; got '5'"),
        ({"minutes": True}, "minutes must be a finite number; got True"),
        ({"rungs": 0}, "rungs must be at least 1; got 0"),
        ({"rungs": 2.0}, "rungs must be a whole number; got 2.0"),
        ({"threads": -1}, "threads must be at least 1; got -1"),
        ({"seed": -1}, "seed must lie in 0 … 4294967295; got -1"),
        ({"max_size_mb": 0.0}, "max_size_mb must be above 0; got 0"),
        ({"target": " "}, "target must be a text that is not empty; got ' '"),
        ({"offline": "yes"}, "offline must be true or false; got 'yes'"),
        ({"only": 3}, "only must be names of techniques; got 3"),
        ({"only": "lora", "without": ["lora"]}, "a technique must not stand in both only and without; 'lora' does"),
        ({"no_test": True, "test": "a.csv"}, "no_test must not be set together with test; got both; leave one out"),
    ],
)
def test_what_does_not_hold_is_refused(given, words):
    with pytest.raises(InputError, match=re.escape(words)):
        Options(**given)


def test_techniques_come_as_a_name_a_list_or_with_commas():
    assert Options(only="lora").only == ("lora",)
    assert Options(without=["lora, blend", "probe"]).without == ("lora", "blend", "probe")
    assert Options(only={"b", "a"}).only == ("a", "b")


def test_limits_are_those_that_are_set():
    assert Options(max_latency_ms=2, max_size_mb=30.5).limits == {"latency_ms": 2.0, "size_mb": 30.5}


def test_counting_rungs_stops_the_clock():
    assert Options(minutes=2).seconds == 120
    assert math.isinf(Options(minutes=2, rungs=3).seconds)


def test_paths_become_text():
    assert Options(run=Path("runs/a"), valid=Path("b.csv")).valid == "b.csv"


def test_yaml_keeps_every_option(tmp_path):
    options = Options(target="의도", only=("lora",), minutes=2.5, stop_at=-0.3, no_rows=True)
    path = write(options, tmp_path / "run.yaml", ["데이터.csv"])
    assert read(path) == (("데이터.csv",), options)
    assert all(f"\n{name}:" in path.read_text(encoding="utf-8") for name in known())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("minuts: 3", "run.yaml: every key must be a known option; got 'minuts'; did you mean 'minutes'?"),
        ("zzz: 3", "got 'zzz'; known are target, text"),
        ("max-size-mb: 3", "did you mean 'max_size_mb'?"),
        ("minutes: 0", "minutes must be above 0"),
        ("- a\n- b", "run.yaml must hold `option: value` lines; got list"),
        ("a: [", "run.yaml must be YAML; it cannot be read ("),
        ("valid: <DataFrame in memory>", "valid must be a file to replay a run; it was a table in memory"),
    ],
)
def test_a_file_that_does_not_hold_is_refused(tmp_path, text, words):
    path = tmp_path / "run.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match=re.escape(words)):
        read(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"none.yaml must be a file of options; there is none; check the path"):
        mapping(tmp_path / "none.yaml")


def test_an_empty_file_is_all_defaults(tmp_path):
    path = tmp_path / "run.yaml"
    path.write_text("# nothing\n")
    assert read(path) == ((), Options())


def test_a_table_in_memory_is_named_by_its_type():
    assert Options(valid=[1]).to_dict()["valid"] == "<list in memory>"


def test_what_is_written_is_read_back():
    assert from_dict(Options().to_dict()) == Options()
