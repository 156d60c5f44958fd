"""Does an encoder see both texts of a row: joined, with a separator, or each by itself?"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from tokenizers import Tokenizer, processors

from naeum.contract import Policy, Task
from naeum.engine import bases, tokens
from naeum.errors import InputError
from naeum.model.text.reading import APART, CROSSED, JOINED, read

TASK = Task(inputs=("premise", "hypothesis"))
ROWS = pa.table({"premise": ["영화 정말", "오늘"], "hypothesis": ["최고 재밌다 나는", None]})


@pytest.fixture
def base(tiny_base: str) -> bases.Base:
    return bases.find(tiny_base, Policy(offline=True))


@pytest.fixture
def separating(tiny_base: str, tmp_path, monkeypatch) -> bases.Base:
    """The tiny base with the template of BERT for pairs."""
    import shutil

    folder = tmp_path / "separating"
    shutil.copytree(tiny_base, folder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.post_processor = processors.TemplateProcessing(
        "[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", [("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    return bases.find(str(folder), Policy(offline=True))


def test_joined_is_one_text(base: bases.Base) -> None:
    lengths, collate = read(base, ROWS, TASK, 32, JOINED)
    assert lengths.tolist() == [7, 3] and collate(np.array([0]))["input_ids"].shape == (1, 7)


def test_crossed_has_a_separator_and_segments(separating: bases.Base) -> None:
    lengths, collate = read(separating, ROWS, TASK, 32, CROSSED)
    assert lengths.tolist() == [8, 4]
    batch = collate(np.array([0, 1]))
    assert batch["token_type_ids"].tolist() == [[0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 1, 0, 0, 0, 0]]
    assert (batch["input_ids"] == 3).sum(dim=1).tolist() == [2, 2]
    assert batch["attention_mask"].sum(dim=1).tolist() == [8, 4]


def test_the_longer_text_of_a_pair_is_cut(separating: bases.Base) -> None:
    found = tokens.tokenize_pairs(separating, ["영화 " * 50], ["최고"], 10)
    ids, types = found.ids.tolist(), found.types.tolist()
    assert len(ids) == 10 and types[-2:] == [1, 1] and types.count(1) == 2
    with pytest.raises(InputError, match="max_length of a pair must be at least 5 tokens; got 4"):
        tokens.tokenize_pairs(separating, ["a"], ["b"], 4)


def test_apart_holds_all_first_texts_and_then_all_second_ones(base: bases.Base) -> None:
    lengths, collate = read(base, ROWS, TASK, 32, APART)
    assert lengths.tolist() == [10, 6]
    batch = collate(np.array([1, 0]))
    assert batch["input_ids"].shape == (4, 5)
    assert batch["attention_mask"].sum(dim=1).tolist() == [3, 4, 2, 5]
