"""Does the doctor see what is missing, and say what it would be good for?"""

import importlib
import json

import pytest

doctor = importlib.import_module("naeum.cli.doctor")  # the room binds the verb of this name


def test_everything_is_named_once(shell):
    found = json.loads(shell("doctor", "install", "--json").out)
    names = [one["name"] for one in found]
    assert len(names) == len(set(names)) and {"python", "numpy", "deep", "sklearn", "device", "disk"} <= set(names)
    assert next(one for one in found if one["name"] == "numpy")["well"]


def test_an_absent_extra_says_what_for_and_how(shell, monkeypatch):
    monkeypatch.setattr(doctor, "_version", lambda name: "" if name == "optuna" else "1.0")
    done = shell("doctor")
    line = next(line for line in done.out.splitlines() if " search " in line)
    assert line.startswith("absent ") and "a search around the champion; lacking optuna" in line
    assert line.endswith("install with: pip install optuna") and done.code == 0


def test_in_korean_names_stay_and_sentences_do_not(shell, monkeypatch):
    lacking = {"optuna", "torch", "transformers"}
    monkeypatch.setattr(doctor, "_version", lambda name: "" if name in lacking else "1.0")
    lines = {line.split()[1]: line for line in shell("--lang", "ko", "doctor", "install").out.splitlines()}
    assert set(doctor.EXTRAS) <= set(lines), "what pip calls them"
    assert lines["search"].startswith("없음     search  ") and lines["images"].startswith("ok       images  ")
    assert lines["search"].endswith("optuna가 없습니다. 설치하세요: pip install optuna")
    assert lines["deep"].endswith("torch, transformers가 없습니다. 설치하세요: pip install torch transformers")
    assert "lacking" not in "".join(lines.values())


def test_a_missing_core_package_is_an_exit_code(shell, monkeypatch):
    monkeypatch.setattr(doctor, "_version", lambda name: "" if name == "duckdb" else "1.0")
    done = shell("doctor", "install")
    assert done.code == 1 and "MISSING  duckdb" in done.out and "install it again with: pip install naeum" in done.out


def test_little_space_is_said(shell, monkeypatch):
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: type("Usage", (), {"free": 10**9})())
    line = next(line for line in shell("doctor").out.splitlines() if " disk " in line)
    assert line.startswith("absent ") and "1.0 GB free" in line and "runs may need more" in line


@pytest.mark.parametrize("subject", ["data", "me"])
def test_another_subject_is_refused(shell, subject):
    done = shell("doctor", subject)
    assert done.code == 2 and f"what to look at must be install; got '{subject}'" in done.err


def test_the_extras_are_those_of_the_project():
    import tomllib
    from pathlib import Path

    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for name, (packages, _) in doctor.EXTRAS.items():
        wanted = {one.partition(">")[0].partition("=")[0] for one in extras[name]}
        assert wanted == set(packages), name
    assert set(extras) - {"all"} == set(doctor.EXTRAS)
    core = {one.partition(">")[0] for one in project["dependencies"]}
    assert set(doctor.CORE) <= core
