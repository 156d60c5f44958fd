"""What does SetFit make of a few rows a class, with its defaults and the pairs of its paper?

Batches of 16 pairs, one pass, the rates that it sets itself (Tunstall et al. 2022); 20 rounds of pairs unless the steps
are told. Its head, logistic regression, is fitted on all rows.
"""

from __future__ import annotations

import time
from typing import Any

from benchmarks import corpora
from benchmarks.peers import trial as peers

ROUNDS = 20  # of pairs: for each row so many alike and so many others, as in the paper


def trial(given: corpora.Rows, steps: int, moment: bool) -> dict[str, Any]:
    """One fit and its answers to the test rows.

    Args:
        given: texts with labels.
        steps: of the encoder's training; 0: all ROUNDS of pairs.
        moment: only the memory of these steps, with its default way of listing pairs.
    """
    from datasets import Dataset
    from setfit import SetFitModel, Trainer, TrainingArguments

    from benchmarks.few_rows import peak_mib

    classes = sorted({label for _, label in given})
    texts, labels = [text for text, _ in given], [classes.index(label) for _, label in given]
    model = SetFitModel.from_pretrained(peers.encoder_path(), labels=classes, device="cpu")
    before = peak_mib()
    quiet = {"save_strategy": "no", "report_to": "none", "show_progress_bar": False, "logging_strategy": "no"}
    limit = {"max_steps": steps} if steps else {"num_iterations": ROUNDS}
    settings = TrainingArguments(batch_size=16, num_epochs=1, **limit, **quiet)
    trainer = Trainer(model=model, args=settings, train_dataset=Dataset.from_dict({"text": texts, "label": labels}))
    start = time.perf_counter()
    trainer.train_embeddings(texts, labels, args=settings)
    if not moment:
        trainer.train_classifier(texts, labels)
    seconds, peak = time.perf_counter() - start, peak_mib()
    right = 0.0
    if not moment:
        test = corpora.load("clinc150").test
        answers = trainer.model.predict([text for text, _ in test])
        right = sum(str(one) == label for one, (_, label) in zip(answers, test, strict=True)) / len(test)
    found = {"accuracy": right, "seconds": seconds, "peak_mib": peak, "rise_mib": peak - before}
    return {**found, "steps": trainer.state.global_step if hasattr(trainer, "state") else steps}
