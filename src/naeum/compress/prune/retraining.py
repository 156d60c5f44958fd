"""How does an encoder that lost parts learn again, with what it answered before as a part of what is wanted?"""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import Any

from naeum.compress.distil.distilled import taught_by
from naeum.compress.distil.lesson import Lesson
from naeum.compress.distil.soft import Soft
from naeum.model.text import classifier
from naeum.model.text.aims import Aim, columns
from naeum.model.text.finetuned import FineTunedEncoder
from naeum.model.text.reading import read
from naeum.model.text.tuning import Full
from naeum.train.job import Examples, Job, RowLoss
from naeum.train.objectives import loss_of
from naeum.train.recipe import Objective, Optimization


@dataclass(frozen=True, eq=False)
class Work:
    """The rows that are learned from again, what is wanted of them, and what the whole encoder says of them."""

    learned: Lesson
    aim: Aim
    examples: Examples  # with what the task wants alone
    plain: RowLoss  # of the task alone
    optimization: Optimization
    objective: Objective
    soft: Soft

    @classmethod
    def of(
        cls, teacher: FineTunedEncoder, learned: Lesson, optimization: Optimization, objective: Objective, soft: Soft
    ) -> Work:
        """The rows of a lesson as an encoder reads them."""
        data = learned.data
        aim, task = Aim.of(data), data.task
        lengths, collate = read(teacher.base, data.rows, task, teacher.max_length, teacher.reading)
        wanted = aim.wanted(data)
        plain = loss_of(objective, data.target, columns(task), soft=wanted, output=task.output)
        examples = Examples(lengths, collate, data.target, data.weight, wanted)
        return cls(learned, aim, examples, plain, optimization, objective, soft)

    @property
    def bare(self) -> Examples:
        """The labelled rows alone, with what the task wants."""
        own, one = int(self.learned.known.sum()), self.examples  # they come first
        soft = None if one.soft is None else one.soft[:own]
        return replace(one, lengths=one.lengths[:own], target=one.target[:own], weight=one.weight[:own], soft=soft)

    def job(self, network: Any, seed: int, dropout: float) -> Job:
        """The training of a classifier that answers in the units of the task; it is copied, see `settled`."""
        module = copy.deepcopy(network)
        classifier.set_dropout(module.encoder, dropout)
        module.dropout.p = dropout
        self.aim.unsettle(module.head)
        classifier.prepare(module, Full(), seed)
        job = Job(
            module=module,
            fit=self.examples,
            tune=None,
            classes=columns(self.aim.task),
            optimization=self.optimization,
            objective=self.objective,
            scale=classifier.rates(module, self.optimization.layer_decay, 1.0),
            output=self.aim.task.output,
        )
        return taught_by(job, self.learned, self.soft)

    def settled(self, module: Any) -> Any:
        """A trained module, answering in the units of the task."""
        classifier.merge(module)
        self.aim.settle(module.head)
        return module.eval()
