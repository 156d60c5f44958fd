"""Are the benchmarks' rows read as they stand, and cut fairly?"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from benchmarks import corpora
from benchmarks.corpora import Corpus


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NAEUM_DATA", str(tmp_path))
    return tmp_path


def test_sst2_has_no_header_and_may_hold_odd_line_separators(data: Path) -> None:
    (data / "sst2").mkdir()
    for part in ("train", "dev", "test"):
        (data / "sst2" / f"{part}.tsv").write_text("good\x85 film\t1\nbad\tfilm\t0\n", encoding="utf-8")
    assert corpora.load("sst2").train == [("good\x85 film", "1"), ("bad\tfilm", "0")]


def test_nsmc_takes_quotes_literally_and_columns_by_name(data: Path) -> None:
    (data / "nsmc").mkdir()
    rows = "".join(f'{i}\t"정말 좋다 {i}\t{i % 2}\t9\n' for i in range(2500))
    for part in ("train", "test"):
        (data / "nsmc" / f"{part}.tsv.gz").write_bytes(gzip.compress(f"id\tdocument\tlabel\trating\n{rows}".encode()))
    corpus = corpora.load("nsmc")
    assert corpus.train[1] == ('"정말 좋다 1', "1")
    assert (len(corpus.train), len(corpus.valid), len(corpus.test)) == (500, 2000, 2500)


def test_a_cut_corpus_keeps_every_class_and_repeats_itself() -> None:
    rows = [(f"text {i}", str(i % 7)) for i in range(300)]
    corpus = Corpus("toy", rows, rows[:50], rows[:90])
    cut = corpus.cut(30)
    assert cut == corpus.cut(30)
    assert len(cut.train) == 30 and cut.classes == corpus.classes
    assert (len(cut.valid), len(cut.test)) == (10, 10)
    assert corpus.cut(None) is corpus


def test_a_cut_corpus_may_have_no_validation_rows() -> None:
    rows = [(f"text {i}", str(i % 2)) for i in range(30)]
    assert Corpus("toy", rows, [], rows).cut(10).valid == []
