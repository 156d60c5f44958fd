"""Which questions to passages can a learner of spans be tried on?

A passage says of three people where they live, what they eat or how old they are; a question asks one thing of one of
them. Every other passage is Korean, where names and places carry particles; one question in four has no answer in its
passage, and the truth of every tenth lists a second right answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import REAL, Dataset, Parts, Task
from naeum.testing.data import ODD_TEXTS
from naeum.values import digest

if TYPE_CHECKING:
    import pyarrow as pa

TASK = Task(("question", "context"), "answers", ("start", "end"), "span_f1", "span")
NAMES = (("Mina", "Jun", "Hana", "Alex", "Sora", "Leo"), ("민수", "영희", "철수", "지우", "하나", "유미"))
PLACES = (("Busan", "Paris", "Jeju", "Oslo", "New York"), ("부산", "제주", "대전", "춘천", "강릉"))
FOODS = (("rice", "soup", "bread", "fish"), ("죽", "비빔밥", "떡", "생선"))
# What is said of a person and how it is asked: kind of answer, sentence, question.
FACTS = (
    (
        ("place", "{name} lives in {answer}.", "Where does {name} live?"),
        ("food", "{name} eats {answer} every day.", "What does {name} eat?"),
        ("age", "{name} is {answer} years old.", "How old is {name}?"),
    ),
    (
        ("place", "{name}는 {answer}에 산다.", "{name}는 어디에 사는가?"),
        ("food", "{name}는 매일 {answer}을 먹는다.", "{name}는 무엇을 먹는가?"),
        ("age", "{name}는 {answer}살이다.", "{name}는 몇 살인가?"),
    ),
)
NOTHING = 0.25  # share of questions without an answer
SECOND = 10  # one row in so many has a second right answer: the whole sentence

Row = tuple[str, str, "Sequence[tuple[int, int]] | None"]  # question, passage, places of the right answers


def parts(n: int = 48, seed: int = 0) -> Parts:
    """Questions to fit and a third as many to tune on.

    Example:
        >>> given = parts()
        >>> len(given.fit), len(given.tune), given.fit.task.output
        (48, 16, 'span')
        >>> row = given.fit.rows.slice(0, 1).to_pylist()[0]
        >>> row["question"], [row["context"][one["start"] : one["end"]] for one in given.fit.truth[0].as_py()]
        ('Where does Hana live?', ['Jeju', 'Hana lives in Jeju.'])
    """
    return Parts(make(n, seed), make(max(2, n // 3), seed + 1000))


def odd() -> pa.Table:
    """Empty and missing texts, NUL, emoji, right-to-left and decomposed letters, as questions and as passages."""
    import pyarrow as pa

    texts = [None, *ODD_TEXTS]
    return pa.table({"question": pa.array(texts, pa.string()), "context": pa.array(texts[::-1], pa.string())})


def make(n: int, seed: int = 0) -> Dataset:
    """`n` questions with passages of three sentences."""
    rng = np.random.default_rng(seed)
    return dataset([_row(rng, at % 2, at % SECOND == 0) for at in range(n)])


def dataset(rows: Sequence[Row], task: Task = TASK) -> Dataset:
    """Questions, passages and the places of answers (None: nobody said; none: no answer) as a data set of real rows."""
    import pyarrow as pa

    n, truths = len(rows), [row[2] for row in rows]
    ids = np.array([int(digest(f"{at} {row[:2]}")[:16], 16) for at, row in enumerate(rows)], np.uint64)
    kind = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))
    told = [None if one is None else [{"start": low, "end": high} for low, high in one] for one in truths]
    columns = {name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(task.inputs)}
    return Dataset(
        task=task,
        rows=pa.table(columns),
        ids=ids,
        target=np.array([-1 if one is None else 0 for one in truths], np.int64),
        weight=np.ones(n, np.float32),
        key=digest(ids.tobytes() + repr(truths).encode()),
        group=np.arange(n),
        origin=np.full(n, REAL, np.uint8),
        parent=ids.copy(),
        truth=pa.chunked_array([pa.array(told, kind)]),
    )


def _row(rng: np.random.Generator, korean: int, second: bool) -> Row:
    names = rng.permutation(NAMES[korean])[:4].tolist()
    facts = [FACTS[korean][at] for at in rng.integers(len(FACTS[korean]), size=3)]
    passage, asked = "", int(rng.integers(3))
    places: list[tuple[int, int]] = []
    for at, (name, (kind, said, _)) in enumerate(zip(names, facts, strict=False)):
        answer = _answer(rng, kind, korean)
        sentence = said.format(name=name, answer=answer)
        start = len(passage)
        passage += sentence + " "
        if at == asked:
            low = start + sentence.index(answer, sentence.index(name) + len(name))
            places = [(low, low + len(answer)), *([(start, start + len(sentence))] if second else [])]
    if rng.random() < NOTHING:
        return facts[asked][2].format(name=names[3]), passage.strip(), []  # nobody speaks of the fourth
    return facts[asked][2].format(name=names[asked]), passage.strip(), places


def _answer(rng: np.random.Generator, kind: str, korean: int) -> str:
    if kind == "age":
        return str(rng.integers(10, 90))
    return str(rng.choice({"place": PLACES, "food": FOODS}[kind][korean]))
