"""Is a sentence found in the catalogue, with what stands in its holes?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from naeum.tongue.catalogue import Catalogue, read

SENTENCES = {
    "{} must be a number; got {}": "{0:은} 수여야 합니다. 받은 값: {1}",
    "{} of the {} rows are empty": "{1}행 가운데 {0}행이 비어 있습니다",
    "the fit of {} failed: {}": "{0*}의 학습이 실패했습니다: {1}",
    "and the rows stay as they are": "행은 그대로 둡니다",
    "train the last layers": "마지막 층들을 학습",
    "{} {}": "절대 쓰이지 않음",
    "of {}": "{0}의",
}
EMPTY = "10행 가운데 3행이 비어 있습니다"
KOREAN = Catalogue(SENTENCES, {"rung": "단계", "the blend": "혼합"})


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("age must be a number; got 'x'", "age는 수여야 합니다. 받은 값: 'x'"),
        ("3 of the 10 rows are empty", "10행 가운데 3행이 비어 있습니다"),
        (
            "the fit of the blend failed: 3 of the 10 rows are empty",
            "혼합의 학습이 실패했습니다: 10행 가운데 3행이 비어 있습니다",
        ),
        ("3 of the 10 rows are empty; and the rows stay as they are", f"{EMPTY}; 행은 그대로 둡니다"),
        ("3 of the 10 rows are empty. and the rows stay as they are", f"{EMPTY}. 행은 그대로 둡니다"),
        ("Train the last layers", "마지막 층들을 학습"),
        ("  rung\n", "  단계\n"),
        ("the fit of rung failed: rung", "단계의 학습이 실패했습니다: rung"),
        ("한 줄\nage must be a number; got two\nlines", "한 줄\nage는 수여야 합니다. 받은 값: two\nlines"),
        ("어떤 영화 리뷰", "어떤 영화 리뷰"),
        ("some words of nobody", "some words of nobody"),
        ("", ""),
    ],
)  # fmt: skip
def test_sentences_within_sentences(english: str, korean: str) -> None:
    assert KOREAN.said(english) == korean
    assert KOREAN.said(english) == korean, "the second time, too"


def test_a_text_too_long_to_be_a_sentence_stays() -> None:
    text = f"{'x ' * 3000} must be a number; got 3"
    assert KOREAN.said(text) == text


def test_signs_of_patterns_in_a_template_are_plain_letters() -> None:
    assert Catalogue({"is it {}? (a+b)*": "{0}? (a+b)*"}, {}).said("is it so? (a+b)*") == "so? (a+b)*"


def test_lists_fragments_and_cells_fall_apart() -> None:
    words = {"rung": "단계", "kept": "유지"}
    korean = Catalogue(
        {
            "{} and {}": "{0}, {1}",
            "it has {}": "{0:이} 있습니다",
            "{} rows{}": "{0}행{1}",
            "; {} without one": "; {0}행 제외",
            "{} in {}": "{1}의 {0}",
            "gain {} {}": "향상 {0} {1}",
        },
        words,
    )
    assert korean.said("black and white") == "black and white", "a list stands inside a sentence of ours"
    assert korean.said("it has age (3 %) and sex (2 %)") == "age (3 %), sex (2 %)이(가) 있습니다".replace(
        "이(가)", "가"
    )
    assert korean.said("it has a and b (0.9), c and d (0.8) and e (0.7)") == "a·b (0.9), c·d (0.8), e (0.7)이 있습니다"
    assert korean.said("3 rows; 2 without one") == "3행; 2행 제외"
    assert korean.said("life in pink") == "life in pink"
    assert korean.said("rung in kept") == "kept의 rung"
    assert korean.said("  rung  gain +0.1 [+0.0, +0.2]  kept") == "  단계  향상 +0.1 [+0.0, +0.2]  유지"


def test_files_are_read_one_after_the_other(tmp_path: Path) -> None:
    files = []
    for name, entries in {"a": {"one row": "한 행"}, "b": {"no row": "행 없음"}}.items():
        files.append(tmp_path / f"{name}.json")
        files[-1].write_text(json.dumps(entries), encoding="utf-8")
    assert read(files) == {"one row": "한 행", "no row": "행 없음"}
