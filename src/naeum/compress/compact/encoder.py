"""How does an encoder that was cut smaller answer, and how is it stored without the base it was cut from?"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from naeum import values
from naeum.compress.compact.plan import Plan, Stay
from naeum.compress.compact.shrink import narrow_head_, shrink_
from naeum.contract import State, Task
from naeum.engine import bases, sessions
from naeum.engine.model_folder import TOKENIZER_FILES
from naeum.errors import BaseModelError
from naeum.model.text import classifier
from naeum.model.text.aims import columns
from naeum.model.text.finetuned import FineTunedEncoder
from naeum.model.text.reading import APART
from naeum.train.job import Trained

CONFIG = "config.json"
KINDS = {"plan": Plan, "stay": Stay}


@dataclass(frozen=True, eq=False)
class CompactEncoder(FineTunedEncoder):
    """An encoder with fewer layers, heads, neurons or columns than its base, which answers a task.

    It is stored whole, with the configuration and the tokenizer of its base, so the base may go.

    Args:
        plan: what stays of the base.
        recipe: the learner with all that its fit decided, as JSON; None: that of the encoder it was cut from.
        stages: what was measured on the way, one JSON-able mapping a stage.
    """

    kind: ClassVar[str] = "compact"
    version: ClassVar[int] = 1
    plan: Plan = Plan()  # noqa: RUF009 - a frozen value
    recipe: Any = None
    stages: tuple[Mapping[str, Any], ...] = ()

    def decided(self, learner: Any) -> Any:
        """The learner as its fit wrote it down."""
        if self.recipe is None:
            return super().decided(learner)
        return values.from_json(self.recipe, {node.kind: type(node) for _, node in values.nodes(learner)} | KINDS)

    def trained(self, module: Any, found: Trained) -> CompactEncoder:
        """The same with the weights of a module like its own, as a training left it, and what that was."""
        steps = self.history[-1]["step"] if self.history else 0.0
        history = [{**moment, "step": steps + moment["step"]} for moment in found.history]
        return replace(
            self, network=module.eval(), history=(*self.history, *history), best_epochs=found.best_epochs,
            complete=self.complete and found.complete,
        )  # fmt: skip

    def state(self) -> State:
        """All its weights, and the configuration and the tokenizer of its base as files."""
        settings = {
            "base": _described(self.base),
            "max_length": self.max_length,
            "pooling": self.network.pooling,
            "reading": self.reading,
            "plan": values.to_json(self.plan),
            "recipe": self.recipe,
            "stages": [dict(stage) for stage in self.stages],
            **self.training(),
        }
        weights = self.network.state_dict()
        arrays = {name: value.detach().cpu().numpy().astype(np.float32) for name, value in weights.items()}
        names = [name for name in (CONFIG, *TOKENIZER_FILES) if (self.base.folder / name).is_file()]
        if CONFIG not in names:
            raise BaseModelError(
                f"the folder of the base model {self.base.name} must be there for what was cut from it to be stored; "
                f"{self.base.folder} has no {CONFIG}; bring it back"
            )
        return State(settings, arrays, files={name: self.base.folder / name for name in names})

    @classmethod
    def restore(cls, task: Task, state: State) -> CompactEncoder:
        """The encoder of a stored state; its base is not asked for.

        Raises:
            BaseModelError: the configuration does not fit the weights.
        """
        given: Mapping[str, Any] = state.settings
        folder = state.files[CONFIG].parent
        base = bases.Base(**{**given["base"], "folder": folder, "languages": tuple(given["base"]["languages"])})
        plan = values.from_json(given["plan"], KINDS)
        sides = 2 if given["reading"] == APART else 1
        network = classifier.classifier(
            shrink_(sessions.blank(base), plan), columns(task), pooling=given["pooling"], dropout=0.0, sides=sides
        )
        return cls(
            task, base, classifier.filled(network, state.arrays), given["max_length"], tuple(given["history"]),
            given["best_epochs"], given["complete"], given["reading"], plan, given["recipe"], tuple(given["stages"]),
        )  # fmt: skip


def compacted(teacher: FineTunedEncoder, plan: Plan) -> CompactEncoder:
    """What a plan leaves of a fitted encoder, with its weights and its head, untrained since.

    The history of a compact one goes on; that of its teacher is not its own.

    Args:
        teacher: fitted; is not changed. May be compact itself: then the plan's numbers are of what it has now.
        plan: what stays.

    Raises:
        InputError: the architecture cannot be cut, or the plan names what is not there.
    """
    network = copy.deepcopy(teacher.network)
    if plan.width:
        narrow_head_(network, plan.width)
    shrink_(network.encoder, plan)
    if isinstance(teacher, CompactEncoder):
        return replace(teacher, network=network.eval(), plan=teacher.plan.inside(plan), recipe=None)
    return CompactEncoder(
        teacher.task, teacher.base, network.eval(), teacher.max_length, reading=teacher.reading,
        plan=plan,
    )  # fmt: skip


def _described(base: bases.Base) -> dict[str, Any]:
    """What is stored of a base, without the place where it lies."""
    told = {name: value for name, value in base.__dict__.items() if name != "folder"}
    return {**told, "languages": list(base.languages)}
