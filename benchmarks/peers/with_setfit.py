"""How well does SetFit answer after a given time?

Contrastive tuning of the sentence encoder, then logistic regression on its vectors (Tunstall et al. 2022), with its
default batch and rates. The number of steps is what fits in the time beside the head, so that the schedule of the
learning rate ends where the time ends. Pairs are drawn among 6,000 random rows where there are more: SetFit lists all
pairs first, which for 15,000 rows takes 21 s and 4 GiB; the head fits on all rows. Validation rows are of no use to it.
"""

from __future__ import annotations

import time
from typing import Any

from benchmarks.corpora import Corpus
from benchmarks.peers import trial

HEAD_SHARE = 1.3  # the head encodes all rows and fits; times the time that a sample's encoding foretells
SAMPLE = 256  # rows that tell how fast the machine encodes
WARM_STEPS = 12
PAIR_ROWS = 6000  # rows among which pairs are drawn
MARGIN = 0.93  # of the body's time is planned for steps; building pairs and the head's fit take the rest


def load() -> trial.Fit:
    from datasets import Dataset
    from setfit import SetFitModel, Trainer, TrainingArguments
    from transformers import TrainerCallback

    class StopAt(TrainerCallback):
        """Ends the body's training at a moment, should the plan of steps have been too long."""

        def __init__(self, moment: float) -> None:
            self.moment = moment

        def on_step_end(self, args: Any, state: Any, control: Any, **rest: Any) -> None:
            if time.perf_counter() > self.moment:
                control.should_training_stop = True

    def body(corpus: Corpus, steps: int, moment: float) -> tuple[Any, float]:
        """A trainer whose body has learned `steps` steps, and the seconds they took."""
        model = SetFitModel.from_pretrained(trial.encoder_path(), labels=corpus.classes, device="cpu")
        codes = {label: code for code, label in enumerate(corpus.classes)}
        texts, labels = [text for text, _ in corpus.train], [codes[label] for _, label in corpus.train]
        settings = TrainingArguments(
            max_steps=steps, save_strategy="no", report_to="none", show_progress_bar=False, logging_strategy="no"
        )
        rows = Dataset.from_dict({"text": texts, "label": labels})
        trainer = Trainer(model=model, args=settings, train_dataset=rows, callbacks=[StopAt(moment)])
        start = time.perf_counter()
        trainer.train_embeddings(texts, labels, args=settings)
        return trainer, time.perf_counter() - start

    def fit(corpus: Corpus, seconds: float, threads: int) -> tuple[trial.Answer, dict[str, Any]]:
        deadline = time.perf_counter() + seconds
        texts = [text for text, _ in corpus.train]
        few = corpus.cut(min(len(texts), 2 * SAMPLE))
        trainer, warm_seconds = body(few, WARM_STEPS, deadline)
        start = time.perf_counter()
        trainer.model.encode(texts[:SAMPLE], batch_size=32)
        head = HEAD_SHARE * (time.perf_counter() - start) * max(1.0, len(texts) / SAMPLE)
        left = deadline - time.perf_counter() - head
        steps = max(1, int(MARGIN * left * WARM_STEPS / warm_seconds))
        trainer, body_seconds = body(corpus.cut(min(len(texts), PAIR_ROWS)), steps, deadline - head)
        trainer.train_classifier(texts, [corpus.classes.index(label) for _, label in corpus.train])
        settings = {
            "steps": steps,
            "batch": 16,
            "body_seconds": round(body_seconds),
            "head_foretold": round(head),
        }
        return lambda asked: [str(label) for label in trainer.model.predict(asked)], settings

    return fit


if __name__ == "__main__":
    trial.run("setfit", ("setfit", "sentence-transformers", "transformers", "torch"), load)
