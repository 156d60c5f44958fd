"""Which rows do the benchmarks learn from and answer?

Files as their authors published them, in the folder $NAEUM_DATA (default: ../shared/data beside the repository).
Imports nothing but the standard library: the peers' own environment reads it too.
"""

from __future__ import annotations

import csv
import gzip
import os
import random
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
Rows = list[tuple[str, str]]  # text, label


@dataclass(frozen=True)
class Corpus:
    """Text and label of every row of three parts; `valid` may be empty."""

    name: str
    train: Rows
    valid: Rows
    test: Rows

    @property
    def classes(self) -> list[str]:
        """The labels of the training rows, sorted."""
        return sorted({label for _, label in self.train})

    def cut(self, rows: int | None, seed: int = 0) -> Corpus:
        """A smaller corpus: so many training rows at random (every class keeps one), a third as many others."""
        if rows is None:
            return self
        rng = random.Random(seed)
        shuffled = rng.sample(self.train, len(self.train))
        first = list({label: (text, label) for text, label in reversed(shuffled)}.values())
        taken = set(first)
        more = [row for row in shuffled if row not in taken][: max(0, rows - len(first))]
        known = {label for _, label in first}
        others = [[row for row in part if row[1] in known] for part in (self.valid, self.test)]
        valid, test = (rng.sample(part, min(len(part), max(1, rows // 3))) for part in others)
        return replace(self, train=first + more, valid=valid, test=test)


def folder() -> Path:
    """The folder of the data sets."""
    return Path(os.environ.get("NAEUM_DATA", ROOT.parent / "shared" / "data"))


def clinc150() -> Corpus:
    """English intents, 150 classes: 15,000 / 3,000 / 4,500 rows."""

    def part(name: str) -> Rows:
        with open(folder() / "clinc150" / f"full_{name}.csv", encoding="utf-8", newline="") as file:
            return [(row["text"], row["intent"]) for row in csv.DictReader(file)]

    return Corpus("clinc150", part("train"), part("val"), part("test"))


def sst2() -> Corpus:
    """English sentences, two classes: 6,920 / 872 / 1,821 rows; no header."""

    def part(name: str) -> Rows:
        lines = (folder() / "sst2" / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
        return [(text, label) for text, _, label in (line.rpartition("\t") for line in lines if line)]

    return Corpus("sst2", part("train"), part("dev"), part("test"))


def nsmc() -> Corpus:
    """Korean movie reviews, two classes: 98,000 / 2,000 / 20,000 rows (the last training rows are `valid`)."""

    def part(name: str) -> Rows:
        with gzip.open(folder() / "nsmc" / f"{name}.tsv.gz", "rt", encoding="utf-8", newline="\n") as file:
            head = file.readline().rstrip("\n").split("\t")
            text, label = head.index("document"), head.index("label")
            cells = (line.rstrip("\n").split("\t") for line in file)  # quotes are literal
            return [(row[text], row[label]) for row in cells]

    rows = part("train")
    return Corpus("nsmc", rows[:-2000], rows[-2000:], part("test"))


CORPORA = {"clinc150": clinc150, "sst2": sst2, "nsmc": nsmc}


def load(name: str, rows: int | None = None) -> Corpus:
    """A corpus by name, cut to `rows` training rows where given."""
    return CORPORA[name]().cut(rows)
