"""Are lexicons read as they are written, and bad ones refused?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from naeum.errors import InputError
from naeum.model.around.augmentations import synonym
from naeum.model.around.lexicon import read_lexicon


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_a_lexicon_keeps_punctuation_and_takes_words_in_any_case(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.tsv"
    path.write_text("영화\t작품, 필름\n\ngood\tfine\ngood\tnice,fine\n", encoding="utf-8")
    lexicon = read_lexicon(path)
    assert lexicon == {"영화": ("작품", "필름"), "good": ("fine", "nice")}
    assert {synonym("(영화)!", rng(seed), 1.0, lexicon) for seed in range(9)} == {"(작품)!", "(필름)!"}
    assert synonym("Good.", rng(), 1.0, lexicon) in {"fine.", "nice."}
    assert synonym("goods", rng(), 1.0, lexicon) == "goods"
    assert synonym("good", rng(), 1.0) == "good"


def test_bad_lexicons_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.tsv"
    with pytest.raises(
        InputError, match=r"a lexicon must be a file that can be read; got .*synonyms.tsv \(No such file"
    ):
        read_lexicon(path)
    path.write_bytes("영화\t작품".encode("cp949"))
    with pytest.raises(InputError, match=r"a lexicon must be UTF-8; .* is not, from byte 0 on; convert it"):
        read_lexicon(path)
    for line in ("영화 작품", "\t작품", "영화\t , "):
        path.write_text(f"good\tfine\n{line}\n", encoding="utf-8")
        with pytest.raises(
            InputError, match=r"must be word<TAB>synonym\[,synonym\]; line 2 of .*; correct or remove it"
        ):
            read_lexicon(path)
    path.write_text("\n \n", encoding="utf-8")
    with pytest.raises(InputError, match=r"a lexicon must have a word; .* has none; write lines of word<TAB>synonym"):
        read_lexicon(path)
