"""Is cleaning shown before it is done, recorded when it is, and done again the same way at serving?"""

import csv
import json

import pytest

ROWS = "age,city,when\n20,서울,2026-01-02\n,부산,15.03.29\n40,서울,2026-01-04\n20,서울,2026-01-02\n400,,2026-01-05\n"


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def read(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_changes_are_shown_and_nothing_is_written(shell, rows, tmp_path):
    done = shell("clean", rows, "--drop-duplicates", "--fill", "age=median", "--clip", "age=0:100")
    assert done.code == 0, done.err
    assert done.out.splitlines() == [
        "rows.csv: 5 rows, 4 after 3 steps",
        "  drop_duplicates(): 1 rows dropped",
        "    - row 4: age=20, city=서울, when=2026-01-02",
        "  fill(column=age, how=median, value=40.0): 1 cells changed",
        "    ~ row 2: age missing → 40",
        "  clip(column=age, how=iqr, high=100.0): 1 cells changed",
        "    ~ row 5: age 400 → 100",
        "nothing is written; add --out FILE to do it.",
    ]
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["rows.csv"]


def test_written_with_its_recipe_and_served_again(shell, rows, tmp_path):
    out = tmp_path / "clean.csv"
    flags = ("--drop-duplicates", "--fill", "age=median", "--fill", "city=모름", "--encode", "city=codes")
    done = shell("clean", rows, *flags, "--out", out)
    assert done.code == 0, done.err
    assert [row["age"] for row in read(out)] == ["20", "40", "40", "400"]
    assert [row["city"] for row in read(out)] == ["2", "1", "2", "0"]
    new = tmp_path / "new.csv"
    new.write_text("age,city,when\n,서울,x\n7,대구,x\n,서울,x\n", encoding="utf-8")
    recipe = f"{out}.recipe.json"
    assert shell("clean", new, "--recipe", recipe, "--serve", "--out", tmp_path / "served.csv").code == 0
    served = read(tmp_path / "served.csv")
    assert [(row["age"], row["city"]) for row in served] == [("40", "2"), ("7", "-1"), ("40", "2")]
    again = shell("clean", rows, "--recipe", recipe, "--json")
    assert json.loads(again.out)["after"] == 4


def test_every_flag_is_a_step(shell, rows, tmp_path):
    (tmp_path / "cities.csv").write_text("city,people\n서울,9\n부산,3\n", encoding="utf-8")
    (tmp_path / "e.yaml").write_text("columns:\n  age: {range: [0, 120]}\n", encoding="utf-8")
    flags = [
        "--merge", f"{tmp_path / 'cities.csv'}=city", "--drop-missing", "city", "--drop-rows", "1", "--drop-broken",
        str(tmp_path / "e.yaml"), "--dates", "when", "--normalise", "city", "--clip", "age=percentiles", "--balance",
        "city=down", "--sample", "2", "--group-by", "city:people=sum,age=count",
    ]  # fmt: skip
    done = shell("clean", rows, *flags, "--json")
    assert done.code == 0, done.err
    kinds = [change["step"]["kind"] for change in json.loads(done.out)["changes"]]
    assert kinds == [
        "merge", "drop_missing", "drop_rows", "drop_broken", "parse_dates", "normalise", "clip", "resample", "sample",
        "group_by",
    ]  # fmt: skip
    pivot = shell("clean", rows, "--pivot", "city,when,age=max", "--json")
    assert json.loads(pivot.out)["changes"][0]["after"] == 3


@pytest.mark.parametrize(
    "flags, sentence",
    [
        ((), "naeum clean needs a step; got none; as in --drop-duplicates or --fill age=median"),
        (("--fill", "age"), "--fill must be COLUMN=HOW; got 'age'; write age=median"),
        (("--fill", "aeg=median"), "fill needs a column of the data: age, city, when; got 'aeg'; did you mean 'age'?"),
        (("--clip", "age=low:high"), "--clip must have numbers for ends; got 'low:high'; write fare=0:100"),
        (("--drop-rows", "first"), "--drop-rows must be numbers; got 'first'; write 3,17"),
        (("--group-by", "city"), "--group-by must be BY:COLUMN=HOW; got 'city'; write city:price=mean"),
        (("--pivot", "city"), "--pivot must be INDEX,COLUMNS,VALUES; got 'city'; write day,city,price=mean"),
        (("--serve",), "--serve must come with the --recipe that was recorded; got none; name its file"),
        (("--recipe", "r.json", "--drop-duplicates"), "--recipe must stand alone; got other steps beside it"),
        (("--recipe", "r.json"), "a recipe must be a file that is there; there is no r.json; check the path"),
        (("--drop-duplicates", "--out", "a.doc"), "a file to write must end in .csv,"),
    ],
)
def test_refusals(shell, rows, flags, sentence):
    done = shell("clean", rows, *flags)
    assert done.code == 2 and sentence in done.err and "Traceback" not in done.err
