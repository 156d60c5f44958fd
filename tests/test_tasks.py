"""Does every task go the whole road: explore → improve → report → predict → go on?"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

import naeum
from naeum import extras
from naeum.cli import app
from naeum.contract import Rung
from naeum.cycle import at_work
from naeum.improve.opening import book, next_step, timing
from naeum.model.claims import claims
from naeum.model.floor import Majority

TRAINED = ("finetune", "tagger", "image_network")  # their warm steps take a while
ROWS = 160  # few: the split is five folds, and every fit takes a moment


@dataclass(frozen=True)
class Case:
    """A task with how its file is made, what is asked of it, and what must come."""

    write: Callable[[Path], Path]  # into a folder; the file or folder that is read
    output: str
    champion: str  # a technique that must beat the floor
    options: dict[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()  # anchors that its report must have


def _rng() -> np.random.Generator:
    return np.random.default_rng(0)


def _csv(path: Path, head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


WORDS = {"good": ("최고", "재밌다", "감동이다"), "bad": ("최악", "지루하다", "아깝다")}
FILL = ("영화", "정말", "배우가", "오늘", "보고", "나는", "어제", "조금", "시간", "그냥")


def _sentence(rng: np.random.Generator, mood: str) -> str:
    return " ".join(rng.permutation([*rng.choice(WORDS[mood], 2), *rng.choice(FILL, 4)]))


def texts(folder: Path) -> Path:
    rng = _rng()
    moods = [("good", "bad")[at % 2] for at in range(ROWS)]
    return _csv(folder / "reviews.csv", ("text", "label"), [(_sentence(rng, mood), mood) for mood in moods])


def numbers(folder: Path) -> Path:
    rng = _rng()
    rows = []
    for _ in range(ROWS):
        good, bad = rng.integers(0, 3, 2)
        words = [*rng.choice(WORDS["good"], good), *rng.choice(WORDS["bad"], bad), *rng.choice(FILL, 4)]
        rows.append((" ".join(rng.permutation(words)), f"{good - bad + rng.normal(0, 0.2):.3f}"))
    return _csv(folder / "scores.csv", ("review", "points"), rows)


def pairs(folder: Path) -> Path:
    rng = _rng()
    rows = []
    for at in range(ROWS):
        words = rng.choice(FILL, 6, replace=False)
        kept = at % 7
        other = [*words[:kept], *rng.choice(WORDS["bad"], 6 - kept)] if kept < 7 else words
        rows.append((" ".join(words), " ".join(other), f"{5 * kept / 6 + rng.normal(0, 0.1):.2f}"))
    return _csv(folder / "pairs.csv", ("one", "other", "score"), rows)


def labels(folder: Path) -> Path:
    rng, path = _rng(), folder / "topics.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for _ in range(ROWS):
            told = [mood for mood in WORDS if rng.random() < 0.5]
            words = [word for mood in told for word in rng.choice(WORDS[mood], 2)]
            text = " ".join(rng.permutation([*words, *rng.choice(FILL, 4)]))
            file.write(json.dumps({"text": text, "topics": told}, ensure_ascii=False) + "\n")
    return path


def tags(folder: Path) -> Path:
    rng, path = _rng(), folder / "names.conll"
    names, places = ("민수", "영희", "Anna"), ("서울", "부산", "Paris")
    blocks = []
    for _ in range(ROWS):
        lines = [f"{word}\tO" for word in rng.choice(FILL, 5)]
        lines[int(rng.integers(5))] = f"{rng.choice(names)}\tB-person"
        lines.append(f"{rng.choice(places)}\tB-place\n시\tI-place")
        blocks.append("\n".join(lines))
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return path


def spans(folder: Path) -> Path:
    """In the form of SQuAD: two questions to each passage, one in four without an answer, Korean and English."""
    rng, paragraphs = _rng(), []
    people, towns = (
        (("민수", "영희", "지우"), ("Mina", "Jun", "Leo")),
        (("서울", "부산", "제주"), ("Paris", "Oslo", "Rome")),
    )
    for at in range(ROWS // 2):
        english = at % 2
        names, where = rng.permutation(people[english]), rng.choice(towns[english], 2)
        said = ("{}는 {}에 산다. ", "{} lives in {}. ")[english]
        passage = said.format(names[0], where[0]) + f"({at}) " + said.format(names[1], where[1])
        asks = ("{}는 어디에 사는가?", "Where does {} live?")[english]
        qas = []
        for number, name in enumerate((names[0], names[1 + at % 2])):
            start = passage.rindex(where[1]) if number else passage.index(where[0])
            told = [{"text": where[number], "answer_start": start}] if name in names[:2] else []
            one = {"id": f"{at}-{number}", "question": asks.format(name), "answers": told, "is_impossible": not told}
            qas.append(one)
        paragraphs.append({"context": passage, "qas": qas})
    path = folder / "questions.json"
    whole = {"version": "v2.0", "data": [{"title": "people", "paragraphs": paragraphs}]}
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    return path


def table(folder: Path) -> Path:
    rng = _rng()
    rows = []
    for _ in range(ROWS):
        age, town, fare = int(rng.integers(1, 80)), rng.choice(["서울", "부산", ""]), rng.normal(30, 10)
        rows.append((age, town, f"{fare:.2f}", "yes" if age < 40 and town != "부산" else "no"))
    return _csv(folder / "people.csv", ("나이", "도시", "요금", "survived"), rows)


def table_of_numbers(folder: Path) -> Path:
    rng = _rng()
    rows = []
    for _ in range(ROWS):
        size, cut = rng.uniform(0.2, 3.0), rng.choice(["Fair", "Good", "Ideal"])
        price = 1000 * size**2 * {"Fair": 0.8, "Good": 1.0, "Ideal": 1.3}[str(cut)]
        rows.append((f"{size:.2f}", cut, f"{price + rng.normal(0, 50):.1f}"))
    return _csv(folder / "stones.csv", ("carat", "cut", "price"), rows)


def images(folder: Path) -> Path:
    from PIL import Image

    rng, path = _rng(), folder / "photos.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for at in range(ROWS):
            pixels = rng.integers(0, 60, (16, 16, 3), dtype=np.uint8)
            pixels[..., at % 2] += 150
            kept = io.BytesIO()
            Image.fromarray(pixels).save(kept, "png")
            packed.writestr(f"{('빨강', '초록')[at % 2]}/{at}.png", kept.getvalue())
    return path


def mixed(folder: Path) -> Path:
    """A CSV with a column of paths of images beside a number, a category and a text; the image tells most."""
    from PIL import Image

    rng, rows = _rng(), []
    (folder / "photos").mkdir()
    for at in range(ROWS):
        pixels = rng.integers(0, 60, (16, 16, 3), dtype=np.uint8)
        pixels[..., at % 2] += 150
        Image.fromarray(pixels).save(folder / "photos" / f"{at}.png")
        kind = at % 2 if rng.random() < 0.9 else 1 - at % 2
        memo = _sentence(rng, ("good", "bad")[kind])
        rows.append((f"photos/{at}.png", f"{rng.normal(5, 1):.2f}", rng.choice(["서울", "부산"]), memo, "ab"[at % 2]))
    return _csv(folder / "shop.csv", ("photo", "price", "town", "memo", "kind"), rows)


def marks(folder: Path) -> Path:
    rng = _rng()
    rows = []
    for at in range(ROWS):
        praise = at % 4
        words = [*rng.choice(WORDS["good"], praise), *rng.choice(WORDS["bad"], 3 - praise), *rng.choice(FILL, 4)]
        rows.append((" ".join(rng.permutation(words)), praise + 1))
    return _csv(folder / "stars.csv", ("review", "별점"), rows)


CASES = {
    "texts": Case(texts, "label", "linear", sections=("confusion", "confidence")),
    "numbers": Case(numbers, "number", "linear", {"target": "points"}, sections=("numbers",)),
    "pairs": Case(pairs, "number", "linear", {"text": "one,other", "target": "score"}, sections=("numbers",)),
    "labels": Case(labels, "labels", "linear", {"target": "topics"}, sections=("sets",)),
    "tags": Case(tags, "tags", "crf", sections=("entities",)),
    "spans": Case(spans, "span", "ranker", sections=("spans",)),
    "table": Case(table, "label", "boosting", {"target": "survived"}, sections=("confusion",)),
    "table_of_numbers": Case(table_of_numbers, "number", "boosting", {"target": "price"}, sections=("numbers",)),
    "ordered": Case(marks, "label", "ordinal_linear", {"target": "별점"}, sections=("confusion", "metric")),
    "mixed": Case(
        mixed, "label", "columns", {"target": "kind", "columns": "all"}, needs=("PIL",), sections=("confusion",)
    ),
    "images": Case(images, "label", "image_linear", needs=("PIL",), sections=("confusion",)),
}


@pytest.mark.parametrize("name", CASES)
def test_the_whole_road(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASES[name]
    for package in case.needs:
        if not extras.there(package):
            pytest.skip(f"{name} needs {package}, which is not installed")
    monkeypatch.chdir(tmp_path)
    data = case.write(tmp_path)
    shown = CliRunner().invoke(app(), ["explore", str(data), *_flags(case.options, ("target", "text")), "--json"])
    assert shown.exit_code == 0, shown.output
    wanted = {"only": (case.champion, "blend"), "rungs": 3, "offline": True, "run": str(tmp_path / "run")}
    ladder = naeum.improve(str(data), **case.options, **wanted)
    assert ladder.task.output == case.output
    assert case.champion in {rung.technique for rung in ladder.rungs if rung.kept}, [r.decision for r in ladder.rungs]
    page = Path(naeum.report(ladder)).read_text(encoding="utf-8")
    for anchor in ("ladder", "diagnosis", "data", "reproduce", *case.sections):
        assert f'<section id="{anchor}">' in page
    out = tmp_path / "answers.jsonl"
    done = CliRunner().invoke(app(), ["predict", str(tmp_path / "run"), str(data), "--out", str(out)])
    assert done.exit_code == 0, done.output
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(answers) == ROWS
    assert name != "images" or answers[0]["file"].endswith(".png")
    assert name != "spans" or all(one["context"][one["start"] : one["end"]] == one["prediction"] for one in answers)
    assert {"low", "high"} <= set(answers[0]) if case.output == "number" else 0 < answers[0]["confidence"] <= 1
    more = naeum.improve(str(tmp_path / "run"), rungs=4, only=(case.champion, "blend", "calibrate"), offline=True)
    assert len(more.rungs) >= len(ladder.rungs)


def _flags(options: dict[str, Any], known: tuple[str, ...]) -> list[str]:
    return [part for name, value in options.items() if name in known for part in (f"--{name}", str(value))]


@pytest.mark.parametrize("name", CASES)
def test_a_clock_times_only_what_is_for_the_task(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Data large enough to be timed first; every step of the book is asked, none is fitted."""
    case = CASES[name]
    for package in case.needs:
        if not extras.there(package):
            pytest.skip(f"{name} needs {package}, which is not installed")
    monkeypatch.setattr(timing, "TRIAL_ROWS", 40)
    data = case.write(tmp_path)
    options = {**case.options, "minutes": 600, "offline": True, "run": str(tmp_path / "run"), "without": TRAINED}
    with at_work(str(data), lambda event: None, options) as site:
        floor = Rung(0, Majority(), "floor", "", (), (), "none", 0.5, 0.5, 0.5, 0.5, 0.5)
        while edit := next_step(dataclasses.replace(site, bases=()), (floor,)):
            assert claims(edit.learner, site.task), edit.technique
            site.write("decision", technique=edit.technique)
        decided = [event["technique"] for event in site.ledger if event["event"] in ("decision", "skipped")]
    assert sorted(decided) == sorted(step for step, _ in book(site.task))
    assert case.champion in decided
