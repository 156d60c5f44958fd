"""How do rows that are worth a second look go to Label Studio, and how do the answers come back?

The JSON form of Label Studio (labelstud.io/guide/tasks, /guide/export): a list of tasks with `data`, `predictions` and
`annotations`. The label that a row has now and the one that is suggested are predictions; only what a person answered
counts when it comes back.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from naeum.contract import Ints
from naeum.errors import InputError
from naeum.explore.labels.agreement import krippendorff

FROM, TO = "label", "text"  # names in the labelling page
ROW = "naeum_row"  # number of the row in the data, from 0
WAS = "naeum_label"
WHY = "naeum_reason"


@dataclass(frozen=True)
class Answers:
    """What people said: row -> label; rows on which as many said one thing as another; and how far they agree."""

    labels: Mapping[int, str]
    divided: tuple[int, ...]
    alpha: float | None  # Krippendorff's, where rows have several answers


def config(classes: Sequence[str]) -> str:
    """The labelling page of Label Studio: the text, and a choice of one class.

    Example:
        >>> "<Choice value=\\"긍정\\"/>" in config(("긍정", "부정"))
        True
    """
    choices = "\n".join(f"    <Choice value={_quoted(name)}/>" for name in classes)
    return (
        "<View>\n"
        f'  <Text name="{TO}" value="$text"/>\n'
        f'  <Header value="now: ${WAS} ($' + WHY + ')"/>\n'
        f'  <Choices name="{FROM}" toName="{TO}" choice="single" showInLine="true">\n{choices}\n  </Choices>\n</View>\n'
    )


def tasks(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Tasks of rows {"row", "text", "label", "why", and perhaps "suggested" and "score" (0 = surely wrong)}.

    Example:
        >>> row = {"row": 3, "text": "별로", "label": "긍정", "suggested": "부정", "score": 0.1, "why": "suspect"}
        >>> found = tasks([row])
        >>> found[0]["data"]["naeum_row"], found[0]["predictions"][0]["result"][0]["value"]["choices"]
        (3, ['부정'])
    """
    made = []
    for row in rows:
        data = {"text": row["text"], ROW: row["row"], WAS: row["label"], WHY: row["why"]}
        task: dict[str, Any] = {"id": int(row["row"]) + 1, "data": data}
        if row.get("suggested") is not None:
            choice = {
                "from_name": FROM, "to_name": TO, "type": "choices", "value": {"choices": [str(row["suggested"])]},
            }  # fmt: skip
            score = round(1 - float(row.get("score", 0.5)), 4)
            task["predictions"] = [{"model_version": "naeum", "score": score, "result": [choice]}]
        made.append(task)
    return made


def answers(document: Any, classes: Sequence[str] = ()) -> Answers:
    """What people answered, in an export of Label Studio (JSON or JSON-MIN). The majority of several answers counts.

    Args:
        document: the list of tasks.
        classes: the only labels that are allowed; empty: any.

    Raises:
        InputError: it is no such export, a task lacks its row, or an answer is no known class.

    Example:
        >>> said = {"result": [{"type": "choices", "value": {"choices": ["부정"]}}]}
        >>> answers([{"data": {"naeum_row": 3}, "annotations": [said]}]).labels
        {3: '부정'}
    """
    if not isinstance(document, list) or not all(isinstance(task, Mapping) for task in document):
        raise InputError(
            "answers must be a list of tasks, as Label Studio exports them; got something else; export JSON"
        )
    told = [(_row(task), _choices(task)) for task in document]
    known = set(classes)
    for row, given in told:
        strange = [one for one in given if known and one not in known]
        if strange:
            raise InputError(
                f"an answer must be one of the classes; got {strange[0]!r} for row {row}; correct it, or add the class"
            )
    labels, divided = dict[int, str](), list[int]()
    for row, given in told:
        ranked = Counter(given).most_common(2)
        if len(ranked) == 2 and ranked[0][1] == ranked[1][1]:
            divided.append(row)
        elif ranked:
            labels[row] = ranked[0][0]
    return Answers(labels, tuple(divided), _alpha([given for _, given in told]))


def _row(task: Mapping[str, Any]) -> int:
    data = task.get("data", task)
    if not isinstance(data, Mapping) or not isinstance(data.get(ROW), int):
        raise InputError(
            f"a task must have {ROW}, the number of its row; one has none; export tasks with naeum label export"
        )
    return int(data[ROW])


def _choices(task: Mapping[str, Any]) -> list[str]:
    """The answers of people to one task: one a person."""
    if "annotations" not in task:  # JSON-MIN: the answer stands beside the data
        said = task.get(FROM)
        return [str(said)] if isinstance(said, str) and said else []
    given = []
    for annotation in task["annotations"] or ():
        if annotation.get("was_cancelled"):
            continue
        for result in annotation.get("result", ()):
            choices = (result.get("value") or {}).get("choices") or []
            if len(choices) == 1:
                given.append(str(choices[0]))
    return given


def _alpha(given: Sequence[Sequence[str]]) -> float | None:
    several = [each for each in given if len(each) >= 2]
    if not several:
        return None
    names = {name: code for code, name in enumerate(sorted({one for each in several for one in each}))}
    codes: Ints = np.full((len(several), max(map(len, several))), -1, np.int64)
    for item, each in enumerate(several):
        codes[item, : len(each)] = [names[one] for one in each]
    return krippendorff(codes)


def _quoted(name: str) -> str:
    return f'"{html.escape(name, quote=True)}"'
