"""What does a person read beside a model: what it answers, how well, how it is loaded, under which licence?"""

from __future__ import annotations

from typing import Any

from naeum import __version__
from naeum.engine.bases import Base
from naeum.takeaway.script import Model
from naeum.tongue import said

LICENCES = {"unknown": "other"}  # names that the hub knows
MOST_CLASSES = 20  # that are named
TASKS = {"label": "text-classification", "labels": "text-classification", "number": "text-classification",
         "tags": "token-classification"}  # fmt: skip
TEXT = """\
---
{head}---

# {title}

It answers `{target}` from {inputs}: {classes}.

```python
from transformers import AutoTokenizer, {auto}

tokenizer = AutoTokenizer.from_pretrained("FOLDER")
model = {auto}.from_pretrained("FOLDER"{trust})
logits = model(**tokenizer({example}, truncation=True, return_tensors="pt")).logits
```

{notes}
## How good it is

{metric} **{score}** on rows that were held out, with the 95 % interval over rows in brackets. How it was found:

| rung | what it is | {metric} | gain |
|---|---|---|---|
{rows}

## Where it comes from

Fine-tuned from [{base}](https://huggingface.co/{base}) ({licence}) by naeum {version}, seed {seed}.
"""


def card(model: Model, base: Base, auto: str) -> str:
    """The README.md of a folder of Hugging Face, with the head that the hub reads."""
    task, steps = model.predictor.task, model.story.steps
    head = {
        "library_name": "transformers", "pipeline_tag": TASKS[task.output], "base_model": base.name,
        "license": LICENCES.get(base.licence, base.licence), "tags": "[naeum]",
    }  # fmt: skip
    rows = [f"| {one.number} | {one.learner} ({one.technique}) | {one.score} | {one.gain} |" for one in steps]
    own = auto.endswith("SequenceClassification")
    cut = getattr(model.predictor, "cut", ())
    return TEXT.format(
        head="".join(f"{name}: {value}\n" for name, value in head.items()), title=model.story.title, auto=auto,
        target=task.target, inputs=", ".join(f"`{name}`" for name in task.inputs), classes=_classes(task),
        trust=", trust_remote_code=True" if own else "", example=_example(task),
        notes=_notes(own, cut),
        metric=model.story.metric, score=steps[-1].score, rows="\n".join(rows), base=base.name, licence=base.licence,
        version=__version__, seed=model.seed,
    )  # fmt: skip


def _notes(own: bool, cut: Any) -> str:
    """What a reader must know besides."""
    notes = []
    if own:
        notes.append(
            "The class lies in `modeling_naeum.py` beside the weights, as the heads of transformers have another "
            "shape: read it before you trust it."
        )
    if cut:
        notes.append(f"Labels are answered from these probabilities on: {', '.join(f'{one:.3g}' for one in cut)}.")
    return "".join(f"{said(note)}\n" for note in notes)


def _classes(task: Any) -> str:
    names = [f"`{name}`" for name in task.classes[:MOST_CLASSES]]
    return ", ".join([*names, "…"] if len(task.classes) > MOST_CLASSES else names) or "a number"


def _example(task: Any) -> str:
    if task.output == "tags":
        return '["a", "sentence"], is_split_into_words=True'
    return '"a text"'
