"""Is all that naeum says said in Korean, and said well?"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from naeum import tongue
from naeum.diagnose.checks import CHECKS as MODEL_CHECKS
from naeum.explore.checks import CHECKS as DATA_CHECKS
from naeum.improve.techniques import TECHNIQUES
from naeum.measure.metrics import METRICS
from naeum.report.words import KINDS
from naeum.tongue.entry import faults
from naeum.tongue.sentences import said_in

SOURCE = Path(tongue.__file__).parent.parent
FOLDER = SOURCE / "tongue" / "ko"
ROOT = SOURCE.parent.parent
SILENT = ("testing", "tongue")  # rooms that say nothing to a user
# What stands in no room's file: words, and sentences that several places of the source make together.
WORDS, COMPOSED = "glossary.json", "composed.json"
HANGUL = re.compile(r"[가-힣]")

# Strings of several words that are no sentences, with the reason.
EXEMPT = {
    "commands, which are typed as they are": (
        "naeum {}", "naeum: {}", "naeum data save reviews.csv", "naeum data get v3 --out reviews.csv",
        "naeum predict {} FILE --out answers.csv", "naeum predict {} FILE --max-error 2%",
        "naeum improve --config {}", "naeum why {} TECHNIQUE", "pip install {}",
        "python predict.py {}", "--csv rows.csv",
        "naeum why {}", "naeum improve {}", "naeum explore {}", "naeum improve {} --target COLUMN --minutes 5",
        "naeum predict {} {}", "FILE --out answers.csv", "{} --out answers.csv", "{} --like {} --out submission.csv",
        "npm pack onnxruntime-web@{}", "python -m http.server 8000      # then open http://localhost:8000",
    ),
    "names of columns and files inside naeum": (
        '"event": "', "kept {}",
        "model name", "Seoul SEOUL seoul", "{task.fields[rate]:,.0f} rows a second",
        "naeum row", "naeum order", "naeum breaks", "naeum raw {}", "naeum form {}", "naeum: no field is this",
        "in memory>", "{} cut at {}", "trial of {}", "\x00 no target", "{}, path", "id {}, {}",
    ),
    "names of fonts, places and styles that drawing libraries know": (
        "DejaVu Sans", "Malgun Gothic", "Apple SD Gothic Neo", "Noto Sans CJK KR", "Noto Sans KR", "offset points",
        "lower left", "upper right", "bold green",
    ),
    "lines of a program": (
        "as {}", "from __future__ import annotations", "from {} import {}", "import {}", 'if __name__ == "__main__":',
    ),
    "how a note begins that is looked for": ("the test file has no targets",),
    "markup": ("badge {}", "badge finding", "cards sheet", '{} aria-label="{}">{}'),
    "types": ("Edit | Skip", "torch.Tensor | None"),
    "names of standards and units": ("ISO 8601", "{} MB", "{} ms", "{} MB, {}", "{} ({} dB{})"),
    "words that are looked for in questions and names": (
        "what year", "which year", "what date", "what day", "how many", "how much", "how old", "how long", "how far",
        "(^|[_ ])(id|idx|index|key|uuid|uid|no)$|Id$|ID$|번호$",
    ),
    "code of the programs that a model is taken away as": (
        '# train("data.csv", "retrained")\n# answers(predict(read("new.csv"), "retrained"))', "`pip install {}`",
        'Path(__file__).parent / "{}"', "The recipe", "What is asked",
        '"a text"', '["a", "sentence"], is_split_into_words=True', "--track mlflow", "--track wandb", "wandb sync {}",
        'def build(base=None):\n    """The model by its recipe, not fitted yet; `base`: where the base model lies, if '
        'elsewhere."""\n    return {}',
        "WEIGHTS = {}", 'base or "{}"', "from {} import (\n{})", "from {} import {}", "import {}",
        "python {} predict new.csv --out answers.csv", "python {} train data.csv --weights retrained",
    ),
    "beginnings without a word of their own: they would be taken for any text": ("the {}", "for {}"),
}  # fmt: skip
# Translations without Hangul: what English says with words, Korean says with signs, or names of functions.
FORMULAS = frozenset({
    "{} to {}", "{} and {}", "{} ({} to {})", "from {} to {}", "auroc {}", "AUROC {} {}{}", ", the {}", "{} of {}{}",
    "{} of {} and {}", "{}: {} MB. {}, and {}.", "cosine, pearson, jaccard, euclidean, manhattan.", "lora", "rmse",
    "mae", "cls",
})  # fmt: skip
PROPER = frozenset({"AUROC", "AUPRC", "R²", "LoRA"})


@cache
def spoken() -> Counter[str]:
    """Every sentence of the source, of all rooms that speak."""
    found: Counter[str] = Counter()
    for sentence in said_in(SOURCE):
        if sentence.file.relative_to(SOURCE).parts[0] not in SILENT:
            found[sentence.template] += 1
    return found


@cache
def rooms() -> dict[str, dict[str, str]]:
    """The catalogue's files."""
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}


def translated() -> set[str]:
    return {one for name, entries in rooms().items() if name not in (WORDS, COMPOSED) for one in entries}


def exempt() -> set[str]:
    return {one for texts in EXEMPT.values() for one in texts}


def test_every_sentence_is_said_in_korean() -> None:
    missing = set(spoken()) - translated() - exempt()
    assert not missing, f"write them into src/naeum/tongue/ko/ROOM.json (or EXEMPT here): {sorted(missing)}"


def test_nothing_is_translated_that_is_not_said_any_more() -> None:
    assert not translated() - set(spoken())
    assert not exempt() - set(spoken())
    assert not exempt() & translated()


def test_what_is_composed_is_said_by_no_single_place() -> None:
    assert not set(rooms()[COMPOSED]) & set(spoken())


def test_every_sentence_stands_in_one_file() -> None:
    count = Counter(one for name, entries in rooms().items() if name != WORDS for one in entries)
    assert [one for one, times in count.items() if times > 1] == []


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.json")))
def test_a_file_has_no_fault(name: str) -> None:
    entries = rooms()[name]
    assert {source: found for source, target in entries.items() if (found := faults(source, target))} == {}
    assert {source for source, target in entries.items() if not HANGUL.search(target)} <= FORMULAS
    text = json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
    assert (FOLDER / name).read_text(encoding="utf-8") == text, "written as json.dumps(…, ensure_ascii=False, indent=2)"


NAMES = (
    [check.title for check in (*MODEL_CHECKS, *DATA_CHECKS)]
    + [technique.title for technique in TECHNIQUES]
    + [metric.title for metric in METRICS.values()]
    + list(KINDS.values())
)


@pytest.mark.parametrize("name", sorted(set(NAMES) - PROPER))
def test_names_of_checks_techniques_metrics_and_learners_are_korean(name: str) -> None:
    with tongue.speaking("ko"):
        assert HANGUL.search(tongue.said(name)), name
        assert HANGUL.search(tongue.said(name[:1].upper() + name[1:])), "as a title"


def test_the_glossary_page_says_what_the_catalogue_says() -> None:
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    with tongue.speaking("ko"):
        said = {english: tongue.said(english) for english, _, _ in table[1:]}
    assert said == {english: korean for english, korean, _ in table[1:]}
    assert len(said) > 60


SAID = [
    (
        "Test accuracy 0.9620 [0.9570, 0.9680] on 450 rows (seen once); +0.9560 [+0.9500, +0.9620] against the floor.",
        "테스트 정확도 0.9620 [0.9570, 0.9680] (450행, 한 번 열어 봄); 기준선 대비 +0.9560 [+0.9500, +0.9620].",
    ),
    (
        "From the floor at 0.0067 to 0.9697 accuracy on select: linear (rung 1) +0.8960; blend (rung 5) +0.0667. "
        "The largest step was linear. 4 of 9 rungs were tried and not kept.",
        "기준선 0.0067에서 정확도 0.9697까지(선택용 기준): 선형(1번 단계) +0.8960; 혼합(5번 단계) +0.0667. "
        "가장 큰 걸음은 선형입니다. 9단계 가운데 4단계는 시도했으나 남기지 않았습니다.",
    ),
    (
        "Calibrated blend of linear model, naive-Bayes linear model, probe on a frozen encoder and 1 more",
        "보정한 혼합: 선형 모델, 나이브 베이즈 선형 모델, 고정된 인코더 위의 프로브 외 1개",
    ),
    (
        "Reading 128 instead of 64 tokens in the fine-tuned encoder: 5 % of the texts are longer than about 70 tokens.",
        "미세 조정한 인코더에서 64 대신 128 토큰까지 읽기: 텍스트의 5 %가 약 70 토큰보다 깁니다.",
    ),
    (
        "Dropout 0.2 instead of 0.1 in the fine-tuned encoder (member 2): 400 rows are few for a network that can "
        "learn them by heart.",
        "미세 조정한 인코더 (2번째 구성 모델)의 드롭아웃을 0.1 대신 0.2로: 외울 수 있는 신경망에게 400행은 적습니다.",
    ),
    (
        "A near tie with rung 5 (P(better) = 0.69), and not clearly cheaper.",
        "5번 단계와 거의 비기고(P(향상) = 0.69), 비용이 뚜렷이 적지도 않습니다.",
    ),
    (
        "2 columns miss values: deck (77.2 %) and age (19.9 %); 7.0 % of all cells.",
        "열 2개에 빠진 값이 있습니다: deck (77.2 %), age (19.9 %). 전체 칸의 7.0 %입니다.",
    ),
    (
        "The target label has 2 classes: 긍정 (50.4 %) and 부정 (49.6 %); 3 rows without one.",
        "타깃 label은 클래스 2개: 긍정 (50.4 %), 부정 (49.6 %); 3행은 타깃이 없음.",
    ),
    (
        "0.10 % of the fit rows and 9.0 % of the tune rows are answered wrongly; the model has too few rows for its "
        "size: 5.0 % (2.0 % to 7.0 %) of error would go with enough more rows; also label noise (M03) and "
        "imbalance (M04).",
        "학습용 행의 0.10 %, 조정용 행의 9.0 %를 틀립니다; 모델의 크기에 비해 행이 적습니다. 행이 충분히 늘면 오류 "
        "5.0 % (2.0 %–7.0 %)가 사라집니다; 그 밖에 라벨 잡음(M03), 불균형(M04).",
    ),
    (
        "data must be a file that is there; there is no 리뷰.csv; check the path",
        "데이터는 있는 파일이어야 합니다. 리뷰.csv가 없습니다. 경로를 확인하세요",
    ),
    (
        "/tmp/x must be usable; [Errno 13] Permission denied: '/tmp/x'; check the path and its rights",
        "/tmp/x를 쓸 수 있어야 합니다. [Errno 13] Permission denied: '/tmp/x'. 경로와 권한을 확인하세요",
    ),
    (
        "metric = macro_f1, as 82 % of the rows are of one class: always answering it scores 0.82 in accuracy, 0.45 in "
        "macro F1 (--metric says otherwise)",
        "지표 = 매크로 F1, 행의 82 %가 한 클래스라, 늘 그 클래스로 답하면 정확도는 0.82이고 매크로 F1은 0.45이므로 "
        "(--metric으로 바꿀 수 있음)",
    ),
    (
        "  2  Linear: starts with tfidf_logistic  0.9031 ±0.011  6.3 s  0.12 ms a row  1.2 MB  kept",
        "  2  선형: 선형 모델로 시작  0.9031 ±0.011  6.3 s  행당 0.12 ms  1.2 MB  유지",
    ),
    ("Trying Low-rank adaptation (LoRA)", "시도 중 저랭크 적응(LoRA)"),
    ("3 min 32 s left", "3분 32초 남음"),
    (
        "May answer it: text augmentation, blend of unlike rungs, another base model.",
        "쓸 수 있는 기법: 텍스트 증강, 서로 다른 단계의 혼합, 다른 기반 모델.",
    ),
    (
        "The 4 members combined by mean instead of greedy: 3.7 % of the fit rows and 17.3 % of the tune rows are "
        "answered wrongly, and 14.4 % (3.6 % to 15.4 %) of error would go with enough more rows; twice the rows should "
        "take away about 2.0 %.",
        "구성 모델 4개를 탐욕 선택 대신 평균으로 결합: 학습용 행의 3.7 %, 조정용 행의 17.3 %를 틀립니다. 행이 충분히 "
        "늘면 오류 14.4 % (3.6 %–15.4 %)가 사라집니다; 행이 두 배가 되면 약 2.0 %가 사라질 것입니다.",
    ),
    (
        "It does not apply to the champion here; it answers M01.",
        "지금의 챔피언에는 쓸 수 없습니다; M01에 대한 답입니다.",
    ),
    ("10,525 rows, 2 columns: 1 text and 1 category.", "10,525행, 2열: 텍스트 1개, 범주 1개."),
]


@pytest.mark.parametrize(("english", "korean"), SAID)
def test_whole_sentences_read_rightly(english: str, korean: str) -> None:
    with tongue.speaking("ko"):
        assert tongue.said(english) == korean


@pytest.mark.parametrize(
    "own",
    [
        "i no longer need to wash dishes; take it of my list", "black and white", "how is the weather today",
        "train · 나쁜 영화", "3 of the nicest labels", "that answer's above my pay scale", "정말 재미있다. 추천!",
    ],
)  # fmt: skip
def test_texts_of_the_users_stay(own: str) -> None:
    with tongue.speaking("ko"):
        assert tongue.said(own) == own
